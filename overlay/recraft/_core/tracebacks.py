"""Tracebacks that end at the call: whoever reads one sees the line that made the call and the helper, and nothing of
the way below, whose variables (the token, the request, a signed URL) no debugger or error report finds then either.
"""

from __future__ import annotations

import sys
from types import TracebackType

from ..errors import RecraftError
from . import logs


class ends_here:
    """A block in which an error of this package has its traceback end. RECRAFT_LOG=debug keeps the whole.

    What the caller was handling stays the error's context; what was handled on the way below does not.
    """

    __slots__ = ("_handled",)

    def __enter__(self) -> None:
        self._handled = sys.exc_info()[1]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        handled, self._handled = self._handled, None
        if not isinstance(error, RecraftError) or traceback is None or error is handled or logs.whole_tracebacks():
            return
        traceback.tb_next = None
        if error.__cause__ is not handled:
            error.__cause__ = None  # the message says what it was
        error.__context__, error.__suppress_context__ = handled, error.__cause__ is not None
