"""What a batch needs of whoever makes its calls, and how one client does it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

import anyio
import attrs

from recraft import AsyncRecraft, Image, InputError, Recraft
from recraft.errors import shown

from .journal import Task
from .manifest import operation_of
from .pace import Pace, both, current
from .threads import in_thread

T = TypeVar("T")

#: A function of the user's that is told of each finished image: its bytes, and the job as a dict.
After = Callable[[bytes, Mapping[str, Any]], Any]


@attrs.frozen
class Known:
    """What is known of a call that was in doubt: that it was not sent, or what came of it."""

    sent: bool
    outcome: Any


class Paced(Protocol):
    """Tells how many calls to have in flight."""

    def start(self, number: int) -> None: ...
    def end(self, number: int) -> None: ...
    def delay(self) -> float: ...


class Account(Protocol):
    """One account to send through. Its name is what the journal has of it."""

    @property
    def name(self) -> str: ...
    @property
    def pace(self) -> Paced: ...
    async def balance(self) -> float | None: ...
    async def models(self) -> list[Any]: ...
    async def call(self, task: Task, base: Path) -> Any: ...
    async def fetch(self, task: Task, image: Image, folder: Path, name: str) -> tuple[Path, Any]: ...
    async def known(self, task: Task) -> Known | None: ...
    async def forget(self, task: Task) -> None: ...


class Local:
    """The account of one client of this process, blocking or not."""

    name = "client"

    def __init__(self, client: Recraft | AsyncRecraft, concurrency: int | None, after: After | None) -> None:
        if not isinstance(client, Recraft | AsyncRecraft):
            raise InputError(f"client is {shown(client)}; expected a Recraft or an AsyncRecraft.")
        self.pace = Pace(concurrency)
        self._client = client.with_options(on_event=both(client.on_event, self.pace.heard))
        self._after = after

    async def balance(self) -> float | None:
        """Units left, None when the service does not say."""
        credits: float | None = (await self._do(self._client.users.me)).credits
        return credits

    async def models(self) -> list[Any]:
        return list(await self._do(self._client.models.list))

    async def call(self, task: Task, base: Path) -> Any:
        current.set(task.number)
        operation = operation_of(task.job)
        arguments = operation.with_files(task.job.arguments, base)
        return await self._do(functools.partial(operation.of(self._client), **arguments))

    async def fetch(self, task: Task, image: Image, folder: Path, name: str) -> tuple[Path, Any]:
        """An image in a file of this name, and what the user's function said of it."""
        (path,) = await self._do(functools.partial(self._client.save, image, folder, name=name, overwrite=True))
        if self._after is None:
            return path, None
        return path, await anyio.to_thread.run_sync(functools.partial(finished, self._after, path, task))

    async def known(self, task: Task) -> Known | None:
        """Nothing is known of a call whose process is gone."""
        return None

    async def forget(self, task: Task) -> None:
        """There is nothing that was kept."""

    async def _do(self, work: Callable[[], Any]) -> Any:
        return await (in_thread(work) if isinstance(self._client, Recraft) else work())


def finished(after: After, path: Path, task: Task) -> Any:
    """What the user's function says of an image; its failure is that image's and nobody else's."""
    return told(after, path.read_bytes(), described(task))


def told(after: After, data: bytes, job: Mapping[str, Any]) -> Any:
    try:
        return after(data, job)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def described(task: Task) -> dict[str, Any]:
    """A job as the user's function gets it."""
    return {"id": task.job.id, "operation": task.job.operation, **task.job.arguments}
