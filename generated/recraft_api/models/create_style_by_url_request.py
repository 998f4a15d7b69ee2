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
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.style_palette import StylePalette


T = TypeVar("T", bound="CreateStyleByUrlRequest")


@_attrs_define
class CreateStyleByUrlRequest:
    """
    Attributes:
        image_urls (list[str]): http(s) or data URLs of the images.
        style (str | Unset): Base style group (e.g. `digital_illustration`).
        model (str | Unset): The model the style is for; `recraftv4_styles` when left out (source V).
        match (CreateStyleByUrlRequestMatch | Unset): How closely images follow the style: `precise` by default for V4,
            `regular` for V2 and V3.
        image_weights (list[float] | Unset): How much each reference image counts.
        palette (StylePalette | Unset): Colours of a style.
        private (bool | Unset): Keep the style to this account.
        prompt (str | Unset): What to look for in the reference images.
        source_styles (list[UUID] | Unset): Styles to mix (V2 and V3).
        source_style_weights (list[float] | Unset): How much each of the mixed styles counts.
        mix_policy (CreateStyleByUrlRequestMixPolicy | Unset): How palettes are mixed (V2 and V3).
    """

    image_urls: list[str]
    style: str | Unset = UNSET
    model: str | Unset = UNSET
    match: CreateStyleByUrlRequestMatch | Unset = UNSET
    image_weights: list[float] | Unset = UNSET
    palette: StylePalette | Unset = UNSET
    private: bool | Unset = UNSET
    prompt: str | Unset = UNSET
    source_styles: list[UUID] | Unset = UNSET
    source_style_weights: list[float] | Unset = UNSET
    mix_policy: CreateStyleByUrlRequestMixPolicy | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        image_urls = self.image_urls

        style = self.style

        model = self.model

        match: str | Unset = UNSET
        if not isinstance(self.match, Unset):
            match = self.match

        image_weights: list[float] | Unset = UNSET
        if not isinstance(self.image_weights, Unset):
            image_weights = self.image_weights

        palette: dict[str, Any] | Unset = UNSET
        if not isinstance(self.palette, Unset):
            palette = self.palette.to_dict()

        private = self.private

        prompt = self.prompt

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

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "image_urls": image_urls,
            }
        )
        if style is not UNSET:
            field_dict["style"] = style
        if model is not UNSET:
            field_dict["model"] = model
        if match is not UNSET:
            field_dict["match"] = match
        if image_weights is not UNSET:
            field_dict["image_weights"] = image_weights
        if palette is not UNSET:
            field_dict["palette"] = palette
        if private is not UNSET:
            field_dict["private"] = private
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if source_styles is not UNSET:
            field_dict["source_styles"] = source_styles
        if source_style_weights is not UNSET:
            field_dict["source_style_weights"] = source_style_weights
        if mix_policy is not UNSET:
            field_dict["mix_policy"] = mix_policy

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.style_palette import StylePalette  # noqa: PLC0415

        absent_when_null = {
            "style",
            "model",
            "match",
            "image_weights",
            "palette",
            "private",
            "prompt",
            "source_styles",
            "source_style_weights",
            "mix_policy",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        image_urls = cast(list[str], d.pop("image_urls"))

        style = d.pop("style", UNSET)

        model = d.pop("model", UNSET)

        _match = d.pop("match", UNSET)
        match: CreateStyleByUrlRequestMatch | Unset
        if isinstance(_match, Unset):
            match = UNSET
        else:
            match = check_create_style_by_url_request_match(_match)

        image_weights = cast(list[float], d.pop("image_weights", UNSET))

        _palette = d.pop("palette", UNSET)
        palette: StylePalette | Unset
        if isinstance(_palette, Unset):
            palette = UNSET
        else:
            palette = StylePalette.from_dict(_palette)

        private = d.pop("private", UNSET)

        prompt = d.pop("prompt", UNSET)

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

        parsed_model = cls(
            image_urls=image_urls,
            style=style,
            model=model,
            match=match,
            image_weights=image_weights,
            palette=palette,
            private=private,
            prompt=prompt,
            source_styles=source_styles,
            source_style_weights=source_style_weights,
            mix_policy=mix_policy,
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
