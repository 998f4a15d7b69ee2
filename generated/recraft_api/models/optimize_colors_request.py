from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.weighted_hex_color import WeightedHexColor


T = TypeVar("T", bound="OptimizeColorsRequest")


@_attrs_define
class OptimizeColorsRequest:
    """
    Attributes:
        colors (list[WeightedHexColor]):
        num_colors_limit (int): How many colours may be left.
    """

    colors: list[WeightedHexColor]
    num_colors_limit: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        colors = []
        for colors_item_data in self.colors:
            colors_item = colors_item_data.to_dict()
            colors.append(colors_item)

        num_colors_limit = self.num_colors_limit

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "colors": colors,
                "num_colors_limit": num_colors_limit,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.weighted_hex_color import WeightedHexColor  # noqa: PLC0415

        d = dict(src_dict)
        colors = []
        _colors = d.pop("colors")
        for colors_item_data in _colors:
            colors_item = WeightedHexColor.from_dict(colors_item_data)

            colors.append(colors_item)

        num_colors_limit = d.pop("num_colors_limit")

        parsed_model = cls(
            colors=colors,
            num_colors_limit=num_colors_limit,
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
