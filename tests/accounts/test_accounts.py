"""One client for many accounts: siblings share connections, and nothing else of an account's."""

from __future__ import annotations

import inspect
import logging
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import httpx
import pytest
from retry.servers import Peer, Server, serving

from recraft import (
    AsyncRecraft,
    Event,
    InputError,
    Limit,
    MemoryStore,
    RateLimiter,
    Recraft,
    RecraftError,
    RetryPolicy,
    TimedOut,
)
from recraft.limiter import limiter_key
from recraft.sandbox import Sandbox
from recraft_api.api.users import get_current_user

from .front import Front

ACCOUNTS = [f"token-of-account-{number:02}" for number in range(20)]
CALLS = 3
PATIENCE = RetryPolicy(deadline=30)  # a call that has to wait for the limit, of an hour, fails


def limiter() -> RateLimiter:
    return RateLimiter((Limit(CALLS, per=3600.0, of="requests"),), store=MemoryStore())


@pytest.fixture
def front() -> Front:
    return Front()


@pytest.fixture
def server(front: Front) -> Iterator[Server]:
    with serving(front.script) as server:
        yield server


def expected() -> dict[str, int]:
    """How many pictures each account asks for: a different number each."""
    return {token: CALLS * (1 + number % 6) for number, token in enumerate(ACCOUNTS)}


def assert_nothing_mixed(front: Front) -> None:
    assert front.charged() == expected()
    assert Counter(token for token, _ in front.seen) == dict.fromkeys(ACCOUNTS, CALLS)
    for token, request in front.seen:
        assert [other for other in ACCOUNTS if other.encode() in request] == [token]
        assert f'"prompt":"for {token[-2:]}"'.encode() in request
        assert b"cookie" not in request.lower()


# The listener counts: an account that had to wait for another's calls would be told of a wait.


def test_twenty_accounts_on_threads_pay_each_for_its_own_calls_over_as_many_connections_as_threads(
    front: Front, server: Server
) -> None:
    waits: list[Event] = []
    with Recraft("the-service-itself", base_url=server.base_url, limiter=limiter(), retry=PATIENCE) as client:

        def call(number: int) -> tuple[int, int]:
            account = number % len(ACCOUNTS)
            sibling = client.with_options(
                token=ACCOUNTS[account], on_event=lambda event: waits.append(event) if event.kind == "wait" else None
            )
            result = sibling.images.generate(f"for {account:02}", n=1 + account % 6)
            return account, len(result)

        with ThreadPoolExecutor(6) as pool:
            made = list(pool.map(call, range(CALLS * len(ACCOUNTS))))
    assert all(count == 1 + account % 6 for account, count in made)
    assert_nothing_mixed(front)
    assert waits == []
    assert server.connections <= 6


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio", "trio"])
async def test_twenty_accounts_on_an_event_loop_pay_each_for_its_own_calls_over_few_connections(
    front: Front, server: Server
) -> None:
    waits: list[Event] = []
    together = anyio.CapacityLimiter(6)
    async with AsyncRecraft(
        "the-service-itself", base_url=server.base_url, limiter=limiter(), retry=PATIENCE
    ) as client:

        async def call(account: int) -> None:
            sibling = client.with_options(
                token=ACCOUNTS[account], on_event=lambda event: waits.append(event) if event.kind == "wait" else None
            )
            async with together:
                assert len(await sibling.images.generate(f"for {account:02}", n=1 + account % 6)) == 1 + account % 6

        async with anyio.create_task_group() as group:
            for number in range(CALLS * len(ACCOUNTS)):
                group.start_soon(call, number % len(ACCOUNTS))
    assert_nothing_mixed(front)
    assert waits == []
    assert server.connections <= 6


def test_an_account_waits_for_its_own_limit_whichever_sibling_made_the_call(front: Front, server: Server) -> None:
    with Recraft(ACCOUNTS[0], base_url=server.base_url, limiter=limiter(), retry=PATIENCE) as client:
        for _ in range(CALLS):
            client.with_options(token=ACCOUNTS[1]).users.me()
        with pytest.raises(TimedOut, match="rate limit"):
            client.with_options(token=ACCOUNTS[1]).users.me()
        client.users.me()
        client.with_options(token=ACCOUNTS[1], limiter=None).users.me()
        client.with_options(token=ACCOUNTS[1], limiter=limiter()).users.me()
    assert Counter(token for token, _ in front.seen) == {ACCOUNTS[0]: 1, ACCOUNTS[1]: CALLS + 2}


def test_a_sibling_for_another_account_is_limited_as_a_new_client_for_it_is(front: Front, server: Server) -> None:
    assert RateLimiter().ticket(limiter_key(ACCOUNTS[7]), images=100).ask() == 0.0  # somebody uses a minute up
    with Recraft(ACCOUNTS[8], base_url=server.base_url, retry=RetryPolicy(deadline=30)) as client:
        client.images.generate("for 08")
        with pytest.raises(TimedOut, match="rate limit"):
            client.with_options(token=ACCOUNTS[7]).images.generate("for 07")
    assert [token for token, _ in front.seen] == [ACCOUNTS[8]]


# raw, downloads, headers, the log.


def raw_of(client: Any) -> Any:
    made = get_current_user
    return made.sync(client=client.raw) if isinstance(client, Recraft) else made.asyncio(client=client.raw)


@pytest.mark.anyio
@pytest.mark.parametrize("kind", [Recraft, AsyncRecraft])
async def test_the_raw_client_of_a_sibling_has_the_siblings_settings(kind: Any, front: Front, server: Server) -> None:
    told: list[Event] = []
    client = kind(ACCOUNTS[0], base_url="https://elsewhere.invalid/v1", headers={"x-a": "1"}, limiter=limiter())
    assert "elsewhere" in repr(client.raw)  # made first: a sibling must not be given this one
    sibling = client.with_options(
        token=ACCOUNTS[1], base_url=server.base_url, headers={"x-b": "2"}, on_event=told.append, timeout=7, limiter=None
    )
    for _ in range(CALLS + 1):  # no limiter holds it
        made = raw_of(sibling)
        assert (await made if inspect.isawaitable(made) else made).credits_ == 10_000
    assert {token for token, _ in front.seen} == {ACCOUNTS[1]}
    for _, request in front.seen:
        assert b"x-a: 1" in request.lower()
        assert b"x-b: 2" in request.lower()
        assert ACCOUNTS[0].encode() not in request
    assert len(told) == 2 * (CALLS + 1)
    assert sibling.raw is not client.raw
    assert str(sibling.raw._base_url) == server.base_url
    await client.aclose() if kind is AsyncRecraft else client.close()


def test_images_of_a_sibling_are_fetched_with_no_token_at_all_and_from_its_own_kind_of_place() -> None:
    with Sandbox(limits=False, small_pictures=True) as sandbox, Recraft(ACCOUNTS[0]) as client:
        sibling = client.with_options(token=sandbox.token, base_url=sandbox.base_url, limiter=None)
        image = sibling.images.generate("a fox")[0]
        assert sibling.fetch(image)
        assert not sandbox.ledger.requests[-1].had_authorization
        with pytest.raises(RecraftError, match="https"):  # an address of this machine, for a client of the real service
            client.fetch(image)


@pytest.mark.parametrize("name", ["authorization", "Authorization", "proxy-authorization", "Cookie"])
def test_credentials_given_by_hand_are_refused_so_that_no_sibling_inherits_them(name: str) -> None:
    with pytest.raises(InputError, match="belongs to the client"):
        Recraft(ACCOUNTS[0], headers={name: f"Bearer {ACCOUNTS[0]}"})
    with pytest.raises(InputError, match="belongs to the client"):
        Recraft(ACCOUNTS[0]).with_options(token=ACCOUNTS[1], headers={name: f"Bearer {ACCOUNTS[1]}"})


def test_a_header_with_the_token_of_the_account_before_is_refused(front: Front, server: Server) -> None:
    client = Recraft(ACCOUNTS[0], headers={"x-key": f"key={ACCOUNTS[0]}", "x-team": "a"}, base_url=server.base_url)
    with pytest.raises(InputError, match="'x-key'") as caught:
        client.with_options(token=ACCOUNTS[1])
    assert ACCOUNTS[0] not in str(caught.value)
    client.with_options(token=ACCOUNTS[1], headers={"X-Key": f"key={ACCOUNTS[1]}"}).users.me()
    client.with_options(token=ACCOUNTS[0]).users.me()
    (first, one), (second, two) = front.seen
    assert (first, second) == (ACCOUNTS[1], ACCOUNTS[0])
    assert b"x-team: a" in one.lower()
    assert ACCOUNTS[0].encode() not in one
    assert ACCOUNTS[1].encode() not in two


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"token": None}, "takes none from the environment"),
        ({"token": ""}, "takes none from the environment"),
        ({"token": " "}, "no API token"),
        ({"token": 7}, "token is a int"),
        ({"token": "two words"}, "spaces"),
        ({"base_url": None}, "base_url is None"),
        ({"base_url": "http://api.example.test/v1"}, "in the clear"),
        ({"base_url": "https://user:pw@api.example.test"}, "cannot hold a user name"),
        ({"limiter": "fast"}, "expected a RateLimiter"),
        ({"proxy": 3128}, "proxy is a int"),
        ({"proxy": "gopher://host"}, "proxy is not the address of a proxy"),
    ],
)
@pytest.mark.parametrize("kind", [Recraft, AsyncRecraft])
def test_a_sibling_refuses_what_cannot_be_used_before_anything_is_sent(
    kind: Any, wrong: dict[str, Any], words: str, monkeypatch: pytest.MonkeyPatch, front: Front, server: Server
) -> None:
    monkeypatch.setenv("RECRAFT_API_TOKEN", ACCOUNTS[3])
    monkeypatch.setenv("RECRAFT_BASE_URL", server.base_url)
    with pytest.raises(InputError, match=words) as caught:
        kind(ACCOUNTS[0]).with_options(**wrong)
    assert caught.value.maybe_charged is False
    assert "pw" not in str(caught.value)
    assert front.seen == []


def test_what_one_account_meets_is_told_without_its_token(caplog: pytest.LogCaptureFixture) -> None:
    """A service that repeats the token it was given, in its error, its headers and its reason."""

    def script(peer: Peer) -> None:
        while (got := peer.request()) is not None:
            token = got[0].decode().partition("Bearer ")[2].partition("\r\n")[0]
            peer.answer(f'{{"code": "{token}", "message": "no {token}"}}'.encode(), 400, f"X-Request-Id: {token}")

    told: list[Event] = []
    caplog.set_level(logging.DEBUG)
    with serving(script) as server:
        with Recraft(ACCOUNTS[0], base_url=server.base_url, limiter=None, on_event=told.append) as client:

            def refused(number: int) -> RecraftError:
                with pytest.raises(RecraftError) as caught:
                    client.with_options(token=ACCOUNTS[number % 20]).users.me()
                return caught.value

            with ThreadPoolExecutor(6) as pool:
                errors = list(pool.map(refused, range(60)))
        assert server.connections <= 6
    shown = [*(str(error) + error.to_json() for error in errors), *map(repr, told), caplog.text]
    assert any("[token]" in text for text in shown)
    assert not [token for token in ACCOUNTS for text in shown if token in text]


def test_a_sibling_shows_no_token_and_a_client_that_was_closed_closes_its_siblings() -> None:
    client = Recraft(ACCOUNTS[0])
    sibling = client.with_options(token=ACCOUNTS[1], proxy="http://user:pa55word@127.0.0.1:3128")
    for shown in (sibling, sibling.images, sibling.raw, sibling._settings, sibling._io, sibling._io.transport._route):
        assert not [secret for secret in (*ACCOUNTS[:2], "pa55word") if secret in repr(shown)]
    client.close()
    with pytest.raises(InputError, match="this client was closed"):
        sibling.users.me()


def test_a_transport_of_ones_own_serves_siblings_too() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"credits": 1})

    client = Recraft(ACCOUNTS[0], transport=httpx.MockTransport(answer), limiter=None)
    client.with_options(token=ACCOUNTS[1], base_url="https://two.example.test/v2").users.me()
    assert [(str(one.url), one.headers["host"], one.headers["authorization"]) for one in seen] == [
        ("https://two.example.test/v2/users/me", "two.example.test", f"Bearer {ACCOUNTS[1]}")
    ]
