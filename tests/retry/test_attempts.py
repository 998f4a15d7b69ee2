"""Attempts and waits of a call, as `on_event` tells them: what is sent again, when, and what the error says."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from attrs import define, field

from recraft import (
    AsyncRecraft,
    ConnectionFailed,
    InvalidRequestError,
    RateLimitError,
    Recraft,
    RetryPolicy,
    ServerError,
    TimedOut,
    UnexpectedResponse,
)
from recraft.errors import RecraftError
from recraft.events import Event

TOKEN = "token-for-attempts"
BASE = "https://api.invalid/v1"

IMAGE = {
    "created": 1,
    "credits": 40,
    "data": [{"image_id": "e74c67ba-02ec-47ec-ae86-b17088cfac30", "url": "https://i.invalid/1"}],
}
USER = {"id": "1", "email": "a@b.invalid", "name": "a", "credits": 7}

Step = int | Exception | httpx.Response


@define
class Service(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers from a script: a status, a response, or an exception. When it ends, with success."""

    script: list[Step] = field(factory=list)
    requests: list[httpx.Request] = field(factory=list)

    def _next(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        step = self.script.pop(0) if self.script else 200
        if isinstance(step, Exception):
            raise step
        if isinstance(step, httpx.Response):
            return step
        if step == 200:
            return httpx.Response(
                200, json=USER if request.method == "GET" else IMAGE, headers={"x-request-id": "right"}
            )
        return httpx.Response(step, json={"code": "c", "message": "m"}, headers={"x-request-id": f"wrong-{step}"})

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        return self._next(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        return self._next(request)


@define
class Watched:
    """A client of a scripted service, and everything it told."""

    client: Recraft
    service: Service
    events: list[Event]

    @property
    def waits(self) -> list[float]:
        return [event.seconds for event in self.events if event.kind == "wait"]

    def fails(self, act: Callable[[], object]) -> RecraftError:
        with pytest.raises(RecraftError) as caught:
            act()
        return caught.value


def watch(*script: Step, service: type[Service] = Service, **settings: Any) -> Watched:
    made, events = service(list(script)), []
    given: dict[str, Any] = {"limiter": None, "on_event": events.append, "transport": made, "base_url": BASE}
    return Watched(Recraft(TOKEN, **{**given, **settings}), made, events)


def told(status: int, retry_after: str) -> httpx.Response:
    return httpx.Response(status, json={"message": "later"}, headers={"Retry-After": retry_after})


# --- what is sent again ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 502, 503, 504, 520, 524, 529])
def test_a_temporary_refusal_is_sent_again(status: int) -> None:
    watched = watch(status, status)
    assert len(watched.client.images.generate("a fox")) == 1
    assert len(watched.service.requests) == 3


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 405, 410, 413, 422, 451, 501, 505, 530, 302])
def test_a_final_refusal_is_not_sent_again(status: int) -> None:
    watched = watch(status)
    error = watched.fails(lambda: watched.client.users.me())
    assert (error.status, error.attempts, error.maybe_charged) == (status, 1, False)
    assert watched.waits == []


@pytest.mark.parametrize(
    "lost",
    [httpx.ReadTimeout("t"), httpx.ReadError("r"), httpx.RemoteProtocolError("p")],
    ids=lambda e: type(e).__name__,
)
def test_a_post_whose_answer_was_lost_is_not_sent_again(lost: Exception) -> None:
    watched = watch(lost)
    error = watched.fails(lambda: watched.client.images.generate("a fox"))
    assert isinstance(error, TimedOut if isinstance(lost, httpx.ReadTimeout) else ConnectionFailed)
    assert (error.attempts, error.maybe_charged) == (1, True)
    assert "may have been served and charged" in str(error)


@pytest.mark.parametrize(
    "lost", [httpx.ReadTimeout("t"), httpx.ReadError("r"), httpx.RemoteProtocolError("p")], ids=str
)
def test_a_get_whose_answer_was_lost_is(lost: Exception) -> None:
    watched = watch(lost, lost)
    assert watched.client.users.me().credits == 7
    assert len(watched.service.requests) == 3


@pytest.mark.parametrize(
    "lost", [httpx.ReadTimeout("t"), httpx.ReadError("r"), httpx.RemoteProtocolError("p")], ids=str
)
def test_a_post_in_doubt_is_sent_again_only_for_those_who_ask(lost: Exception) -> None:
    watched = watch(lost, retry=RetryPolicy(resend_in_doubt=True))
    assert len(watched.client.images.generate("a fox")) == 1
    assert len(watched.service.requests) == 2


@define
class Unreached(Service):
    """Fails before it takes anything of a request, as one that really connects does."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._next(request)


@pytest.mark.parametrize("service", [Unreached, Service], ids=["unread", "read"])
def test_what_was_never_delivered_is_sent_again(service: type[Service]) -> None:
    last = httpx.ConnectTimeout("slow") if service is Unreached else httpx.ConnectError("again")
    watched = watch(httpx.ConnectError("refused"), httpx.PoolTimeout("full"), last, service=service)
    assert len(watched.client.images.generate("a fox")) == 1
    assert len(watched.service.requests) == 4


def test_a_transport_that_took_the_request_is_not_believed_that_it_never_connected_in_time() -> None:
    """httpx-aiohttp says so of a server that hung up instead of answering."""
    watched = watch(httpx.ConnectTimeout("slow"))
    error = watched.fails(lambda: watched.client.images.generate("a fox"))
    assert (len(watched.service.requests), error.maybe_charged) == (1, True)


def test_an_untrusted_certificate_is_final() -> None:
    import ssl

    untrusted = httpx.ConnectError("failed")
    untrusted.__cause__ = ssl.SSLCertVerificationError("self-signed")
    watched = watch(untrusted)
    error = watched.fails(lambda: watched.client.users.me())
    assert (error.attempts, error.maybe_charged) == (1, False)
    assert "certificate is not trusted" in str(error)


@pytest.mark.parametrize("end", [400, 503, httpx.ConnectError("refused"), httpx.ConnectTimeout("slow")], ids=str)
def test_doubt_about_an_earlier_attempt_stays(end: Step) -> None:
    watched = watch(httpx.ReadError("r"), end, end, end, retry=RetryPolicy(resend_in_doubt=True))
    error = watched.fails(lambda: watched.client.images.generate("a fox"))
    assert not isinstance(error, UnexpectedResponse)
    assert error.maybe_charged, "the first attempt may have been served, whatever became of the last"


def test_a_failed_get_is_never_charged() -> None:
    watched = watch(*[httpx.ReadError("r")] * 4)
    assert watched.fails(lambda: watched.client.users.me()).maybe_charged is False


def test_an_answer_of_the_wrong_shape_tells_how_it_was_reached() -> None:
    wrong = httpx.Response(200, json={"data": "none"}, headers={"x-request-id": "odd"})
    watched = watch(503, wrong)
    error = watched.fails(lambda: watched.client.images.generate("a fox"))
    assert isinstance(error, UnexpectedResponse)
    assert (error.attempts, error.request_id, error.status, error.maybe_charged) == (2, "odd", 200, True)


# --- how often and how long -------------------------------------------------------------------------------------------


def test_four_attempts_are_made_by_default() -> None:
    watched = watch(*[500] * 9)
    error = watched.fails(lambda: watched.client.images.generate("a fox"))
    assert isinstance(error, ServerError)
    assert (error.attempts, len(watched.service.requests), error.maybe_charged) == (4, 4, False)


def test_waits_double_up_to_the_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recraft._core.sending.random.random", lambda: 1.0)
    watched = watch(*[500] * 9, retry=RetryPolicy(max_attempts=6, first_wait=0.5, longest_wait=3))
    watched.fails(lambda: watched.client.users.me())
    assert watched.waits == [0.5, 1.0, 2.0, 3.0, 3.0]


def test_waits_are_drawn_from_zero_to_their_bound() -> None:
    policy = RetryPolicy(max_attempts=200, first_wait=1, longest_wait=1)
    watched = watch(*[500] * 199, retry=policy)
    watched.client.users.me()
    assert 0 <= min(watched.waits) < 0.1
    assert 0.9 < max(watched.waits) <= 1
    assert 0.4 < sum(watched.waits) / 199 < 0.6


def test_the_deadline_includes_the_waits() -> None:
    watched = watch(*[500] * 99, retry=RetryPolicy(max_attempts=99, deadline=20, first_wait=4, longest_wait=4))
    error = watched.fails(lambda: watched.client.users.me())
    assert isinstance(error, ServerError)
    assert sum(watched.waits) <= 20
    assert 5 <= error.attempts < 30


def test_a_wait_beyond_the_deadline_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recraft._core.sending.random.random", lambda: 1.0)
    watched = watch(500, retry=RetryPolicy(deadline=5, first_wait=6))
    assert watched.fails(lambda: watched.client.users.me()).attempts == 1
    assert watched.waits == []


def test_timeouts_shrink_with_the_deadline() -> None:
    watched = watch(told(503, "8"), retry=RetryPolicy(deadline=10), timeout=300)
    watched.client.users.me()
    first, second = (request.extensions["timeout"] for request in watched.service.requests)
    assert 9 < first["read"] <= 10
    assert 1 < second["read"] <= 2
    assert first["connect"] == 5.0
    assert second["connect"] <= 2


def test_timeouts_are_finite_by_default() -> None:
    watched = watch()
    watched.client.users.me()
    assert watched.service.requests[0].extensions["timeout"] == {
        "connect": 5.0,
        "write": 60.0,
        "read": 300.0,
        "pool": None,
    }


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_honoured_when_it_fits(status: int) -> None:
    watched = watch(told(status, "7"), told(status, "0"), told(status, "1.5"))
    watched.client.images.generate("a fox")
    assert watched.waits == [7.0, 1.5]


@pytest.mark.parametrize("policy", [RetryPolicy(deadline=6), RetryPolicy(longest_wait=6), None], ids=str)
def test_retry_after_beyond_what_fits_is_an_error_at_once(policy: RetryPolicy | None) -> None:
    watched = watch(told(429, "7"), retry=policy)
    error = watched.fails(lambda: watched.client.images.generate("a fox"))
    assert isinstance(error, RateLimitError)
    assert (error.retry_after, error.attempts, watched.waits) == (7.0, 1, [])


@pytest.mark.parametrize("value", ["1e400", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_an_endless_retry_after_is_an_error_at_once(value: str) -> None:
    watched = watch(told(503, value))
    error = watched.fails(lambda: watched.client.users.me())
    assert error.retry_after is not None
    assert error.retry_after > 10**9 or math.isinf(error.retry_after)


@pytest.mark.parametrize("value", ["soon", "nan", "-7", "", "\xff", "7" * 99])
def test_a_meaningless_retry_after_is_backed_off_from_as_ever(value: str) -> None:
    watched = watch(httpx.Response(503, headers=[(b"retry-after", value.encode("latin-1"))]))
    watched.client.users.me()
    assert sum(watched.waits) <= 0.5


# --- settings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [500, httpx.ConnectError("refused"), 429], ids=str)
def test_retry_none_sends_once(step: Step) -> None:
    watched = watch(step, retry=None)
    assert watched.fails(lambda: watched.client.images.generate("a fox")).attempts == 1
    assert watched.waits == []


def test_a_call_can_have_its_own_policy() -> None:
    watched = watch(*[500] * 9)
    once = watched.client.with_options(retry=None)
    assert watched.fails(lambda: once.users.me()).attempts == 1
    twice = watched.client.with_options(retry=RetryPolicy(max_attempts=2))
    assert watched.fails(lambda: twice.users.me()).attempts == 2
    assert watched.fails(lambda: watched.client.users.me()).attempts == 4, "the original is as it was"


def test_the_generated_functions_have_the_same_retries() -> None:
    from recraft_api.api.users import get_current_user

    watched = watch(503, httpx.ReadError("r"))
    assert get_current_user.sync(client=watched.client.raw) is not None
    assert len(watched.service.requests) == 3
    watched.service.script[:] = [400]
    with pytest.raises(InvalidRequestError):
        get_current_user.sync(client=watched.client.raw)


def test_every_attempt_carries_the_token_and_the_same_body() -> None:
    watched = watch(500, 500)
    watched.client.images.generate("a fox", n=2)
    assert {request.headers["authorization"] for request in watched.service.requests} == {f"Bearer {TOKEN}"}
    assert [json.loads(request.content) for request in watched.service.requests] == [{"prompt": "a fox", "n": 2}] * 3


@pytest.mark.anyio
async def test_an_awaited_call_makes_the_same_attempts() -> None:
    service, events = Service([503, told(429, "7"), httpx.ConnectError("refused")]), list[Event]()
    async with AsyncRecraft(TOKEN, base_url=BASE, limiter=None, transport=service, on_event=events.append) as client:
        assert len(await client.images.generate("a fox")) == 1
        assert [event.status for event in events if event.kind == "attempt"] == [503, 429, None, 200]
        assert 7.0 in [event.seconds for event in events if event.kind == "wait"]
        service.script[:] = [httpx.ReadError("r")]
        with pytest.raises(ConnectionFailed) as caught:
            await client.images.generate("a fox")
        assert (caught.value.attempts, caught.value.maybe_charged) == (1, True)
