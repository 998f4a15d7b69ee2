"""What a client is made with: a wrong setting is refused in words that repeat no secret."""

from __future__ import annotations

import functools
from fractions import Fraction
from typing import Any

import httpx
import pytest

from recraft import AsyncRecraft, InputError, Recraft

from .support import TOKEN

SECRET = "s3cr3t-value-0"

each_client = pytest.mark.parametrize("kind", [Recraft, AsyncRecraft], ids=["sync", "async"])


def refusal(kind: Any, **settings: Any) -> str:
    with pytest.raises(InputError) as caught:
        kind(TOKEN, **settings)
    assert caught.value.__cause__ is None
    assert len(str(caught.value)) < 250
    return str(caught.value)


@each_client
@pytest.mark.parametrize(
    "url",
    [
        f"https://user:{SECRET}@api.test:port/v1",
        f"https://user:{SECRET}@api.test/v1",
        f"https://user:{SECRET}/x@api.test:99999999/v1",
        f"https://user:a b {SECRET}@api.test:port/v1",
        f"https://{SECRET}@api.test/v1",
        f"http://user:{SECRET}@127.0.0.1/v1",
        f"https://user:{SECRET}@[::1",
        f"https://api.test:port/v1?key={SECRET}",
        f"https://api.test/v1?key={SECRET}",
        f"https://api.test/v1#{SECRET}",
        f"http://api.test/{SECRET}",
        f"https://api.test\n/{SECRET}",
        f"ftp://user:{SECRET}@api.test",
    ],
)
def test_a_wrong_address_is_refused_without_repeating_what_may_be_secret_in_it(kind: Any, url: str) -> None:
    message = refusal(kind, base_url=url)
    assert message.startswith("base_url is ")
    assert SECRET not in message


@each_client
@pytest.mark.parametrize(
    "url",
    [
        7,
        b"https://api.test/v1",
        ["https://api.test"],
        10**5000,
        "https://" + "a" * 70 + ".test",
        "https://a..test/",
        "https://\ud800",
        "https://api.test/\ud800",
        "https://api.test/\0",
        "x" * 10**6,
        "https://" + "a" * 70_000,
        httpx.URL("https://api.test"),
    ],
    ids=range(12),
)
def test_what_is_no_address_is_refused_by_name(kind: Any, url: Any) -> None:
    assert "base_url is " in refusal(kind, base_url=url)


@each_client
@pytest.mark.parametrize(
    "headers",
    [
        [("X-Key", SECRET)],
        (f"X-Key: {SECRET}",),
        {f"X-Key: {SECRET}": "x"},
        {f"X-Key={SECRET}\n": "x"},
        {f"Bearer {SECRET}": "x"},
        {(SECRET,): "x"},
        {SECRET.encode(): "x"},
        {"X-Key": SECRET + "\n"},
        {"X-Key": [SECRET]},
        f"X-Key: {SECRET}",
        httpx.URL(f"https://api.test/{SECRET}"),
    ],
    ids=repr,
)
def test_wrong_headers_are_refused_without_repeating_their_values(kind: Any, headers: Any) -> None:
    for message in (refusal(kind, headers=headers), sibling_refusal(kind, headers=headers)):
        assert "header" in message
        assert SECRET not in message


def sibling_refusal(kind: Any, **settings: Any) -> str:
    with pytest.raises(InputError) as caught:
        kind(TOKEN).with_options(**settings)
    return str(caught.value)


@each_client
@pytest.mark.parametrize(
    "timeout",
    [
        Fraction(5),
        5j,
        b"5",
        "5",
        {},
        float("nan"),
        -(10**5000),
        httpx.Timeout("5"),
        httpx.Timeout(5, read=-1),
        httpx.Timeout(float("nan")),
    ],  # type: ignore[arg-type]
    ids=range(10),
)
def test_a_timeout_that_is_no_time_is_refused_by_name(kind: Any, timeout: Any) -> None:
    assert "timeout is " in refusal(kind, timeout=timeout)


@each_client
def test_a_timeout_of_thousands_of_digits_is_as_good_as_none(kind: Any) -> None:
    assert kind(TOKEN, timeout=10**5000)._settings.timeout.read is None


async def listen(secret: str, event: Any) -> None: ...


@each_client
@pytest.mark.parametrize(
    "settings",
    [
        {"limiter": f"redis://user:{SECRET}@cache.test/0"},
        {"retry": f"https://api.test/?sig={SECRET}"},
        {"retry": 10**5000},
        {"on_event": functools.partial(listen, SECRET)},
        {"on_event": SECRET},
    ],
    ids=["limiter", "retry", "huge retry", "listener", "text as listener"],
)
def test_a_setting_of_a_wrong_type_is_refused_without_repeating_a_secret(kind: Any, settings: dict[str, Any]) -> None:
    message = refusal(kind, **settings)
    assert message.startswith(next(iter(settings)))
    assert SECRET not in message
