"""How a call is sent: limiter, attempts, retries and errors, written once for both clients as a flow (see `_effects`)."""

from __future__ import annotations

import contextlib
import functools
import itertools
import json
import logging
import math
import random
from collections.abc import Callable
from typing import Any, Literal

import attrs
import httpx

from ._clock import clock
from ._effects import Body, Exchange, Flow, Run, Sleep, TooLarge
from ._settings import FOR_EVER
from .errors import (
    ConnectionFailed,
    InputError,
    RecraftError,
    TimedOut,
    UnexpectedResponse,
    error_for_status,
    presentable,
)
from .events import Event, Listener
from .limiter import LimiterUnavailable, RateLimiter, Ticket
from .retry import Failure, Kind, RetryPolicy, sort_exception, sort_status

#: The largest answer that is read, in bytes after decompression: six images of 30 MB as base64 fit, a gzip bomb does not.
MAX_ANSWER = 256 * 2**20

_calls = itertools.count(1)
_jitter = random.Random()


class Answer(httpx.Response):
    """A successful answer, read whole and parsed once; `json()` gives what was parsed."""

    parsed: Any = None
    attempts = 1
    request_id: str | None = None

    def json(self, **kwargs: Any) -> Any:
        return self.parsed


@attrs.frozen
class Failed:
    """A failed attempt: the fact, and the error it would end the call with."""

    failure: Failure
    error: RecraftError

    @property
    def status(self) -> int | None:
        return self.failure.status

    @property
    def reason(self) -> str:
        return self.failure.reason

    @property
    def retry_after(self) -> float | None:
        return self.failure.retry_after


@attrs.frozen(kw_only=True)
class Attempts:
    """What `send` needs to know about one call, besides its request."""

    operation: str
    policy: RetryPolicy
    idempotent: bool
    answers_json: bool = True
    images: int = 0
    limiter: RateLimiter | None = None
    key: str = ""  # of the account, in the limiter
    on_event: Listener | None = None
    secret: str = attrs.field(default="", repr=False)  # never to be repeated, whatever the server says


class Sending:
    """One call on its way: what happened so far, and what to do next."""

    def __init__(
        self, request: httpx.Request, call: Attempts, transport: httpx.BaseTransport | httpx.AsyncBaseTransport
    ) -> None:
        self.request, self.call, self.transport = request, call, transport
        self.policy = call.policy
        self.number = next(_calls)
        self.started = clock.now()
        self.sent = 0
        self.free = 0  # attempts that a 429 did not use up
        self.throttled_since: float | None = None
        self.request_id: str | None = None
        self.in_doubt = False
        assert isinstance(request.stream, httpx.SyncByteStream | httpx.AsyncByteStream)
        self.body = Body(request.stream, float(request.headers.get("content-length", "inf")))

    def run(self) -> Flow[Answer]:
        """Send until the request is answered, refused for good, in doubt, or out of attempts or time."""
        ticket: Ticket | None = None
        try:
            while True:
                ticket = yield from self._wait_for_turn(ticket)
                outcome = yield from self._attempt(ticket)
                if isinstance(outcome, Answer):
                    self._tell("outcome", status=outcome.status_code, seconds=clock.now() - self.started)
                    return outcome
                if outcome.status != 429:
                    ticket = None  # one that met a 429 keeps its place in the queue
                wait = self._wait_before_retry(outcome, ticket)
                if wait is None:
                    raise outcome.error
                if wait > 0:
                    self._tell("wait", seconds=wait, reason="retry")
                    yield Sleep(wait)
        except RecraftError as caught:
            error = caught
        except BaseException as left:  # cancelled or interrupted: nobody will hear of this call again
            self._tell("outcome", error=type(left).__name__, seconds=clock.now() - self.started)
            raise
        error.maybe_charged = error.maybe_charged or self.in_doubt
        self._tell("outcome", status=error.status, error=type(error).__name__, seconds=clock.now() - self.started)
        # Without the chain: what httpx raised holds the request, and with it the token.
        error.__cause__ = error.__context__ = None
        raise error.with_traceback(None)

    def _wait_for_turn(self, ticket: Ticket | None) -> Flow[Ticket | None]:
        """Wait until the limiter lets this attempt go. Leaving early, for whatever reason, gives the reservation back."""
        limiter = self.call.limiter
        if limiter is None:
            return None
        try:
            ticket = ticket or limiter.ticket(self.call.key, images=self.call.images)
        except ValueError as impossible:
            raise self._error(InputError, str(impossible)) from None
        # A call is counted when it is let go, so it must leave at once. Where hundreds of tasks start together, all of them first come
        # this far: otherwise the first would be counted, and then wait for the others to build their requests.
        yield Sleep(0.0)
        told = False
        try:
            while (delay := (yield Run(ticket.ask, limiter.blocking))) > 0:
                if delay > self._left():
                    text = f"the rate limit holds this call for {delay:.1f} s more, past its deadline of {self.policy.deadline} s"
                    raise self._error(TimedOut, text)
                if not told:
                    self._tell("wait", seconds=delay, reason="rate limit")
                    told = True
                yield Sleep(min(delay, limiter.renew))
        except LimiterUnavailable as broken:
            raise self._error(
                ConnectionFailed, f"the rate limiter's store failed, so nothing was sent: {broken}"
            ) from None
        except BaseException:
            with contextlib.suppress(LimiterUnavailable):  # the reason for leaving matters more
                ticket.cancel()  # not an effect: a cancelled task cannot wait for a thread
            raise
        return ticket

    def _attempt(self, ticket: Ticket | None) -> Flow[Answer | Failed]:
        """Send once, sort what came of it, and tell the limiter."""
        began = clock.now()
        self.sent += 1
        self.request_id = None
        self.body.reset()
        if ticket and self.call.limiter:
            self.body.on_leaving = Run(functools.partial(_leaving, ticket), self.call.limiter.blocking)
        content = bytearray()
        request = httpx.Request(
            self.request.method,
            self.request.url,
            headers=self.request.headers,
            stream=self.body,
            extensions={**self.request.extensions, "timeout": (timeout := self._timeout())},
        )
        outcome: Answer | Failed
        try:
            head = yield Exchange(
                self.transport, request, self.body, lambda _, chunk: content.extend(chunk), MAX_ANSWER,
                self._left(), math.inf if timeout["read"] is None else timeout["read"],
            )  # fmt: skip
        except Exception as caught:
            outcome = self._broken(caught, bytes(content))
        except BaseException:
            if ticket:
                with contextlib.suppress(LimiterUnavailable):
                    ticket.settled()
            raise
        else:
            self.request_id = _request_id(head, self.call.secret)
            outcome = self._read(head, bytes(content)) if head.is_success else self._refused(head, bytes(content))
        status, reason = (
            (outcome.status_code, None) if isinstance(outcome, Answer) else (outcome.status, outcome.reason)
        )
        self._tell("attempt", status=status, error=reason, seconds=clock.now() - began)
        report: Callable[[], None] | None = ticket.settled if ticket else None
        if isinstance(outcome, Failed):
            self.in_doubt |= outcome.error.maybe_charged
            if ticket and outcome.status == 429:
                pause = outcome.retry_after
                report = functools.partial(
                    ticket.rejected, pause if pause is None else min(pause, self.policy.longest_wait)
                )
        if report:
            with contextlib.suppress(LimiterUnavailable):  # what came of the call matters more
                yield Run(report, self.call.limiter is not None and self.call.limiter.blocking)
        return outcome

    def _wait_before_retry(self, failed: Failed, ticket: Ticket | None) -> float | None:
        """Seconds until the next attempt, None when this failure stands."""
        if failed.status == 429 and ticket is not None:
            self.throttled_since = clock.now() if self.throttled_since is None else self.throttled_since
            patient = clock.now() - self.throttled_since < self.policy.rate_limit_patience
            if patient and (failed.retry_after or 0.0) <= min(self.policy.longest_wait, self._left()):
                self.free += 1
                return 0.0  # the limiter has paused everyone on this account, this call included
        wait = self.policy.wait_before_retry(
            failed.failure, attempts=self.sent - self.free, idempotent=self.call.idempotent, jitter=_jitter.random()
        )
        return wait if wait is not None and wait < self._left() else None

    def _read(self, head: httpx.Response, content: bytes) -> Answer | Failed:
        """A success, parsed, or the error that says why it cannot be read."""
        parsed = None
        if content or self.call.answers_json:
            try:
                parsed = json.loads(content)
            except (ValueError, RecursionError):
                kind = head.headers.get("content-type", "no content type")
                shown = (
                    f"{len(content)} bytes that are not JSON ({presentable(kind, self.call.secret)})"
                    if content
                    else "an empty body"
                )
                return self._unreadable(
                    f"the service answered {head.status_code} with {shown}", "in doubt", head.status_code
                )
        headers = [
            (key, value)
            for key, value in head.headers.multi_items()
            if key not in ("content-encoding", "content-length")
        ]
        answer = Answer(head.status_code, headers=headers, content=content)
        answer.parsed, answer.attempts, answer.request_id = parsed, self.sent, self.request_id
        return answer

    def _refused(self, head: httpx.Response, content: bytes) -> Failed:
        """An answer other than a success, whatever its body looks like."""
        failure = sort_status(head.status_code, head.headers, wall=clock.wall())
        status, code, message = head.status_code, None, ""
        try:
            parsed = json.loads(content)
            nested = parsed.get("error") if isinstance(parsed, dict) else None
            body = nested if isinstance(nested, dict) else parsed
            if isinstance(body, dict):
                message = next(
                    (value for key in ("message", "error", "detail") if isinstance(value := body.get(key), str)), ""
                )
                code = body["code"] if isinstance(body.get("code"), str | int) else None
        except (ValueError, RecursionError):
            pass  # HTML, empty, cut short: the status alone has to say it
        if 300 <= status < 400:
            message = "the service redirected; the token and the upload are never sent to another address"
        text = f"{status}: {presentable(message, self.call.secret) or 'no readable message'}"
        code = presentable(code, self.call.secret) if isinstance(code, str) else code
        error = self._error(error_for_status(status), text, status=status, code=code, retry_after=failure.retry_after)
        return Failed(failure, error)

    def _broken(self, caught: Exception, content: bytes) -> Failed:
        """An attempt without a whole answer."""
        if isinstance(caught, RecraftError):  # the caller's file could not be read to its end
            return Failed(Failure("final", type(caught).__name__), caught)
        head = self.body.head
        if head is not None and not head.is_success:  # its status was read: it was refused, and cost nothing
            self.request_id = _request_id(head, self.call.secret)
            return self._refused(head, content)
        if isinstance(caught, TooLarge):
            return self._unreadable(f"the answer is larger than {MAX_ANSWER} bytes", "final")
        if isinstance(caught, httpx.DecodingError):
            return self._unreadable("the answer's compression is broken", "in doubt")
        # A success that was begun is in doubt, even where it came before the request was out.
        failure = sort_exception(caught, sent_whole=head is not None or self.body.may_have_arrived)
        if failure.kind == "in doubt" and self.call.idempotent:
            doubt = "the request changes nothing and is safe to repeat"
        else:
            doubt = {
                "in doubt": "the request went out whole: it may have been served and charged",
                "never delivered": "the request did not arrive whole: nothing was charged",
                "final": "nothing was sent",
            }[failure.kind]
        detail = presentable(str(caught), self.call.secret) or "no detail"
        text = f"{failure.reason} at {self.request.url.host}: {detail} ({doubt})"
        kind = TimedOut if failure.timed_out else ConnectionFailed
        return Failed(failure, self._error(kind, text, charged=failure.kind == "in doubt"))

    def _unreadable(self, text: str, kind: Kind, status: int | None = None) -> Failed:
        error = self._error(UnexpectedResponse, text, charged=True, status=status)
        return Failed(Failure(kind, "UnexpectedResponse", status=status), error)

    def _error(self, kind: type[RecraftError], text: str, *, charged: bool = False, **facts: Any) -> RecraftError:
        return kind(
            f"{self.call.operation}: {text}",
            operation=self.call.operation,
            attempts=self.sent,
            request_id=self.request_id,
            maybe_charged=charged and not self.call.idempotent,
            **facts,
        )

    def _left(self) -> float:
        """Seconds until the deadline."""
        return math.inf if self.policy.deadline is None else self.started + self.policy.deadline - clock.now()

    def _timeout(self) -> dict[str, float | None]:
        """The request's timeouts in seconds, each cut to what the deadline leaves."""
        timeout: dict[str, float | None] = dict.fromkeys(("connect", "read", "write", "pool"))
        timeout.update(self.request.extensions.get("timeout", {}))
        left = self._left()
        if left > FOR_EVER:
            return timeout
        return {key: max(0.001, left if value is None else min(value, left)) for key, value in timeout.items()}

    def _tell(self, kind: Literal["attempt", "wait", "outcome"], **facts: Any) -> None:
        if self.call.on_event is not None:
            event = Event(
                kind=kind, call=self.number, operation=self.call.operation, attempt=self.sent, request_id=self.request_id, **facts
            )  # fmt: skip
            try:
                self.call.on_event(event)
            except Exception:  # a paid result must not be lost to a broken listener
                logging.getLogger("recraft").exception("the on_event listener failed")


def _leaving(ticket: Ticket) -> None:
    with contextlib.suppress(LimiterUnavailable):  # then it stays counted as it was
        ticket.left()


def _request_id(response: httpx.Response, secret: str) -> str | None:
    value = response.headers.get("x-request-id") or response.headers.get("cf-ray")
    return presentable(value, secret)[:100] if value else None
