from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types
from ..models.refine_details_request_image_format import (
    RefineDetailsRequestImageFormat,
    check_refine_details_request_image_format,
)
from ..models.refine_details_request_refinement import (
    RefineDetailsRequestRefinement,
    check_refine_details_request_refinement,
)
from ..models.refine_details_request_response_format import (
    RefineDetailsRequestResponseFormat,
    check_refine_details_request_response_format,
)
from ..types import UNSET, File, FileInput, Unset, file_tuple

T = TypeVar("T", bound="RefineDetailsRequest")


@_attrs_define
class RefineDetailsRequest:
    """Source V.

    Attributes:
        file (File):
        image_format (RefineDetailsRequestImageFormat | Unset): File format of raster images, WebP unless it is given.
        response_format (RefineDetailsRequestResponseFormat | Unset): How an image comes: `url` (the default), signed,
            for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest.
        refinement (RefineDetailsRequestRefinement | Unset): How much detail to add, `moderate` unless it is given.
    """

    file: FileInput
    image_format: RefineDetailsRequestImageFormat | Unset = UNSET
    response_format: RefineDetailsRequestResponseFormat | Unset = UNSET
    refinement: RefineDetailsRequestRefinement | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.to_dict())})"

    def to_dict(self) -> dict[str, Any]:
        file = file_tuple(self.file)

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
                "file": file,
            }
        )
        if image_format is not UNSET:
            field_dict["image_format"] = image_format
        if response_format is not UNSET:
            field_dict["response_format"] = response_format
        if refinement is not UNSET:
            field_dict["refinement"] = refinement

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        files.append(("file", file_tuple(self.file)))

        if not isinstance(self.image_format, Unset):
            files.append(("image_format", (None, str(self.image_format).encode(), "text/plain")))

        if not isinstance(self.response_format, Unset):
            files.append(("response_format", (None, str(self.response_format).encode(), "text/plain")))

        if not isinstance(self.refinement, Unset):
            files.append(("refinement", (None, str(self.refinement).encode(), "text/plain")))

        for prop_name, prop in self.additional_properties.items():
            files += types.parts(prop_name, prop)

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        absent_when_null = {
            "image_format",
            "response_format",
            "refinement",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        file = File(payload=BytesIO(d.pop("file")))

        _image_format = d.pop("image_format", UNSET)
        image_format: RefineDetailsRequestImageFormat | Unset
        if isinstance(_image_format, Unset):
            image_format = UNSET
        else:
            image_format = check_refine_details_request_image_format(_image_format)

        _response_format = d.pop("response_format", UNSET)
        response_format: RefineDetailsRequestResponseFormat | Unset
        if isinstance(_response_format, Unset):
            response_format = UNSET
        else:
            response_format = check_refine_details_request_response_format(_response_format)

        _refinement = d.pop("refinement", UNSET)
        refinement: RefineDetailsRequestRefinement | Unset
        if isinstance(_refinement, Unset):
            refinement = UNSET
        else:
            refinement = check_refine_details_request_refinement(_refinement)

        parsed_model = cls(
            file=file,
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
