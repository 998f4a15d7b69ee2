from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.color_mapping import ColorMapping


T = TypeVar("T", bound="OptimizedColors")


@_attrs_define
class OptimizedColors:
    """
    Attributes:
        credits_ (int | Unset):
        mapping (list[ColorMapping] | Unset):
    """

    credits_: int | Unset = UNSET
    mapping: list[ColorMapping] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        credits_ = self.credits_

        mapping: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.mapping, Unset):
            mapping = []
            for mapping_item_data in self.mapping:
                mapping_item = mapping_item_data.to_dict()
                mapping.append(mapping_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if credits_ is not UNSET:
            field_dict["credits"] = credits_
        if mapping is not UNSET:
            field_dict["mapping"] = mapping

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.color_mapping import ColorMapping  # noqa: PLC0415

        absent_when_null = {
            "credits",
            "mapping",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        credits_ = d.pop("credits", UNSET)

        _mapping = d.pop("mapping", UNSET)
        mapping: list[ColorMapping] | Unset = UNSET
        if _mapping is not UNSET:
            mapping = []
            for mapping_item_data in _mapping:
                mapping_item = ColorMapping.from_dict(mapping_item_data)

                mapping.append(mapping_item)

        parsed_model = cls(
            credits_=credits_,
            mapping=mapping,
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
