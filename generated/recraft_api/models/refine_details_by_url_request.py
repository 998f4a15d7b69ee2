from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.refine_details_by_url_request_image_format import (
    RefineDetailsByUrlRequestImageFormat,
    check_refine_details_by_url_request_image_format,
)
from ..models.refine_details_by_url_request_refinement import (
    RefineDetailsByUrlRequestRefinement,
    check_refine_details_by_url_request_refinement,
)
from ..models.refine_details_by_url_request_response_format import (
    RefineDetailsByUrlRequestResponseFormat,
    check_refine_details_by_url_request_response_format,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="RefineDetailsByUrlRequest")


@_attrs_define
class RefineDetailsByUrlRequest:
    """Source V.

    Attributes:
        image_url (str): An http(s) or data URL of the image.
        image_format (RefineDetailsByUrlRequestImageFormat | Unset): File format of raster images, WebP unless it is
            given.
        response_format (RefineDetailsByUrlRequestResponseFormat | Unset): How an image comes: `url` (the default),
            signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest.
        refinement (RefineDetailsByUrlRequestRefinement | Unset): How much detail to add, `moderate` unless it is given.
    """

    image_url: str
    image_format: RefineDetailsByUrlRequestImageFormat | Unset = UNSET
    response_format: RefineDetailsByUrlRequestResponseFormat | Unset = UNSET
    refinement: RefineDetailsByUrlRequestRefinement | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        image_url = self.image_url

        image_format: str | Unset = UNSET
        if not isinstance(self.image_format, Unset):
            image_format = self.image_format

        response_format: str | Unset = UNSET
        if not isinstance(self.response_format, Unset):
            response_format = self.response_format

        refinement: str | Unset = UNSET
        if not isinstance(self.refinement, Unset):
            refinement = self.refinement

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "image_url": image_url,
            }
        )
        if image_format is not UNSET:
            field_dict["image_format"] = image_format
        if response_format is not UNSET:
            field_dict["response_format"] = response_format
        if refinement is not UNSET:
            field_dict["refinement"] = refinement

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        absent_when_null = {
            "image_format",
            "response_format",
            "refinement",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        image_url = d.pop("image_url")

        _image_format = d.pop("image_format", UNSET)
        image_format: RefineDetailsByUrlRequestImageFormat | Unset
        if isinstance(_image_format, Unset):
            image_format = UNSET
        else:
            image_format = check_refine_details_by_url_request_image_format(_image_format)

        _response_format = d.pop("response_format", UNSET)
        response_format: RefineDetailsByUrlRequestResponseFormat | Unset
        if isinstance(_response_format, Unset):
            response_format = UNSET
        else:
            response_format = check_refine_details_by_url_request_response_format(_response_format)

        _refinement = d.pop("refinement", UNSET)
        refinement: RefineDetailsByUrlRequestRefinement | Unset
        if isinstance(_refinement, Unset):
            refinement = UNSET
        else:
            refinement = check_refine_details_by_url_request_refinement(_refinement)

        parsed_model = cls(
            image_url=image_url,
            image_format=image_format,
            response_format=response_format,
            refinement=refinement,
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
