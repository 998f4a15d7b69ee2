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
from ..types import UNSET, File, Unset

T = TypeVar("T", bound="VariateRequest")


@_attrs_define
class VariateRequest:
    """
    Attributes:
        image (File):
        response_format (FileOnlyRequestResponseFormat | Unset):
        upscale (FileOnlyRequestUpscale | Unset): Enlarge the result to about 4 or 16 megapixels.
        expire (bool | Unset): Let the address of the result expire.
        image_format (FileOnlyRequestImageFormat | Unset): File format of raster images; lossless WebP when left out
            (source V).
        size (str | Unset): Output size, a ratio `w:h` or `WxH` in pixels. The live service asks for it.
        n (int | Unset):
        model (str | Unset):
        random_seed (int | Unset): Makes a result repeatable.
    """

    image: File
    response_format: FileOnlyRequestResponseFormat | Unset = UNSET
    upscale: FileOnlyRequestUpscale | Unset = UNSET
    expire: bool | Unset = UNSET
    image_format: FileOnlyRequestImageFormat | Unset = UNSET
    size: str | Unset = UNSET
    n: int | Unset = UNSET
    model: str | Unset = UNSET
    random_seed: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        image = self.image.to_tuple()

        response_format: str | Unset = UNSET
        if not isinstance(self.response_format, Unset):
            response_format = self.response_format

        upscale: str | Unset = UNSET
        if not isinstance(self.upscale, Unset):
            upscale = self.upscale

        expire = self.expire

        image_format: str | Unset = UNSET
        if not isinstance(self.image_format, Unset):
            image_format = self.image_format

        size = self.size

        n = self.n

        model = self.model

        random_seed = self.random_seed

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
        if expire is not UNSET:
            field_dict["expire"] = expire
        if image_format is not UNSET:
            field_dict["image_format"] = image_format
        if size is not UNSET:
            field_dict["size"] = size
        if n is not UNSET:
            field_dict["n"] = n
        if model is not UNSET:
            field_dict["model"] = model
        if random_seed is not UNSET:
            field_dict["random_seed"] = random_seed

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        files.append(("image", self.image.to_tuple()))

        if not isinstance(self.response_format, Unset):
            files.append(("response_format", (None, str(self.response_format).encode(), "text/plain")))

        if not isinstance(self.upscale, Unset):
            files.append(("upscale", (None, str(self.upscale).encode(), "text/plain")))

        if not isinstance(self.expire, Unset):
            files.append(("expire", (None, str(self.expire).lower().encode(), "text/plain")))

        if not isinstance(self.image_format, Unset):
            files.append(("image_format", (None, str(self.image_format).encode(), "text/plain")))

        if not isinstance(self.size, Unset):
            files.append(("size", (None, str(self.size).encode(), "text/plain")))

        if not isinstance(self.n, Unset):
            files.append(("n", (None, str(self.n).encode(), "text/plain")))

        if not isinstance(self.model, Unset):
            files.append(("model", (None, str(self.model).encode(), "text/plain")))

        if not isinstance(self.random_seed, Unset):
            files.append(("random_seed", (None, str(self.random_seed).encode(), "text/plain")))

        for prop_name, prop in self.additional_properties.items():
            files.append((prop_name, (None, str(prop).encode(), "text/plain")))

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        absent_when_null = {
            "response_format",
            "upscale",
            "expire",
            "image_format",
            "size",
            "n",
            "model",
            "random_seed",
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

        expire = d.pop("expire", UNSET)

        _image_format = d.pop("image_format", UNSET)
        image_format: FileOnlyRequestImageFormat | Unset
        if isinstance(_image_format, Unset):
            image_format = UNSET
        else:
            image_format = check_file_only_request_image_format(_image_format)

        size = d.pop("size", UNSET)

        n = d.pop("n", UNSET)

        model = d.pop("model", UNSET)

        random_seed = d.pop("random_seed", UNSET)

        parsed_model = cls(
            image=image,
            response_format=response_format,
            upscale=upscale,
            expire=expire,
            image_format=image_format,
            size=size,
            n=n,
            model=model,
            random_seed=random_seed,
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
