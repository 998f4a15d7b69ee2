from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.color import Color


T = TypeVar("T", bound="Palette")


@_attrs_define
class Palette:
    """The colours of a style.

    Attributes:
        colors (list[Color]):
        background_color (Color | Unset):
    """

    colors: list[Color]
    background_color: Color | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        colors = []
        for colors_item_data in self.colors:
            colors_item = colors_item_data.to_dict()
            colors.append(colors_item)

        background_color: dict[str, Any] | Unset = UNSET
        if not isinstance(self.background_color, Unset):
            background_color = self.background_color.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "colors": colors,
            }
        )
        if background_color is not UNSET:
            field_dict["background_color"] = background_color

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.color import Color  # noqa: PLC0415

        absent_when_null = {
            "background_color",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        colors = []
        _colors = d.pop("colors")
        for colors_item_data in _colors:
            colors_item = Color.from_dict(colors_item_data)

            colors.append(colors_item)

        _background_color = d.pop("background_color", UNSET)
        background_color: Color | Unset
        if isinstance(_background_color, Unset):
            background_color = UNSET
        else:
            background_color = Color.from_dict(_background_color)

        parsed_model = cls(
            colors=colors,
            background_color=background_color,
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
