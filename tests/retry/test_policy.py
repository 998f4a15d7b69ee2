"""The retry policy's decisions, as tables: nothing here sends, sleeps or reads a clock."""

from __future__ import annotations

import copy
import math
import pickle
import ssl
from email.utils import formatdate
from typing import Any

import attrs
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recraft import InputError, RetryPolicy
from recraft.retry import NO_RETRY, TEMPORARY, Failure, Kind, parse_retry_after, sort_exception, sort_status

NOW = 1_800_000_000.0


def certificate_error() -> httpx.ConnectError:
    error = httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED]")
    error.__cause__ = ssl.SSLCertVerificationError("self-signed certificate")
    return error


EXCEPTIONS: list[tuple[Exception, bool, Kind]] = [
    # what happened, whether the body had begun to go out, what it was
    (httpx.ConnectError("refused"), False, "never delivered"),
    (httpx.ConnectError("no such host"), True, "never delivered"),
    (httpx.ConnectTimeout("slow"), True, "never delivered"),
    (httpx.PoolTimeout("full"), True, "never delivered"),
    (httpx.ProxyError("403"), True, "never delivered"),
    (httpx.ReadTimeout("slow"), True, "in doubt"),
    (httpx.ReadTimeout("slow"), False, "never delivered"),
    (httpx.ReadError("reset"), True, "in doubt"),
    (httpx.ReadError("reset"), False, "never delivered"),
    (httpx.WriteError("broken pipe"), False, "never delivered"),
    (httpx.WriteTimeout("slow"), False, "never delivered"),
    (httpx.RemoteProtocolError("disconnected without sending a response"), True, "in doubt"),
    (httpx.RemoteProtocolError("incomplete body"), True, "in doubt"),
    (httpx.RemoteProtocolError("disconnected without sending a response"), False, "never delivered"),
    (httpx.CloseError("late"), True, "in doubt"),
    (httpx.ProxyError("407 Proxy Authentication Required"), False, "final"),
    (RuntimeError("a transport of somebody's own"), True, "in doubt"),
    (RuntimeError("a time limit of somebody's own"), False, "final"),
    (OSError("no route to host"), False, "never delivered"),
    (certificate_error(), False, "final"),
    (httpx.UnsupportedProtocol("gopher"), True, "final"),
    (httpx.LocalProtocolError("illegal header"), True, "final"),
    (httpx.InvalidURL("no"), True, "final"),
]


@pytest.mark.parametrize(("error", "begun", "kind"), EXCEPTIONS, ids=lambda value: getattr(value, "args", [value])[0])
def test_an_exception_is_sorted_by_whether_the_body_had_begun(error: Exception, begun: bool, kind: Kind) -> None:
    failure = sort_exception(error, may_have_arrived=begun)
    assert failure.kind == kind
    assert failure.timed_out == isinstance(error, httpx.TimeoutException)
    assert failure.status is None


@pytest.mark.parametrize("status", [*range(300, 309), *range(400, 600)])
def test_a_status_is_rejected_when_it_may_pass_and_final_otherwise(status: int) -> None:
    failure = sort_status(status, {}, wall=NOW)
    temporary = status in {408, 409, 425, 429, 500, 502, 503, 504} or 520 <= status <= 529
    unreached = status in {521, 522, 523, 525, 526}
    assert (failure.kind, failure.status) == (
        "never delivered" if unreached else "rejected" if temporary else "final",
        status,
    )
    assert (status in TEMPORARY) == temporary


@pytest.mark.parametrize("status", [*range(300, 309), *range(400, 600)])
def test_a_gateway_that_speaks_for_the_service_says_nothing_about_it(status: int) -> None:
    own, foreign = (sort_status(status, {}, own_word=own, wall=NOW).kind for own in (True, False))
    assert foreign == ("in doubt" if status in {502, 504, 520, 524} else own)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("0", 0.0),
        ("7", 7.0),
        (" 7 ", 7.0),
        ("1.5", 1.5),
        ("-3", 0.0),
        ("-inf", 0.0),
        ("inf", math.inf),
        ("1e400", math.inf),
        ("99999999999", 99999999999.0),
        ("nan", None),
        ("soon", None),
        ("7 seconds", None),
        ("7, 8", None),
        ("0x10", None),
        ("\0", None),
        ("7" * 65, None),
        (formatdate(NOW + 30, usegmt=True), 30.0),
        (formatdate(NOW - 30, usegmt=True), 0.0),
        ("Fri, 15 Jan 2027 08:00:30 -0000", 30.0),
        ("Fri, 15 Jan 2027 09:00:30 +0100", 30.0),
        ("Fri, 31 Feb 2027 08:00:30 GMT", None),
        ("Fri, 15 Jan 99999 08:00:30 GMT", None),
        ("Wed, 3 Nov", None),
    ],
)
def test_a_retry_after_header_is_read_as_seconds(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value, wall=NOW) == (None if seconds is None else pytest.approx(seconds))


@given(
    st.text(max_size=70)
    | st.from_regex(r"[A-Z][a-z]{2}, [0-9]{1,3} [A-Z][a-z]{2} [0-9]{1,5} [0-9:]{1,8} [A-Z+-0-9]{0,6}")
)
def test_no_retry_after_breaks_anything(value: str) -> None:
    seconds = parse_retry_after(value, wall=NOW)
    assert seconds is None or seconds >= 0.0


def rejected(status: int = 503, retry_after: float | None = None) -> Failure:
    return Failure("rejected", str(status), status=status, retry_after=retry_after)


NEVER, DOUBT, FINAL = (Failure(kind, "x") for kind in ("never delivered", "in doubt", "final"))

DECISIONS: list[tuple[str, dict[str, Any], Failure, dict[str, Any], float | None]] = [
    # what, the policy, the failure, the call, the wait
    ("never delivered", {}, NEVER, {}, 0.5),
    ("rejected", {}, rejected(), {}, 0.5),
    ("rejected for good", {}, rejected(400), {}, None),
    ("in doubt", {}, DOUBT, {}, None),
    ("in doubt, a GET", {}, DOUBT, {"idempotent": True}, 0.5),
    ("in doubt, and asked for", {"resend_in_doubt": True}, DOUBT, {}, 0.5),
    ("final", {"resend_in_doubt": True}, FINAL, {"idempotent": True}, None),
    ("the second wait", {}, NEVER, {"attempts": 2}, 1.0),
    ("the third wait", {}, NEVER, {"attempts": 3}, 2.0),
    ("the last attempt", {}, NEVER, {"attempts": 4}, None),
    ("one attempt", {"max_attempts": 1}, NEVER, {}, None),
    ("the cap", {"max_attempts": 99, "longest_wait": 3}, NEVER, {"attempts": 20}, 3.0),
    ("far beyond the cap", {"max_attempts": 10**6}, NEVER, {"attempts": 10**5}, 60.0),
    ("no jitter", {}, NEVER, {"jitter": 0.0}, 0.0),
    ("half the jitter", {"first_wait": 4}, NEVER, {"jitter": 0.5}, 2.0),
    ("told to wait", {}, rejected(429, 7.0), {"jitter": 0.1}, 7.0),
    ("told to come at once", {}, rejected(503, 0.0), {}, 0.0),
    ("told to wait the longest", {}, rejected(503, 60.0), {}, 60.0),
    ("told to wait longer", {}, rejected(503, 60.1), {}, None),
    ("told to wait for ever", {}, rejected(503, math.inf), {}, None),
    ("told to wait, too often", {}, rejected(503, 1.0), {"attempts": 4}, None),
    ("no retries", {"max_attempts": 1, "rate_limit_patience": 0}, rejected(429), {}, None),
]


@pytest.mark.parametrize(("what", "policy", "failure", "call", "wait"), DECISIONS, ids=lambda value: str(value)[:40])
def test_the_policy_decides_whether_and_when_a_failure_is_sent_again(
    what: str, policy: dict[str, Any], failure: Failure, call: dict[str, Any], wait: float | None
) -> None:
    circumstances = {"attempts": 1, "idempotent": False, "jitter": 1.0, **call}
    assert RetryPolicy(**policy).wait_before_retry(failure, **circumstances) == wait


@given(st.integers(1, 200), st.floats(0, 1), st.floats(0.001, 1e6), st.floats(0.001, 1e6))
def test_no_wait_is_longer_than_allowed(attempts: int, jitter: float, first: float, longest: float) -> None:
    policy = RetryPolicy(max_attempts=201, first_wait=first, longest_wait=longest)
    wait = policy.wait_before_retry(NEVER, attempts=attempts, idempotent=False, jitter=jitter)
    assert wait is not None
    assert 0.0 <= wait <= longest


def test_no_retry_sends_once() -> None:
    assert NO_RETRY.wait_before_retry(NEVER, attempts=1, idempotent=True, jitter=0.0) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"max_attempts": 0},
        {"max_attempts": True},
        {"max_attempts": 2.0},
        {"max_attempts": None},
        {"deadline": 0},
        {"deadline": -1.0},
        {"deadline": "10"},
        {"deadline": math.nan},
        {"first_wait": 0},
        {"first_wait": None},
        {"longest_wait": math.nan},
    ],
    ids=str,
)
def test_a_policy_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=next(iter(wrong))):
        RetryPolicy(**wrong)


@pytest.mark.parametrize("wrong", [-1, math.nan, "10", True], ids=str)
def test_a_patience_that_makes_no_sense_is_refused(wrong: Any) -> None:
    with pytest.raises(InputError, match="rate_limit_patience"):
        RetryPolicy(rate_limit_patience=wrong)


def test_a_policy_is_a_value() -> None:
    policy = RetryPolicy(max_attempts=2)
    assert policy == RetryPolicy(max_attempts=2) != RetryPolicy()
    assert pickle.loads(pickle.dumps(policy)) == copy.deepcopy(policy) == policy
    assert attrs.evolve(policy, max_attempts=4) == RetryPolicy()
    assert len({policy, RetryPolicy(max_attempts=2)}) == 1
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        policy.max_attempts = 3  # type: ignore[misc]
