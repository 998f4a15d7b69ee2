from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="User")


@_attrs_define
class User:
    """
    Attributes:
        id (str | Unset):
        email (str | Unset):
        credits_ (int | Unset): Remaining API unit balance (1,000 units = USD $1.00).
        name (str | Unset):
    """

    id: str | Unset = UNSET
    email: str | Unset = UNSET
    credits_: int | Unset = UNSET
    name: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        email = self.email

        credits_ = self.credits_

        name = self.name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if email is not UNSET:
            field_dict["email"] = email
        if credits_ is not UNSET:
            field_dict["credits"] = credits_
        if name is not UNSET:
            field_dict["name"] = name

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        absent_when_null = {
            "id",
            "email",
            "credits",
            "name",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        id = d.pop("id", UNSET)

        email = d.pop("email", UNSET)

        credits_ = d.pop("credits", UNSET)

        name = d.pop("name", UNSET)

        parsed_model = cls(
            id=id,
            email=email,
            credits_=credits_,
            name=name,
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
