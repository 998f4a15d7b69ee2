"""Results and errors outside the process that made them: JSON, queues, pools, pydantic models."""

from __future__ import annotations

import concurrent.futures
import copy
import json
import multiprocessing
import pickle
from pathlib import Path
from typing import Any

import httpx
import pytest
from celery import Celery
from celery.backends.cache import CacheBackend

from recraft import ConnectionFailed, DownloadError, InputError, RecraftError, RetryPolicy, TimedOut
from recraft.testing import no_waits

from .support import Wire
from .test_errors import every_error

each_error = pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)


def knowing(kind: type[RecraftError], maybe_charged: bool | None = True) -> RecraftError:
    """An error that knows everything an error can know."""
    error = kind(
        "what was wrong",
        operation="createImage",
        status=429,
        code=7,
        request_id="r-1",
        attempts=3,
        retry_after=1.5,
        maybe_charged=maybe_charged,
    )
    error.saved = (Path("a.png"), Path("b.png"))
    error.add_note("seen in a test")
    return error


def same(twin: BaseException, error: RecraftError) -> bool:
    return (type(twin), str(twin), twin.__dict__) == (type(error), str(error), error.__dict__)


def through_celery(error: Exception) -> Any:
    """What a caller gets of an error that a worker stored, through the real JSON result backend."""
    app = Celery("t", backend="cache+memory://", broker="memory://")
    app.conf.update(result_serializer="json", accept_content=["json"], result_accept_content=["json"])
    backend = app.backend
    assert isinstance(backend, CacheBackend)
    backend.mark_as_failure("task-1", error)
    return backend.get_result("task-1")


@each_error
@pytest.mark.parametrize("maybe_charged", [True, False, None])
def test_an_error_comes_out_of_a_json_queue_with_all_it_knew(
    kind: type[RecraftError], maybe_charged: bool | None
) -> None:
    error = knowing(kind, maybe_charged)
    assert same(through_celery(error), error)


def test_a_task_that_may_have_been_charged_says_so_on_the_other_side_of_a_queue() -> None:
    def break_off(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow")

    wire = Wire("sync")
    wire.reply = break_off
    with pytest.raises(TimedOut) as caught:
        wire.call("images.generate", "a fox")
    arrived = through_celery(caught.value)
    assert (type(arrived), arrived.maybe_charged, arrived.operation, arrived.attempts) == (
        TimedOut,
        True,
        "createImage",
        1,
    )
    assert str(arrived) == str(caught.value)


def fail(error: RecraftError) -> None:
    raise error


def test_an_error_comes_out_of_a_process_pool_with_all_it_knew() -> None:
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
        for kind in (ConnectionFailed, InputError, DownloadError):
            error = knowing(kind)
            arrived = pool.submit(fail, error).exception()
            assert arrived is not None
            assert same(arrived, error)


@each_error
def test_an_error_is_the_same_after_a_round_through_json(kind: type[RecraftError]) -> None:
    for error in (knowing(kind), kind("nothing else is known")):
        twin = RecraftError.from_dict(json.loads(json.dumps(error.to_dict())))
        assert same(twin, error)
        assert json.loads(error.to_json()) == error.to_dict()
        assert same(kind.from_dict(error.to_dict()), error)


def test_the_keys_of_an_error_are_those_that_are_documented() -> None:
    assert list(ConnectionFailed("x").to_dict()) == [
        "type",
        "message",
        "operation",
        "status",
        "code",
        "request_id",
        "attempts",
        "retry_after",
        "maybe_charged",
        "saved",
        "notes",
    ]


@pytest.mark.parametrize("data", [None, {}, [], {"type": "OSError", "message": "x"}, {"type": "TimedOut"}])
def test_what_is_no_error_is_refused_by_name(data: Any) -> None:
    with pytest.raises(InputError, match=r"RecraftError\.from_dict takes what to_dict of such an error gave"):
        RecraftError.from_dict(data)
    with pytest.raises(InputError, match="its type is 'TimedOut'"):
        DownloadError.from_dict(TimedOut("x").to_dict())


def test_what_an_error_rebuilt_from_its_message_cannot_know_is_none_and_never_false() -> None:
    for kind in (kind for kind in every_error() if kind.__module__ == "recraft.errors"):
        error = kind(str(knowing(kind)))
        if issubclass(kind, (InputError, DownloadError)) or kind.__name__ == "FileExists":
            assert (error.maybe_charged, error.attempts) == (False, 0), "of these nothing is ever charged"
        else:
            assert (error.maybe_charged, error.attempts) == (None, None)


def test_an_error_of_a_call_always_says_whether_it_may_have_been_charged() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    wire = Wire("sync")
    wire.reply = answer
    for retry in (None, RetryPolicy(deadline=0.001)):
        with pytest.raises(RecraftError) as caught, no_waits():
            wire.run(lambda client: client.images.generate("a fox"), retry=retry)
        assert caught.value.maybe_charged is False


def test_a_message_may_be_changed_and_the_facts_stay() -> None:
    error = knowing(TimedOut)
    error.args = ("first: " + error.args[0], *error.args[1:])
    for twin in (error, copy.copy(error), pickle.loads(pickle.dumps(error)), type(error)(*error.args)):
        assert (str(twin), twin.maybe_charged, twin.request_id) == ("first: what was wrong", True, "r-1")
