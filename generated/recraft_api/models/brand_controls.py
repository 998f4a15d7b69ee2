from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.color import Color


T = TypeVar("T", bound="BrandControls")


@_attrs_define
class BrandControls:
    """Brand-level controls applied during generation.

    Attributes:
        colors (list[Color] | Unset): Colours to prefer, 10 at most; those of a style give way to them.
        background_color (Color | Unset):
        no_text (bool | Unset): Keep text out of the image.
        artistic_level (int | Unset): How artistic the image is, the lower the plainer.
    """

    colors: list[Color] | Unset = UNSET
    background_color: Color | Unset = UNSET
    no_text: bool | Unset = UNSET
    artistic_level: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        colors: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.colors, Unset):
            colors = []
            for colors_item_data in self.colors:
                colors_item = colors_item_data.to_dict()
                colors.append(colors_item)

        background_color: dict[str, Any] | Unset = UNSET
        if not isinstance(self.background_color, Unset):
            background_color = self.background_color.to_dict()

        no_text = self.no_text

        artistic_level = self.artistic_level

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if colors is not UNSET:
            field_dict["colors"] = colors
        if background_color is not UNSET:
            field_dict["background_color"] = background_color
        if no_text is not UNSET:
            field_dict["no_text"] = no_text
        if artistic_level is not UNSET:
            field_dict["artistic_level"] = artistic_level

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.color import Color  # noqa: PLC0415

        absent_when_null = {
            "colors",
            "background_color",
            "no_text",
            "artistic_level",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        _colors = d.pop("colors", UNSET)
        colors: list[Color] | Unset = UNSET
        if _colors is not UNSET:
            colors = []
            for colors_item_data in _colors:
                colors_item = Color.from_dict(colors_item_data)

                colors.append(colors_item)

        _background_color = d.pop("background_color", UNSET)
        background_color: Color | Unset
        if isinstance(_background_color, Unset):
            background_color = UNSET
        else:
            background_color = Color.from_dict(_background_color)

        no_text = d.pop("no_text", UNSET)

        artistic_level = d.pop("artistic_level", UNSET)

        parsed_model = cls(
            colors=colors,
            background_color=background_color,
            no_text=no_text,
            artistic_level=artistic_level,
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
