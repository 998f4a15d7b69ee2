from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types
from ..models.file_only_request_image_format import FileOnlyRequestImageFormat, check_file_only_request_image_format
from ..models.file_only_request_response_format import (
    FileOnlyRequestResponseFormat,
    check_file_only_request_response_format,
)
from ..models.file_only_request_upscale import FileOnlyRequestUpscale, check_file_only_request_upscale
from ..types import UNSET, File, FileInput, Unset, file_tuple

T = TypeVar("T", bound="FileOnlyRequest")


@_attrs_define
class FileOnlyRequest:
    """
    Attributes:
        image (File):
        response_format (FileOnlyRequestResponseFormat | Unset): How an image comes: `url` (the default), signed, for
            about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest.
        upscale (FileOnlyRequestUpscale | Unset): Make the result larger, to 4 or 16 megapixels.
        image_format (FileOnlyRequestImageFormat | Unset): File format of raster images, WebP unless it is given.
        expire (bool | Unset): Let the URL of the result stop working. The vendor does not say when.
    """

    image: FileInput
    response_format: FileOnlyRequestResponseFormat | Unset = UNSET
    upscale: FileOnlyRequestUpscale | Unset = UNSET
    image_format: FileOnlyRequestImageFormat | Unset = UNSET
    expire: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        image = file_tuple(self.image)

        response_format: str | Unset = UNSET
        if not isinstance(self.response_format, Unset):
            response_format = self.response_format

        upscale: str | Unset = UNSET
        if not isinstance(self.upscale, Unset):
            upscale = self.upscale

        image_format: str | Unset = UNSET
        if not isinstance(self.image_format, Unset):
            image_format = self.image_format

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
        if upscale is not UNSET:
            field_dict["upscale"] = upscale
        if image_format is not UNSET:
            field_dict["image_format"] = image_format
        if expire is not UNSET:
            field_dict["expire"] = expire

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        files.append(("image", file_tuple(self.image)))

        if not isinstance(self.response_format, Unset):
            files.append(("response_format", (None, str(self.response_format).encode(), "text/plain")))

        if not isinstance(self.upscale, Unset):
            files.append(("upscale", (None, str(self.upscale).encode(), "text/plain")))

        if not isinstance(self.image_format, Unset):
            files.append(("image_format", (None, str(self.image_format).encode(), "text/plain")))

        if not isinstance(self.expire, Unset):
            files.append(("expire", (None, str(self.expire).lower().encode(), "text/plain")))

        for prop_name, prop in self.additional_properties.items():
            files += types.parts(prop_name, prop)

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        absent_when_null = {
            "response_format",
            "upscale",
            "image_format",
            "expire",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        image = File(payload=BytesIO(d.pop("image")))

        _response_format = d.pop("response_format", UNSET)
        response_format: FileOnlyRequestResponseFormat | Unset
        if isinstance(_response_format, Unset):
            response_format = UNSET
        else:
            response_format = check_file_only_request_response_format(_response_format)

        _upscale = d.pop("upscale", UNSET)
        upscale: FileOnlyRequestUpscale | Unset
        if isinstance(_upscale, Unset):
            upscale = UNSET
        else:
            upscale = check_file_only_request_upscale(_upscale)

        _image_format = d.pop("image_format", UNSET)
        image_format: FileOnlyRequestImageFormat | Unset
        if isinstance(_image_format, Unset):
            image_format = UNSET
        else:
            image_format = check_file_only_request_image_format(_image_format)

        expire = d.pop("expire", UNSET)

        parsed_model = cls(
            image=image,
            response_format=response_format,
            upscale=upscale,
            image_format=image_format,
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
