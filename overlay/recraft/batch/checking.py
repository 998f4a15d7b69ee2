"""The whole manifest is looked at before the first call: each line as its helper looks at it, nothing sent."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

from recraft import InputError, RateLimiter, Recraft, log_events
from recraft.limiter import Store

from .errors import Mistake
from .manifest import Job, operation_of


class _Checked(BaseException):
    """A call was built, with all that it is checked for, and asks for its turn: far enough."""


class _NoTurn:
    """A limiter's store where nobody's turn ever comes."""

    blocking = False

    def ask(self, place: Any, rules: Any) -> Any:
        raise _Checked

    def cancel(self, place: Any) -> None:
        """There is nothing to give back."""

    leave = ask
    rejected = settled = cancel


class Checker:
    """Checks jobs as their helpers do, with files seen from the folder `base`."""

    def __init__(self, base: Path) -> None:
        self._base = base
        self._client = Recraft(
            "nobody's",
            base_url="https://nowhere.invalid",
            limiter=RateLimiter(store=cast(Store, _NoTurn())),
            retry=None,
            on_event=log_events(logging.Logger("unheard", logging.CRITICAL + 1)),
        )

    def check(self, job: Job) -> None:
        """Raise InputError when its helper would."""
        operation = operation_of(job)
        arguments = operation.with_files(job.arguments, self._base)
        try:
            operation.of(self._client)(**arguments)
        except _Checked:
            return
        except InputError:
            raise
        except TypeError as error:
            raise InputError(f"{operation.name} cannot be called with {', '.join(arguments)}: {error}.") from None

    def close(self) -> None:
        self._client.close()


def mistakes(jobs: Iterator[Job | Mistake], checker: Checker, take: Callable[[Job], bool]) -> Iterator[Mistake]:
    """Every mistake of a manifest. `take` gets each job, refuses it by an InputError, and says whether it is to be
    checked: one that will not be called needs no check.
    """
    for each in jobs:
        if isinstance(each, Mistake):
            yield each
            continue
        try:
            if take(each):
                checker.check(each)
        except InputError as error:
            yield Mistake(each.line, error.message)
