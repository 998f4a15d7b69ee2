"""Seeded plans of mixed faults over batches of calls: every charge belongs to a result, or to an error that says so."""

from __future__ import annotations

import random
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest
from attrs import frozen

from recraft import AsyncRecraft, ImageResult, Recraft, RetryPolicy
from recraft.errors import RecraftError
from recraft.sandbox import Fault, FaultPlan, Sandbox
from recraft.sandbox.faults import KINDS

from .support import PNG, Ended, aended, ended, options

CALLS = 12

#: Two hundred plans, one each; a quarter of a share goes to each of the four ways to make the calls.
SHARES = [pytest.param(range(40), id="40 plans"), pytest.param(range(40, 200), id="160 plans", marks=pytest.mark.slow)]

#: Faults after which the ledger and the client cannot but agree: what was charged is in doubt, what is in doubt was
#: charged.
CERTAIN: list[dict[str, Any]] = [
    {"kind": "latency", "seconds": 0.002},
    {"kind": "slow_chunks", "seconds": 0.001},
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 503, "body": ""},
    {"kind": "status", "status": 529, "body": "<html>busy</html>"},
    {"kind": "status", "status": 400},
    {"kind": "status", "status": 402},
    {"kind": "rate_limited"},
    {"kind": "rate_limited", "retry_after": 3},
    {"kind": "rate_limited", "retry_after": "tomorrow"},
    {"kind": "redirect", "status": 307, "location": "https://elsewhere.invalid/"},
    {"kind": "reset_after_body", "charged": True},
    {"kind": "reset_mid_response"},
    {"kind": "truncated"},
    {"kind": "wrong_length"},
    {"kind": "garbage"},
    {"kind": "html"},
    {"kind": "wrong_type"},
    {"kind": "duplicate_headers"},
    {"kind": "missing_headers"},
    {"kind": "gzip_bomb", "size": 100_000},
]

#: And those after which the client has to fear a charge that there was not: nobody can tell from outside whether a
#: server that reset the connection had read the request.
UNCHARGED: list[dict[str, Any]] = [
    {"kind": "refused"},
    {"kind": "reset_before_body"},
    {"kind": "reset_after_body", "charged": False},
]


def random_plan(rng: random.Random, faults: list[dict[str, Any]]) -> FaultPlan:
    """Some faults that strike a few times, and some that strike at random."""
    rules = []
    for _ in range(rng.randint(1, 6)):
        how: dict[str, Any] = dict(rng.choice(faults))
        if rng.random() < 0.5:
            how |= {"times": rng.randint(1, 3), "after": rng.randint(0, CALLS)}
        else:
            how |= {"times": None, "probability": rng.uniform(0.05, 0.5), "seed": rng.randrange(1000)}
        rules.append(Fault(**how))
    return FaultPlan(rules)


@frozen
class Kind:
    """One kind of call of a batch, and how many images it makes."""

    name: str
    images: int

    def start(self, client: Any, number: int) -> Any:
        prompt = f"call number {number}."
        match self.name:
            case "generate":
                return client.images.generate(prompt, n=self.images)
            case "vector":
                return client.images.generate_vector(prompt)
            case "edit":
                return client.images.image_to_image(PNG, prompt, strength=0.5)
            case _:
                return client.users.me()


def batch(rng: random.Random) -> list[Kind]:
    kinds = [Kind("generate", 1), Kind("generate", 2), Kind("vector", 1), Kind("edit", 1), Kind("me", 0)]
    return rng.choices(kinds, k=CALLS)


def owners(sandbox: Sandbox) -> list[int]:
    """For each charge the number of the call it was for, as its request's prompt tells."""
    bodies = {request.index: request.body for request in sandbox.ledger.requests}
    found = [re.search(rb"call number (\d+)\.", bodies[charge.request]) for charge in sandbox.ledger.charges]
    assert all(found)
    return [int(match[1]) for match in found if match]


def check(sandbox: Sandbox, kinds: list[Kind], got: list[Ended], *, exact: bool) -> None:
    charged = owners(sandbox)
    assert len(charged) == len(set(charged)), "no call is paid for twice"
    paid = {number for number, kind in enumerate(kinds) if kind.images}
    delivered = {number for number in paid if got[number].error is None}
    feared = {number for number in paid if got[number].maybe_charged}
    assert delivered <= set(charged), "every result was paid for"
    assert set(charged) <= delivered | feared, "what was paid for and not delivered is in doubt"
    if exact:
        assert set(charged) == delivered | feared, "what is in doubt was charged"
    images = {charge.request: charge.images for charge in sandbox.ledger.charges}
    for number in delivered:
        assert isinstance(got[number].result, ImageResult)
        assert len(got[number].result) == kinds[number].images
    assert sum(images.values()) == sum(kinds[number].images for number in charged)
    assert not any(got[number].maybe_charged for number in range(len(kinds)) if number not in paid)
    assert all(isinstance(one.error, RecraftError | None) for one in got)


def prepare(sandbox: Sandbox, seed: int) -> list[Kind]:
    rng = random.Random(seed)
    sandbox.ledger.clear()
    sandbox.faults = random_plan(rng, CERTAIN if certain(seed) else CERTAIN + UNCHARGED)
    return batch(rng)


def certain(seed: int) -> bool:
    return seed // 4 % 2 == 0


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("part", [0, 1])
def test_threads_pay_once_for_every_result(sandbox: Sandbox, share: range, part: int) -> None:
    with Recraft(**options(sandbox, retry=RetryPolicy(max_attempts=3))) as client, ThreadPoolExecutor(6) as pool:
        for seed in share[part::4]:
            kinds = prepare(sandbox, seed)
            calls = [lambda number=number, kind=kind: kind.start(client, number) for number, kind in enumerate(kinds)]
            check(sandbox, kinds, list(pool.map(ended, calls)), exact=certain(seed))


@pytest.mark.anyio
@pytest.mark.parametrize("share", SHARES)
async def test_awaited_batches_pay_once_for_every_result(sandbox: Sandbox, share: range, anyio_backend: str) -> None:
    async with AsyncRecraft(**options(sandbox, retry=RetryPolicy(max_attempts=3))) as client:
        for seed in share[2 if anyio_backend == "asyncio" else 3 :: 4]:
            kinds = prepare(sandbox, seed)
            got = [Ended()] * CALLS

            async def one(number: int, kind: Kind, got: list[Ended] = got) -> None:
                got[number] = await aended(lambda: kind.start(client, number))

            async with anyio.create_task_group() as tasks:
                for number, kind in enumerate(kinds):
                    tasks.start_soon(one, number, kind)
            check(sandbox, kinds, got, exact=certain(seed))


def test_the_plans_hold_every_fault_a_call_can_meet() -> None:
    assert {how["kind"] for how in CERTAIN + UNCHARGED} == set(KINDS) - {"expired", "slow_headers"}
