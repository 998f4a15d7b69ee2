from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.image_by_url_request_image_format import (
    ImageByUrlRequestImageFormat,
    check_image_by_url_request_image_format,
)
from ..models.image_by_url_request_response_format import (
    ImageByUrlRequestResponseFormat,
    check_image_by_url_request_response_format,
)
from ..models.image_by_url_request_upscale import ImageByUrlRequestUpscale, check_image_by_url_request_upscale
from ..types import UNSET, Unset

T = TypeVar("T", bound="ImageByUrlRequest")


@_attrs_define
class ImageByUrlRequest:
    """
    Attributes:
        image_url (str): An http(s) or data URL of the image.
        upscale (ImageByUrlRequestUpscale | Unset): Make the result larger, to 4 or 16 megapixels.
        image_format (ImageByUrlRequestImageFormat | Unset): File format of raster images, WebP unless it is given.
        expire (bool | Unset): Let the URL of the result stop working. The vendor does not say when.
        response_format (ImageByUrlRequestResponseFormat | Unset): How an image comes: `url` (the default), signed, for
            about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest.
    """

    image_url: str
    upscale: ImageByUrlRequestUpscale | Unset = UNSET
    image_format: ImageByUrlRequestImageFormat | Unset = UNSET
    expire: bool | Unset = UNSET
    response_format: ImageByUrlRequestResponseFormat | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        image_url = self.image_url

        upscale: str | Unset = UNSET
        if not isinstance(self.upscale, Unset):
            upscale = self.upscale

        image_format: str | Unset = UNSET
        if not isinstance(self.image_format, Unset):
            image_format = self.image_format

        expire = self.expire

        response_format: str | Unset = UNSET
        if not isinstance(self.response_format, Unset):
            response_format = self.response_format

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "image_url": image_url,
            }
        )
        if upscale is not UNSET:
            field_dict["upscale"] = upscale
        if image_format is not UNSET:
            field_dict["image_format"] = image_format
        if expire is not UNSET:
            field_dict["expire"] = expire
        if response_format is not UNSET:
            field_dict["response_format"] = response_format

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        absent_when_null = {
            "upscale",
            "image_format",
            "expire",
            "response_format",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        image_url = d.pop("image_url")

        _upscale = d.pop("upscale", UNSET)
        upscale: ImageByUrlRequestUpscale | Unset
        if isinstance(_upscale, Unset):
            upscale = UNSET
        else:
            upscale = check_image_by_url_request_upscale(_upscale)

        _image_format = d.pop("image_format", UNSET)
        image_format: ImageByUrlRequestImageFormat | Unset
        if isinstance(_image_format, Unset):
            image_format = UNSET
        else:
            image_format = check_image_by_url_request_image_format(_image_format)

        expire = d.pop("expire", UNSET)

        _response_format = d.pop("response_format", UNSET)
        response_format: ImageByUrlRequestResponseFormat | Unset
        if isinstance(_response_format, Unset):
            response_format = UNSET
        else:
            response_format = check_image_by_url_request_response_format(_response_format)

        parsed_model = cls(
            image_url=image_url,
            upscale=upscale,
            image_format=image_format,
            expire=expire,
            response_format=response_format,
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
