"""Every fault, at every kind of operation, over real sockets: the outcome, `maybe_charged`, and the ledger."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Picture

from recraft import AsyncRecraft, Image, Recraft, RetryPolicy, aiohttp_transport
from recraft._core import downloads, sending
from recraft.errors import ConnectionFailed, RecraftError
from recraft.sandbox import Fault, Sandbox
from recraft.sandbox.faults import KINDS

from .matrix import Ending, Row, rows
from .support import (
    LARGE_PNG,
    OPERATIONS,
    PAID,
    PNG,
    TOKEN,
    Ended,
    aend_call,
    call,
    end_call,
    ended,
    one_image,
    options,
    plan,
    received,
    settles,
    timeout,
)

ROWS = {each.name: each for each in rows()}

#: A fault, an operation, and whether every attempt meets the fault or the first alone.
CELLS = [(name, operation, always) for always in (False, True) for name in ROWS for operation in OPERATIONS]
ALLOWED_AND_FAULTY = {False: (4, 1), True: (2, 99)}  # attempts


def endings(name: str, operation: str, always: bool) -> frozenset[Ending]:
    attempts, faulty = ALLOWED_AND_FAULTY[always]
    return frozenset(ROWS[name].endings(operation, faulty=faulty, attempts=attempts))


def cells(*backend: str) -> list[Any]:
    """Every cell. Where nothing is sent again, "always" is "once" over again: those are slow."""
    return [
        parameters(
            name,
            operation,
            always,
            *backend,
            slow=always and endings(name, operation, False) == endings(name, operation, True),
        )
        for name, operation, always in CELLS
    ]


def cells_of_others(*backend: str) -> list[Any]:
    """Every cell, for what shares all but its sockets. Those that bring no new ending of their operation and no new
    kind of fault are slow.
    """
    made, met = [], set[object]()
    for name, operation, always in CELLS:
        news = {(operation, endings(name, operation, always)), ROWS[name].kind} - met
        made.append(parameters(name, operation, always, *backend, slow=not news))
        met |= news
    return made


def parameters(name: str, operation: str, always: bool, *backend: str, slow: bool) -> Any:
    words = "-".join(["always" if always else "once", name, operation, *backend])
    return pytest.param(name, operation, always, *backend, id=words, marks=[pytest.mark.slow] if slow else [])


@pytest.fixture(autouse=True)
def _small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bomb need not be large to be too large."""
    monkeypatch.setattr(sending, "MAX_ANSWER", 2**20)
    monkeypatch.setattr(downloads, "MAX_IMAGE", 2**20)


class Cell:
    """One cell of the matrix: a fault that strikes once, or every time, and a call."""

    def __init__(
        self, sandbox: Sandbox, stranger: Sandbox, made: Image, name: str, operation: str, always: bool, into: Path
    ) -> None:
        self.row: Row = next(each for each in rows(stranger.base_url) if each.name == name)
        self.sandbox, self.operation, self.into = sandbox, operation, into
        self.attempts, self.faulty = ALLOWED_AND_FAULTY[always]
        self.made = made
        sandbox.faults = plan(
            Fault(self.row.kind, operation=operation, times=None if always else 1, **self.row.parameters)
        )

    @property
    def settings(self) -> dict[str, Any]:
        # Short only where the first answer never comes, and not where a second one has to come in time.
        read = 10.0 if not self.row.hangs else 0.05 if self.operation in PAID or self.faulty > 1 else 0.4
        return {"timeout": timeout(read), "retry": RetryPolicy(max_attempts=self.attempts)}

    @property
    def arguments(self) -> dict[str, Any]:
        return {"image": LARGE_PNG if self.row.large else PNG, "made": self.made, "into": self.into}

    def check(self, got: Ended) -> None:
        expected = self.row.endings(self.operation, faulty=self.faulty, attempts=self.attempts)
        # The sandbox writes its books before it answers, but a client that gives up early may look at them sooner.
        assert settles(lambda: self._ending(got) in expected, True), (
            f"{self._ending(got)} is none of {expected}: {got.error}"
        )
        if got.error is not None:
            assert got.error.attempts == received(self.sandbox, self.operation)
            assert got.error.__cause__ is got.error.__context__ is None
            copy = pickle.loads(pickle.dumps(got.error))
            assert (str(copy), copy.maybe_charged) == (str(got.error), got.maybe_charged)
        files = list(self.into.iterdir()) if self.into.exists() else []
        if self.operation == "download" and got.error is None:
            assert [*files] == got.result
            with Picture.open(files[0]) as picture:
                picture.load()  # raises when it is not whole
        else:
            assert files == [], "nothing is left behind"

    def _ending(self, got: Ended) -> Ending:
        error = None if got.error is None else type(got.error)
        return Ending(
            error, received(self.sandbox, self.operation), len(self.sandbox.ledger.charges), got.maybe_charged
        )


def test_the_table_has_every_kind_of_fault() -> None:
    assert {row.kind for row in ROWS.values()} == set(KINDS)


def test_the_table_never_pays_twice_and_never_throws_away_in_silence() -> None:
    for row in ROWS.values():
        for operation in PAID:
            for faulty in (1, 99):
                for ending in row.endings(operation, faulty=faulty, attempts=4):
                    assert ending.charges <= 1, row.name
                    assert ending.error is None or ending.doubt or not ending.charges, row.name


@pytest.mark.parametrize(("name", "operation", "always"), cells())
def test_a_call_ends_as_the_table_says(
    sandbox: Sandbox, stranger: Sandbox, made: Image, tmp_path: Path, name: str, operation: str, always: bool
) -> None:
    cell = Cell(sandbox, stranger, made, name, operation, always, tmp_path / "out")
    cell.check(end_call(sandbox, operation, cell.settings, **cell.arguments))
    assert not any(request.had_authorization or request.body for request in stranger.ledger.requests)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("name", "operation", "always", "anyio_backend"), [*cells("asyncio"), *cells_of_others("trio")]
)
async def test_an_awaited_call_ends_as_the_table_says(
    sandbox: Sandbox,
    stranger: Sandbox,
    made: Image,
    tmp_path: Path,
    name: str,
    operation: str,
    always: bool,
    anyio_backend: str,
) -> None:
    cell = Cell(sandbox, stranger, made, name, operation, always, tmp_path / "out")
    cell.check(await aend_call(sandbox, operation, cell.settings, **cell.arguments))
    assert not any(request.had_authorization or request.body for request in stranger.ledger.requests)


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize(("name", "operation", "always"), cells_of_others())
async def test_a_call_on_aiohttp_ends_as_the_table_says(
    sandbox: Sandbox, stranger: Sandbox, made: Image, tmp_path: Path, name: str, operation: str, always: bool
) -> None:
    cell = Cell(sandbox, stranger, made, name, operation, always, tmp_path / "out")
    settings = {**cell.settings, "transport": aiohttp_transport()}
    cell.check(await aend_call(sandbox, operation, settings, **cell.arguments))
    assert not any(request.had_authorization or request.body for request in stranger.ledger.requests)


@pytest.fixture(scope="module")
def undisturbed() -> Iterator[Sandbox]:
    """A sandbox that stalls for nobody: one that refuses first lets the answers under way get out."""
    with Sandbox(TOKEN, strict=False, limits=False) as sandbox:
        yield sandbox


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_refused_connection_reaches_nobody_and_costs_nothing(
    undisturbed: Sandbox, tmp_path: Path, operation: str
) -> None:
    sandbox, made = undisturbed, one_image(undisturbed)
    sandbox.ledger.clear()
    with Recraft(**options(sandbox)) as client, sandbox.refuse():
        got = ended(lambda: call(client, operation, made=made, into=tmp_path / "out"))
    assert isinstance(got.error, RecraftError)
    assert (got.error.attempts, got.maybe_charged) == (4, False)
    assert not sandbox.ledger.requests
    assert not list(tmp_path.glob("out/*"))


@pytest.mark.anyio
@pytest.mark.parametrize("operation", OPERATIONS)
async def test_an_awaited_refused_connection_reaches_nobody_and_costs_nothing(
    undisturbed: Sandbox, tmp_path: Path, operation: str
) -> None:
    sandbox, made = undisturbed, one_image(undisturbed)
    sandbox.ledger.clear()
    async with AsyncRecraft(**options(sandbox)) as client:
        with sandbox.refuse(), pytest.raises(RecraftError) as caught:
            await call(client, operation, made=made, into=tmp_path / "out")
    assert (caught.value.attempts, caught.value.maybe_charged) == (4, False)
    assert not sandbox.ledger.requests
    assert not list(tmp_path.glob("out/*"))


@pytest.mark.parametrize("kind", ["reset_mid_response", "truncated", "wrong_length", "garbage", "html"])
def test_whoever_asks_for_it_is_served_again_and_pays_twice(sandbox: Sandbox, kind: str) -> None:
    sandbox.faults = plan(Fault(kind, operation="createImage"))
    got = end_call(sandbox, "createImage", {"retry": RetryPolicy(resend_in_doubt=True)})
    assert len(got.result) == 1
    assert (received(sandbox, "createImage"), len(sandbox.ledger.charges)) == (2, 2)


def test_an_error_after_a_resend_remembers_that_an_attempt_before_it_may_be_charged(sandbox: Sandbox) -> None:
    sandbox.faults = plan(
        Fault("reset_after_body", operation="createImage", charged=True),
        Fault("status", operation="createImage", status=400),
    )
    got = end_call(sandbox, "createImage", {"retry": RetryPolicy(resend_in_doubt=True)})
    assert got.error is not None
    assert (got.error.status, got.error.attempts, got.maybe_charged) == (400, 2, True)
    assert len(sandbox.ledger.charges) == 1


def test_without_retries_every_call_is_sent_once(sandbox: Sandbox) -> None:
    sandbox.faults = plan(Fault("status", status=503, times=None))
    for operation in ("createImage", "removeBackground", "getCurrentUser"):
        got = end_call(sandbox, operation, {"retry": None})
        assert (got.error is not None and got.error.attempts, received(sandbox, operation)) == (1, 1)


def test_a_connection_that_breaks_while_a_large_upload_leaves_is_in_doubt(sandbox: Sandbox) -> None:
    sandbox.faults = plan(Fault("reset_before_body", operation="removeBackground", times=None))
    got = end_call(sandbox, "removeBackground", {"retry": RetryPolicy(max_attempts=3)}, image=LARGE_PNG)
    assert isinstance(got.error, ConnectionFailed)
    assert (got.maybe_charged, received(sandbox, "removeBackground")) == (True, 1)
