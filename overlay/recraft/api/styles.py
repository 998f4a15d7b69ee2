"""Custom styles: `client.styles`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

from recraft_api import marks

from .._core.binding import K_co, Namespace, operation
from .._core.call import Call, call
from ..errors import InputError
from ..results import BasicStyle, Listing, Style, nothing, read_basic_styles, read_style, read_styles

if TYPE_CHECKING:
    from recraft_api import options as opt
    from recraft_api.inputs import ImageInput, StyleLike


class Styles(Namespace[K_co]):
    """Make custom styles from reference images, and look after them."""

    @operation
    @staticmethod
    @marks.create_style
    def create(
        style: str | None = None,
        images: Sequence[ImageInput] | None = None,
        *,
        prompt: str | None = None,
        **options: Unpack[opt.CreateStyleOptions],
    ) -> Call[Style]:
        """Make a style from reference images, `source_styles`, or both; pass the result as `style_id`.

        `style` is the style group it builds on, such as `digital_illustration`. `images` are 1 to 10 files or web
        addresses for V4 models, 1 to 5 for V3: PNG, JPEG or WebP, 10 MB each, 64 MB together. The style serves models
        of the family of `model` only. `prompt` says what it is about (the vendor's pages on styles, 2026-11).
        """
        if images is None and not options.get("source_styles"):
            raise InputError("create needs images, a list of 1 to 10, or source_styles.")
        return call("createStyle", read_style, {"style": style, "prompt": prompt, **options}, {"images": images})

    @operation
    @staticmethod
    @marks.list_styles
    def list(**options: Unpack[opt.ListStylesOptions]) -> Call[Listing[Style]]:
        """The custom styles of the account."""
        return call("listStyles", read_styles, options)

    @operation
    @staticmethod
    @marks.get_style
    def get(style_id: StyleLike, **options: Unpack[opt.GetStyleOptions]) -> Call[Style]:
        """One custom style. Raises NotFoundError when there is none of this id."""
        return call("getStyle", read_style, {"style_id": style_id, **options})

    @operation
    @staticmethod
    @marks.delete_style
    def delete(style_id: StyleLike, **options: Unpack[opt.DeleteStyleOptions]) -> Call[None]:
        """Delete a custom style. Raises NotFoundError when there is none of this id."""
        return call("deleteStyle", nothing, {"style_id": style_id, **options})

    @operation
    @staticmethod
    @marks.list_basic_styles
    def list_basic(**options: Unpack[opt.ListBasicStylesOptions]) -> Call[Listing[BasicStyle]]:
        """The styles that come with the models."""
        return call("listBasicStyles", read_basic_styles, options)
