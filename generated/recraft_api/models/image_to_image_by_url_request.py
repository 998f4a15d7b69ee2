from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.image_to_image_by_url_request_creativity import (
    ImageToImageByUrlRequestCreativity,
    check_image_to_image_by_url_request_creativity,
)
from ..models.image_to_image_by_url_request_image_format import (
    ImageToImageByUrlRequestImageFormat,
    check_image_to_image_by_url_request_image_format,
)
from ..models.image_to_image_by_url_request_response_format import (
    ImageToImageByUrlRequestResponseFormat,
    check_image_to_image_by_url_request_response_format,
)
from ..models.image_to_image_by_url_request_style_match import (
    ImageToImageByUrlRequestStyleMatch,
    check_image_to_image_by_url_request_style_match,
)
from ..models.model_name import ModelName, check_model_name
from ..models.style_name import StyleName, check_style_name
from ..models.substyle_name import SubstyleName, check_substyle_name
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.brand_controls import BrandControls
    from ..models.text_layout_item import TextLayoutItem


T = TypeVar("T", bound="ImageToImageByUrlRequest")


@_attrs_define
class ImageToImageByUrlRequest:
    """
    Attributes:
        prompt (str):
        image_url (str): An http(s) or data URL of the image.
        controls (BrandControls | Unset): Brand-level controls applied during generation.
        text_layout (list[TextLayoutItem] | Unset): Where to write which word.
        style_match (ImageToImageByUrlRequestStyleMatch | Unset): How closely a style is followed; `regular` for V2 and
            V3, `precise` (the default) and `flexible` for V4.
        calculate_features (bool | Unset): Say in the answer how likely each image is unsafe for work.
        expire (bool | Unset): Let the URL of the result stop working. The vendor does not say when.
        random_seed (int | Unset): Makes a result repeatable.
        image_format (ImageToImageByUrlRequestImageFormat | Unset): File format of raster images.
        block_nsfw (bool | Unset): Refuse to make what is not safe for work.
        creativity (ImageToImageByUrlRequestCreativity | Unset): How far to go from the prompt.
        strength (float | Unset): How different the result may be, from 0 (almost the same) to 1 (hardly alike).
        n (int | Unset): How many images to make.
        substyle (str | SubstyleName | Unset): A variant of a style group. V2 and V3 models only.
        style_id (UUID | Unset): The id of a custom style that `styles.create` made.
        negative_prompt (str | Unset): What the image should not show.
        model (ModelName | str | Unset): Model identifier. New ones come every few weeks and are sent as they stand.
        style (str | StyleName | Unset): A name such as `Photorealism`, or a group such as `realistic_image` with a
            `substyle`. V2 and V3 models only.
        response_format (ImageToImageByUrlRequestResponseFormat | Unset): How an image comes: `url` (the default),
            signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest.
    """

    prompt: str
    image_url: str
    controls: BrandControls | Unset = UNSET
    text_layout: list[TextLayoutItem] | Unset = UNSET
    style_match: ImageToImageByUrlRequestStyleMatch | Unset = UNSET
    calculate_features: bool | Unset = UNSET
    expire: bool | Unset = UNSET
    random_seed: int | Unset = UNSET
    image_format: ImageToImageByUrlRequestImageFormat | Unset = UNSET
    block_nsfw: bool | Unset = UNSET
    creativity: ImageToImageByUrlRequestCreativity | Unset = UNSET
    strength: float | Unset = UNSET
    n: int | Unset = UNSET
    substyle: str | SubstyleName | Unset = UNSET
    style_id: UUID | Unset = UNSET
    negative_prompt: str | Unset = UNSET
    model: ModelName | str | Unset = UNSET
    style: str | StyleName | Unset = UNSET
    response_format: ImageToImageByUrlRequestResponseFormat | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        image_url = self.image_url

        controls: dict[str, Any] | Unset = UNSET
        if not isinstance(self.controls, Unset):
            controls = self.controls.to_dict()

        text_layout: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.text_layout, Unset):
            text_layout = []
            for text_layout_item_data in self.text_layout:
                text_layout_item = text_layout_item_data.to_dict()
                text_layout.append(text_layout_item)

        style_match: str | Unset = UNSET
        if not isinstance(self.style_match, Unset):
            style_match = self.style_match

        calculate_features = self.calculate_features

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
                "prompt": prompt,
                "image_url": image_url,
            }
        )
        if controls is not UNSET:
            field_dict["controls"] = controls
        if text_layout is not UNSET:
            field_dict["text_layout"] = text_layout
        if style_match is not UNSET:
            field_dict["style_match"] = style_match
        if calculate_features is not UNSET:
            field_dict["calculate_features"] = calculate_features
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
        if model is not UNSET:
            field_dict["model"] = model
        if style is not UNSET:
            field_dict["style"] = style
        if response_format is not UNSET:
            field_dict["response_format"] = response_format

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.brand_controls import BrandControls  # noqa: PLC0415
        from ..models.text_layout_item import TextLayoutItem  # noqa: PLC0415

        absent_when_null = {
            "controls",
            "text_layout",
            "style_match",
            "calculate_features",
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
            "model",
            "style",
            "response_format",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        prompt = d.pop("prompt")

        image_url = d.pop("image_url")

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

        _style_match = d.pop("style_match", UNSET)
        style_match: ImageToImageByUrlRequestStyleMatch | Unset
        if isinstance(_style_match, Unset):
            style_match = UNSET
        else:
            style_match = check_image_to_image_by_url_request_style_match(_style_match)

        calculate_features = d.pop("calculate_features", UNSET)

        expire = d.pop("expire", UNSET)

        random_seed = d.pop("random_seed", UNSET)

        _image_format = d.pop("image_format", UNSET)
        image_format: ImageToImageByUrlRequestImageFormat | Unset
        if isinstance(_image_format, Unset):
            image_format = UNSET
        else:
            image_format = check_image_to_image_by_url_request_image_format(_image_format)

        block_nsfw = d.pop("block_nsfw", UNSET)

        _creativity = d.pop("creativity", UNSET)
        creativity: ImageToImageByUrlRequestCreativity | Unset
        if isinstance(_creativity, Unset):
            creativity = UNSET
        else:
            creativity = check_image_to_image_by_url_request_creativity(_creativity)

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
        response_format: ImageToImageByUrlRequestResponseFormat | Unset
        if isinstance(_response_format, Unset):
            response_format = UNSET
        else:
            response_format = check_image_to_image_by_url_request_response_format(_response_format)

        parsed_model = cls(
            prompt=prompt,
            image_url=image_url,
            controls=controls,
            text_layout=text_layout,
            style_match=style_match,
            calculate_features=calculate_features,
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
