"""Custom styles: `client.styles`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

from ._binding import Call, ClientT_co, Namespace, operation
from ._requests import call
from .results import Style, read_style

if TYPE_CHECKING:
    from recraft_api import options as opt
    from recraft_api.inputs import ImageInput


class Styles(Namespace[ClientT_co]):
    """Make custom styles from reference images."""

    @operation
    @staticmethod
    def create(style: str, images: Sequence[ImageInput], **options: Unpack[opt.CreateStyleOptions]) -> Call[Style]:
        """Make a style from 1 to 5 reference images, for V3 models; pass the result as `style_id`.

        `style` is the style group it builds on, such as `digital_illustration`.
        """
        return call("createStyle", read_style, {"style": style, **options}, {"file": list(images)})
