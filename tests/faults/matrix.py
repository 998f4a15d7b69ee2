"""The fault matrix as data: what one attempt that meets a fault brings, for each kind of fault and each operation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from recraft.errors import (
    AuthenticationError,
    ConnectionFailed,
    DownloadError,
    ExpiredURLError,
    InsufficientCreditsError,
    InvalidRequestError,
    RateLimitError,
    RecraftError,
    ServerError,
    TimedOut,
    UnexpectedResponse,
)

from .support import HANGS, PAID


@frozen
class Met:
    """An attempt that met a fault. `error` None: the fault does no harm.

    again: it is sent again. doubt: an error that stands says `maybe_charged`. charged: what the sandbox's ledger says.
    """

    error: type[RecraftError] | None = None
    again: bool = False
    doubt: bool = False
    charged: bool = False


@frozen
class Ending:
    """What a call comes to: its error or None, the requests that were received, the charges, and `maybe_charged`."""

    error: type[RecraftError] | None
    requests: int
    charges: int
    doubt: bool = False


@frozen
class Row:
    """One fault, and what an attempt at each operation meets.

    More than one `Met` where the system decides which it is.
    """

    name: str
    kind: str
    parameters: Mapping[str, Any]
    paid: tuple[Met, ...]
    user: Met
    save: Met
    upload: tuple[Met, ...] = field()
    hangs: bool = False
    large: bool = False  # the upload is too large to leave before the connection breaks

    @upload.default
    def _as_paid(self) -> tuple[Met, ...]:
        return self.paid

    def met(self, operation: str) -> tuple[Met, ...]:
        return {
            "createImage": self.paid,
            "removeBackground": self.upload,
            "getCurrentUser": (self.user,),
            "download": (self.save,),
        }[operation]

    def endings(self, operation: str, *, faulty: int, attempts: int) -> set[Ending]:
        """Every way a call may end whose first `faulty` attempts, of `attempts` at most, meet the fault."""
        return set(self._from(operation, 1, 0, faulty, attempts))

    def _from(self, operation: str, number: int, charges: int, faulty: int, attempts: int) -> Iterator[Ending]:
        price = operation in PAID
        if number > faulty:
            yield Ending(None, number, charges + price)
            return
        for met in self.met(operation):
            if met.error is None:
                yield Ending(None, number, charges + price)
            elif met.again and number < attempts:
                yield from self._from(operation, number + 1, charges + met.charged, faulty, attempts)
            else:
                yield Ending(met.error, number, charges + met.charged, met.doubt)


HARMLESS = Met()
LOST = Met(ConnectionFailed, doubt=True, charged=True)
GATEWAY = Met(ServerError, doubt=True)
LOST_FREE = Met(ConnectionFailed, doubt=True)
NOT_DELIVERED = Met(ConnectionFailed, again=True)
UNREADABLE = Met(UnexpectedResponse, doubt=True, charged=True)
TIMED_OUT = Met(TimedOut, doubt=True, charged=True)

ASKED_AGAIN = Met(ConnectionFailed, again=True)
FETCHED_AGAIN = Met(DownloadError, again=True)


def refusal(error: type[RecraftError], again: bool = False) -> tuple[tuple[Met, ...], Met, Met]:
    """The service says no: nothing is charged, and a download is a download."""
    return (Met(error, again),), Met(error, again), Met(DownloadError, again)


def row(name: str, kind: str, paid: Any, user: Met, save: Met, **more: Any) -> Row:
    facts = {key: more.pop(key) for key in ("upload", "hangs", "large") if key in more}
    return Row(name, kind, more, paid if isinstance(paid, tuple) else (paid,), user, save, **facts)


def rows(stranger: str = "https://elsewhere.invalid") -> list[Row]:
    """The table. `stranger` is the origin that redirects lead to."""
    again = Met(TimedOut, again=True)
    # A small body is on its way before the reset comes back, or is not: then the request cannot have been served. A
    # large one has begun.
    either = (NOT_DELIVERED, LOST_FREE)
    return [
        row("late answer", "latency", TIMED_OUT, again, again, seconds=HANGS, hangs=True),
        row("an answer in good time", "latency", HARMLESS, HARMLESS, HARMLESS, seconds=0.005),
        row("headers that never end", "slow_headers", TIMED_OUT, again, again, seconds=HANGS, hangs=True),
        row("slow headers", "slow_headers", HARMLESS, HARMLESS, HARMLESS, seconds=0.002),
        row("a body that never ends", "slow_chunks", TIMED_OUT, again, again, seconds=HANGS, hangs=True),
        row("slow body", "slow_chunks", HARMLESS, HARMLESS, HARMLESS, seconds=0.002),
        row("503", "status", *refusal(ServerError, again=True), status=503),
        row("529 without a body", "status", *refusal(ServerError, again=True), status=529, body=b""),
        row("502 as HTML", "status", GATEWAY, Met(ServerError, again=True), Met(DownloadError, again=True),
            status=502, body="<html>Bad gateway</html>"),
        row("504 as HTML", "status", GATEWAY, Met(ServerError, again=True), Met(DownloadError, again=True),
            status=504, body="<html>Gateway timeout</html>"),
        row("502 of the service", "status", *refusal(ServerError, again=True), status=502, body='{"code": "busy"}'),
        row("522 as HTML", "status", *refusal(ServerError, again=True), status=522, body="<html>Not reached</html>"),
        row("500 as half JSON", "status", *refusal(ServerError, again=True), status=500, body='{"message": "ou'),
        row("400", "status", *refusal(InvalidRequestError), status=400),
        row("401", "status", *refusal(AuthenticationError)[:2], Met(ExpiredURLError), status=401),
        row("402", "status", *refusal(InsufficientCreditsError), status=402),
        row("418", "status", *refusal(ServerError), status=418),
        row("refused", "refused", either, ASKED_AGAIN, FETCHED_AGAIN, upload=either, large=True),
        row("cut off early", "reset_before_body", either, ASKED_AGAIN, FETCHED_AGAIN, upload=either, large=True),
        row("cut off unserved", "reset_after_body", LOST_FREE, ASKED_AGAIN, FETCHED_AGAIN, charged=False),
        row("cut off after service", "reset_after_body", LOST, ASKED_AGAIN, FETCHED_AGAIN, charged=True),
        row("cut off in the answer", "reset_mid_response", LOST, ASKED_AGAIN, FETCHED_AGAIN),
        row("half an answer", "truncated", LOST, ASKED_AGAIN, FETCHED_AGAIN),
        row("a lying length", "wrong_length", UNREADABLE, Met(UnexpectedResponse, again=True), Met(DownloadError)),
        row("garbage", "garbage", UNREADABLE, Met(UnexpectedResponse, again=True), Met(DownloadError)),
        row("a web page", "html", UNREADABLE, Met(UnexpectedResponse, again=True), Met(DownloadError)),
        row("another type", "wrong_type", HARMLESS, HARMLESS, HARMLESS),
        row("307", "redirect", *refusal(ServerError)[:2], Met(ExpiredURLError), status=307, location=f"{stranger}/x"),
        row("302", "redirect", *refusal(ServerError)[:2], Met(ExpiredURLError), status=302, location=f"{stranger}/x"),
        row("a gzip bomb", "gzip_bomb", UNREADABLE, Met(UnexpectedResponse), Met(DownloadError), size=8 * 2**20),
        row("headers twice", "duplicate_headers", HARMLESS, HARMLESS, HARMLESS),
        row("headers missing", "missing_headers", HARMLESS, HARMLESS, HARMLESS),
        row("429", "rate_limited", *refusal(RateLimitError, again=True)),
        row("429 for seconds", "rate_limited", *refusal(RateLimitError, again=True), retry_after=7),
        row("429 with a date of the past", "rate_limited", *refusal(RateLimitError, again=True),
            retry_after="Wed, 21 Oct 2015 07:28:00 GMT"),
        row("429 with nonsense", "rate_limited", *refusal(RateLimitError, again=True), retry_after="soon"),
        row("429 for an age", "rate_limited", *refusal(RateLimitError), retry_after="1e400"),
        row("an expired link", "expired", HARMLESS, HARMLESS, Met(ExpiredURLError)),
    ]  # fmt: skip
