"""What ends a batch before its jobs are done, apart from what the calls themselves raise."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from recraft.errors import RecraftError, shown

#: How many mistakes the text of an error lists; `mistakes` has all of them.
LISTED = 20


class BatchError(RecraftError):
    """A batch cannot go on: another process has its folder, or the disk is full. Nothing is paid twice."""

    _costs_nothing = True


class JournalError(BatchError):
    """The journal of a folder is missing, damaged, newer than this package, or cannot be written."""


@attrs.frozen
class Mistake:
    """What is wrong with one line of a manifest. Lines count from 1; of an iterable they are its items."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


class ManifestError(BatchError, ValueError):  # pyright: ignore[reportIncompatibleVariableOverride]
    """A manifest has mistakes. Nothing was sent, and the journal is as it was.

    Attributes:
        mistakes: Every mistake, by line.
    """

    mistakes: tuple[Mistake, ...] = ()

    @classmethod
    def of(cls, mistakes: Sequence[Mistake]) -> ManifestError:
        """The error that lists these."""
        lines = [f"  {mistake}" for mistake in mistakes[:LISTED]]
        if len(mistakes) > LISTED:
            lines.append(f"  and {len(mistakes) - LISTED} more")
        count = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
        error = cls(f"the manifest has {count}; nothing was sent:\n" + "\n".join(lines))
        error.mistakes = tuple(mistakes)
        return error


def listed(names: Sequence[str]) -> str:
    """A few names for a message."""
    some = ", ".join(shown(name) for name in names[:5])
    return some if len(names) <= 5 else f"{some} and {len(names) - 5} more"
