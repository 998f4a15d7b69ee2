from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.image import Image


T = TypeVar("T", bound="ImageSet")


@_attrs_define
class ImageSet:
    """
    Attributes:
        created (int | Unset):
        credits_ (int | Unset):
        data (list[Image] | Unset):
        image (Image | Unset):
        style_id (UUID | Unset): The style that was made from style references.
    """

    created: int | Unset = UNSET
    credits_: int | Unset = UNSET
    data: list[Image] | Unset = UNSET
    image: Image | Unset = UNSET
    style_id: UUID | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        created = self.created

        credits_ = self.credits_

        data: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.data, Unset):
            data = []
            for data_item_data in self.data:
                data_item = data_item_data.to_dict()
                data.append(data_item)

        image: dict[str, Any] | Unset = UNSET
        if not isinstance(self.image, Unset):
            image = self.image.to_dict()

        style_id: str | Unset = UNSET
        if not isinstance(self.style_id, Unset):
            style_id = str(self.style_id)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if created is not UNSET:
            field_dict["created"] = created
        if credits_ is not UNSET:
            field_dict["credits"] = credits_
        if data is not UNSET:
            field_dict["data"] = data
        if image is not UNSET:
            field_dict["image"] = image
        if style_id is not UNSET:
            field_dict["style_id"] = style_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.image import Image  # noqa: PLC0415

        absent_when_null = {
            "created",
            "credits",
            "data",
            "image",
            "style_id",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        created = d.pop("created", UNSET)

        credits_ = d.pop("credits", UNSET)

        _data = d.pop("data", UNSET)
        data: list[Image] | Unset = UNSET
        if _data is not UNSET:
            data = []
            for data_item_data in _data:
                data_item = Image.from_dict(data_item_data)

                data.append(data_item)

        _image = d.pop("image", UNSET)
        image: Image | Unset
        if isinstance(_image, Unset):
            image = UNSET
        else:
            image = Image.from_dict(_image)

        _style_id = d.pop("style_id", UNSET)
        style_id: UUID | Unset
        if isinstance(_style_id, Unset):
            style_id = UNSET
        else:
            style_id = UUID(_style_id)

        parsed_model = cls(
            created=created,
            credits_=credits_,
            data=data,
            image=image,
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
