from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types
from ..models.generation_request_creativity import GenerationRequestCreativity, check_generation_request_creativity
from ..models.generation_request_image_format import GenerationRequestImageFormat, check_generation_request_image_format
from ..models.generation_request_model import GenerationRequestModel, check_generation_request_model
from ..models.generation_request_response_format import (
    GenerationRequestResponseFormat,
    check_generation_request_response_format,
)
from ..models.generation_request_style_match import GenerationRequestStyleMatch, check_generation_request_style_match
from ..models.generation_request_upscale import GenerationRequestUpscale, check_generation_request_upscale
from ..types import UNSET, File, FileTypes, Unset

if TYPE_CHECKING:
    from ..models.brand_controls import BrandControls
    from ..models.text_layout_item import TextLayoutItem


T = TypeVar("T", bound="GenerationWithReferencesRequest")


@_attrs_define
class GenerationWithReferencesRequest:
    """
    Attributes:
        prompt (str): Text prompt describing the desired image (up to 10,000 chars for V4/V4.1; 1,000 for V2/V3).
        model (GenerationRequestModel | Unset): Recraft model identifier.
        style (str | Unset): Style group such as `realistic_image`, `digital_illustration`, `vector_illustration`, or
            `logo_raster`.
        substyle (str | Unset): Optional specific substyle within the selected style (e.g. `pixel_art`, `linocut`,
            `urban_drama`).
        style_id (UUID | Unset): Identifier of a custom style created via `/styles`.
        size (str | Unset): Output size; either an aspect ratio (e.g. `1024x1024`) or one of 14 supported ratios (1:1,
            2:1, 1:2, 3:2, 2:3, 4:3, 3:4, 5:4, 4:5, 6:10, 14:10, 10:14, 16:9, 9:16).
        n (int | Unset):
        response_format (GenerationRequestResponseFormat | Unset):
        negative_prompt (str | Unset):
        controls (BrandControls | Unset): Brand-level controls applied during generation.
        text_layout (list[TextLayoutItem] | Unset): Optional positional control for text on an image.
        random_seed (int | Unset): Makes a result repeatable.
        image_format (GenerationRequestImageFormat | Unset): File format of raster images.
        block_nsfw (bool | Unset): Refuse to make what is not safe for work.
        creativity (GenerationRequestCreativity | Unset): How far to go from the prompt.
        upscale (GenerationRequestUpscale | Unset): Enlarge the result to about 4 or 16 megapixels.
        style_match (GenerationRequestStyleMatch | Unset): How closely to follow the style; replaces what the style
            itself says.
        expire (bool | Unset): Let the address of the result expire.
        calculate_features (bool | Unset): Add `features` to each image of the answer, such as how likely it is unsafe.
        style_reference_urls (list[str] | Unset): http(s) or data URLs of 1 to 10 images whose style to take (5 for V3).
            A style is made of them, and paid for, too (source V).
        style_references (list[File] | Unset): Images whose style to take, 1 to 10 of up to 10 MB each (5 for V3). A
            style is made of them, and paid for, too (source V).
    """

    prompt: str
    model: GenerationRequestModel | Unset = UNSET
    style: str | Unset = UNSET
    substyle: str | Unset = UNSET
    style_id: UUID | Unset = UNSET
    size: str | Unset = UNSET
    n: int | Unset = UNSET
    response_format: GenerationRequestResponseFormat | Unset = UNSET
    negative_prompt: str | Unset = UNSET
    controls: BrandControls | Unset = UNSET
    text_layout: list[TextLayoutItem] | Unset = UNSET
    random_seed: int | Unset = UNSET
    image_format: GenerationRequestImageFormat | Unset = UNSET
    block_nsfw: bool | Unset = UNSET
    creativity: GenerationRequestCreativity | Unset = UNSET
    upscale: GenerationRequestUpscale | Unset = UNSET
    style_match: GenerationRequestStyleMatch | Unset = UNSET
    expire: bool | Unset = UNSET
    calculate_features: bool | Unset = UNSET
    style_reference_urls: list[str] | Unset = UNSET
    style_references: list[File] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        model: str | Unset = UNSET
        if not isinstance(self.model, Unset):
            model = self.model

        style = self.style

        substyle = self.substyle

        style_id: str | Unset = UNSET
        if not isinstance(self.style_id, Unset):
            style_id = str(self.style_id)

        size = self.size

        n = self.n

        response_format: str | Unset = UNSET
        if not isinstance(self.response_format, Unset):
            response_format = self.response_format

        negative_prompt = self.negative_prompt

        controls: dict[str, Any] | Unset = UNSET
        if not isinstance(self.controls, Unset):
            controls = self.controls.to_dict()

        text_layout: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.text_layout, Unset):
            text_layout = []
            for text_layout_item_data in self.text_layout:
                text_layout_item = text_layout_item_data.to_dict()
                text_layout.append(text_layout_item)

        random_seed = self.random_seed

        image_format: str | Unset = UNSET
        if not isinstance(self.image_format, Unset):
            image_format = self.image_format

        block_nsfw = self.block_nsfw

        creativity: str | Unset = UNSET
        if not isinstance(self.creativity, Unset):
            creativity = self.creativity

        upscale: str | Unset = UNSET
        if not isinstance(self.upscale, Unset):
            upscale = self.upscale

        style_match: str | Unset = UNSET
        if not isinstance(self.style_match, Unset):
            style_match = self.style_match

        expire = self.expire

        calculate_features = self.calculate_features

        style_reference_urls: list[str] | Unset = UNSET
        if not isinstance(self.style_reference_urls, Unset):
            style_reference_urls = self.style_reference_urls

        style_references: list[FileTypes] | Unset = UNSET
        if not isinstance(self.style_references, Unset):
            style_references = []
            for style_references_item_data in self.style_references:
                style_references_item = style_references_item_data.to_tuple()

                style_references.append(style_references_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "prompt": prompt,
            }
        )
        if model is not UNSET:
            field_dict["model"] = model
        if style is not UNSET:
            field_dict["style"] = style
        if substyle is not UNSET:
            field_dict["substyle"] = substyle
        if style_id is not UNSET:
            field_dict["style_id"] = style_id
        if size is not UNSET:
            field_dict["size"] = size
        if n is not UNSET:
            field_dict["n"] = n
        if response_format is not UNSET:
            field_dict["response_format"] = response_format
        if negative_prompt is not UNSET:
            field_dict["negative_prompt"] = negative_prompt
        if controls is not UNSET:
            field_dict["controls"] = controls
        if text_layout is not UNSET:
            field_dict["text_layout"] = text_layout
        if random_seed is not UNSET:
            field_dict["random_seed"] = random_seed
        if image_format is not UNSET:
            field_dict["image_format"] = image_format
        if block_nsfw is not UNSET:
            field_dict["block_nsfw"] = block_nsfw
        if creativity is not UNSET:
            field_dict["creativity"] = creativity
        if upscale is not UNSET:
            field_dict["upscale"] = upscale
        if style_match is not UNSET:
            field_dict["style_match"] = style_match
        if expire is not UNSET:
            field_dict["expire"] = expire
        if calculate_features is not UNSET:
            field_dict["calculate_features"] = calculate_features
        if style_reference_urls is not UNSET:
            field_dict["style_reference_urls"] = style_reference_urls
        if style_references is not UNSET:
            field_dict["style_references"] = style_references

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        files.append(("prompt", (None, str(self.prompt).encode(), "text/plain")))

        if not isinstance(self.model, Unset):
            files.append(("model", (None, str(self.model).encode(), "text/plain")))

        if not isinstance(self.style, Unset):
            files.append(("style", (None, str(self.style).encode(), "text/plain")))

        if not isinstance(self.substyle, Unset):
            files.append(("substyle", (None, str(self.substyle).encode(), "text/plain")))

        if not isinstance(self.style_id, Unset):
            files.append(("style_id", (None, str(self.style_id), "text/plain")))

        if not isinstance(self.size, Unset):
            files.append(("size", (None, str(self.size).encode(), "text/plain")))

        if not isinstance(self.n, Unset):
            files.append(("n", (None, str(self.n).encode(), "text/plain")))

        if not isinstance(self.response_format, Unset):
            files.append(("response_format", (None, str(self.response_format).encode(), "text/plain")))

        if not isinstance(self.negative_prompt, Unset):
            files.append(("negative_prompt", (None, str(self.negative_prompt).encode(), "text/plain")))

        if not isinstance(self.controls, Unset):
            files.append(("controls", (None, json.dumps(self.controls.to_dict()).encode(), "application/json")))

        if not isinstance(self.text_layout, Unset):
            for text_layout_item_element in self.text_layout:
                files.append(
                    ("text_layout", (None, json.dumps(text_layout_item_element.to_dict()).encode(), "application/json"))
                )

        if not isinstance(self.random_seed, Unset):
            files.append(("random_seed", (None, str(self.random_seed).encode(), "text/plain")))

        if not isinstance(self.image_format, Unset):
            files.append(("image_format", (None, str(self.image_format).encode(), "text/plain")))

        if not isinstance(self.block_nsfw, Unset):
            files.append(("block_nsfw", (None, str(self.block_nsfw).lower().encode(), "text/plain")))

        if not isinstance(self.creativity, Unset):
            files.append(("creativity", (None, str(self.creativity).encode(), "text/plain")))

        if not isinstance(self.upscale, Unset):
            files.append(("upscale", (None, str(self.upscale).encode(), "text/plain")))

        if not isinstance(self.style_match, Unset):
            files.append(("style_match", (None, str(self.style_match).encode(), "text/plain")))

        if not isinstance(self.expire, Unset):
            files.append(("expire", (None, str(self.expire).lower().encode(), "text/plain")))

        if not isinstance(self.calculate_features, Unset):
            files.append(("calculate_features", (None, str(self.calculate_features).lower().encode(), "text/plain")))

        if not isinstance(self.style_reference_urls, Unset):
            for style_reference_urls_item_element in self.style_reference_urls:
                files.append(
                    ("style_reference_urls", (None, str(style_reference_urls_item_element).encode(), "text/plain"))
                )

        if not isinstance(self.style_references, Unset):
            for style_references_item_element in self.style_references:
                files.append(("style_references", style_references_item_element.to_tuple()))

        for prop_name, prop in self.additional_properties.items():
            files.append((prop_name, (None, str(prop).encode(), "text/plain")))

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.brand_controls import BrandControls  # noqa: PLC0415
        from ..models.text_layout_item import TextLayoutItem  # noqa: PLC0415

        absent_when_null = {
            "model",
            "style",
            "substyle",
            "style_id",
            "size",
            "n",
            "response_format",
            "negative_prompt",
            "controls",
            "text_layout",
            "random_seed",
            "image_format",
            "block_nsfw",
            "creativity",
            "upscale",
            "style_match",
            "expire",
            "calculate_features",
            "style_reference_urls",
            "style_references",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        prompt = d.pop("prompt")

        _model = d.pop("model", UNSET)
        model: GenerationRequestModel | Unset
        if isinstance(_model, Unset):
            model = UNSET
        else:
            model = check_generation_request_model(_model)

        style = d.pop("style", UNSET)

        substyle = d.pop("substyle", UNSET)

        _style_id = d.pop("style_id", UNSET)
        style_id: UUID | Unset
        if isinstance(_style_id, Unset):
            style_id = UNSET
        else:
            style_id = UUID(_style_id)

        size = d.pop("size", UNSET)

        n = d.pop("n", UNSET)

        _response_format = d.pop("response_format", UNSET)
        response_format: GenerationRequestResponseFormat | Unset
        if isinstance(_response_format, Unset):
            response_format = UNSET
        else:
            response_format = check_generation_request_response_format(_response_format)

        negative_prompt = d.pop("negative_prompt", UNSET)

        _controls = d.pop("controls", UNSET)
        controls: BrandControls | Unset
        if isinstance(_controls, Unset):
            controls = UNSET
        else:
            controls = BrandControls.from_dict(_controls)

        _text_layout = d.pop("text_layout", UNSET)
        text_layout: list[TextLayoutItem] | Unset = UNSET
        if _text_layout is not UNSET:
            text_layout = []
            for text_layout_item_data in _text_layout:
                text_layout_item = TextLayoutItem.from_dict(text_layout_item_data)

                text_layout.append(text_layout_item)

        random_seed = d.pop("random_seed", UNSET)

        _image_format = d.pop("image_format", UNSET)
        image_format: GenerationRequestImageFormat | Unset
        if isinstance(_image_format, Unset):
            image_format = UNSET
        else:
            image_format = check_generation_request_image_format(_image_format)

        block_nsfw = d.pop("block_nsfw", UNSET)

        _creativity = d.pop("creativity", UNSET)
        creativity: GenerationRequestCreativity | Unset
        if isinstance(_creativity, Unset):
            creativity = UNSET
        else:
            creativity = check_generation_request_creativity(_creativity)

        _upscale = d.pop("upscale", UNSET)
        upscale: GenerationRequestUpscale | Unset
        if isinstance(_upscale, Unset):
            upscale = UNSET
        else:
            upscale = check_generation_request_upscale(_upscale)

        _style_match = d.pop("style_match", UNSET)
        style_match: GenerationRequestStyleMatch | Unset
        if isinstance(_style_match, Unset):
            style_match = UNSET
        else:
            style_match = check_generation_request_style_match(_style_match)

        expire = d.pop("expire", UNSET)

        calculate_features = d.pop("calculate_features", UNSET)

        style_reference_urls = cast(list[str], d.pop("style_reference_urls", UNSET))

        _style_references = d.pop("style_references", UNSET)
        style_references: list[File] | Unset = UNSET
        if _style_references is not UNSET:
            style_references = []
            for style_references_item_data in _style_references:
                style_references_item = File(payload=BytesIO(style_references_item_data))

                style_references.append(style_references_item)

        parsed_model = cls(
            prompt=prompt,
            model=model,
            style=style,
            substyle=substyle,
            style_id=style_id,
            size=size,
            n=n,
            response_format=response_format,
            negative_prompt=negative_prompt,
            controls=controls,
            text_layout=text_layout,
            random_seed=random_seed,
            image_format=image_format,
            block_nsfw=block_nsfw,
            creativity=creativity,
            upscale=upscale,
            style_match=style_match,
            expire=expire,
            calculate_features=calculate_features,
            style_reference_urls=style_reference_urls,
            style_references=style_references,
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
