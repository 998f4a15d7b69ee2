"""Palettes: `client.colors`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from recraft_api import marks

from .._core.binding import K_co, Namespace, operation
from .._core.call import Call, call
from ..results import OptimizedColors, read_colors

if TYPE_CHECKING:
    from recraft_api import options as opt


class Colors(Namespace[K_co]):
    """Work on palettes."""

    @operation
    @staticmethod
    @marks.optimize_colors
    def optimize(
        colors: Sequence[str | Sequence[int] | Mapping[str, Any]],
        num_colors_limit: int,
        **options: Unpack[opt.OptimizeColorsOptions],
    ) -> Call[OptimizedColors]:
        """Reduce a palette to at most `num_colors_limit` colours, 1 or more.

        A colour is `"#ff8800"`, `(255, 136, 0)`, or `{"hex": "#ff8800", "weight": 2.0}` where some matter more than
        others.
        """
        return call("optimizeColors", read_colors, {"colors": colors, "num_colors_limit": num_colors_limit, **options})
