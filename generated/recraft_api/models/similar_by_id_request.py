from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.similar_by_id_request_image_format import (
    SimilarByIdRequestImageFormat,
    check_similar_by_id_request_image_format,
)
from ..models.similar_by_id_request_response_format import (
    SimilarByIdRequestResponseFormat,
    check_similar_by_id_request_response_format,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="SimilarByIdRequest")


@_attrs_define
class SimilarByIdRequest:
    """
    Attributes:
        source_image_id (UUID): An image that `explore` made before.
        similarity (int): How close to stay to it, from 1 to 5 by the vendor's pages.
        response_format (SimilarByIdRequestResponseFormat | Unset): How an image comes: `url` (the default), signed, for
            about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest.
        image_format (SimilarByIdRequestImageFormat | Unset): File format of raster images, WebP unless it is given.
        expire (bool | Unset): Let the URL of the result stop working. The vendor does not say when.
        block_nsfw (bool | Unset): Refuse to make what is not safe for work.
    """

    source_image_id: UUID
    similarity: int
    response_format: SimilarByIdRequestResponseFormat | Unset = UNSET
    image_format: SimilarByIdRequestImageFormat | Unset = UNSET
    expire: bool | Unset = UNSET
    block_nsfw: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        source_image_id = str(self.source_image_id)

        similarity = self.similarity

        response_format: str | Unset = UNSET
        if not isinstance(self.response_format, Unset):
            response_format = self.response_format

        image_format: str | Unset = UNSET
        if not isinstance(self.image_format, Unset):
            image_format = self.image_format

        expire = self.expire

        block_nsfw = self.block_nsfw

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "source_image_id": source_image_id,
                "similarity": similarity,
            }
        )
        if response_format is not UNSET:
            field_dict["response_format"] = response_format
        if image_format is not UNSET:
            field_dict["image_format"] = image_format
        if expire is not UNSET:
            field_dict["expire"] = expire
        if block_nsfw is not UNSET:
            field_dict["block_nsfw"] = block_nsfw

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        absent_when_null = {
            "response_format",
            "image_format",
            "expire",
            "block_nsfw",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        source_image_id = UUID(d.pop("source_image_id"))

        similarity = d.pop("similarity")

        _response_format = d.pop("response_format", UNSET)
        response_format: SimilarByIdRequestResponseFormat | Unset
        if isinstance(_response_format, Unset):
            response_format = UNSET
        else:
            response_format = check_similar_by_id_request_response_format(_response_format)

        _image_format = d.pop("image_format", UNSET)
        image_format: SimilarByIdRequestImageFormat | Unset
        if isinstance(_image_format, Unset):
            image_format = UNSET
        else:
            image_format = check_similar_by_id_request_image_format(_image_format)

        expire = d.pop("expire", UNSET)

        block_nsfw = d.pop("block_nsfw", UNSET)

        parsed_model = cls(
            source_image_id=source_image_id,
            similarity=similarity,
            response_format=response_format,
            image_format=image_format,
            expire=expire,
            block_nsfw=block_nsfw,
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
