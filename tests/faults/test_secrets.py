"""The token and the signatures of image URLs are in nothing that a program may log, show, store or send to a
tracker.
"""

from __future__ import annotations

import contextlib
import copy
import json
import logging
import pickle
import re
import traceback
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from recraft import AsyncRecraft, Image, Recraft, RetryPolicy
from recraft._core import downloads, sending
from recraft._core.call import call as describe
from recraft.errors import RecraftError
from recraft.events import Event, log_events
from recraft.results import read_images
from recraft.sandbox import Fault, Sandbox

from .matrix import rows
from .support import OPERATIONS, TOKEN, Ended, aended, call, ended, options, plan, timeout

SIGNATURE = "5ec2e7516na7u2e"
SIGNED = f"https://elsewhere.invalid/x.png?Expires=1&Signature={SIGNATURE}#{TOKEN}"

#: As the live service signs: in the path, with a literal `://` in it.
LIVE_PATH = f"{SIGNATURE}/rs:fit:1024:1024:0/raw:1/plain/abs://external/images/e74c67ba-02ec-47ec-ae86-b17088cfac30"

LOGGERS = ("", "httpx", "httpcore", "recraft", "asyncio", "anyio", "trio", "concurrent.futures")


class Everything(logging.Handler):
    """Every record in every form a handler may give it, and whatever else is put in."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found += [self.format(record), repr(record.__dict__)]

    def add(self, *texts: object) -> None:
        self.found += [repr(text) for text in texts] + [str(text) for text in texts]

    def add_error(self, error: BaseException) -> None:
        self.add(error, error.args, vars(error), copy.copy(error), error.__cause__, error.__context__)
        self.found += traceback.format_exception(error)
        self.found += traceback.TracebackException.from_exception(error, capture_locals=True).format()
        self.found += [repr(pickle.dumps(error, protocol)) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]
        self.add(pickle.loads(pickle.dumps(error)))

    def add_ending(self, got: Ended) -> None:
        self.add(got.result)
        if got.error is not None:
            self.add_error(got.error)


@pytest.fixture
def everything() -> Iterator[Everything]:
    """All that is logged at DEBUG, and all warnings, from here on."""
    handler = Everything()
    levels = {name: logging.getLogger(name).level for name in LOGGERS}
    logging.getLogger().addHandler(handler)
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.DEBUG)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        yield handler
    handler.add(*(warning.message for warning in warned))
    logging.getLogger().removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def secrets_of(made: Image) -> list[str]:
    assert made.url is not None
    signature = re.search(r"/([^/]+)/rs:fit:", made.url)
    assert signature is not None
    return [TOKEN, SIGNATURE, signature[1], "Signature="]


def assert_clean(everything: Everything, made: Image, *more: str) -> None:
    text = "\n".join([*everything.found, *more])
    assert len(text) > 10_000, "something was looked at"
    for secret in secrets_of(made):
        at = text.find(secret)
        assert at < 0, f"{secret!r} was found: ...{text[max(0, at - 300) : at + 100]}"


def faults(sandbox: Sandbox, stranger: Sandbox) -> Iterator[list[Fault]]:
    """The matrix, and a service that repeats what it should not."""
    for row in rows(stranger.base_url):
        yield [Fault(row.kind, times=None, **row.parameters)]
    echo = {
        "code": f"code {TOKEN}",
        "more": f"https://img.invalid/{LIVE_PATH}",
        "message": f"https://img.invalid/{LIVE_PATH} "
        f"your token {TOKEN} and Authorization: Bearer {TOKEN} and {SIGNED} are bad",
    }
    headers = {
        "X-Request-Id": TOKEN,
        "Content-Type": f"text/{TOKEN}",
        "X-Echo": f"Bearer {TOKEN}",
        "Retry-After": TOKEN,
    }
    for status in (200, 400, 429, 503):
        for body in (json.dumps(echo), f"<html>{TOKEN} {SIGNED}</html>", TOKEN):
            yield [Fault("status", times=None, status=status, body=body, headers=headers)]
    for status in (301, 302, 307, 308):
        yield [Fault("redirect", times=None, status=status, location=SIGNED.replace("https:", "ftp:"))]
        yield [Fault("redirect", times=None, status=status, location=f"{stranger.base_url}/x?Signature={SIGNATURE}")]
        yield [Fault("redirect", times=None, status=status, location=f"/images/x.png?Signature={SIGNATURE}")]
        yield [Fault("redirect", times=None, status=status, location=f"/{LIVE_PATH}")]
        yield [Fault("redirect", times=None, status=status, location=f"{stranger.base_url}/{LIVE_PATH}")]


@pytest.fixture(autouse=True)
def _small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "MAX_ANSWER", 2**20)
    monkeypatch.setattr(downloads, "MAX_IMAGE", 2**20)


def settings(everything: Everything) -> dict[str, Any]:
    log = log_events()

    def listen(event: Event) -> None:
        everything.add(event)
        log(event)

    return {"timeout": timeout(0.1), "retry": RetryPolicy(max_attempts=2), "on_event": listen}


def test_no_fault_brings_a_secret_to_light(
    sandbox: Sandbox,
    stranger: Sandbox,
    made: Image,
    everything: Everything,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with Recraft(**options(sandbox, **settings(everything))) as client:
        everything.add(
            client, client.raw, client.images, client.raw.get_httpx_client(), client._settings, sandbox, made
        )
        for rules in faults(sandbox, stranger):
            sandbox.faults = plan(*rules)
            for operation in OPERATIONS:
                everything.add_ending(ended(lambda of=operation: call(client, of, made=made, into=tmp_path)))
    assert_clean(everything, made, *capfd.readouterr())


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio", pytest.param("trio", marks=pytest.mark.slow)])
async def test_no_fault_brings_a_secret_to_light_when_awaited(
    sandbox: Sandbox,
    stranger: Sandbox,
    made: Image,
    everything: Everything,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    async with AsyncRecraft(**options(sandbox, **settings(everything))) as client:
        everything.add(client, client.raw, client.images, client.raw.get_async_httpx_client(), client._settings)
        for rules in faults(sandbox, stranger):
            sandbox.faults = plan(*rules)
            for operation in OPERATIONS:
                everything.add_ending(await aended(lambda of=operation: call(client, of, made=made, into=tmp_path)))
    assert_clean(everything, made, *capfd.readouterr())


def test_fetching_says_no_more_than_saving(
    sandbox: Sandbox, stranger: Sandbox, made: Image, everything: Everything
) -> None:
    with Recraft(**options(sandbox, **settings(everything))) as client:
        for rules in faults(sandbox, stranger):
            sandbox.faults = plan(*rules)
            everything.add_ending(ended(lambda: client.fetch(made)))
    assert_clean(everything, made)


@pytest.mark.parametrize(
    "url",
    [
        f"http://elsewhere.invalid/x?Signature={SIGNATURE}",
        f"ftp://127.0.0.1/x?Signature={SIGNATURE}",
        f"https://user:{SIGNATURE}@elsewhere.invalid/x",
        f"https://elsewhere.invalid:port/x?Signature={SIGNATURE}",
        f"https:///x?Signature={SIGNATURE}",
        f"//elsewhere.invalid/x?Signature={SIGNATURE}",
        f"https://[elsewhere/x?Signature={SIGNATURE}",
        f"https://elsewhere.invalid/\r\nx?Signature={SIGNATURE}",
        f"http://elsewhere.invalid/{LIVE_PATH}",
        f"ftp://127.0.0.1/{LIVE_PATH}",
        f"https://elsewhere.invalid:port/{LIVE_PATH}",
    ],
)
def test_a_url_that_is_refused_is_not_repeated(
    sandbox: Sandbox, made: Image, everything: Everything, tmp_path: Path, url: str
) -> None:
    image = Image(url, None, made.image_id, None, None, made.raw)
    with Recraft(**options(sandbox, retry=None)) as client:
        with pytest.raises(RecraftError) as caught:
            client.fetch(image)
        everything.add_error(caught.value.with_traceback(None))
        got = ended(lambda: client.save(image, tmp_path))
    everything.add_ending(got)
    text = "\n".join(everything.found)
    assert SIGNATURE not in text
    assert not list(tmp_path.iterdir())


def test_a_token_that_cannot_be_one_is_not_repeated(everything: Everything) -> None:
    for wrong in (f"{TOKEN}\r\nX-Evil: 1", f"{TOKEN} {TOKEN}", f"{TOKEN}é", f"{TOKEN}\0"):
        with pytest.raises(RecraftError) as caught:
            Recraft(wrong)
        everything.add(caught.value, vars(caught.value))
    assert TOKEN not in "\n".join(everything.found)


@pytest.mark.parametrize(
    "path",
    [
        f"/x?Signature={SIGNATURE}",
        f"/{SIGNATURE}/rs:fit:1024:1024:0/raw:1/plain/abs://external/images/123e4567-e89b-12d3-a456-426614174000",
        f"/x?k='<{SIGNATURE}>&k={SIGNATURE}",
        f"/x%3Fk={SIGNATURE}",
    ],
)
def test_the_log_of_httpcore_says_where_a_redirect_leads_and_no_more(
    sandbox: Sandbox, stranger: Sandbox, everything: Everything, path: str
) -> None:
    address = stranger.base_url.removesuffix("/v1")
    for location in (address + path, address.removeprefix("http:") + path, path):
        sandbox.faults = plan(Fault("redirect", status=302, location=location))
        with Recraft(**options(sandbox)) as client, contextlib.suppress(RecraftError):
            client.users.me()
    headers = [text for text in everything.found if "receive_response_headers.complete" in text]
    assert any(f"{address}/..." in text for text in headers), "it does write the header"
    assert SIGNATURE not in "\n".join(everything.found)


def test_what_others_log_through_httpcore_is_left_as_it_is(sandbox: Sandbox, everything: Everything) -> None:
    with Recraft(**options(sandbox)) as client, httpx.Client() as theirs:
        client.users.me()
        theirs.get(f"{sandbox.base_url}/nowhere", headers={"X-Mine": "a"}, params={"question": "what is theirs?"})
        client.users.me()
    sandbox.faults = plan(Fault("status", status=200, body="{}", headers={"X-Theirs": f"token={TOKEN}?a=b c"}))
    httpx.get(f"{sandbox.base_url}/users/me")
    assert any(f"token={TOKEN}?a=b c" in text for text in everything.found if "receive_response_headers" in text)


def test_a_call_does_not_show_what_it_will_send() -> None:
    """It stands in the frames of a traceback, and error reporters write down what they find there."""
    described = describe("vectorizeImage", read_images, images={"image": SIGNED})
    assert SIGNED in described.fields.values()
    assert SIGNATURE not in repr(described)
