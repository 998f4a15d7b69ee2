"""What became of one attempt: a result, or a failure with the error it would end the call with. Decisions only, no I/O.

After a 2xx status line there is nothing but a result or an error that says `maybe_charged`.
"""

from __future__ import annotations

import json
from typing import Any, Generic, TypeVar

import attrs
import httpx

from recraft_api.operations import SERVER

from ..errors import (
    ConnectionFailed,
    RecraftError,
    TimedOut,
    UnexpectedResponse,
    error_for,
    presentable,
)
from ..retry import Failure, Kind, sort_exception, sort_status
from .clock import clock
from .content import Content
from .exchange import Exchange, TooLarge
from .outgoing import Answer, Outgoing

T = TypeVar("T")

#: Headers that name a request for the service's support, the best first: its own, then what stands in front of it.
REQUEST_ID = (b"x-recraft-requestid", b"x-request-id", b"cf-ray")

_DOUBT = {
    "in doubt": "it may have been served and charged",
    "never delivered": "the request did not arrive: nothing was charged",
    "rejected": "nothing was charged",
    "final": "nothing was sent",
}


@attrs.frozen
class Failed:
    """A failed attempt: the fact, and the error it would end the call with."""

    failure: Failure
    error: RecraftError

    @property
    def status(self) -> int | None:
        return self.failure.status

    @property
    def request_id(self) -> str | None:
        return self.error.request_id

    @property
    def lost(self) -> bool:
        """Whether the request may have been served without an answer that was read."""
        return self.failure.kind == "in doubt" or bool(self.error.maybe_charged)


@attrs.frozen
class Judge(Generic[T]):
    """Judges one attempt of a call; `lost_before` tells whether an attempt before it may have been served."""

    call: Outgoing[T]
    secret: str
    attempts: int
    lost_before: bool
    seconds: float

    def answered(self, head: httpx.Response, content: Content) -> Answer[T] | Failed:
        """An answer that was read to its end."""
        if not head.is_success:
            return self._refused(head, content)
        try:
            if not self.call.answered:
                result = self.call.read(None, content)
            elif content.text:
                result = self.call.read(_parsed(content.text), content)
            else:
                return self._unreadable(head, "the service answered with an empty body")
        except UnexpectedResponse as error:
            return self._unreadable(head, error.message, kind="final")
        except Exception as error:  # whatever it is: the result was paid for, and somebody has to hear of it
            if _is_json(content.text):
                return self._unreadable(
                    head, f"the answer has not the shape the API describes ({type(error).__name__})", kind="final"
                )
            described = presentable(head.headers.get("content-type", "no content type"), self.secret)
            what = f"{len(content.whole())} bytes that are not JSON ({described})"
            return self._unreadable(head, f"the service answered {head.status_code} with {what}")
        return self._success(result, head)

    def broken(self, caught: Exception, exchange: Exchange, content: Content) -> Answer[T] | Failed:
        """An attempt without a whole answer."""
        if isinstance(caught, RecraftError):  # the caller's file could not be read to its end, or the client is closed
            caught.operation, caught.attempts = self.call.operation, self.attempts - (not exchange.body.begun)
            return Failed(Failure("final", type(caught).__name__), caught)
        head = exchange.head
        if head is not None and not head.is_success:  # its status was read
            return self._refused(head, content)
        if head is not None and isinstance(caught, TooLarge):
            return self._unreadable(head, f"the answer is larger than {caught.limit} bytes", kind="final")
        if head is not None and isinstance(caught, httpx.DecodingError):
            return self._unreadable(head, str(caught))
        if exchange.stalled:
            caught = httpx.WriteTimeout("the server stopped reading the request")
        failure = sort_exception(caught, may_have_arrived=exchange.may_have_arrived, begun=exchange.body.begun)
        safe = failure.kind == "in doubt" and self.call.idempotent
        doubt = "the request changes nothing and is safe to repeat" if safe else _DOUBT[failure.kind]
        detail = presentable(str(caught), self.secret) or "no detail"
        where = f"the proxy {exchange.stopped_at}" if exchange.stopped_at else self.call.url.host
        text = f"{failure.reason} at {where}: {detail} ({doubt})"
        return self._failed(TimedOut if failure.timed_out else ConnectionFailed, text, failure, head)

    def _refused(self, head: httpx.Response, content: Content) -> Answer[T] | Failed:
        """An answer other than a success, whatever its body looks like."""
        if head.status_code == 404 and self.lost_before and self.call.method == "DELETE":
            return self._success(self.call.read(None, content), head, status=204)  # the attempt before has done it
        code, message, own_word = _reason(head.headers.get("content-type", ""), bytes(content.text))
        failure = sort_status(head.status_code, head.headers, own_word=own_word, wall=clock.wall())
        if 300 <= head.status_code < 400:
            message = "the service redirected; the token and the upload are never sent to another address"
        text = f"{head.status_code}: {presentable(message, self.secret) or 'no readable message'}"
        if head.status_code == 404 and not own_word:
            text += self._without_version()
        if failure.kind == "in doubt" and not self.call.idempotent:
            text += f" (a gateway answered, not the service: {_DOUBT['in doubt']})"
        code = presentable(code, self.secret) if isinstance(code, str) else code
        return self._failed(
            error_for(head.status_code, code), text, failure, head, code=code, retry_after=failure.retry_after
        )

    def _without_version(self) -> str:
        """What to say when nothing at all seems to be at a path: where `base_url` stops short of the API."""
        version = httpx.URL(SERVER).path.rstrip("/")
        if not version or f"{version}/" in self.call.url.path:
            return ""
        return f" (there is no {version} in the address of this call: base_url usually ends in it, as {SERVER} does)"

    def _success(self, result: T, head: httpx.Response, status: int | None = None) -> Answer[T]:
        request_id = _request_id(head, self.secret)
        return Answer(result, status or head.status_code, head.headers, request_id, self.attempts, self.seconds)

    def _unreadable(self, head: httpx.Response, text: str, kind: Kind = "in doubt") -> Failed:
        failure = Failure(kind, "UnexpectedResponse", status=head.status_code)
        return self._failed(UnexpectedResponse, text, failure, head, charged=True)

    def _failed(
        self,
        kind: type[RecraftError],
        text: str,
        failure: Failure,
        head: httpx.Response | None,
        *,
        charged: bool = False,
        **facts: Any,
    ) -> Failed:
        error = kind(
            f"{self.call.operation}: {text}",
            operation=self.call.operation,
            status=failure.status,
            attempts=self.attempts,
            request_id=_request_id(head, self.secret) if head is not None else None,
            maybe_charged=(charged or failure.kind == "in doubt") and not self.call.idempotent,
            **facts,
        )
        return Failed(failure, error)


def _reason(content_type: str, body: bytes) -> tuple[str | int | None, str, bool]:
    """Code and message of an error, and whether it is in the service's own form: JSON, flat or one level down.

    The service writes plain text too, as gateways do. What does not say what it is may be JSON.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "text/plain":
        return None, body[:1000].decode("utf-8", "replace"), False
    if kind and not kind.endswith("json"):
        return None, "", False  # HTML: the status alone has to say it
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        return None, "", False
    nested = parsed.get("error") if isinstance(parsed, dict) else None
    inner = nested if isinstance(nested, dict) else parsed
    if not isinstance(inner, dict):
        return None, "", False
    words = [value for key in ("message", "error", "detail") if isinstance(value := inner.get(key), str)]
    code = inner.get("code") if isinstance(inner.get("code"), str | int) else None
    return (None if isinstance(code, bool) else code), next(iter(words), ""), code is not None or bool(words)


def _parsed(text: bytearray) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        # A number of more than 4,300 digits, which Python does not read, or a letter cut in two: nothing that a paid
        # image should be lost to.
        read = text.decode(json.detect_encoding(text), "replace")
        return json.loads(read, parse_int=lambda digits: int(digits) if len(digits) < 1000 else None)


def _is_json(text: bytearray) -> bool:
    try:
        _parsed(text)
    except (ValueError, RecursionError):
        return False
    return True


def _request_id(response: httpx.Response, secret: str) -> str | None:
    there = {name.lower() for name, _ in response.headers.raw}  # looking one up in vain takes httpx longest
    value = next((found for name in REQUEST_ID if name in there and (found := response.headers[name.decode()])), None)
    return presentable(value, secret)[:100] if value else None
