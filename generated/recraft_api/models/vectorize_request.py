from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types
from ..models.file_only_request_image_format import FileOnlyRequestImageFormat, check_file_only_request_image_format
from ..models.file_only_request_response_format import (
    FileOnlyRequestResponseFormat,
    check_file_only_request_response_format,
)
from ..models.file_only_request_upscale import FileOnlyRequestUpscale, check_file_only_request_upscale
from ..models.vectorize_request_color_reduction import (
    VectorizeRequestColorReduction,
    check_vectorize_request_color_reduction,
)
from ..models.vectorize_request_limit_num_shapes import (
    VectorizeRequestLimitNumShapes,
    check_vectorize_request_limit_num_shapes,
)
from ..models.vectorize_request_return_gradients import (
    VectorizeRequestReturnGradients,
    check_vectorize_request_return_gradients,
)
from ..models.vectorize_request_shape_stacking import (
    VectorizeRequestShapeStacking,
    check_vectorize_request_shape_stacking,
)
from ..models.vectorize_request_small_shape_filter import (
    VectorizeRequestSmallShapeFilter,
    check_vectorize_request_small_shape_filter,
)
from ..models.vectorize_request_svg_compression import (
    VectorizeRequestSvgCompression,
    check_vectorize_request_svg_compression,
)
from ..types import UNSET, File, FileInput, Unset, file_tuple

T = TypeVar("T", bound="VectorizeRequest")


@_attrs_define
class VectorizeRequest:
    """
    Attributes:
        image (File):
        response_format (FileOnlyRequestResponseFormat | Unset): How an image comes: `url` (the default), signed, for
            about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest.
        upscale (FileOnlyRequestUpscale | Unset): Make the result larger, to 4 or 16 megapixels.
        image_format (FileOnlyRequestImageFormat | Unset): File format of raster images, WebP unless it is given.
        expire (bool | Unset): Let the URL of the result stop working. The vendor does not say when.
        svg_compression (VectorizeRequestSvgCompression | Unset): Make the SVG smaller.
        limit_num_shapes (VectorizeRequestLimitNumShapes | Unset): Whether `max_num_shapes` counts.
        max_num_shapes (int | Unset): How many shapes the SVG may have.
        color_reduction (VectorizeRequestColorReduction | Unset): Use fewer colours.
        shape_stacking (VectorizeRequestShapeStacking | Unset): Whether shapes lie side by side or on each other.
        small_shape_filter (VectorizeRequestSmallShapeFilter | Unset): Leave very small shapes out.
        return_gradients (VectorizeRequestReturnGradients | Unset): Allow gradients.
        strict_color_palette (list[list[int]] | Unset): Use these colours only, each as red, green and blue from 0 to
            255.
    """

    image: FileInput
    response_format: FileOnlyRequestResponseFormat | Unset = UNSET
    upscale: FileOnlyRequestUpscale | Unset = UNSET
    image_format: FileOnlyRequestImageFormat | Unset = UNSET
    expire: bool | Unset = UNSET
    svg_compression: VectorizeRequestSvgCompression | Unset = UNSET
    limit_num_shapes: VectorizeRequestLimitNumShapes | Unset = UNSET
    max_num_shapes: int | Unset = UNSET
    color_reduction: VectorizeRequestColorReduction | Unset = UNSET
    shape_stacking: VectorizeRequestShapeStacking | Unset = UNSET
    small_shape_filter: VectorizeRequestSmallShapeFilter | Unset = UNSET
    return_gradients: VectorizeRequestReturnGradients | Unset = UNSET
    strict_color_palette: list[list[int]] | Unset = UNSET
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

        svg_compression: str | Unset = UNSET
        if not isinstance(self.svg_compression, Unset):
            svg_compression = self.svg_compression

        limit_num_shapes: str | Unset = UNSET
        if not isinstance(self.limit_num_shapes, Unset):
            limit_num_shapes = self.limit_num_shapes

        max_num_shapes = self.max_num_shapes

        color_reduction: str | Unset = UNSET
        if not isinstance(self.color_reduction, Unset):
            color_reduction = self.color_reduction

        shape_stacking: str | Unset = UNSET
        if not isinstance(self.shape_stacking, Unset):
            shape_stacking = self.shape_stacking

        small_shape_filter: str | Unset = UNSET
        if not isinstance(self.small_shape_filter, Unset):
            small_shape_filter = self.small_shape_filter

        return_gradients: str | Unset = UNSET
        if not isinstance(self.return_gradients, Unset):
            return_gradients = self.return_gradients

        strict_color_palette: list[list[int]] | Unset = UNSET
        if not isinstance(self.strict_color_palette, Unset):
            strict_color_palette = []
            for strict_color_palette_item_data in self.strict_color_palette:
                strict_color_palette_item = strict_color_palette_item_data

                strict_color_palette.append(strict_color_palette_item)

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
        if svg_compression is not UNSET:
            field_dict["svg_compression"] = svg_compression
        if limit_num_shapes is not UNSET:
            field_dict["limit_num_shapes"] = limit_num_shapes
        if max_num_shapes is not UNSET:
            field_dict["max_num_shapes"] = max_num_shapes
        if color_reduction is not UNSET:
            field_dict["color_reduction"] = color_reduction
        if shape_stacking is not UNSET:
            field_dict["shape_stacking"] = shape_stacking
        if small_shape_filter is not UNSET:
            field_dict["small_shape_filter"] = small_shape_filter
        if return_gradients is not UNSET:
            field_dict["return_gradients"] = return_gradients
        if strict_color_palette is not UNSET:
            field_dict["strict_color_palette"] = strict_color_palette

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

        if not isinstance(self.svg_compression, Unset):
            files.append(("svg_compression", (None, str(self.svg_compression).encode(), "text/plain")))

        if not isinstance(self.limit_num_shapes, Unset):
            files.append(("limit_num_shapes", (None, str(self.limit_num_shapes).encode(), "text/plain")))

        if not isinstance(self.max_num_shapes, Unset):
            files.append(("max_num_shapes", (None, str(self.max_num_shapes).encode(), "text/plain")))

        if not isinstance(self.color_reduction, Unset):
            files.append(("color_reduction", (None, str(self.color_reduction).encode(), "text/plain")))

        if not isinstance(self.shape_stacking, Unset):
            files.append(("shape_stacking", (None, str(self.shape_stacking).encode(), "text/plain")))

        if not isinstance(self.small_shape_filter, Unset):
            files.append(("small_shape_filter", (None, str(self.small_shape_filter).encode(), "text/plain")))

        if not isinstance(self.return_gradients, Unset):
            files.append(("return_gradients", (None, str(self.return_gradients).encode(), "text/plain")))

        if not isinstance(self.strict_color_palette, Unset):
            for strict_color_palette_item_element in self.strict_color_palette:
                strict_color_palette_item_element_json = strict_color_palette_item_element

                files.append(
                    (
                        "strict_color_palette",
                        (None, json.dumps(strict_color_palette_item_element_json).encode(), "application/json"),
                    )
                )

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
            "svg_compression",
            "limit_num_shapes",
            "max_num_shapes",
            "color_reduction",
            "shape_stacking",
            "small_shape_filter",
            "return_gradients",
            "strict_color_palette",
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

        _svg_compression = d.pop("svg_compression", UNSET)
        svg_compression: VectorizeRequestSvgCompression | Unset
        if isinstance(_svg_compression, Unset):
            svg_compression = UNSET
        else:
            svg_compression = check_vectorize_request_svg_compression(_svg_compression)

        _limit_num_shapes = d.pop("limit_num_shapes", UNSET)
        limit_num_shapes: VectorizeRequestLimitNumShapes | Unset
        if isinstance(_limit_num_shapes, Unset):
            limit_num_shapes = UNSET
        else:
            limit_num_shapes = check_vectorize_request_limit_num_shapes(_limit_num_shapes)

        max_num_shapes = d.pop("max_num_shapes", UNSET)

        _color_reduction = d.pop("color_reduction", UNSET)
        color_reduction: VectorizeRequestColorReduction | Unset
        if isinstance(_color_reduction, Unset):
            color_reduction = UNSET
        else:
            color_reduction = check_vectorize_request_color_reduction(_color_reduction)

        _shape_stacking = d.pop("shape_stacking", UNSET)
        shape_stacking: VectorizeRequestShapeStacking | Unset
        if isinstance(_shape_stacking, Unset):
            shape_stacking = UNSET
        else:
            shape_stacking = check_vectorize_request_shape_stacking(_shape_stacking)

        _small_shape_filter = d.pop("small_shape_filter", UNSET)
        small_shape_filter: VectorizeRequestSmallShapeFilter | Unset
        if isinstance(_small_shape_filter, Unset):
            small_shape_filter = UNSET
        else:
            small_shape_filter = check_vectorize_request_small_shape_filter(_small_shape_filter)

        _return_gradients = d.pop("return_gradients", UNSET)
        return_gradients: VectorizeRequestReturnGradients | Unset
        if isinstance(_return_gradients, Unset):
            return_gradients = UNSET
        else:
            return_gradients = check_vectorize_request_return_gradients(_return_gradients)

        _strict_color_palette = d.pop("strict_color_palette", UNSET)
        strict_color_palette: list[list[int]] | Unset = UNSET
        if _strict_color_palette is not UNSET:
            strict_color_palette = []
            for strict_color_palette_item_data in _strict_color_palette:
                strict_color_palette_item = cast(list[int], strict_color_palette_item_data)

                strict_color_palette.append(strict_color_palette_item)

        parsed_model = cls(
            image=image,
            response_format=response_format,
            upscale=upscale,
            image_format=image_format,
            expire=expire,
            svg_compression=svg_compression,
            limit_num_shapes=limit_num_shapes,
            max_num_shapes=max_num_shapes,
            color_reduction=color_reduction,
            shape_stacking=shape_stacking,
            small_shape_filter=small_shape_filter,
            return_gradients=return_gradients,
            strict_color_palette=strict_color_palette,
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
