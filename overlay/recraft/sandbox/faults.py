"""Faults on demand: which request goes wrong, and how.

A `FaultPlan` is data. Counting how often its rules have matched is the business of a `FaultScript`, so one plan can be
used again and again.
"""

from __future__ import annotations

import itertools
import random
import threading
from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from attrs import define, evolve, field, frozen

from recraft.sandbox.service import DOWNLOAD
from recraft.sandbox.wire import Headers

GIB = 1 << 30

Kind: TypeAlias = Literal[
    "latency",
    "slow_headers",
    "slow_chunks",
    "status",
    "refused",
    "reset_before_body",
    "reset_after_body",
    "reset_mid_response",
    "truncated",
    "wrong_length",
    "garbage",
    "html",
    "wrong_type",
    "redirect",
    "gzip_bomb",
    "duplicate_headers",
    "missing_headers",
    "rate_limited",
    "expired",
]

PARAMETERS: Mapping[Kind, frozenset[str]] = {
    "latency": frozenset({"seconds"}),
    "slow_headers": frozenset({"seconds"}),
    "slow_chunks": frozenset({"seconds"}),
    "status": frozenset({"status", "body", "headers", "served"}),
    "refused": frozenset(),
    "reset_before_body": frozenset(),
    "reset_after_body": frozenset({"charged"}),
    "reset_mid_response": frozenset(),
    "truncated": frozenset(),
    "wrong_length": frozenset(),
    "garbage": frozenset(),
    "html": frozenset({"body"}),
    "wrong_type": frozenset(),
    "redirect": frozenset({"status", "location"}),
    "gzip_bomb": frozenset({"size"}),
    "duplicate_headers": frozenset(),
    "missing_headers": frozenset(),
    "rate_limited": frozenset({"retry_after"}),
    "expired": frozenset(),
}
KINDS = tuple(PARAMETERS)
"""All kinds of fault."""


@frozen(kw_only=True)
class Fault:
    """One rule: what goes wrong with which requests.

    kind: one of `KINDS`:
        "latency": `seconds` before the headers. "slow_headers": `seconds` between header lines.
        "slow_chunks": `seconds` between the pieces of the body.
        "status": answer `status` with `body` and `headers`; with `served` the work is done and charged first.
        "refused": the connection is reset before the request is read (see also `Sandbox.refuse`).
        "reset_before_body": reset after the headers were read.
        "reset_after_body": reset after the request was read, and served and charged when `charged`.
        "reset_mid_response": reset after half of the response.
        "truncated": the right Content-Length, half of the body, then a clean close.
        "wrong_length": a Content-Length smaller than the body.
        "garbage": 200 with random bytes as JSON. "html": 200 with a web page.
        "wrong_type": the right answer as text/plain.
        "redirect": `status` (302, 307, ...) to `location`.
        "gzip_bomb": 200, a small gzip body that decodes to `size` bytes of zeros.
        "duplicate_headers": Content-Type and Content-Length twice. "missing_headers": without both, ended by closing.
        "rate_limited": 429 with `retry_after` as given: None, seconds, or any text. "expired": a download's 403.
    operation: an operationId, "download" for image URLs, None for every request.
    times: how many matching requests it hits, None for all. after: how many it lets pass first.
    probability: 0..1 for each matching request, decided by `seed` and the request's number, so a run can be repeated.

    What answers with 2xx (or starts to) has been served and is charged; the other kinds cost nothing.
    Raises ValueError for an unknown kind, a parameter of another kind, or a number out of range.
    """

    kind: Kind = field(kw_only=False)
    operation: str | None = None
    times: int | None = 1
    after: int = 0
    probability: float | None = None
    seed: int = 0
    seconds: float | None = None
    status: int | None = None
    body: bytes | str | None = None
    headers: Mapping[str, str] | Headers | None = None
    served: bool | None = None
    charged: bool | None = None
    location: str | None = None
    size: int | None = None
    retry_after: float | str | None = None

    def __attrs_post_init__(self) -> None:
        takes = PARAMETERS.get(self.kind)
        if takes is None:
            raise ValueError(f"unknown fault {self.kind!r}; there are {', '.join(KINDS)}")
        for name in sorted(frozenset().union(*PARAMETERS.values()) - takes):
            if getattr(self, name) is not None:
                raise ValueError(
                    f"fault {self.kind!r} has no parameter {name!r}; it takes {', '.join(sorted(takes)) or 'none'}"
                )
        if self.probability is not None and not 0 <= self.probability <= 1:
            raise ValueError(f"probability must be within 0..1, got {self.probability}")
        if self.after < 0 or (self.times is not None and self.times < 0):
            raise ValueError("after and times must be 0 or more")

    def matches(self, operation: str | None) -> bool:
        """Whether the rule is about this operation. An expired link only happens to a download."""
        if self.kind == "expired":
            return operation == DOWNLOAD
        return self.operation is None or self.operation == operation

    @property
    def serves(self) -> bool:
        """Whether the request is worked on (and so charged) in spite of the fault."""
        if self.kind == "status":
            return bool(self.served)
        if self.kind == "reset_after_body":
            return bool(self.charged)
        return self.kind not in {"refused", "reset_before_body", "redirect", "rate_limited", "expired"}


def _as_tuple(rules: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(rules)


@frozen
class FaultPlan:
    """Rules in order. Each request is hit by the first rule that wants it; the rules after that one do not see it."""

    rules: tuple[Fault, ...] = field(default=(), converter=_as_tuple)

    def __add__(self, other: FaultPlan) -> FaultPlan:
        return FaultPlan((*self.rules, *other.rules))


@define
class Playing:
    """A rule that is being played: its number, and how many requests it matched and hit so far."""

    number: int
    rule: Fault
    matched: int = 0
    hit: int = 0

    def fires(self) -> bool:
        """Count one more matching request. Returns whether it is hit."""
        rule, matched = self.rule, self.matched
        self.matched += 1
        if matched < rule.after or (rule.times is not None and self.hit >= rule.times):
            return False
        if rule.probability is not None:
            dice = random.Random(f"{rule.seed}/{self.number}/{matched}")
            if dice.random() >= rule.probability:
                return False
        self.hit += 1
        return True


class FaultScript:
    """A plan being played. Rules may join and leave while it is; the counts of the others stay."""

    def __init__(self, plan: FaultPlan | Iterable[Fault] | None) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._playing: list[Playing] = []
        for rule in plan.rules if isinstance(plan, FaultPlan) else plan or ():
            self.add(rule)

    @property
    def plan(self) -> FaultPlan:
        return FaultPlan(each.rule for each in self.playing)

    @property
    def playing(self) -> tuple[Playing, ...]:
        """The rules as they stand."""
        with self._lock:
            return tuple(evolve(each) for each in self._playing)

    def add(self, rule: Fault) -> None:
        """Play one more rule, after the others."""
        with self._lock:
            self._playing.append(Playing(next(self._numbers), rule))

    def remove(self, number: int) -> None:
        """Stop playing the rule with this number, if there still is one."""
        with self._lock:
            self._playing = [each for each in self._playing if each.number != number]

    def take(self, operation: str | None) -> Fault | None:
        """The fault for the next request of this operation, if any."""
        with self._lock:
            return next((each.rule for each in self._playing if each.rule.matches(operation) and each.fires()), None)
