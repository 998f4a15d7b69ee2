from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Style")


@_attrs_define
class Style:
    """
    Attributes:
        id (UUID | Unset):
        credits_ (int | Unset):
        style (str | Unset):
        substyle (str | Unset):
        creation_time (datetime.datetime | Unset):
        is_private (bool | Unset):
    """

    id: UUID | Unset = UNSET
    credits_: int | Unset = UNSET
    style: str | Unset = UNSET
    substyle: str | Unset = UNSET
    creation_time: datetime.datetime | Unset = UNSET
    is_private: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        id: str | Unset = UNSET
        if not isinstance(self.id, Unset):
            id = str(self.id)

        credits_ = self.credits_

        style = self.style

        substyle = self.substyle

        creation_time: str | Unset = UNSET
        if not isinstance(self.creation_time, Unset):
            creation_time = self.creation_time.isoformat()

        is_private = self.is_private

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if credits_ is not UNSET:
            field_dict["credits"] = credits_
        if style is not UNSET:
            field_dict["style"] = style
        if substyle is not UNSET:
            field_dict["substyle"] = substyle
        if creation_time is not UNSET:
            field_dict["creation_time"] = creation_time
        if is_private is not UNSET:
            field_dict["is_private"] = is_private

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        absent_when_null = {
            "id",
            "credits",
            "style",
            "substyle",
            "creation_time",
            "is_private",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        _id = d.pop("id", UNSET)
        id: UUID | Unset
        if isinstance(_id, Unset):
            id = UNSET
        else:
            id = UUID(_id)

        credits_ = d.pop("credits", UNSET)

        style = d.pop("style", UNSET)

        substyle = d.pop("substyle", UNSET)

        _creation_time = d.pop("creation_time", UNSET)
        creation_time: datetime.datetime | Unset
        if isinstance(_creation_time, Unset):
            creation_time = UNSET
        else:
            creation_time = datetime.datetime.fromisoformat(_creation_time)

        is_private = d.pop("is_private", UNSET)

        parsed_model = cls(
            id=id,
            credits_=credits_,
            style=style,
            substyle=substyle,
            creation_time=creation_time,
            is_private=is_private,
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
