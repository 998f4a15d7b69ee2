"""The driver's side of a batch on Dask: it keeps the journal, and workers make the calls."""

from __future__ import annotations

import functools
import itertools
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anyio

from recraft import ConnectionFailed, DownloadError, Image, InputError, Recraft, RecraftError
from recraft.errors import presentable, reason, shown

from . import workers
from .engine import After, Known, described
from .errors import BatchError
from .journal import Journal, Task
from .manifest import operation_of
from .threads import in_thread
from .workers import Account, Claims

LOGGER = logging.getLogger("recraft.batch")

#: Calls that a cluster is handed for an account at first, and at most.
FIRST, MOST = 16, 256

#: Seconds of waiting for the rate limit above which too many were handed over, and below which there may be more.
LONG, SHORT = 0.5, 0.1

#: How often, and after how many seconds, somebody is asked again for the report of a worker that may still be there.
LOOKS, BETWEEN = 10, 0.2


class Pace:
    """How many calls to hand over: more while nobody waits long for the rate limit, fewer when some do."""

    def __init__(self, most: int | None) -> None:
        self._given, self._most = most, most or FIRST
        self._flying: set[int] = set()

    def start(self, number: int) -> None:
        self._flying.add(number)

    def end(self, number: int) -> None:
        self._flying.discard(number)

    def told(self, waited: float) -> None:
        """A call has waited so long."""
        if self._given is None:
            step = -1 if waited > LONG else 1 if waited < SHORT and len(self._flying) + 1 >= self._most else 0
            self._most = min(MOST, max(2, self._most + step))

    def delay(self) -> float:
        return 0.0 if len(self._flying) < self._most else 1.0


class Remote:
    """An account whose calls the workers of a cluster make."""

    def __init__(
        self, engine: Any, account: Account, redis_url: str, journal: Journal, most: int | None, after: After | None
    ) -> None:
        self.name = account.name
        self.pace = Pace(most)
        self._engine, self._account, self._redis_url = engine, account, redis_url
        self._batch, self._after = journal.batch, after
        self._claims = Claims(redis_url)
        self._asked = itertools.count()
        # Writes what workers fetched; it calls nobody.
        self._writer = Recraft("nobody's", base_url="https://nowhere.invalid", limiter=None)

    async def balance(self) -> float | None:
        user = await self._ask("users.me")
        credits: float | None = user.credits
        return credits

    async def models(self) -> list[Any]:
        return list(await self._ask("models.list"))

    async def call(self, task: Task, base: Path) -> Any:
        operation = operation_of(task.job)
        arguments = await anyio.to_thread.run_sync(_with_bytes, operation.with_files(task.job.arguments, base))
        call = self._call(task, task.tries + 1)
        try:
            said = await self._run(
                workers.make_call, call, self._account, self._redis_url, call, operation.name, arguments
            )
        except Exception as error:  # whatever a scheduler has for a task that it lost
            said = await self._lost(call, reason(error))
        if said is None:  # its first worker is gone, and the call was another's to make
            said = await self._lost(call, "its worker was lost")
        outcome, waited = workers.read(said)
        self.pace.told(waited)
        if isinstance(outcome, RecraftError):
            raise outcome
        return outcome

    async def fetch(self, task: Task, image: Image, folder: Path, name: str) -> tuple[Path, Any]:
        given = (image.to_dict(), self._after, described(task))
        key = f"{self._call(task, task.tries)}:fetch:{name}:{next(self._asked)}"
        try:
            found = await self._run(workers.fetch, key, self._account, self._redis_url, *given)
        except Exception as error:
            raise DownloadError(f"no worker could fetch the image: {reason(error)}") from None
        if isinstance(found, dict):
            raise RecraftError.from_dict(found)
        data, said = found
        whole = Image(data=data, image_id=image.image_id)
        (path,) = await anyio.to_thread.run_sync(
            functools.partial(self._writer.save, whole, folder, name=name, overwrite=True)
        )
        return path, said

    async def known(self, task: Task) -> Known | None:
        """What workers left of a call that is in doubt. One that nobody has claimed was not made, and will not be."""
        call = self._call(task, task.tries)
        try:
            said = await anyio.to_thread.run_sync(self._claims.reported, call)
            if said is not None:
                return Known(True, workers.read(said)[0])
            if await anyio.to_thread.run_sync(self._claims.claim, call):
                return Known(False, None)
        except Exception as error:
            LOGGER.warning("Redis cannot be asked about calls in doubt: %s", presentable(str(error)))
        return None

    async def forget(self, task: Task) -> None:
        """The journal has the answer."""
        try:
            await anyio.to_thread.run_sync(self._claims.forget, self._call(task, task.tries + 1))
        except Exception as error:
            LOGGER.info("a report stays in Redis for a day: %s", presentable(str(error)))

    async def _lost(self, call: str, why: str) -> str:
        """What came of a call whose task the scheduler lost: its worker may have left a report."""
        try:
            if await anyio.to_thread.run_sync(self._claims.claim, call):
                raise ConnectionFailed(f"the cluster did not make the call: {why}", maybe_charged=False)
            for _ in range(LOOKS):
                if (said := await anyio.to_thread.run_sync(self._claims.reported, call)) is not None:
                    return said
                await anyio.sleep(BETWEEN)
        except RecraftError:
            raise
        except Exception as error:
            why = f"{why}; and Redis cannot be asked: {presentable(str(error))}"
        raise BatchError(f"the call was made by a worker that is gone: {why}", maybe_charged=True)

    async def _ask(self, name: str) -> Any:
        key = f"{self._batch}:{self.name}:{name}:{next(self._asked)}"
        try:
            said = await self._run(workers.ask, key, self._account, self._redis_url, name)
        except InputError:
            raise
        except Exception as error:
            raise BatchError(f"the cluster answers nothing: {reason(error)}") from None
        outcome, _ = workers.read(said)
        if isinstance(outcome, RecraftError):
            raise outcome
        return outcome

    async def _run(self, work: Callable[..., Any], key: str, *given: Any) -> Any:
        future = await anyio.to_thread.run_sync(
            functools.partial(self._engine.submit, work, *given, key=key, pure=False, retries=0)
        )
        try:
            return await in_thread(future.result)
        finally:
            future.release()

    def _call(self, task: Task, attempt: int) -> str:
        return f"recraft:batch:{self._batch}:{task.number}:{attempt}"


def remotes(
    engine: Any, accounts: Any, redis_url: Any, journal: Journal, most: int | None, after: After | None
) -> list[Remote]:
    """The accounts of a run on a cluster. Raises InputError for what they cannot be."""
    if not callable(getattr(engine, "submit", None)):
        raise InputError(f"engine is {shown(engine)}; expected a distributed.Client.")
    if not isinstance(redis_url, str):
        raise InputError("a batch on a cluster needs redis=, the URL of a Redis server that all workers reach.")
    given = [Account()] if accounts is None else list(accounts)
    if not given or not all(isinstance(each, Account) for each in given):
        raise InputError(f"accounts is {shown(accounts)}; expected batch.Accounts.")
    if len({each.name for each in given}) != len(given):
        raise InputError("two accounts have one name; the journal tells them apart by it.")
    return [Remote(engine, each, redis_url, journal, most, after) for each in given]


def _with_bytes(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments that a worker on another machine can use: files as their bytes."""

    def whole(value: Any) -> Any:
        if isinstance(value, list):
            return [whole(each) for each in value]
        return value.read_bytes() if isinstance(value, Path) else value

    return {name: whole(value) for name, value in arguments.items()}
