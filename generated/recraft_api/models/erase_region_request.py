from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types
from ..models.erase_region_request_creativity import EraseRegionRequestCreativity, check_erase_region_request_creativity
from ..models.erase_region_request_image_format import (
    EraseRegionRequestImageFormat,
    check_erase_region_request_image_format,
)
from ..models.erase_region_request_response_format import (
    EraseRegionRequestResponseFormat,
    check_erase_region_request_response_format,
)
from ..types import UNSET, File, Unset

T = TypeVar("T", bound="EraseRegionRequest")


@_attrs_define
class EraseRegionRequest:
    """Source A, B: the live service takes no prompt here, the vendored document asks for one. It is optional.

    Attributes:
        image (File):
        mask (File): Binary mask image. White pixels mark the region to erase.
        random_seed (int | Unset): Makes a result repeatable.
        image_format (EraseRegionRequestImageFormat | Unset): File format of raster images.
        block_nsfw (bool | Unset): Refuse to make what is not safe for work.
        creativity (EraseRegionRequestCreativity | Unset): How far to go from the prompt.
        strength (float | Unset): How different the result may be, from 0 (almost the same) to 1 (hardly alike).
        n (int | Unset):
        substyle (str | Unset):
        style_id (UUID | Unset):
        negative_prompt (str | Unset):
        prompt (str | Unset):
        model (str | Unset):
        style (str | Unset):
        response_format (EraseRegionRequestResponseFormat | Unset):
        expire (bool | Unset): Let the address of the result expire.
    """

    image: File
    mask: File
    random_seed: int | Unset = UNSET
    image_format: EraseRegionRequestImageFormat | Unset = UNSET
    block_nsfw: bool | Unset = UNSET
    creativity: EraseRegionRequestCreativity | Unset = UNSET
    strength: float | Unset = UNSET
    n: int | Unset = UNSET
    substyle: str | Unset = UNSET
    style_id: UUID | Unset = UNSET
    negative_prompt: str | Unset = UNSET
    prompt: str | Unset = UNSET
    model: str | Unset = UNSET
    style: str | Unset = UNSET
    response_format: EraseRegionRequestResponseFormat | Unset = UNSET
    expire: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        image = self.image.to_tuple()

        mask = self.mask.to_tuple()

        random_seed = self.random_seed

        image_format: str | Unset = UNSET
        if not isinstance(self.image_format, Unset):
            image_format = self.image_format

        block_nsfw = self.block_nsfw

        creativity: str | Unset = UNSET
        if not isinstance(self.creativity, Unset):
            creativity = self.creativity

        strength = self.strength

        n = self.n

        substyle = self.substyle

        style_id: str | Unset = UNSET
        if not isinstance(self.style_id, Unset):
            style_id = str(self.style_id)

        negative_prompt = self.negative_prompt

        prompt = self.prompt

        model = self.model

        style = self.style

        response_format: str | Unset = UNSET
        if not isinstance(self.response_format, Unset):
            response_format = self.response_format

        expire = self.expire

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "image": image,
                "mask": mask,
            }
        )
        if random_seed is not UNSET:
            field_dict["random_seed"] = random_seed
        if image_format is not UNSET:
            field_dict["image_format"] = image_format
        if block_nsfw is not UNSET:
            field_dict["block_nsfw"] = block_nsfw
        if creativity is not UNSET:
            field_dict["creativity"] = creativity
        if strength is not UNSET:
            field_dict["strength"] = strength
        if n is not UNSET:
            field_dict["n"] = n
        if substyle is not UNSET:
            field_dict["substyle"] = substyle
        if style_id is not UNSET:
            field_dict["style_id"] = style_id
        if negative_prompt is not UNSET:
            field_dict["negative_prompt"] = negative_prompt
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if model is not UNSET:
            field_dict["model"] = model
        if style is not UNSET:
            field_dict["style"] = style
        if response_format is not UNSET:
            field_dict["response_format"] = response_format
        if expire is not UNSET:
            field_dict["expire"] = expire

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        files.append(("image", self.image.to_tuple()))

        files.append(("mask", self.mask.to_tuple()))

        if not isinstance(self.random_seed, Unset):
            files.append(("random_seed", (None, str(self.random_seed).encode(), "text/plain")))

        if not isinstance(self.image_format, Unset):
            files.append(("image_format", (None, str(self.image_format).encode(), "text/plain")))

        if not isinstance(self.block_nsfw, Unset):
            files.append(("block_nsfw", (None, str(self.block_nsfw).lower().encode(), "text/plain")))

        if not isinstance(self.creativity, Unset):
            files.append(("creativity", (None, str(self.creativity).encode(), "text/plain")))

        if not isinstance(self.strength, Unset):
            files.append(("strength", (None, str(self.strength).encode(), "text/plain")))

        if not isinstance(self.n, Unset):
            files.append(("n", (None, str(self.n).encode(), "text/plain")))

        if not isinstance(self.substyle, Unset):
            files.append(("substyle", (None, str(self.substyle).encode(), "text/plain")))

        if not isinstance(self.style_id, Unset):
            files.append(("style_id", (None, str(self.style_id), "text/plain")))

        if not isinstance(self.negative_prompt, Unset):
            files.append(("negative_prompt", (None, str(self.negative_prompt).encode(), "text/plain")))

        if not isinstance(self.prompt, Unset):
            files.append(("prompt", (None, str(self.prompt).encode(), "text/plain")))

        if not isinstance(self.model, Unset):
            files.append(("model", (None, str(self.model).encode(), "text/plain")))

        if not isinstance(self.style, Unset):
            files.append(("style", (None, str(self.style).encode(), "text/plain")))

        if not isinstance(self.response_format, Unset):
            files.append(("response_format", (None, str(self.response_format).encode(), "text/plain")))

        if not isinstance(self.expire, Unset):
            files.append(("expire", (None, str(self.expire).lower().encode(), "text/plain")))

        for prop_name, prop in self.additional_properties.items():
            files.append((prop_name, (None, str(prop).encode(), "text/plain")))

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        absent_when_null = {
            "random_seed",
            "image_format",
            "block_nsfw",
            "creativity",
            "strength",
            "n",
            "substyle",
            "style_id",
            "negative_prompt",
            "prompt",
            "model",
            "style",
            "response_format",
            "expire",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        image = File(payload=BytesIO(d.pop("image")))

        mask = File(payload=BytesIO(d.pop("mask")))

        random_seed = d.pop("random_seed", UNSET)

        _image_format = d.pop("image_format", UNSET)
        image_format: EraseRegionRequestImageFormat | Unset
        if isinstance(_image_format, Unset):
            image_format = UNSET
        else:
            image_format = check_erase_region_request_image_format(_image_format)

        block_nsfw = d.pop("block_nsfw", UNSET)

        _creativity = d.pop("creativity", UNSET)
        creativity: EraseRegionRequestCreativity | Unset
        if isinstance(_creativity, Unset):
            creativity = UNSET
        else:
            creativity = check_erase_region_request_creativity(_creativity)

        strength = d.pop("strength", UNSET)

        n = d.pop("n", UNSET)

        substyle = d.pop("substyle", UNSET)

        _style_id = d.pop("style_id", UNSET)
        style_id: UUID | Unset
        if isinstance(_style_id, Unset):
            style_id = UNSET
        else:
            style_id = UUID(_style_id)

        negative_prompt = d.pop("negative_prompt", UNSET)

        prompt = d.pop("prompt", UNSET)

        model = d.pop("model", UNSET)

        style = d.pop("style", UNSET)

        _response_format = d.pop("response_format", UNSET)
        response_format: EraseRegionRequestResponseFormat | Unset
        if isinstance(_response_format, Unset):
            response_format = UNSET
        else:
            response_format = check_erase_region_request_response_format(_response_format)

        expire = d.pop("expire", UNSET)

        parsed_model = cls(
            image=image,
            mask=mask,
            random_seed=random_seed,
            image_format=image_format,
            block_nsfw=block_nsfw,
            creativity=creativity,
            strength=strength,
            n=n,
            substyle=substyle,
            style_id=style_id,
            negative_prompt=negative_prompt,
            prompt=prompt,
            model=model,
            style=style,
            response_format=response_format,
            expire=expire,
        )

        parsed_model.additional_properties = d
        return parsed_model

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
