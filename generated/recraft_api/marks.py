"""Marks for type checkers: `@marks.NAME` on what makes the operation NAME shows whether it is deprecated (PEP 702).

Every name is there: what is no operation any more, or not yet, is not marked.

Written by scripts/generate.py from the effective specification. Do not edit.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

F = TypeVar("F")


def __getattr__(name: str) -> Callable[[F], F]:
    if name.startswith("__"):
        raise AttributeError(name)
    return lambda marked: marked


if TYPE_CHECKING:
    from typing_extensions import deprecated

    clarity_upscale = deprecated("clarityUpscale is deprecated by the service.")
    generative_upscale = deprecated("generativeUpscale is deprecated by the service.")
