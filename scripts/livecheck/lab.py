"""Makes the calls, each once, as httpx makes them, so that what came can be looked at as it came. None is ever sent
again: one whose answer was lost counts as charged.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import attrs
import httpx

from livecheck.answers import Answer
from livecheck.budget import Budget
from livecheck.words import Secrets, said
from recraft import Recraft, RetryPolicy
from recraft.errors import reason

T = TypeVar("T")

WRONG_TOKEN = "a-token-that-is-wrong"
BURST = 12
_IN_DOUBT = range(500, 600)
_OF_THE_WIRE = {"content-encoding", "content-length", "transfer-encoding", "connection"}


class NotChecked(Exception):
    """Why an assumption could not be checked."""


@attrs.frozen
class Call:
    """A request. `worst` is the most it costs by the documentation, `expected` what it costs when all is as assumed.
    `root` tells that it goes above the version.
    """

    name: str
    method: str
    path: str
    arguments: Callable[[], dict[str, Any]] = dict
    token: str | None = "own"  # or "wrong", or None for no token at all
    worst: float = 0.0
    expected: float = 0.0
    root: bool = False


@attrs.define
class Lab:
    """One run: its connection, its budget, and the answers so far."""

    token: str = attrs.field(repr=False)
    base_url: str = attrs.field(repr=False)
    secrets: Secrets = attrs.field(repr=False)
    http: httpx.Client = attrs.field(repr=False)
    budget: Budget = attrs.field(factory=Budget)
    limits: bool = False
    pause: float = 0.3  # seconds between two calls: the account takes 5 in a second
    sent: int = 0
    _done: dict[str, Answer | NotChecked] = attrs.field(factory=dict, repr=False)

    @classmethod
    def open(cls, token: str, base_url: str, transport: httpx.BaseTransport | None = None, **options: Any) -> Self:
        agent = {"User-Agent": "recraft-sdk live check", "Accept-Encoding": "gzip"}
        http = httpx.Client(headers=agent, transport=transport, timeout=120)
        return cls(token, base_url.rstrip("/"), Secrets(token), http, **options)

    def answer(self, call: Call) -> Answer:
        """The answer to this call, which is made when it has not been. Raises NotChecked when there is none."""
        return self._once(call.name, lambda: self._make(call))

    def told(self, call: Call) -> Answer:
        """The same, when it says something of the call: no rate limit, no empty account, no failure of the service."""
        answer = self.answer(call)
        if answer.status == 429 or answer.status >= 500 or out_of_units(answer):
            raise NotChecked(f"{call.name}: {said(answer)}")
        return answer

    def made(self, call: Call) -> bool:
        return isinstance(self._done.get(call.name), Answer)

    def answers(self) -> Iterator[Answer]:
        """All answers so far."""
        return (found for found in self._done.values() if isinstance(found, Answer))

    def picture(self, call: Call) -> Answer:
        """The first image of an answer, fetched by its URL without a token."""
        image = next(iter(self.told(call).images), {})
        url = image.get("url")
        if not isinstance(url, str):
            raise NotChecked(f"{call.name} gave no URL")
        try:
            ours, theirs = urlsplit(self.base_url), urlsplit(url)
        except ValueError:
            raise NotChecked(f"the URL of {call.name} is none") from None
        if theirs.scheme != "https" and (theirs.scheme, theirs.netloc) != (ours.scheme, ours.netloc):
            raise NotChecked(f"the URL of {call.name} is not https, and was not fetched")
        return self._once(f"picture of {call.name}", lambda: _answer(self.http.get(url)))

    def burst(self) -> list[Answer]:
        """Many free requests at once."""
        with ThreadPoolExecutor(BURST) as pool:
            me = Call("users/me", "GET", "/users/me")
            try:
                return list(pool.map(lambda _: self._send(me), range(BURST)))
            except httpx.HTTPError as error:
                raise NotChecked(reason(error)) from None

    def read(self, answer: Answer, use: Callable[[Recraft], T]) -> T:
        """What the package makes of an answer that came: it is given the same bytes again, and nothing is sent."""
        headers = [pair for pair in answer.headers.multi_items() if pair[0].lower() not in _OF_THE_WIRE]
        replay = httpx.MockTransport(lambda _: httpx.Response(answer.status, headers=headers, content=answer.content))
        once = RetryPolicy(max_attempts=1)
        with Recraft(self.token, base_url=self.base_url, transport=replay, limiter=None, retry=once) as client:
            return use(client)

    def _once(self, name: str, make: Callable[[], Answer]) -> Answer:
        if name not in self._done:
            try:
                self._done[name] = make()
            except NotChecked as error:
                self._done[name] = error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                self._done[name] = NotChecked(reason(error))
        found = self._done[name]
        if isinstance(found, NotChecked):
            raise found
        return found

    def _make(self, call: Call) -> Answer:
        if why := self.budget.refusal(call.worst, call.expected):
            raise NotChecked(why)
        if self.sent and self.pause:
            time.sleep(self.pause)
        try:
            answer = self._send(call)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            raise  # it never left
        except BaseException as error:
            if call.worst:
                self.budget.charge(call.name, None, call.worst, call.expected)
            if isinstance(error, httpx.HTTPError):
                counted = f"; counted as {call.worst:g} units" if call.worst else ""
                raise NotChecked(f"{reason(error)}{counted}") from None
            raise
        self.secrets.learn_urls(answer.json if answer.json is not None else answer.text)
        if call.worst and (answer.ok or answer.status in _IN_DOUBT):
            body = answer.json if answer.ok else None
            credits = body.get("credits") if isinstance(body, dict) else None
            self.budget.charge(call.name, credits, call.worst, call.expected)
        return answer

    def _send(self, call: Call) -> Answer:
        token = {"own": self.token, "wrong": WRONG_TOKEN, None: None}[call.token]
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        base = re.sub(r"/v\d+$", "", self.base_url) if call.root else self.base_url
        self.sent += 1
        return _answer(self.http.request(call.method, base + call.path, headers=headers, **call.arguments()))


def out_of_units(answer: Answer) -> bool:
    code = answer.json.get("code") if isinstance(answer.json, dict) else None
    return answer.status == 402 or (not answer.ok and code == "not_enough_credits")


def _answer(response: httpx.Response) -> Answer:
    return Answer(response.status_code, response.headers, response.content)
