from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.image_features import ImageFeatures


T = TypeVar("T", bound="Image")


@_attrs_define
class Image:
    """
    Attributes:
        image_id (UUID | Unset):
        url (str | Unset): Signed URL valid for approximately 24 hours.
        b64_json (str | Unset):
        revised_prompt (str | Unset):
        features (ImageFeatures | Unset):
    """

    image_id: UUID | Unset = UNSET
    url: str | Unset = UNSET
    b64_json: str | Unset = UNSET
    revised_prompt: str | Unset = UNSET
    features: ImageFeatures | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        image_id: str | Unset = UNSET
        if not isinstance(self.image_id, Unset):
            image_id = str(self.image_id)

        url = self.url

        b64_json = self.b64_json

        revised_prompt = self.revised_prompt

        features: dict[str, Any] | Unset = UNSET
        if not isinstance(self.features, Unset):
            features = self.features.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if image_id is not UNSET:
            field_dict["image_id"] = image_id
        if url is not UNSET:
            field_dict["url"] = url
        if b64_json is not UNSET:
            field_dict["b64_json"] = b64_json
        if revised_prompt is not UNSET:
            field_dict["revised_prompt"] = revised_prompt
        if features is not UNSET:
            field_dict["features"] = features

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.image_features import ImageFeatures  # noqa: PLC0415

        absent_when_null = {
            "image_id",
            "url",
            "b64_json",
            "revised_prompt",
            "features",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        _image_id = d.pop("image_id", UNSET)
        image_id: UUID | Unset
        if isinstance(_image_id, Unset):
            image_id = UNSET
        else:
            image_id = UUID(_image_id)

        url = d.pop("url", UNSET)

        b64_json = d.pop("b64_json", UNSET)

        revised_prompt = d.pop("revised_prompt", UNSET)

        _features = d.pop("features", UNSET)
        features: ImageFeatures | Unset
        if isinstance(_features, Unset):
            features = UNSET
        else:
            features = ImageFeatures.from_dict(_features)

        parsed_model = cls(
            image_id=image_id,
            url=url,
            b64_json=b64_json,
            revised_prompt=revised_prompt,
            features=features,
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
