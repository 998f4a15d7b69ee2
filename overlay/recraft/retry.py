"""When a failed call is sent again. Decisions only: nothing here sleeps, sends or reads a clock.

Every call costs money and the API has no idempotency key, so the question is never "did it fail?" but "may it have been
served?". A failed attempt is one of four things:

* *never delivered*: no byte of the body reached the service (DNS, connect, TLS, proxy; 521..523, 525 and 526). Safe to
send again.
* *rejected*: the service answered with an error. Units are deducted on success only, so it is safe too, where waiting
may help.
* *in doubt*: the body began to go out and no whole answer came back, or a gateway answered for the service (502, 504,
  520 and 524 without an error in the service's own form). It may have been served and charged.
* *final*: sending it again cannot help (400, 401, 402, 403, 404, 413, 422, an untrusted certificate).
"""

from __future__ import annotations

import math
import ssl
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any, Literal, TypeAlias, TypeGuard

import attrs
import httpx

from .errors import InputError

Kind: TypeAlias = Literal["never delivered", "rejected", "in doubt", "final"]

#: Refusals that a later attempt may not meet; 520..529 are what proxies in front of a service answer.
TEMPORARY = frozenset({408, 409, 425, 429, 500, 502, 503, 504, *range(520, 530)})

#: Answers of a gateway that heard nothing, or nonsense, from the service: it may have done the work all the same.
GATEWAY = frozenset({502, 504, 520, 524})

#: Answers of a gateway that never reached the service: down, no connection, no route, no TLS.
UNREACHED = frozenset({521, 522, 523, 525, 526})

#: Errors after which no part of a request can have been served.
_NOT_CONNECTED = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


@attrs.frozen
class Failure:
    """What became of one attempt that brought no result."""

    kind: Kind
    reason: str  # for people: "429", "ReadTimeout"
    status: int | None = None
    retry_after: float | None = None
    timed_out: bool = False


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _positive(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if value is None and attribute.default is None:
        return
    if not (_is_number(value) and value > 0):
        raise InputError(f"{attribute.name} must be a number above 0, not {value!r}.")


def _not_negative(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if not (_is_number(value) and value >= 0):
        raise InputError(f"{attribute.name} must be a number, 0 or above, not {value!r}.")


def _at_least_one(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise InputError(
            f"max_attempts must be a whole number of 1 or more, not {value!r}. Use retry=None for no retries."
        )


def _true_or_false(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if not isinstance(value, bool):  # "false" from an environment variable would count as True, and pay twice
        raise InputError(f"{attribute.name} must be True or False, not {value!r}.")


@attrs.frozen(kw_only=True)
class RetryPolicy:
    """How a client retries. Immutable; change one with `attrs.evolve(policy, max_attempts=2)`.

    Attributes:
        max_attempts: How often a call is sent at most, the first time included (1 or more).
        deadline: Seconds for the whole call, waits for retries and the rate limiter included. None for no limit.
        first_wait: Upper bound of the first wait, in seconds; it doubles with every attempt. The wait itself is drawn
            evenly from zero to that bound (full jitter), so that clients which failed together do not come back
            together.
        longest_wait: Upper bound of any wait, in seconds. A service that asks for more gets no retry, the error comes
            at once.
        resend_in_doubt: Send a POST again although it may have been served. **It may be paid for twice.**
        rate_limit_patience: For this many seconds a 429 is waited out without using up an attempt; needs a rate
            limiter.
    """

    max_attempts: int = attrs.field(default=4, validator=_at_least_one)
    deadline: float | None = attrs.field(default=None, validator=_positive)
    first_wait: float = attrs.field(default=0.5, validator=_positive)
    longest_wait: float = attrs.field(default=60.0, validator=_positive)
    resend_in_doubt: bool = attrs.field(default=False, validator=_true_or_false)
    rate_limit_patience: float = attrs.field(default=600.0, validator=_not_negative)

    def wait_before_retry(self, failure: Failure, *, attempts: int, idempotent: bool, jitter: float) -> float | None:
        """Seconds to wait before the next attempt, or None when there must not be one.

        `attempts` have been made so far, and `jitter` is a random number from 0 to 1.
        """
        if attempts >= self.max_attempts or not self._may_resend(failure, idempotent):
            return None
        if failure.retry_after is not None:
            return failure.retry_after if failure.retry_after <= self.longest_wait else None
        return jitter * min(self.longest_wait, self.first_wait * 2.0 ** min(attempts - 1, 64))

    def _may_resend(self, failure: Failure, idempotent: bool) -> bool:
        if failure.kind == "in doubt":
            return idempotent or self.resend_in_doubt
        return failure.kind == "never delivered" or (failure.kind == "rejected" and failure.status in TEMPORARY)


#: What `retry=None` means: one attempt.
NO_RETRY = RetryPolicy(max_attempts=1, rate_limit_patience=0)


def sort_exception(error: Exception, *, may_have_arrived: bool, begun: bool = False) -> Failure:
    """Which of the four an attempt was that ended in `error`; `may_have_arrived` tells whether a part of the body can
    have gone out, and `begun` whether the transport has asked for it.
    """
    reason = type(error).__name__
    timed_out = isinstance(error, httpx.TimeoutException)
    # Only while connecting: later, a certificate error in the chain is the caller's own, from around the call.
    if isinstance(error, httpx.ConnectError) and _is_certificate_error(error):
        return Failure("final", "the server's certificate is not trusted")
    if isinstance(error, httpx.UnsupportedProtocol | httpx.LocalProtocolError | httpx.InvalidURL):
        return Failure("final", reason)
    if isinstance(error, httpx.ProxyError) and str(error).startswith("407"):
        return Failure("final", f"{reason} (the proxy wants a user name and a password in its address, or others)")
    if not may_have_arrived and not isinstance(error, httpx.HTTPError | OSError):
        return Failure("final", reason)  # not the network's: a signal handler's, such as a task queue's time limit
    # Not by its name alone: httpx-aiohttp says ConnectTimeout also of a server that had the whole request and hung up.
    connected = not isinstance(error, _NOT_CONNECTED) or (begun and isinstance(error, httpx.ConnectTimeout))
    if not connected or not may_have_arrived:
        return Failure("never delivered", reason, timed_out=timed_out)
    return Failure("in doubt", reason, timed_out=timed_out)


def sort_status(status: int, headers: Mapping[str, str], *, own_word: bool = True, wall: float) -> Failure:
    """Which of the four an answer with a status other than 2xx is.

    `own_word` tells whether the body is an error in the service's own form, and `wall` is now, in seconds since the
    epoch.
    """
    kind: Kind = "rejected" if status in TEMPORARY else "final"
    if status in UNREACHED:
        kind = "never delivered"
    elif status in GATEWAY and not own_word:
        kind = "in doubt"
    retry_after = parse_retry_after(headers.get("retry-after"), wall=wall)
    return Failure(kind, str(status), status=status, retry_after=retry_after)


def parse_retry_after(value: str | None, *, wall: float) -> float | None:
    """Seconds to wait from a `Retry-After` header: a number or an HTTP date.

    None for anything that is neither; never negative.
    """
    if not value or len(value) > 64:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            date = parsedate_to_datetime(value)
            seconds = (
                date if date.tzinfo else date.replace(tzinfo=UTC)
            ).timestamp() - wall  # a date without a zone is in GMT
        except (ValueError, OverflowError, OSError):
            return None
    return None if math.isnan(seconds) else max(0.0, seconds)


def _is_certificate_error(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
