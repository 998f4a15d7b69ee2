"""What is under way, for a person to watch and for what is said at the end."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import Any, Self

from recraft import Event

from .telling import is_terminal, money, say


class Watch:
    """Hears of every call, and shows on a terminal how far they are. Without `counting` somebody else knows the cost.

    Attributes:
        units: What the calls have cost, as far as the service says.
        in_doubt: Whether a call may have been charged that gave nothing.
    """

    def __init__(self, total: int, what: str, *, counting: bool = True) -> None:
        self.units = 0.0
        self._counting = counting
        self.in_doubt = False
        self._done, self._total, self._what = 0, total, what
        self._waiting: dict[int, str] = {}
        self._lock = threading.Lock()
        self._bar: Any = None
        self._task: Any = None

    def __call__(self, event: Event) -> None:
        with self._lock:
            if event.kind == "wait":
                self._waiting[event.call] = f"{event.reason}, {event.seconds:.0f} s"
            else:
                self._waiting.pop(event.call, None)
            if event.kind == "outcome":
                self.units += (event.credits or 0.0) if self._counting else 0.0
                self.in_doubt = self.in_doubt or event.maybe_charged
        self._show()

    @property
    def begun(self) -> bool:
        """Whether anything was sent that may cost something."""
        return self._total > 0

    def finished(self, images: int = 1) -> None:
        """So many more of the total are done."""
        with self._lock:
            self._done += images
        self._show()

    def set(self, done: int, total: int, units: float) -> None:
        """How far it is, from somebody who counts."""
        with self._lock:
            self._done, self._total, self.units = done, total, units
        self._show()

    def tell(self, text: str) -> None:
        """A line for a person, above the bar where there is one."""
        if self._bar is not None:
            self._bar.console.print(text, style="dim", markup=False, highlight=False)
        else:
            say(text)

    def __enter__(self) -> Self:
        if is_terminal(sys.stderr):
            self._bar = bar()
            self._task = self._bar.add_task(self._what, total=self._total, spent="", waits="")
            self._bar.start()
            self._show()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _show(self) -> None:
        if (shown := self._bar) is not None:
            waits = f"waits: {next(iter(self._waiting.values()))}" if self._waiting else ""
            shown.update(
                self._task,
                completed=self._done,
                total=self._total,
                spent=money(self.units) if self.units else "",
                waits=waits,
            )


def bar(console: Any = None) -> Any:
    """The progress bar: what is done, how fast, what it cost, how long it will take, and what it waits for."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        SpinnerColumn,
        Task,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            elapsed = task.elapsed or 0.0
            return Text(f"{task.completed * 60 / elapsed:.0f}/min" if task.completed and elapsed > 1 else "", "dim")

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(24),
        MofNCompleteColumn(),
        Rate(),
        TextColumn("{task.fields[spent]}", style="green"),
        TimeElapsedColumn(),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[waits]}", style="yellow"),
        console=console or Console(stderr=True),
        transient=True,
    )
