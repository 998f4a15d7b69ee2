from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.create_style_by_url_request_match import (
    CreateStyleByUrlRequestMatch,
    check_create_style_by_url_request_match,
)
from ..models.create_style_by_url_request_mix_policy import (
    CreateStyleByUrlRequestMixPolicy,
    check_create_style_by_url_request_mix_policy,
)
from ..models.model_name import ModelName, check_model_name
from ..models.style_base import StyleBase, check_style_base
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.palette import Palette


T = TypeVar("T", bound="CreateStyleByUrlRequest")


@_attrs_define
class CreateStyleByUrlRequest:
    """
    Attributes:
        model (ModelName | str | Unset): Model identifier. New ones come every few weeks and are sent as they stand.
        match (CreateStyleByUrlRequestMatch | Unset): How closely a style is followed; `regular` for V2 and V3,
            `precise` (the default) and `flexible` for V4.
        image_weights (list[float] | Unset): How much each image counts, in their order.
        prompt (str | Unset): What the style is about.
        palette (Palette | Unset): The colours of a style.
        private (bool | Unset): Keep the style to this account.
        source_styles (list[UUID] | Unset): Styles to mix, instead of images or beside them. V2 and V3 models only; so
            are the two below.
        source_style_weights (list[float] | Unset): How much each of `source_styles` counts, in their order.
        mix_policy (CreateStyleByUrlRequestMixPolicy | Unset): How `source_styles` are mixed.
        style (str | StyleBase | Unset): What the style builds on: `any` or `vector_illustration` for V4,
            `realistic_image`, `digital_illustration` or `vector_illustration` for V3, also `icon` for V2.
        image_urls (list[str] | Unset): http(s) or data URLs of the images.
    """

    model: ModelName | str | Unset = UNSET
    match: CreateStyleByUrlRequestMatch | Unset = UNSET
    image_weights: list[float] | Unset = UNSET
    prompt: str | Unset = UNSET
    palette: Palette | Unset = UNSET
    private: bool | Unset = UNSET
    source_styles: list[UUID] | Unset = UNSET
    source_style_weights: list[float] | Unset = UNSET
    mix_policy: CreateStyleByUrlRequestMixPolicy | Unset = UNSET
    style: str | StyleBase | Unset = UNSET
    image_urls: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        model: str | Unset
        if isinstance(self.model, Unset):
            model = UNSET
        elif isinstance(self.model, str):
            model = self.model
        else:
            model = self.model

        match: str | Unset = UNSET
        if not isinstance(self.match, Unset):
            match = self.match

        image_weights: list[float] | Unset = UNSET
        if not isinstance(self.image_weights, Unset):
            image_weights = self.image_weights

        prompt = self.prompt

        palette: dict[str, Any] | Unset = UNSET
        if not isinstance(self.palette, Unset):
            palette = self.palette.to_dict()

        private = self.private

        source_styles: list[str] | Unset = UNSET
        if not isinstance(self.source_styles, Unset):
            source_styles = []
            for source_styles_item_data in self.source_styles:
                source_styles_item = str(source_styles_item_data)
                source_styles.append(source_styles_item)

        source_style_weights: list[float] | Unset = UNSET
        if not isinstance(self.source_style_weights, Unset):
            source_style_weights = self.source_style_weights

        mix_policy: str | Unset = UNSET
        if not isinstance(self.mix_policy, Unset):
            mix_policy = self.mix_policy

        style: str | Unset
        if isinstance(self.style, Unset):
            style = UNSET
        elif isinstance(self.style, str):
            style = self.style
        else:
            style = self.style

        image_urls: list[str] | Unset = UNSET
        if not isinstance(self.image_urls, Unset):
            image_urls = self.image_urls

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if model is not UNSET:
            field_dict["model"] = model
        if match is not UNSET:
            field_dict["match"] = match
        if image_weights is not UNSET:
            field_dict["image_weights"] = image_weights
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if palette is not UNSET:
            field_dict["palette"] = palette
        if private is not UNSET:
            field_dict["private"] = private
        if source_styles is not UNSET:
            field_dict["source_styles"] = source_styles
        if source_style_weights is not UNSET:
            field_dict["source_style_weights"] = source_style_weights
        if mix_policy is not UNSET:
            field_dict["mix_policy"] = mix_policy
        if style is not UNSET:
            field_dict["style"] = style
        if image_urls is not UNSET:
            field_dict["image_urls"] = image_urls

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.palette import Palette  # noqa: PLC0415

        absent_when_null = {
            "model",
            "match",
            "image_weights",
            "prompt",
            "palette",
            "private",
            "source_styles",
            "source_style_weights",
            "mix_policy",
            "style",
            "image_urls",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}

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

        _match = d.pop("match", UNSET)
        match: CreateStyleByUrlRequestMatch | Unset
        if isinstance(_match, Unset):
            match = UNSET
        else:
            match = check_create_style_by_url_request_match(_match)

        image_weights = cast(list[float], d.pop("image_weights", UNSET))

        prompt = d.pop("prompt", UNSET)

        _palette = d.pop("palette", UNSET)
        palette: Palette | Unset
        if isinstance(_palette, Unset):
            palette = UNSET
        else:
            palette = Palette.from_dict(_palette)

        private = d.pop("private", UNSET)

        _source_styles = d.pop("source_styles", UNSET)
        source_styles: list[UUID] | Unset = UNSET
        if _source_styles is not UNSET:
            source_styles = []
            for source_styles_item_data in _source_styles:
                source_styles_item = UUID(source_styles_item_data)

                source_styles.append(source_styles_item)

        source_style_weights = cast(list[float], d.pop("source_style_weights", UNSET))

        _mix_policy = d.pop("mix_policy", UNSET)
        mix_policy: CreateStyleByUrlRequestMixPolicy | Unset
        if isinstance(_mix_policy, Unset):
            mix_policy = UNSET
        else:
            mix_policy = check_create_style_by_url_request_mix_policy(_mix_policy)

        def _parse_style(data: object) -> str | StyleBase | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                style_type_1 = check_style_base(data)

                return style_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(str | StyleBase | Unset, data)

        style = _parse_style(d.pop("style", UNSET))

        image_urls = cast(list[str], d.pop("image_urls", UNSET))

        parsed_model = cls(
            model=model,
            match=match,
            image_weights=image_weights,
            prompt=prompt,
            palette=palette,
            private=private,
            source_styles=source_styles,
            source_style_weights=source_style_weights,
            mix_policy=mix_policy,
            style=style,
            image_urls=image_urls,
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
