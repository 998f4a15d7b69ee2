from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="EnhancedPrompt")


@_attrs_define
class EnhancedPrompt:
    """
    Attributes:
        prompt (str | Unset):
        enhanced_prompt (str | Unset):
        credits_ (int | Unset):
    """

    prompt: str | Unset = UNSET
    enhanced_prompt: str | Unset = UNSET
    credits_: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        enhanced_prompt = self.enhanced_prompt

        credits_ = self.credits_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if enhanced_prompt is not UNSET:
            field_dict["enhanced_prompt"] = enhanced_prompt
        if credits_ is not UNSET:
            field_dict["credits"] = credits_

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        absent_when_null = {
            "prompt",
            "enhanced_prompt",
            "credits",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        prompt = d.pop("prompt", UNSET)

        enhanced_prompt = d.pop("enhanced_prompt", UNSET)

        credits_ = d.pop("credits", UNSET)

        parsed_model = cls(
            prompt=prompt,
            enhanced_prompt=enhanced_prompt,
            credits_=credits_,
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
