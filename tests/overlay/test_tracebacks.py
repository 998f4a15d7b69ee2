"""A traceback of an error of this package ends at the call, and nothing of the way below can be reached from it."""

from __future__ import annotations

import copy
import gc
import logging
import pickle
import traceback
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import anyio
import httpx
import pytest

from recraft import APIError, AsyncRecraft, ConnectionFailed, DownloadError, InputError, Recraft, RecraftError
from recraft.sandbox import Fault, FaultPlan, Sandbox
from recraft_api.api.users import get_current_user

TOKEN = "secret-token-of-a-traceback"


@pytest.fixture
def address() -> Iterator[str]:
    """Where a service answers that refuses this token."""
    with Sandbox(limits=False) as sandbox:
        yield sandbox.base_url


def refused(base_url: str) -> RecraftError:
    with Recraft(TOKEN, base_url=base_url, limiter=None) as client:
        try:
            client.images.generate("a fox")  # the caller's line
        except RecraftError as error:
            return error
    raise AssertionError


def refused_when_awaited(base_url: str) -> RecraftError:
    async def run() -> RecraftError:
        async with AsyncRecraft(TOKEN, base_url=base_url, limiter=None) as client:
            try:
                await client.images.generate("a fox")  # the caller's line
            except RecraftError as error:
                return error
        raise AssertionError

    return anyio.run(run)


def unreachable(base_url: str) -> RecraftError:
    return refused("http://127.0.0.1:9/v1")


def invalid(base_url: str) -> RecraftError:
    with Recraft(TOKEN, base_url=base_url, limiter=None) as client:
        try:
            client.images.generate("a fox", size=("a", 1))  # type: ignore[arg-type]  # the caller's line
        except RecraftError as error:
            return error
    raise AssertionError


ways = pytest.mark.parametrize("way", [refused, refused_when_awaited, unreachable, invalid])


def frames(error: BaseException) -> list[FrameType]:
    """Every frame that can be reached from an error, through its causes and contexts too."""
    found, open_, seen = [], [error], set()
    while open_:
        each = open_.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        found += [frame for frame, _ in traceback.walk_tb(each.__traceback__)]
        open_ += [other for other in (each.__cause__, each.__context__) if other is not None]
    return found


@ways
def test_the_printed_traceback_is_the_callers_line_and_the_helper(
    way: Callable[[str], RecraftError], address: str
) -> None:
    text = "".join(traceback.format_exception(way(address)))
    places = [line.strip() for line in text.splitlines() if line.startswith("  File ")]
    assert len(places) == 2, text
    assert "# the caller's line" in text
    assert places[1].endswith("in generate"), places
    for hidden in ("httpx", "httpcore", "anyio", "sending.py", "io.py", "client.py", TOKEN, "During handling"):
        assert hidden not in text


@ways
def test_the_variables_of_the_frames_that_are_cut_cannot_be_reached(
    way: Callable[[str], RecraftError], address: str
) -> None:
    names = {Path(frame.f_code.co_filename).name for frame in frames(way(address))}
    assert names == {Path(__file__).name, "binding.py"}


@ways
def test_an_error_that_was_cut_is_pickled_copied_and_raised_from_as_before(
    way: Callable[[str], RecraftError], address: str
) -> None:
    error = way(address)
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert (type(other), other.to_dict()) == (type(error), error.to_dict())
    with pytest.raises(LookupError) as raised:
        raise LookupError("ours") from error
    assert raised.value.__cause__ is error


def test_what_the_caller_was_handling_stays_the_context(address: str) -> None:
    with Recraft(TOKEN, base_url=address, limiter=None) as client:
        try:
            raise KeyError("ours")
        except KeyError:
            with pytest.raises(RecraftError) as raised:
                client.images.generate("a fox", n=99)
    context = raised.value.__context__
    assert isinstance(context, KeyError)
    assert context.__traceback__ is not None
    assert not raised.value.__suppress_context__


def test_an_error_of_a_save_ends_at_the_save(tmp_path: Path) -> None:
    with Sandbox(limits=False, faults=FaultPlan([Fault("expired", operation="download", times=None)])) as sandbox:
        with Recraft(sandbox.token, base_url=sandbox.base_url, limiter=None) as client:
            result = client.images.generate("a fox")
            for function in (lambda: client.save(result, tmp_path), lambda: client.fetch(result[0])):
                with pytest.raises(DownloadError) as raised:
                    function()
                names = [Path(frame.f_code.co_filename).name for frame in frames(raised.value)]
                assert names == [Path(__file__).name] * 2 + ["client.py"]


def test_an_error_of_a_generated_function_shows_no_transport(address: str) -> None:
    async def awaited() -> None:
        async with AsyncRecraft(TOKEN, base_url=address, limiter=None) as client:
            await get_current_user.asyncio(client=client.raw)

    def called() -> None:
        with Recraft(TOKEN, base_url=address, limiter=None) as client:
            get_current_user.sync(client=client.raw)

    for function in (called, lambda: anyio.run(awaited)):
        with pytest.raises(APIError) as raised:
            function()
        text = "".join(traceback.format_exception(raised.value))
        assert "get_current_user.py" in text
        assert f"{Path(httpx.__file__).parent}" not in text
        assert "sending.py" not in text


def test_recraft_log_debug_keeps_the_whole_and_logs_where_the_transport_broke(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("RECRAFT_LOG", "debug")
    with caplog.at_level(logging.DEBUG, "recraft"):
        text = "".join(traceback.format_exception(unreachable("")))
    assert "sending.py" in text
    assert "httpcore" in caplog.text
    assert "ConnectError" in caplog.text
    assert TOKEN not in text + caplog.text


def test_what_the_transport_said_of_the_token_is_not_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.LocalProtocolError(f"illegal header {request.headers['authorization']!r}")

    monkeypatch.setenv("RECRAFT_LOG", "debug")
    with caplog.at_level(logging.DEBUG, "recraft"), pytest.raises(ConnectionFailed):
        Recraft(TOKEN, transport=httpx.MockTransport(broken), limiter=None, retry=None).users.me()
    assert "illegal header" in caplog.text
    assert TOKEN not in caplog.text


def test_an_error_that_is_no_error_of_this_package_keeps_its_traceback() -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as raised:
        Recraft(TOKEN, transport=httpx.MockTransport(broken), limiter=None).users.me()
    assert "sending.py" in "".join(traceback.format_exception(raised.value))


def test_an_error_that_is_forgotten_leaves_nothing_behind(address: str) -> None:
    gc.collect()
    gc.disable()
    try:
        assert [weakref.ref(refused(address))() for _ in range(3)] == [None] * 3
    finally:
        gc.enable()


def test_the_error_of_an_input_names_the_value_as_before() -> None:
    with pytest.raises(InputError, match="a"):
        Recraft(TOKEN).images.generate("a fox", size=("a", 1))  # type: ignore[arg-type]
