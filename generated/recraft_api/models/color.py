from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Color")


@_attrs_define
class Color:
    """
    Attributes:
        rgb (list[int]):
        std (float | list[float] | Unset): How far a colour may be from this one.
        weight (float | Unset): How much of it there is. Those of a palette add up to 1 at most.
    """

    rgb: list[int]
    std: float | list[float] | Unset = UNSET
    weight: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        rgb = self.rgb

        std: float | list[float] | Unset
        if isinstance(self.std, Unset):
            std = UNSET
        elif isinstance(self.std, list):
            std = self.std

        else:
            std = self.std

        weight = self.weight

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "rgb": rgb,
            }
        )
        if std is not UNSET:
            field_dict["std"] = std
        if weight is not UNSET:
            field_dict["weight"] = weight

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        absent_when_null = {
            "std",
            "weight",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        rgb = cast(list[int], d.pop("rgb"))

        def _parse_std(data: object) -> float | list[float] | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                std_type_1 = cast(list[float], data)

                return std_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(float | list[float] | Unset, data)

        std = _parse_std(d.pop("std", UNSET))

        weight = d.pop("weight", UNSET)

        parsed_model = cls(
            rgb=rgb,
            std=std,
            weight=weight,
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
