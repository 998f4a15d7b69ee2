from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types
from ..models.similar_request_response_format import SimilarRequestResponseFormat, check_similar_request_response_format
from ..types import UNSET, File, FileInput, Unset, file_tuple

T = TypeVar("T", bound="SimilarRequest")


@_attrs_define
class SimilarRequest:
    """
    Attributes:
        image (File):
        response_format (SimilarRequestResponseFormat | Unset): How an image comes: `url` (the default), signed, for
            about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest.
        expire (bool | Unset): Let the URL of the result stop working. The vendor does not say when.
    """

    image: FileInput
    response_format: SimilarRequestResponseFormat | Unset = UNSET
    expire: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        image = file_tuple(self.image)

        response_format: str | Unset = UNSET
        if not isinstance(self.response_format, Unset):
            response_format = self.response_format

        expire = self.expire

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "image": image,
            }
        )
        if response_format is not UNSET:
            field_dict["response_format"] = response_format
        if expire is not UNSET:
            field_dict["expire"] = expire

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        files.append(("image", file_tuple(self.image)))

        if not isinstance(self.response_format, Unset):
            files.append(("response_format", (None, str(self.response_format).encode(), "text/plain")))

        if not isinstance(self.expire, Unset):
            files.append(("expire", (None, str(self.expire).lower().encode(), "text/plain")))

        for prop_name, prop in self.additional_properties.items():
            files += types.parts(prop_name, prop)

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        absent_when_null = {
            "response_format",
            "expire",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        image = File(payload=BytesIO(d.pop("image")))

        _response_format = d.pop("response_format", UNSET)
        response_format: SimilarRequestResponseFormat | Unset
        if isinstance(_response_format, Unset):
            response_format = UNSET
        else:
            response_format = check_similar_request_response_format(_response_format)

        expire = d.pop("expire", UNSET)

        parsed_model = cls(
            image=image,
            response_format=response_format,
            expire=expire,
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
