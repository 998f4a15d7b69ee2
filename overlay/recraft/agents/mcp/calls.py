"""One call of a tool, from what a model gave to what it is told.

A call that was sent is paid for whether or not anybody still waits for it. So it runs beside the request: when that is
cancelled, the call goes on, its images are saved, and the next answer says so.
"""

from __future__ import annotations

import asyncio
import contextlib
import difflib
import math
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mcp.server.mcpserver import Context
from mcp_types import CallToolResult, InputRequiredResult

from recraft import AsyncRecraft, ImageResult, InputError, Recraft, RecraftError
from recraft.errors import reason, shown
from recraft.helpers.shape import Option

from . import telling
from .asking import confirmed
from .history import History, Made, is_id
from .purse import Money, kind_of
from .roots import Roots
from .schemas import offered
from .settings import Settings
from .tools import Tool
from .watching import Watch


class Desk:
    """What all clients of a server share: the account, the budget, the folders, and what was made."""

    def __init__(self, client: AsyncRecraft, settings: Settings) -> None:
        self.client, self.settings = client, settings
        self.money = Money(client, settings.budget)
        self.history = History()
        self.roots = Roots([settings.output, *settings.roots])
        self._running: set[asyncio.Task[Any]] = set()
        self._notices: list[str] = []

    async def call(
        self, tool: Tool, given: Mapping[str, Any], context: Context[Any, Any]
    ) -> CallToolResult | InputRequiredResult:
        """Make a call. Raises RecraftError."""
        options = {option.name: option for option in offered(tool.shape)}
        check_names(tool.name, given, options)
        given = {name: value for name, value in given.items() if value is not None}
        with contextlib.ExitStack() as files:
            arguments, images, advice = await asyncio.to_thread(self._read, tool, given, options, files)
            number = None
            if tool.paid:
                kind = kind_of(tool.helper.name, arguments, images)
                if (question := await self._question(tool, images, await self.money.most(kind), context)) is not None:
                    return question
                number = await self.money.reserve(kind)
            watch = Watch(self.client.on_event)
            work = asyncio.create_task(self._made(tool, given, arguments, number, watch, files.pop_all()))
            self._keep(work)
            try:
                await self._awaited(work, watch, context)
                return await self.told(_result(work, advice), tool.paid, advice)
            except RecraftError:
                raise
            except BaseException:  # cancelled, or the client cannot be told anything
                self._abandoned(tool, work, watch)
                raise

    async def _question(
        self, tool: Tool, images: int, most: float | None, context: Context[Any, Any]
    ) -> InputRequiredResult | None:
        """Ask somebody where the operator wants it; None when the call may go on."""
        allowed = self.settings.ask_images
        dear = most is not None and most > self.settings.ask_above
        if not dear and (allowed is None or images <= allowed):
            return None
        cost = "at a price that nobody has told yet" if most is None else f"for {most:.2f} USD at most"
        what = f"{images} image{'s' * (images != 1)} {cost}" if images else cost
        return await confirmed(context, f"{tool.name}: {what}. Go on?", f"{images}|{most}")

    def _read(
        self, tool: Tool, given: Mapping[str, Any], options: Mapping[str, Option], files: contextlib.ExitStack
    ) -> tuple[dict[str, Any], int, list[str]]:
        """The arguments of a call, with their files opened, how many images it makes, and what the documentation says
        against it. Raises InputError as the call would; nobody was asked before that, and no budget touched.
        """
        arguments = {name: self._value(options[name], value, files) for name, value in given.items()}
        call = getattr(getattr(Recraft, tool.helper.group), tool.helper.method).operation.build(**arguments)
        call.close()
        return arguments, call.images, [f"Note: {each}" for each in call.advice]

    def _value(self, option: Option, given: Any, files: contextlib.ExitStack) -> Any:
        if option.kind != "image":
            return given
        if option.many and isinstance(given, list):
            return [self._image(option.name, each, files) for each in given]
        return self._image(option.name, given, files)

    def _image(self, name: str, given: Any, files: contextlib.ExitStack) -> Any:
        """An image of a model's: an open file, or an address, which the service fetches."""
        if not isinstance(given, str):
            raise InputError(f"{name} is {shown(given)}; expected a path, an address, or the id of an earlier image.")
        if given[:5].lower() == "data:":
            raise InputError(f"{name} is a data: URL; save the image in an allowed folder and pass its path.")
        if is_id(given):
            given = str(self.history.file(given, name))
        elif given.lower().startswith(("http://", "https://")):
            return given
        return files.enter_context(self.roots.open(given, name))

    async def _made(
        self,
        tool: Tool,
        given: Mapping[str, Any],
        arguments: Mapping[str, Any],
        number: int | None,
        watch: Watch,
        files: contextlib.ExitStack,
    ) -> Any:
        """The call itself: its result, a `Made` where there are images. Settles what it cost, however it ends."""
        with files:
            client = self.client.with_options(on_event=watch)
            method = getattr(getattr(client, tool.helper.group), tool.helper.method)
            units, maybe = None, True
            try:
                result = await method(**arguments)
                units = _units(result)
            except RecraftError as error:
                maybe = error.maybe_charged is not False
                raise
            except BaseException:
                maybe = watch.outcome is None or watch.outcome.maybe_charged
                raise
            finally:
                if number is not None:
                    self.money.settle(number, units, maybe=maybe)
            if not isinstance(result, ImageResult):
                return result
            made = self.history.add(tool.name, given, result)
            watch.saving = True
            await self.save(made)
            return made

    async def save(self, made: Made) -> None:
        """Fetch and write the images of a result that have no file yet. An image that cannot be had leaves a note."""
        stem = f"{made.tool.replace('_', '-')}-{made.at.astimezone():%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
        for place, image in enumerate(made.result):
            if made.files[place] is None:
                name = f"{stem}-{place + 1}"
                try:
                    (made.files[place],) = await self.client.save(image, self.settings.output, name=name)
                except (RecraftError, OSError) as error:
                    made.trouble = reason(error)

    async def _awaited(self, work: asyncio.Task[Any], watch: Watch, context: Context[Any, Any]) -> None:
        """Wait for a call, with notes on the way."""
        while not work.done():
            await context.report_progress(watch.seconds, None, watch.now)
            await asyncio.wait({work}, timeout=self.settings.note_every)

    async def told(self, result: Any, paid: bool = True, advice: Sequence[str] = ()) -> CallToolResult:
        """A result as a model is told it, with what it was not told of calls before."""
        earlier, self._notices = self._notices, []
        notices = [*earlier, *advice]
        if not isinstance(result, Made):
            return telling.other(result, paid, self.money.left, notices)
        try:
            return await asyncio.to_thread(telling.images, result, self.money.left, notices)  # it draws previews
        except asyncio.CancelledError:
            self._notices = [*earlier, *self._notices]
            raise

    def _abandoned(self, tool: Tool, work: asyncio.Task[Any], watch: Watch) -> None:
        """Nobody waits for a call any more: stop it where it was not sent yet, else tell later what became of it."""
        if watch.waits:
            work.cancel()
        work.add_done_callback(lambda done: self._notices.extend(_what_became(tool, done, watch)))

    def _keep(self, work: asyncio.Task[Any]) -> None:
        self._running.add(work)
        work.add_done_callback(self._running.discard)

    async def finish(self) -> None:
        """Wait for the calls under way: they are paid for."""
        while self._running:
            await asyncio.wait(self._running)


def _result(work: asyncio.Task[Any], advice: Sequence[str]) -> Any:
    """What a call gave. Raises what it raised, with what the documentation says against the call."""
    if isinstance(error := work.exception(), RecraftError):
        for each in advice:
            error.add_note(each)
    return work.result()


def _what_became(tool: Tool, done: asyncio.Task[Any], watch: Watch) -> Iterator[str]:
    """A sentence about a call that was cancelled, where it cost or may have cost something."""
    before = f"An earlier call of {tool.name} was cancelled after it had been sent."
    if done.cancelled():
        if watch.outcome is not None and watch.outcome.maybe_charged:
            yield f"{before} {telling.MONEY[True]}"
    elif isinstance(error := done.exception(), RecraftError):
        if error.maybe_charged is not False:
            yield f"{before} {telling.MONEY[error.maybe_charged]}"
    elif error is not None:
        yield f"{before} {telling.MONEY[None]}"
    elif isinstance(made := done.result(), Made):
        yield f"{before} It was served, and charged {made.result.credits or 0:g} units: its images are in {made.id}."
    elif tool.paid:
        yield f"{before} It was served, and charged {getattr(done.result(), 'credits', None) or 0:g} units."


def _units(result: Any) -> float | None:
    """What a result says that it cost; None where that can be no price, and would make the budget larger."""
    units = getattr(result, "credits", None)
    return units if units is not None and 0 <= units < math.inf else None


def check_names(tool: str, given: Mapping[str, Any], options: Mapping[str, Option]) -> None:
    """Raise InputError for a parameter that a tool does not have, and for one that is missing."""
    for name in given:
        if name not in options:
            close = difflib.get_close_matches(name, options, n=1)
            hint = f"Did you mean {close[0]}?" if close else f"It has {', '.join(options)}."
            raise InputError(f"{tool} has no parameter {shown(name)}. {hint}")
    if missing := [name for name, option in options.items() if option.required and given.get(name) is None]:
        raise InputError(f"{tool} needs {', '.join(missing)}.")
