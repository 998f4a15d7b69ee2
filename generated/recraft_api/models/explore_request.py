from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.explore_request_creativity import ExploreRequestCreativity, check_explore_request_creativity
from ..models.explore_request_image_format import ExploreRequestImageFormat, check_explore_request_image_format
from ..models.explore_request_model import ExploreRequestModel, check_explore_request_model
from ..models.explore_request_response_format import ExploreRequestResponseFormat, check_explore_request_response_format
from ..models.style_name import StyleName, check_style_name
from ..models.substyle_name import SubstyleName, check_substyle_name
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.brand_controls import BrandControls
    from ..models.text_layout_item import TextLayoutItem


T = TypeVar("T", bound="ExploreRequest")


@_attrs_define
class ExploreRequest:
    """
    Attributes:
        prompt (str): Text prompt describing the desired image (up to 10,000 chars for V4/V4.1; 1,000 for V2/V3).
        model (ExploreRequestModel | Unset): Recraft model identifier.
        style (str | StyleName | Unset): A name such as `Photorealism`, or a group such as `realistic_image` with a
            `substyle`. V2 and V3 models only.
        substyle (str | SubstyleName | Unset): A variant of a style group. V2 and V3 models only.
        style_id (UUID | Unset): Identifier of a custom style created via `/styles`.
        size (str | Unset): Output size, a ratio such as `16:9` or pixels `WxH`. Where it is left out, the service
            chooses one that suits the prompt, which is not always square.
        n (int | Unset): How many images to make.
        response_format (ExploreRequestResponseFormat | Unset): How an image comes: `url` (the default), signed, for
            about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest.
        negative_prompt (str | Unset): What the image should not show.
        controls (BrandControls | Unset): Brand-level controls applied during generation.
        text_layout (list[TextLayoutItem] | Unset): Optional positional control for text on an image.
        random_seed (int | Unset): Makes a result repeatable.
        image_format (ExploreRequestImageFormat | Unset): File format of raster images.
        block_nsfw (bool | Unset): Refuse to make what is not safe for work.
        creativity (ExploreRequestCreativity | Unset): How far to go from the prompt.
        expire (bool | Unset): Let the URL of the result stop working. The vendor does not say when.
    """

    prompt: str
    model: ExploreRequestModel | Unset = UNSET
    style: str | StyleName | Unset = UNSET
    substyle: str | SubstyleName | Unset = UNSET
    style_id: UUID | Unset = UNSET
    size: str | Unset = UNSET
    n: int | Unset = UNSET
    response_format: ExploreRequestResponseFormat | Unset = UNSET
    negative_prompt: str | Unset = UNSET
    controls: BrandControls | Unset = UNSET
    text_layout: list[TextLayoutItem] | Unset = UNSET
    random_seed: int | Unset = UNSET
    image_format: ExploreRequestImageFormat | Unset = UNSET
    block_nsfw: bool | Unset = UNSET
    creativity: ExploreRequestCreativity | Unset = UNSET
    expire: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        model: str | Unset = UNSET
        if not isinstance(self.model, Unset):
            model = self.model

        style: str | Unset
        if isinstance(self.style, Unset):
            style = UNSET
        elif isinstance(self.style, str):
            style = self.style
        else:
            style = self.style

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

        expire = self.expire

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
        if expire is not UNSET:
            field_dict["expire"] = expire

        return field_dict

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
            "expire",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        prompt = d.pop("prompt")

        _model = d.pop("model", UNSET)
        model: ExploreRequestModel | Unset
        if isinstance(_model, Unset):
            model = UNSET
        else:
            model = check_explore_request_model(_model)

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

        size = d.pop("size", UNSET)

        n = d.pop("n", UNSET)

        _response_format = d.pop("response_format", UNSET)
        response_format: ExploreRequestResponseFormat | Unset
        if isinstance(_response_format, Unset):
            response_format = UNSET
        else:
            response_format = check_explore_request_response_format(_response_format)

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
        image_format: ExploreRequestImageFormat | Unset
        if isinstance(_image_format, Unset):
            image_format = UNSET
        else:
            image_format = check_explore_request_image_format(_image_format)

        block_nsfw = d.pop("block_nsfw", UNSET)

        _creativity = d.pop("creativity", UNSET)
        creativity: ExploreRequestCreativity | Unset
        if isinstance(_creativity, Unset):
            creativity = UNSET
        else:
            creativity = check_explore_request_creativity(_creativity)

        expire = d.pop("expire", UNSET)

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
