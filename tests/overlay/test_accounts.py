"""Many accounts from one client, and what of it may go to another process."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from recraft import (
    AsyncRecraft,
    AuthenticationError,
    InputError,
    Limit,
    MemoryStore,
    RateLimiter,
    Recraft,
    RetryPolicy,
    SQLiteStore,
)

from .support import BASE, TOKEN, answer


class Service:
    """Answers every token, and remembers which one each request carried."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.seen.append((request.headers["authorization"], request.headers.get("x-account", "")))
        return httpx.Response(200, json=answer(request.url.path.removeprefix("/v1")))


def client(service: Any, **options: Any) -> Recraft:
    return Recraft(TOKEN, base_url=BASE, transport=httpx.MockTransport(service), **options)


def test_a_sibling_with_another_token_sends_that_and_nothing_of_the_others() -> None:
    service = Service()
    shared = client(service, limiter=None)

    def ask(number: int) -> None:
        sibling = shared.with_options(token=f"token-{number}", headers={"x-account": str(number)})
        sibling.images.generate("a fox")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, [number % 20 for number in range(200)]))
    expected = {(f"Bearer token-{number}", str(number)): 10 for number in range(20)}
    assert Counter(service.seen) == expected
    shared.users.me()
    assert service.seen[-1] == (f"Bearer {TOKEN}", "")


def test_twenty_accounts_at_once_on_one_event_loop_stay_apart() -> None:
    service = Service()

    async def run() -> None:
        shared = AsyncRecraft(TOKEN, base_url=BASE, transport=httpx.MockTransport(service), limiter=None)
        async with anyio.create_task_group() as group:
            for number in range(100):
                sibling = shared.with_options(token=f"token-{number % 20}")
                group.start_soon(sibling.images.generate, "a fox")

    anyio.run(run)
    assert Counter(token for token, _ in service.seen) == {f"Bearer token-{number}": 5 for number in range(20)}


def test_each_account_has_limits_of_its_own() -> None:
    waits: list[Any] = []
    limiter = RateLimiter([Limit(cap=1, per=60.0, of="requests")], store=MemoryStore())
    quick = client(Service(), limiter=limiter, retry=RetryPolicy(deadline=1.0), on_event=waits.append)
    for number in range(5):
        quick.with_options(token=f"token-{number}").users.me()
    assert [event.kind for event in waits] == ["attempt", "outcome"] * 5


def test_a_sibling_may_have_another_limiter_or_none() -> None:
    tight = client(Service(), limiter=RateLimiter([Limit(cap=1, per=60.0, of="requests")], store=MemoryStore()))
    for _ in range(5):
        tight.with_options(limiter=None).users.me()
    roomy = RateLimiter([Limit(cap=5, per=60.0, of="requests")], store=MemoryStore())
    for _ in range(5):
        tight.with_options(limiter=roomy).users.me()


def test_a_sibling_may_be_at_another_address() -> None:
    seen: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(f"{request.url} {request.headers['host']}")
        return httpx.Response(200, json=answer("/users/me"))

    first = client(handle, limiter=None)
    first.with_options(base_url="https://other.test/v2/").users.me()
    first.users.me()
    assert seen == ["https://other.test/v2/users/me other.test", "https://api.test/v1/users/me api.test"]


def test_the_token_of_a_sibling_is_cut_out_of_its_errors() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        return httpx.Response(401, text=f"unknown: {request.headers['authorization']}")

    with pytest.raises(AuthenticationError) as caught:
        client(refuse, limiter=None).with_options(token="token-of-a-customer").users.me()
    assert "token-of-a-customer" not in str(caught.value)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"token": None}, "no API token"),
        ({"token": "  "}, "no API token"),
        ({"token": "a b"}, "copy it again"),
        ({"token": 5}, "token is a int"),
        ({"base_url": None}, "base_url is None"),
        ({"base_url": "http://example.com"}, "in the clear"),
        ({"limiter": MemoryStore()}, "limiter is"),
        ({"timeout": -1}, "timeout is -1"),
        ({"headers": {"Authorization": "Bearer other"}}, "belongs to the client"),
    ],
)
def test_what_a_sibling_cannot_have_is_refused_before_anything_is_sent(
    options: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECRAFT_API_TOKEN", "the-token-of-the-house")  # which no customer is to be served with
    service = Service()
    with pytest.raises(InputError, match=said):
        client(service).with_options(**options)
    assert service.seen == []


# Other processes.


def _ask(limiter: RateLimiter) -> float:
    return limiter.ticket("account", images=0).ask()


def _settings(limiter: RateLimiter) -> tuple[Any, ...]:
    return limiter.limits, limiter.margin, type(limiter.store)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_limiter_with_a_file_goes_to_other_processes_and_keeps_its_account(method: str, tmp_path: Path) -> None:
    limiter = RateLimiter([Limit(cap=2, per=3600.0, of="requests")], store=SQLiteStore(tmp_path / "limits.db"))
    assert _ask(limiter) == 0
    with ProcessPoolExecutor(1, multiprocessing.get_context(method)) as pool:
        assert pool.submit(_ask, limiter).result() == 0
        assert pool.submit(_ask, limiter).result() > 3000
        assert pool.submit(_settings, limiter).result() == _settings(limiter)


def test_the_file_of_a_limiter_is_the_same_from_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    store = SQLiteStore("limits.db")
    travelled = pickle.dumps(store)
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert pickle.loads(travelled).path == tmp_path / "limits.db"


def test_a_limiter_without_a_store_is_each_processs_own() -> None:
    limiter = pickle.loads(pickle.dumps(RateLimiter()))
    assert limiter == RateLimiter()
    assert copy.deepcopy(limiter).store is RateLimiter().store


def test_the_memory_of_a_process_does_not_travel_and_says_what_does() -> None:
    for store in (MemoryStore(), RateLimiter(store=MemoryStore())):
        with pytest.raises(TypeError, match=r"SQLiteStore.*RedisStore"):
            pickle.dumps(store)


@pytest.mark.parametrize("kind", [Recraft, AsyncRecraft])
def test_a_client_stays_in_its_process_and_says_what_to_do(kind: Any) -> None:
    made = kind(TOKEN)
    for what in (made, made.images, made.images.generate, made.with_options(timeout=1)):
        with pytest.raises(TypeError, match="Make one in each process") as caught:
            pickle.dumps(what)
        assert TOKEN not in str(caught.value)


def test_a_pool_that_is_handed_a_method_of_a_client_says_what_to_do() -> None:
    with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
        with pytest.raises(TypeError, match="Make one in each process"):
            list(pool.map(Recraft(TOKEN).images.generate, ["a fox"]))
