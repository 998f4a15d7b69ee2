from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="BasicStyle")


@_attrs_define
class BasicStyle:
    """
    Attributes:
        style (str | Unset):
        substyle (str | Unset):
        model (str | Unset):
        style_id (UUID | Unset): The id of a custom style that `styles.create` made.
    """

    style: str | Unset = UNSET
    substyle: str | Unset = UNSET
    model: str | Unset = UNSET
    style_id: UUID | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        style = self.style

        substyle = self.substyle

        model = self.model

        style_id: str | Unset = UNSET
        if not isinstance(self.style_id, Unset):
            style_id = str(self.style_id)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if style is not UNSET:
            field_dict["style"] = style
        if substyle is not UNSET:
            field_dict["substyle"] = substyle
        if model is not UNSET:
            field_dict["model"] = model
        if style_id is not UNSET:
            field_dict["style_id"] = style_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        absent_when_null = {
            "style",
            "substyle",
            "model",
            "style_id",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        style = d.pop("style", UNSET)

        substyle = d.pop("substyle", UNSET)

        model = d.pop("model", UNSET)

        _style_id = d.pop("style_id", UNSET)
        style_id: UUID | Unset
        if isinstance(_style_id, Unset):
            style_id = UNSET
        else:
            style_id = UUID(_style_id)

        parsed_model = cls(
            style=style,
            substyle=substyle,
            model=model,
            style_id=style_id,
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
