from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="TextLayoutItem")


@_attrs_define
class TextLayoutItem:
    """
    Attributes:
        text (str | Unset):
        bbox (list[float | list[float]] | Unset):
    """

    text: str | Unset = UNSET
    bbox: list[float | list[float]] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        text = self.text

        bbox: list[float | list[float]] | Unset = UNSET
        if not isinstance(self.bbox, Unset):
            bbox = []
            for bbox_item_data in self.bbox:
                bbox_item: float | list[float]
                if isinstance(bbox_item_data, list):
                    bbox_item = bbox_item_data

                else:
                    bbox_item = bbox_item_data
                bbox.append(bbox_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if text is not UNSET:
            field_dict["text"] = text
        if bbox is not UNSET:
            field_dict["bbox"] = bbox

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        absent_when_null = {
            "text",
            "bbox",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        text = d.pop("text", UNSET)

        _bbox = d.pop("bbox", UNSET)
        bbox: list[float | list[float]] | Unset = UNSET
        if _bbox is not UNSET:
            bbox = []
            for bbox_item_data in _bbox:

                def _parse_bbox_item(data: object) -> float | list[float]:
                    try:
                        if not isinstance(data, list):
                            raise TypeError()
                        bbox_item_type_1 = cast(list[float], data)

                        return bbox_item_type_1
                    except (TypeError, ValueError, AttributeError, KeyError):
                        pass
                    return cast(float | list[float], data)

                bbox_item = _parse_bbox_item(bbox_item_data)

                bbox.append(bbox_item)

        parsed_model = cls(
            text=text,
            bbox=bbox,
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
