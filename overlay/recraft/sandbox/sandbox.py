"""`Sandbox`: the one object users make. It puts the service behind a real port, an httpx transport, or both at once."""

from __future__ import annotations

import contextlib
import functools
import json
import time
from collections.abc import Callable, Iterator
from importlib import resources
from types import TracebackType
from typing import Any, Self

from recraft.sandbox.account import Account
from recraft.sandbox.contract import Contract
from recraft.sandbox.desk import Desk
from recraft.sandbox.faults import Fault, FaultPlan, FaultScript
from recraft.sandbox.ledger import Ledger
from recraft.sandbox.page import Page
from recraft.sandbox.server import SocketServer
from recraft.sandbox.service import Answers, Service
from recraft.sandbox.transport import SandboxTransport


class Sandbox:
    """An offline stand-in for the Recraft Images API, for tests and demos.

    Args:
        token: the one bearer token that is accepted.
        balance: API units on the account (1,000 units = 1.00 USD). Prices are those of 2026-11-23, as an example.
        limits: keep both rate limits; beyond them the answer is 429.
        requests_per_second, images_per_minute: the limits, as sliding windows.
        time_scale: factor on the windows' lengths; 0.1 makes them 0.1 s and 6 s (Retry-After then has decimals).
        url_lifetime: seconds an image URL works.
        port: TCP port to listen on; 0 takes a free one. host: the address to listen on.
        faults: what goes wrong, see `Fault`.
        answers: "vendored" gives what the vendored spec says, "live" what the live service gives where that differs:
            its bodies, headers, image URLs, file formats and sizes, by its documentation of 2026-11-23.
        strict: refuse what the live service is documented to refuse (sizes and options by model, file limits, masks,
            styles). False takes all that the spec allows and that can be drawn (known ids, no side above 4096 pixels).
            It says nothing with answers="vendored".
        retry_after: whether a 429 says when to come back; None: as `answers` does ("live" does not).
        seed: changes all pictures and ids.
        small_pictures: draw pictures of the asked shape with a shorter side of 256 pixels or little more, many times
            faster than at full size. What is uploaded is checked as it is, then worked on at that size.
        page: show people the ledger, live, at the root of the port: requests, pictures, charges, limits, and switches
            for faults. Everybody who reaches the port can use it; web pages from elsewhere cannot.
        spec: an OpenAPI document as a dict; None takes the effective spec that ships with the SDK.
        clock: gives the time in seconds since the epoch; it rules the limits and the URLs.

    The port is opened by `with` (or `start`) and closed at its end (or by `close`); `transport` needs neither.
    Raises ValueError for numbers out of range; `start` raises OSError when the port is taken.
    """

    def __init__(
        self,
        token: str = "sandbox-token",
        *,
        balance: int = 10_000,
        limits: bool = True,
        requests_per_second: int = 5,
        images_per_minute: int = 100,
        time_scale: float = 1.0,
        url_lifetime: float = 86_400.0,
        host: str = "127.0.0.1",
        port: int = 0,
        faults: FaultPlan | None = None,
        answers: Answers = "live",
        strict: bool = True,
        retry_after: bool | None = None,
        seed: int = 0,
        small_pictures: bool = False,
        page: bool = False,
        spec: dict[str, Any] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        if answers not in {"vendored", "live"}:
            raise ValueError(f'answers must be "vendored" or "live", got {answers!r}')
        if min(requests_per_second, images_per_minute) < 1 or time_scale <= 0:
            raise ValueError("the limits must be 1 or more, and time_scale must be positive")
        self._account = Account(
            balance,
            limits=limits,
            requests_per_second=requests_per_second,
            images_per_minute=images_per_minute,
            time_scale=time_scale,
        )
        service = Service.create(
            _shipped_contract(answers == "live") if spec is None else Contract(spec, live=answers == "live"),
            token,
            self._account,
            answers=answers,
            strict=strict,
            retry_after=retry_after,
            url_lifetime=url_lifetime,
            seed=seed,
            small_pictures=small_pictures,
        )
        self._desk = Desk(service)
        self._page = Page(self._desk, host) if page else None
        self._host, self._port, self._clock = host, port, clock
        self._server: SocketServer | None = None
        self._refusing = 0
        self.faults = faults or FaultPlan()

    @property
    def token(self) -> str:
        return self._desk.service.token

    @property
    def base_url(self) -> str:
        """Where the API is, for example "http://127.0.0.1:8000/v1". Raises RuntimeError before `start`."""
        if self._server is None:
            raise RuntimeError("the sandbox is not started: use `with Sandbox() as sandbox`, or sandbox.transport()")
        path: str = self._desk.service.world.contract.base_path
        return self._server.origin + path

    @property
    def balance(self) -> int:
        """API units left. Setting it tops up or empties the account."""
        return self._account.balance

    @balance.setter
    def balance(self, units: int) -> None:
        self._account.balance = units

    @property
    def ledger(self) -> Ledger:
        """Every request and every charge so far."""
        return self._desk.ledger

    @property
    def faults(self) -> FaultPlan:
        """The plan in force. Setting one starts it from its first rule."""
        return self._desk.script.plan

    @faults.setter
    def faults(self, plan: FaultPlan) -> None:
        for rule in plan.rules:
            if not isinstance(rule, Fault):
                raise ValueError(f"a fault plan holds Faults, not {rule!r}")
            self._desk.check(rule)
        self._desk.script = FaultScript(plan)

    def transport(self) -> SandboxTransport:
        """An httpx transport, sync and async, that needs no port. It serves its own image URLs, at sandbox.invalid."""
        return SandboxTransport(self._desk, self._clock, lambda: self._refusing > 0)

    @contextlib.contextmanager
    def refuse(self) -> Iterator[None]:
        """Within the block connections are truly refused: nothing listens on the port, idle connections are closed."""
        self._refusing += 1
        if self._refusing == 1 and self._server is not None:
            self._server.pause()
        try:
            yield
        finally:
            self._refusing -= 1
            if not self._refusing and self._server is not None:
                self._server.resume()

    def start(self) -> Self:
        """Open the port. Raises OSError when it is taken. Starting twice does nothing."""
        if self._server is None:
            self._server = SocketServer(self._desk, self._host, self._port, self._clock, self._page)
        return self

    def close(self) -> None:
        """Close the port and every connection; answers still waiting are given up. Closing twice does nothing."""
        server, self._server = self._server, None
        if server is not None:
            server.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        where = self.base_url if self._server else "not started"
        return f"<Sandbox {where}, {self.balance} units>"


@functools.cache
def _shipped_contract(live: bool) -> Contract:
    """That of the effective spec, which no sandbox changes: reading it is most of what starting one takes."""
    return Contract(shipped_spec(), live=live)


def shipped_spec() -> dict[str, Any]:
    """The effective spec that comes with the SDK."""
    text = resources.files("recraft_api").joinpath("openapi.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document
