"""Calls and the rate limiter: who waits for whom, what counts, and what is given back."""

from __future__ import annotations

import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from recraft import AsyncRecraft, ConnectionFailed, InputError, RateLimitError, Recraft, RetryPolicy, TimedOut
from recraft._core.clock import clock
from recraft.events import Event
from recraft.limiter import Limit, LimiterUnavailable, MemoryStore, RateLimiter, SQLiteStore, Store, limiter_key
from recraft.limiter.schedule import Answer, Place, Rules
from recraft_api.api.images import create_image, remove_background
from recraft_api.models import FileOnlyRequest, GenerationRequest
from recraft_api.types import File

from .servers import Peer, tls_server
from .test_attempts import BASE, TOKEN, Service, told, watch

KEY = limiter_key(TOKEN)
ONE = (Limit(1, per=10.0, of="requests"),)


def limiter(*limits: Limit, store: Store | None = None) -> RateLimiter:
    return RateLimiter(limits or ONE, margin=0.0, store=store or MemoryStore())


def next_delay(of: RateLimiter, images: int = 0) -> float:
    """How long a call that came now would wait; it does not stay in the queue."""
    ticket = of.ticket(KEY, images=images)
    delay = ticket.ask()
    ticket.cancel()
    return delay


def test_every_attempt_passes_the_limiter() -> None:
    shared = limiter(Limit(2, per=10.0, of="requests"), Limit(100, per=1000.0, of="requests"))
    watched = watch(500, 500, 500, limiter=shared, retry=RetryPolicy(first_wait=0.001))
    started = clock.now()
    watched.client.users.me()
    assert len(watched.service.requests) == 4
    assert 10 <= clock.now() - started < 20, "two at once, and two more ten seconds later"
    waits = [event for event in watched.events if event.reason == "rate limit"]
    assert (waits[0].attempt, round(waits[0].seconds)) == (2, 10)


def test_all_clients_of_a_token_share_the_default_limiter() -> None:
    first, second = watch(limiter=RateLimiter()), watch(limiter=RateLimiter())
    started = clock.now()
    for number in range(12):
        (first, second)[number % 2].client.users.me()
    assert 2 <= clock.now() - started < 4, "five a second, over both"
    assert Counter(event.reason for event in first.events + second.events if event.kind == "wait")["rate limit"] >= 2


def test_without_a_limiter_nothing_waits() -> None:
    watched = watch(limiter=None)
    for _ in range(30):
        watched.client.users.me()
    assert watched.waits == []


def test_images_are_counted_and_a_call_without_images_counts_as_a_request_only() -> None:
    shared = limiter(Limit(100, per=1.0, of="requests"), Limit(10, per=60.0, of="images"))
    watched = watch(limiter=shared)
    watched.client.images.generate("a fox", n=4)
    watched.client.images.generate("a fox")
    watched.client.users.me()
    assert next_delay(shared, images=5) == 0
    assert next_delay(shared, images=6) == pytest.approx(60, abs=1)


def request(n: int | None) -> GenerationRequest:
    return GenerationRequest.from_dict({"prompt": "a fox", **({} if n is None else {"n": n})})


@pytest.mark.parametrize(("n", "left"), [(None, 9), (1, 9), (3, 7), (6, 4)])
def test_the_generated_functions_count_their_images_too(n: int | None, left: int) -> None:
    shared = limiter(Limit(10, per=60.0, of="images"))
    watched = watch(limiter=shared)
    create_image.sync(client=watched.client.raw, body=request(n))
    assert next_delay(shared, images=left) == 0
    assert next_delay(shared, images=left + 1) > 0


def test_an_upload_counts_the_images_it_asks_for(tmp_path: Path) -> None:
    from .uploads import PNG

    shared = limiter(Limit(10, per=60.0, of="images"))
    watched = watch(limiter=shared)
    watched.client.images.image_to_image(PNG, "a fox", strength=0.5, n=4)
    assert next_delay(shared, images=6) == 0
    assert next_delay(shared, images=7) > 0
    body = FileOnlyRequest(image=File(payload=open(write(tmp_path, PNG), "rb"), file_name="a.png"))  # noqa: SIM115
    remove_background.sync(client=watched.client.raw, body=body)
    assert next_delay(shared, images=5) == 0
    assert next_delay(shared, images=6) > 0


def write(directory: Path, data: bytes) -> Path:
    path = directory / "image.png"
    path.write_bytes(data)
    return path


def test_more_images_than_the_limit_ever_lets_pass_are_refused_before_anything_is_sent() -> None:
    watched = watch(limiter=limiter(Limit(3, per=60.0, of="images")))
    error = watched.fails(lambda: watched.client.images.generate("a fox", n=4))
    assert isinstance(error, InputError)
    assert "3 images" in str(error)
    assert (error.attempts, error.maybe_charged, watched.service.requests) == (0, False, [])


# --- 429 --------------------------------------------------------------------------------------------------------------


def test_a_429_does_not_use_up_an_attempt() -> None:
    watched = watch(*[429] * 7, limiter=RateLimiter(store=MemoryStore()), retry=RetryPolicy(max_attempts=2))
    assert watched.client.users.me().credits == 7
    assert len(watched.service.requests) == 8
    assert {event.reason for event in watched.events if event.kind == "wait"} == {"rate limit"}


def test_other_failures_between_two_429s_still_do() -> None:
    watched = watch(
        429, 500, 429, 500, 429, limiter=RateLimiter(store=MemoryStore()), retry=RetryPolicy(max_attempts=2)
    )
    error = watched.fails(lambda: watched.client.users.me())
    assert (error.status, error.attempts) == (500, 4)


def test_a_429_is_not_waited_out_beyond_the_deadline() -> None:
    watched = watch(*[429] * 99, limiter=RateLimiter(store=MemoryStore()), retry=RetryPolicy(deadline=30))
    started = clock.now()
    error = watched.fails(lambda: watched.client.images.generate("a fox"))
    assert isinstance(error, RateLimitError | TimedOut)
    assert clock.now() - started <= 31
    assert (error.maybe_charged, len(watched.service.requests) > 3) == (False, True)


def test_patience_with_429s_ends() -> None:
    policy = RetryPolicy(rate_limit_patience=20, max_attempts=2)
    watched = watch(*[429] * 99, limiter=RateLimiter(store=MemoryStore()), retry=policy)
    error = watched.fails(lambda: watched.client.users.me())
    assert isinstance(error, RateLimitError)
    assert error.attempts < 15


def test_a_retry_after_that_does_not_fit_is_an_error_at_once_and_holds_the_others_up_no_longer_than_it_may() -> None:
    shared = RateLimiter(store=MemoryStore())
    watched = watch(told(429, "7200"), limiter=shared)
    error = watched.fails(lambda: watched.client.users.me())
    assert (error.retry_after, error.attempts) == (7200.0, 1)
    assert 0 < next_delay(shared) <= 60


def test_a_429_pauses_everyone_who_shares_the_limiter() -> None:
    shared = RateLimiter(store=MemoryStore())
    first, second = watch(told(429, "20"), limiter=shared), watch(limiter=shared)
    once = first.client.with_options(retry=None)
    first.fails(lambda: once.users.me())
    assert 19 < next_delay(shared) <= 20
    started = clock.now()
    second.client.users.me()
    assert clock.now() - started >= 19


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_after_a_pause_one_probe_goes_first_and_the_others_follow_its_success() -> None:
    shared = RateLimiter((Limit(100, per=1.0, of="requests"),), store=MemoryStore())
    under_way, most, paused = 0, [0], [False]
    service = Service()

    class Slow(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            nonlocal under_way
            under_way += 1
            if paused[0]:
                most.append(under_way)
            for _ in range(50):  # the others get every chance to come too early
                await anyio.lowlevel.checkpoint()
            under_way -= 1
            answered = len(service.requests)
            response = await service.handle_async_request(request)
            if answered == 2:
                paused[0] = True
            return response

    service.script[:] = [429, 429, 429, 429]
    async with AsyncRecraft(TOKEN, base_url=BASE, limiter=shared, transport=Slow()) as client:
        async with anyio.create_task_group() as tasks:
            for _ in range(3):
                tasks.start_soon(client.users.me)
    # Three were under way when the first 429 came. Then one probe, which meets a 429 as well; one more; then everybody.
    assert most[1:3] == [1, 1]
    assert len(service.requests) == 7


def test_a_call_that_had_to_connect_first_is_counted_when_it_leaves() -> None:
    shared = limiter()

    class Connecting(Service):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            clock.skipped += 4.0
            request.extensions["trace"]("http11.send_request_headers.started", {})
            return super().handle_request(request)

    Recraft(TOKEN, base_url=BASE, limiter=shared, transport=Connecting()).users.me()
    assert next_delay(shared) == pytest.approx(10, abs=0.5)


def test_a_call_that_a_proxy_was_asked_for_has_not_left_yet() -> None:
    shared = limiter()
    connect = httpx.Request("CONNECT", "https://api.invalid")
    connect.method = b"CONNECT"  # type: ignore[assignment] - as httpcore has it

    class Tunnelling(Service):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            request.extensions["trace"]("http11.send_request_headers.started", {"request": connect})
            clock.skipped += 4.0
            request.extensions["trace"]("http11.send_request_headers.started", {"request": request})
            return super().handle_request(request)

    Recraft(TOKEN, base_url=BASE, limiter=shared, transport=Tunnelling()).users.me()
    assert next_delay(shared) == pytest.approx(10, abs=0.5)


class Noting:
    """Mixed into a store: when each call left, by the store's own clock."""

    left: dict[str, float]

    def leave(self, place: Place, rules: Rules) -> Answer:
        answer: Answer = super().leave(place, rules)  # type: ignore[misc]
        if answer.delay == 0:
            self.left[place.id] = answer.at
        return answer

    def most_within(self, seconds: float) -> int:
        left = self.left.values()
        return max(sum(start <= other < start + seconds for other in left) for start in left)


class NotingMemory(Noting, MemoryStore): ...


class NotingSQLite(Noting, SQLiteStore): ...


SIXTEEN = 16
FIVE = Limit(5, per=100.0, of="requests")


@pytest.fixture(params=["memory", "sqlite"])
def noting(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    store = NotingMemory() if request.param == "memory" else NotingSQLite(tmp_path / "limits.db")
    store.left = {}
    return store


@pytest.fixture
def stalling(tmp_path: Path) -> Iterator[tuple[str, ssl.SSLContext]]:
    """A server that goes on with no handshake before sixteen clients have begun one: its base URL, and who vouches for
    it.
    """
    arrived = threading.Barrier(SIXTEEN)

    def script(peer: Peer) -> None:
        while peer.request() is not None:
            peer.answer(b'{"id": "1", "credits": 7}')

    with tls_server(tmp_path, script, before_tls=arrived.wait) as server:
        yield server.base_url, ssl.create_default_context(cafile=str(tmp_path / "certificate.pem"))


def test_sixteen_calls_whose_handshakes_stall_leave_as_the_limit_asks(
    stalling: tuple[str, ssl.SSLContext], noting: Any
) -> None:
    base_url, context = stalling
    limiter, transport = RateLimiter((FIVE,), store=noting), httpx.HTTPTransport(verify=context)
    with Recraft(TOKEN, base_url=base_url, limiter=limiter, transport=transport) as client:
        threads = [threading.Thread(target=client.users.me) for _ in range(SIXTEEN)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(noting.left) == SIXTEEN
    assert noting.most_within(100) <= 5


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_sixteen_awaited_calls_whose_handshakes_stall_leave_as_the_limit_asks(
    stalling: tuple[str, ssl.SSLContext], noting: Any
) -> None:
    base_url, context = stalling
    limiter, transport = RateLimiter((FIVE,), store=noting), httpx.AsyncHTTPTransport(verify=context)
    async with AsyncRecraft(TOKEN, base_url=base_url, limiter=limiter, transport=transport) as client:
        async with anyio.create_task_group() as tasks:
            for _ in range(SIXTEEN):
                tasks.start_soon(client.users.me)
    assert len(noting.left) == SIXTEEN
    assert noting.most_within(100) <= 5


def test_a_call_that_may_not_leave_before_its_deadline_says_so_and_is_not_sent() -> None:
    shared = limiter()

    class Slow(Service):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            clock.skipped += 4.0
            ticket = shared.ticket(KEY, images=0)
            while ticket.ask() > 0:  # another call of the account, which was faster
                clock.skipped += 10.0
            clock.skipped += 0.5
            assert ticket.leave() == 0.0
            request.extensions["trace"]("http11.send_request_headers.started", {})
            return super().handle_request(request)

    watched = watch(transport=Slow(), limiter=shared, retry=RetryPolicy(deadline=20))
    error = watched.fails(lambda: watched.client.images.generate("a fox"))
    assert isinstance(error, TimedOut)
    assert "the rate limit holds this call" in str(error)
    assert (error.attempts, error.maybe_charged) == (0, False)


# --- giving back ------------------------------------------------------------------------------------------------------


@pytest.fixture
def real_waits() -> Any:
    skipping, clock.skip_waits = clock.skip_waits, False
    yield
    clock.skip_waits = skipping


@pytest.mark.anyio
@pytest.mark.usefixtures("real_waits")
@pytest.mark.parametrize("kind", ["memory", "sqlite"])
async def test_cancelling_a_waiting_call_gives_its_reservation_back(kind: str, tmp_path: Path) -> None:
    store = MemoryStore() if kind == "memory" else SQLiteStore(tmp_path / "limits.db")
    shared, service, waiting = limiter(store=store), Service(), anyio.Event()

    def listen(event: Event) -> None:
        if event.reason == "rate limit":
            waiting.set()

    async with AsyncRecraft(TOKEN, base_url=BASE, limiter=shared, transport=service, on_event=listen) as client:
        await client.users.me()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(client.users.me)
            await waiting.wait()
            assert 15 < next_delay(shared) <= 20, "two are ahead: one sent, one waiting"
            tasks.cancel_scope.cancel()
        assert 5 < next_delay(shared) <= 10, "one is ahead"
    assert len(service.requests) == 1


def test_an_interrupt_gives_the_reservation_of_a_waiting_call_back(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = limiter()
    watched = watch(limiter=shared)
    watched.client.users.me()

    def interrupted(seconds: float) -> None:
        assert 15 < next_delay(shared) <= 20
        raise KeyboardInterrupt

    monkeypatch.setattr(clock, "sleep", interrupted)
    with pytest.raises(KeyboardInterrupt):
        watched.client.users.me()
    assert 5 < next_delay(shared) <= 10
    assert len(watched.service.requests) == 1


def test_an_interrupt_while_sending_keeps_what_was_sent_counted() -> None:
    shared = limiter()
    service = Service()

    class Interrupted(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            service.handle_request(request)
            raise KeyboardInterrupt

    client = Recraft(TOKEN, base_url=BASE, limiter=shared, transport=Interrupted())
    with pytest.raises(KeyboardInterrupt):
        client.users.me()
    assert 5 < next_delay(shared) <= 10


def test_a_deadline_that_the_limit_exceeds_gives_the_reservation_back_at_once() -> None:
    shared = limiter()
    watched = watch(limiter=shared, retry=RetryPolicy(deadline=5))
    watched.client.users.me()
    error = watched.fails(lambda: watched.client.images.generate("a fox"))
    assert isinstance(error, TimedOut)
    assert (error.attempts, error.maybe_charged, watched.waits) == (0, False, [])
    assert 5 < next_delay(shared) <= 10


# --- a broken store ---------------------------------------------------------------------------------------------------


class Broken(MemoryStore):
    """A store whose methods of these names fail."""

    def __init__(self, *methods: str) -> None:
        super().__init__()
        for method in methods:
            setattr(self, method, self._fail)

    def _fail(self, *args: object) -> Any:
        raise LimiterUnavailable("the disk is full")


def test_a_store_that_fails_means_nothing_is_sent() -> None:
    watched = watch(limiter=limiter(store=Broken("ask")))
    error = watched.fails(lambda: watched.client.images.generate("a fox"))
    assert isinstance(error, ConnectionFailed)
    assert "disk is full" in str(error)
    assert (error.attempts, error.maybe_charged, watched.service.requests) == (0, False, [])


def test_a_damaged_limiter_file_means_nothing_is_sent(tmp_path: Path) -> None:
    path = tmp_path / "limits.db"
    path.write_bytes(b"no database at all" * 1000)
    watched = watch(limiter=RateLimiter(store=SQLiteStore(path)))
    assert isinstance(watched.fails(lambda: watched.client.users.me()), ConnectionFailed)
    assert watched.service.requests == []


def test_a_store_that_fails_afterwards_does_not_lose_the_result() -> None:
    watched = watch(429, limiter=limiter(Limit(100, per=1.0, of="requests"), store=Broken("settled")))
    assert len(watched.client.images.generate("a fox")) == 1


def test_a_store_that_fails_afterwards_in_whatever_way_does_not_lose_the_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = MemoryStore()

    def settled(key: str, probe: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(store, "settled", settled)
    watched = watch(429, limiter=limiter(Limit(100, per=1.0, of="requests"), store=store))
    assert len(watched.client.images.generate("a fox")) == 1


def test_a_store_that_fails_during_an_interrupt_does_not_hide_the_interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = watch(limiter=limiter(store=Broken("cancel")))
    watched.client.users.me()

    def interrupted(seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(clock, "sleep", interrupted)
    with pytest.raises(KeyboardInterrupt):
        watched.client.users.me()


def test_the_limits_hold_among_threads() -> None:
    shared = limiter(Limit(3, per=10.0, of="requests"))
    sent: list[float] = []

    class Timed(Service):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            sent.append(clock.now())
            return super().handle_request(request)

    client = Recraft(TOKEN, base_url=BASE, limiter=shared, transport=Timed())
    threads = [threading.Thread(target=client.users.me) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == 12
    sent.sort()
    assert all(later - earlier >= 9.9 for earlier, later in zip(sent, sent[3:], strict=False))
