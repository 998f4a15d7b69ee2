from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, TypeVar, cast
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
from ..models.model_name import ModelName, check_model_name
from ..models.style_name import StyleName, check_style_name
from ..models.substyle_name import SubstyleName, check_substyle_name
from ..types import UNSET, File, FileInput, Unset, file_tuple

T = TypeVar("T", bound="EraseRegionRequest")


@_attrs_define
class EraseRegionRequest:
    """Source A, B: the live service takes no prompt here, the vendored document asks for one. It is optional.

    Attributes:
        image (File):
        mask (File): Binary mask image. White pixels mark the region to erase.
        expire (bool | Unset): Let the URL of the result stop working. The vendor does not say when.
        random_seed (int | Unset): Makes a result repeatable.
        image_format (EraseRegionRequestImageFormat | Unset): File format of raster images.
        block_nsfw (bool | Unset): Refuse to make what is not safe for work.
        creativity (EraseRegionRequestCreativity | Unset): How far to go from the prompt.
        strength (float | Unset): How different the result may be, from 0 (almost the same) to 1 (hardly alike).
        n (int | Unset): How many images to make.
        substyle (str | SubstyleName | Unset): A variant of a style group. V2 and V3 models only.
        style_id (UUID | Unset): The id of a custom style that `styles.create` made.
        negative_prompt (str | Unset): What the image should not show.
        prompt (str | Unset):
        model (ModelName | str | Unset): Model identifier. New ones come every few weeks and are sent as they stand.
        style (str | StyleName | Unset): A name such as `Photorealism`, or a group such as `realistic_image` with a
            `substyle`. V2 and V3 models only.
        response_format (EraseRegionRequestResponseFormat | Unset): How an image comes: `url` (the default), signed, for
            about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest.
    """

    image: FileInput
    mask: FileInput
    expire: bool | Unset = UNSET
    random_seed: int | Unset = UNSET
    image_format: EraseRegionRequestImageFormat | Unset = UNSET
    block_nsfw: bool | Unset = UNSET
    creativity: EraseRegionRequestCreativity | Unset = UNSET
    strength: float | Unset = UNSET
    n: int | Unset = UNSET
    substyle: str | SubstyleName | Unset = UNSET
    style_id: UUID | Unset = UNSET
    negative_prompt: str | Unset = UNSET
    prompt: str | Unset = UNSET
    model: ModelName | str | Unset = UNSET
    style: str | StyleName | Unset = UNSET
    response_format: EraseRegionRequestResponseFormat | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        image = file_tuple(self.image)

        mask = file_tuple(self.mask)

        expire = self.expire

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

        substyle: str | Unset
        if isinstance(self.substyle, Unset):
            substyle = UNSET
        elif isinstance(self.substyle, str):
            substyle = self.substyle
        else:
            substyle = self.substyle

        style_id: str | Unset = UNSET
        if not isinstance(self.style_id, Unset):
            style_id = str(self.style_id)

        negative_prompt = self.negative_prompt

        prompt = self.prompt

        model: str | Unset
        if isinstance(self.model, Unset):
            model = UNSET
        elif isinstance(self.model, str):
            model = self.model
        else:
            model = self.model

        style: str | Unset
        if isinstance(self.style, Unset):
            style = UNSET
        elif isinstance(self.style, str):
            style = self.style
        else:
            style = self.style

        response_format: str | Unset = UNSET
        if not isinstance(self.response_format, Unset):
            response_format = self.response_format

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "image": image,
                "mask": mask,
            }
        )
        if expire is not UNSET:
            field_dict["expire"] = expire
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

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        files.append(("image", file_tuple(self.image)))

        files.append(("mask", file_tuple(self.mask)))

        if not isinstance(self.expire, Unset):
            files.append(("expire", (None, str(self.expire).lower().encode(), "text/plain")))

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
            if isinstance(self.substyle, str):
                files.append(("substyle", (None, str(self.substyle).encode(), "text/plain")))
            else:
                files += types.parts("substyle", self.substyle)

        if not isinstance(self.style_id, Unset):
            files.append(("style_id", (None, str(self.style_id), "text/plain")))

        if not isinstance(self.negative_prompt, Unset):
            files += types.parts("negative_prompt", self.negative_prompt)

        if not isinstance(self.prompt, Unset):
            files += types.parts("prompt", self.prompt)

        if not isinstance(self.model, Unset):
            if isinstance(self.model, str):
                files.append(("model", (None, str(self.model).encode(), "text/plain")))
            else:
                files += types.parts("model", self.model)

        if not isinstance(self.style, Unset):
            if isinstance(self.style, str):
                files.append(("style", (None, str(self.style).encode(), "text/plain")))
            else:
                files += types.parts("style", self.style)

        if not isinstance(self.response_format, Unset):
            files.append(("response_format", (None, str(self.response_format).encode(), "text/plain")))

        for prop_name, prop in self.additional_properties.items():
            files += types.parts(prop_name, prop)

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        absent_when_null = {
            "expire",
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
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        image = File(payload=BytesIO(d.pop("image")))

        mask = File(payload=BytesIO(d.pop("mask")))

        expire = d.pop("expire", UNSET)

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

        def _parse_substyle(data: object) -> str | SubstyleName | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                substyle_type_0 = check_substyle_name(data)

                return substyle_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(str | SubstyleName | Unset, data)

        substyle = _parse_substyle(d.pop("substyle", UNSET))

        _style_id = d.pop("style_id", UNSET)
        style_id: UUID | Unset
        if isinstance(_style_id, Unset):
            style_id = UNSET
        else:
            style_id = UUID(_style_id)

        negative_prompt = d.pop("negative_prompt", UNSET)

        prompt = d.pop("prompt", UNSET)

        def _parse_model(data: object) -> ModelName | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                model_type_0 = check_model_name(data)

                return model_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ModelName | str | Unset, data)

        model = _parse_model(d.pop("model", UNSET))

        def _parse_style(data: object) -> str | StyleName | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                style_type_0 = check_style_name(data)

                return style_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(str | StyleName | Unset, data)

        style = _parse_style(d.pop("style", UNSET))

        _response_format = d.pop("response_format", UNSET)
        response_format: EraseRegionRequestResponseFormat | Unset
        if isinstance(_response_format, Unset):
            response_format = UNSET
        else:
            response_format = check_erase_region_request_response_format(_response_format)

        parsed_model = cls(
            image=image,
            mask=mask,
            expire=expire,
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
