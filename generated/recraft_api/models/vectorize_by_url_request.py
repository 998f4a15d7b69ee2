from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.vectorize_by_url_request_color_reduction import (
    VectorizeByUrlRequestColorReduction,
    check_vectorize_by_url_request_color_reduction,
)
from ..models.vectorize_by_url_request_image_format import (
    VectorizeByUrlRequestImageFormat,
    check_vectorize_by_url_request_image_format,
)
from ..models.vectorize_by_url_request_limit_num_shapes import (
    VectorizeByUrlRequestLimitNumShapes,
    check_vectorize_by_url_request_limit_num_shapes,
)
from ..models.vectorize_by_url_request_response_format import (
    VectorizeByUrlRequestResponseFormat,
    check_vectorize_by_url_request_response_format,
)
from ..models.vectorize_by_url_request_return_gradients import (
    VectorizeByUrlRequestReturnGradients,
    check_vectorize_by_url_request_return_gradients,
)
from ..models.vectorize_by_url_request_shape_stacking import (
    VectorizeByUrlRequestShapeStacking,
    check_vectorize_by_url_request_shape_stacking,
)
from ..models.vectorize_by_url_request_small_shape_filter import (
    VectorizeByUrlRequestSmallShapeFilter,
    check_vectorize_by_url_request_small_shape_filter,
)
from ..models.vectorize_by_url_request_svg_compression import (
    VectorizeByUrlRequestSvgCompression,
    check_vectorize_by_url_request_svg_compression,
)
from ..models.vectorize_by_url_request_upscale import (
    VectorizeByUrlRequestUpscale,
    check_vectorize_by_url_request_upscale,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="VectorizeByUrlRequest")


@_attrs_define
class VectorizeByUrlRequest:
    """
    Attributes:
        image_url (str): An http(s) or data URL of the image.
        upscale (VectorizeByUrlRequestUpscale | Unset): Make the result larger, to 4 or 16 megapixels.
        image_format (VectorizeByUrlRequestImageFormat | Unset): File format of raster images, WebP unless it is given.
        expire (bool | Unset): Let the URL of the result stop working. The vendor does not say when.
        svg_compression (VectorizeByUrlRequestSvgCompression | Unset): Make the SVG smaller.
        limit_num_shapes (VectorizeByUrlRequestLimitNumShapes | Unset): Whether `max_num_shapes` counts.
        max_num_shapes (int | Unset): How many shapes the SVG may have.
        color_reduction (VectorizeByUrlRequestColorReduction | Unset): Use fewer colours.
        shape_stacking (VectorizeByUrlRequestShapeStacking | Unset): Whether shapes lie side by side or on each other.
        small_shape_filter (VectorizeByUrlRequestSmallShapeFilter | Unset): Leave very small shapes out.
        return_gradients (VectorizeByUrlRequestReturnGradients | Unset): Allow gradients.
        strict_color_palette (list[list[int]] | Unset): Use these colours only, each as red, green and blue from 0 to
            255.
        response_format (VectorizeByUrlRequestResponseFormat | Unset): How an image comes: `url` (the default), signed,
            for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest.
    """

    image_url: str
    upscale: VectorizeByUrlRequestUpscale | Unset = UNSET
    image_format: VectorizeByUrlRequestImageFormat | Unset = UNSET
    expire: bool | Unset = UNSET
    svg_compression: VectorizeByUrlRequestSvgCompression | Unset = UNSET
    limit_num_shapes: VectorizeByUrlRequestLimitNumShapes | Unset = UNSET
    max_num_shapes: int | Unset = UNSET
    color_reduction: VectorizeByUrlRequestColorReduction | Unset = UNSET
    shape_stacking: VectorizeByUrlRequestShapeStacking | Unset = UNSET
    small_shape_filter: VectorizeByUrlRequestSmallShapeFilter | Unset = UNSET
    return_gradients: VectorizeByUrlRequestReturnGradients | Unset = UNSET
    strict_color_palette: list[list[int]] | Unset = UNSET
    response_format: VectorizeByUrlRequestResponseFormat | Unset = UNSET
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
        if response_format is not UNSET:
            field_dict["response_format"] = response_format

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        absent_when_null = {
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
            "response_format",
        }
        d = {key: value for key, value in src_dict.items() if value is not None or key not in absent_when_null}
        image_url = d.pop("image_url")

        _upscale = d.pop("upscale", UNSET)
        upscale: VectorizeByUrlRequestUpscale | Unset
        if isinstance(_upscale, Unset):
            upscale = UNSET
        else:
            upscale = check_vectorize_by_url_request_upscale(_upscale)

        _image_format = d.pop("image_format", UNSET)
        image_format: VectorizeByUrlRequestImageFormat | Unset
        if isinstance(_image_format, Unset):
            image_format = UNSET
        else:
            image_format = check_vectorize_by_url_request_image_format(_image_format)

        expire = d.pop("expire", UNSET)

        _svg_compression = d.pop("svg_compression", UNSET)
        svg_compression: VectorizeByUrlRequestSvgCompression | Unset
        if isinstance(_svg_compression, Unset):
            svg_compression = UNSET
        else:
            svg_compression = check_vectorize_by_url_request_svg_compression(_svg_compression)

        _limit_num_shapes = d.pop("limit_num_shapes", UNSET)
        limit_num_shapes: VectorizeByUrlRequestLimitNumShapes | Unset
        if isinstance(_limit_num_shapes, Unset):
            limit_num_shapes = UNSET
        else:
            limit_num_shapes = check_vectorize_by_url_request_limit_num_shapes(_limit_num_shapes)

        max_num_shapes = d.pop("max_num_shapes", UNSET)

        _color_reduction = d.pop("color_reduction", UNSET)
        color_reduction: VectorizeByUrlRequestColorReduction | Unset
        if isinstance(_color_reduction, Unset):
            color_reduction = UNSET
        else:
            color_reduction = check_vectorize_by_url_request_color_reduction(_color_reduction)

        _shape_stacking = d.pop("shape_stacking", UNSET)
        shape_stacking: VectorizeByUrlRequestShapeStacking | Unset
        if isinstance(_shape_stacking, Unset):
            shape_stacking = UNSET
        else:
            shape_stacking = check_vectorize_by_url_request_shape_stacking(_shape_stacking)

        _small_shape_filter = d.pop("small_shape_filter", UNSET)
        small_shape_filter: VectorizeByUrlRequestSmallShapeFilter | Unset
        if isinstance(_small_shape_filter, Unset):
            small_shape_filter = UNSET
        else:
            small_shape_filter = check_vectorize_by_url_request_small_shape_filter(_small_shape_filter)

        _return_gradients = d.pop("return_gradients", UNSET)
        return_gradients: VectorizeByUrlRequestReturnGradients | Unset
        if isinstance(_return_gradients, Unset):
            return_gradients = UNSET
        else:
            return_gradients = check_vectorize_by_url_request_return_gradients(_return_gradients)

        _strict_color_palette = d.pop("strict_color_palette", UNSET)
        strict_color_palette: list[list[int]] | Unset = UNSET
        if _strict_color_palette is not UNSET:
            strict_color_palette = []
            for strict_color_palette_item_data in _strict_color_palette:
                strict_color_palette_item = cast(list[int], strict_color_palette_item_data)

                strict_color_palette.append(strict_color_palette_item)

        _response_format = d.pop("response_format", UNSET)
        response_format: VectorizeByUrlRequestResponseFormat | Unset
        if isinstance(_response_format, Unset):
            response_format = UNSET
        else:
            response_format = check_vectorize_by_url_request_response_format(_response_format)

        parsed_model = cls(
            image_url=image_url,
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
