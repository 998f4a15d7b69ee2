from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.model_name import ModelName, check_model_name
from ..models.variate_by_url_request_image_format import (
    VariateByUrlRequestImageFormat,
    check_variate_by_url_request_image_format,
)
from ..models.variate_by_url_request_response_format import (
    VariateByUrlRequestResponseFormat,
    check_variate_by_url_request_response_format,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="VariateByUrlRequest")


@_attrs_define
class VariateByUrlRequest:
    """
    Attributes:
        image_url (str): An http(s) or data URL of the image.
        image_format (VariateByUrlRequestImageFormat | Unset): File format of raster images, WebP unless it is given.
        expire (bool | Unset): Let the URL of the result stop working. The vendor does not say when.
        size (str | Unset): Output size, a ratio `w:h` or `WxH` in pixels. The live service asks for it.
        n (int | Unset): How many images to make.
        model (ModelName | str | Unset): Model identifier. New ones come every few weeks and are sent as they stand.
        random_seed (int | Unset): Makes a result repeatable.
        response_format (VariateByUrlRequestResponseFormat | Unset): How an image comes: `url` (the default), signed,
            for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest.
    """

    image_url: str
    image_format: VariateByUrlRequestImageFormat | Unset = UNSET
    expire: bool | Unset = UNSET
    size: str | Unset = UNSET
    n: int | Unset = UNSET
    model: ModelName | str | Unset = UNSET
    random_seed: int | Unset = UNSET
    response_format: VariateByUrlRequestResponseFormat | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        image_url = self.image_url

        image_format: str | Unset = UNSET
        if not isinstance(self.image_format, Unset):
            image_format = self.image_format

        expire = self.expire

        size = self.size

        n = self.n

        model: str | Unset
        if isinstance(self.model, Unset):
            model = UNSET
        elif isinstance(self.model, str):
            model = self.model
        else:
            model = self.model

        random_seed = self.random_seed

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
        if image_format is not UNSET:
            field_dict["image_format"] = image_format
        if expire is not UNSET:
            field_dict["expire"] = expire
        if size is not UNSET:
            field_dict["size"] = size
        if n is not UNSET:
            field_dict["n"] = n
        if model is not UNSET:
            field_dict["model"] = model
        if random_seed is not UNSET:
            field_dict["random_seed"] = random_seed
        if response_format is not UNSET:
            field_dict["response_format"] = response_format

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        absent_when_null = {
            "image_format",
            "expire",
            "size",
            "n",
            "model",
            "random_seed",
            "response_format",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        image_url = d.pop("image_url")

        _image_format = d.pop("image_format", UNSET)
        image_format: VariateByUrlRequestImageFormat | Unset
        if isinstance(_image_format, Unset):
            image_format = UNSET
        else:
            image_format = check_variate_by_url_request_image_format(_image_format)

        expire = d.pop("expire", UNSET)

        size = d.pop("size", UNSET)

        n = d.pop("n", UNSET)

        def _parse_model(data: object) -> ModelName | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                model_type_0 = check_model_name(data)

                return model_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ModelName | str | Unset, data)

        model = _parse_model(d.pop("model", UNSET))

        random_seed = d.pop("random_seed", UNSET)

        _response_format = d.pop("response_format", UNSET)
        response_format: VariateByUrlRequestResponseFormat | Unset
        if isinstance(_response_format, Unset):
            response_format = UNSET
        else:
            response_format = check_variate_by_url_request_response_format(_response_format)

        parsed_model = cls(
            image_url=image_url,
            image_format=image_format,
            expire=expire,
            size=size,
            n=n,
            model=model,
            random_seed=random_seed,
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
