"""The two clients: settings, siblings, closing, what never leaves them, and that they are one and the same."""

from __future__ import annotations

import copy
import hashlib
import inspect
import pickle
import pydoc
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

import recraft
from recraft import AsyncRecraft, InputError, Limit, MemoryStore, RateLimiter, Recraft, RetryPolicy, ServerError
from recraft.api import Groups
from recraft.sandbox import Sandbox
from recraft_api.operations import OPERATIONS, SERVER

from .support import BASE, PNG, TOKEN, Wire

CLIENTS = [Recraft, AsyncRecraft]
each_client = pytest.mark.parametrize("kind", CLIENTS, ids=lambda kind: kind.__name__)


def namespaces(client: Any) -> dict[str, Any]:
    groups = [name for name, value in vars(Groups).items() if isinstance(value, property)]
    return {name: getattr(client, name) for name in groups}


# Settings.


@each_client
@pytest.mark.parametrize("token", [None, "", "  ", "two words", "line\nbreak", "zażółć", "tab\tbed", "\x7f"])
def test_a_missing_or_impossible_token_is_refused(kind: Any, token: str | None) -> None:
    with pytest.raises(InputError, match="token") as caught:
        kind(token)
    if token and token.strip():
        assert token not in str(caught.value)


def test_the_token_comes_from_the_environment_when_none_is_given(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECRAFT_API_TOKEN", "  from-outside\n")
    transport = httpx.MockTransport(wire._handle)
    client: Any = (Recraft if wire.kind == "sync" else AsyncRecraft)(transport=transport, limiter=None)
    wire.client = lambda **_: client  # type: ignore[method-assign]
    assert wire.request("users.me").headers["authorization"] == "Bearer from-outside"


def test_a_token_that_is_given_comes_before_the_environment(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECRAFT_API_TOKEN", "from-outside")
    assert wire.request("users.me").headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize(
    ("given", "environment", "used"),
    [
        (None, None, SERVER),
        (None, "https://outside.test/v9", "https://outside.test/v9"),
        ("https://given.test/v1/", "https://outside.test/v9", "https://given.test/v1"),
        ("https://given.test", None, "https://given.test"),
        ("http://127.0.0.1:8000/v1", None, "http://127.0.0.1:8000/v1"),
        ("http://localhost:1", None, "http://localhost:1"),
        ("http://[::1]:8000/v1", None, "http://[::1]:8000/v1"),
        (None, "", SERVER),
    ],
)
def test_the_address_is_given_or_from_the_environment_or_in_the_specification(
    wire: Wire, monkeypatch: pytest.MonkeyPatch, given: str | None, environment: str | None, used: str
) -> None:
    if environment is not None:
        monkeypatch.setenv("RECRAFT_BASE_URL", environment)
    wire.run(lambda client: client.users.me(), base_url=given)
    assert str(wire.requests[0].url) == f"{used}/users/me"


@each_client
@pytest.mark.parametrize(
    "url",
    ["http://example.com/v1", "ftp://example.com", "example.com/v1", "/v1", "https://", "https://user:pw@example.com",
     "https://example.com/v1?key=1", "https://example.com/#x", "http://127.0.0.1.example.com", "http://localhost.example.com",
     "https://[::1", "https://example.com:port", 7, "http://0.0.0.0.example.com"],
)  # fmt: skip
def test_an_address_that_would_endanger_the_token_is_refused(kind: Any, url: Any) -> None:
    with pytest.raises(InputError, match="base_url") as caught:
        kind(TOKEN, base_url=url)
    assert "pw" not in str(caught.value)


@each_client
@pytest.mark.parametrize("timeout", [0, -1, True, "5", float("nan"), [5]])
def test_a_timeout_is_a_number_of_seconds(kind: Any, timeout: Any) -> None:
    with pytest.raises(InputError, match="timeout is"):
        kind(TOKEN, timeout=timeout)


@pytest.mark.parametrize(
    ("timeout", "sent"),
    [
        (2, {"connect": 2, "write": 2, "read": 2, "pool": None}),
        (90.5, {"connect": 5.0, "write": 60.0, "read": 90.5, "pool": None}),
        (None, dict.fromkeys(("connect", "read", "write", "pool"))),
        (httpx.Timeout(7, read=8), {"connect": 7, "write": 7, "read": 8, "pool": 7}),
    ],
    ids=str,
)
def test_timeouts_reach_the_transport(wire: Wire, timeout: Any, sent: dict[str, float | None]) -> None:
    without_deadline = RetryPolicy(deadline=None)
    wire.run(lambda client: client.users.me(), timeout=timeout, retry=without_deadline)
    assert wire.requests[0].extensions["timeout"] == sent


@each_client
@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"retry": 3}, "retry is 3; expected a RetryPolicy"),
        ({"limiter": "fast"}, "limiter is 'fast'; expected a RateLimiter"),
        ({"limiter": True}, "limiter is True"),
    ],
)
def test_a_setting_of_the_wrong_type_is_refused(kind: Any, settings: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        kind(TOKEN, **settings)


@pytest.mark.parametrize(
    ("kind", "wrong", "wanted"),
    [
        (Recraft, httpx.AsyncHTTPTransport, "httpx.BaseTransport"),
        (AsyncRecraft, httpx.HTTPTransport, "httpx.AsyncBaseTransport"),
        (Recraft, str, "httpx.BaseTransport"),
    ],
)
def test_a_transport_of_the_other_kind_is_refused_as_the_client_is_made(kind: Any, wrong: Any, wanted: str) -> None:
    with pytest.raises(InputError, match=f"transport is a {wrong.__name__}; expected an {wanted}"):
        kind(TOKEN, transport=wrong())


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer other"},
        {"authorization": "x"},
        {"Host": "evil.test"},
        {"Content-Type": "text/plain"},
        {"Content-Length": "0"},
        {"Transfer-Encoding": "chunked"},
        {"Connection": "close"},
        {"Cookie": "a=b"},
        {"X-Team": "a\r\nX-Evil: 1"},
        {"X-Team": "ä"},
        {"X-Team": 7},
        {"X Team": "a"},
        {"X-Team:": "a"},
        {"": "a"},
        {"X-Tëam": "a"},
    ],
    ids=str,
)
def test_a_header_that_belongs_to_the_client_or_cannot_be_sent_is_refused(headers: Any) -> None:
    for make in (
        lambda: Recraft(TOKEN, headers=headers),
        lambda: AsyncRecraft(TOKEN, headers=headers),
        lambda: Recraft(TOKEN).with_options(headers=headers),
    ):
        with pytest.raises(InputError, match="header"):
            make()


def test_headers_are_added_to_every_call(wire: Wire) -> None:
    wire.run(lambda client: client.users.me(), headers={"X-Team": "a", "User-Agent": "mine"})
    assert wire.requests[0].headers["x-team"] == "a"
    assert wire.requests[0].headers["user-agent"] == "mine"


# Siblings.


def test_a_sibling_has_other_settings_and_leaves_the_original_alone(wire: Wire) -> None:
    client = wire.client(headers={"x-a": "1"}, timeout=100)
    sibling = client.with_options(headers={"x-b": "2"}, timeout=9)
    assert type(sibling) is type(client)
    wire.client = lambda **_: sibling  # type: ignore[method-assign]
    changed = wire.request("users.me")
    wire.client = lambda **_: client  # type: ignore[method-assign]
    original = wire.request("users.me")
    assert (changed.headers["x-a"], changed.headers["x-b"]) == ("1", "2")
    assert "x-b" not in original.headers
    assert changed.extensions["timeout"]["read"] == 9
    assert original.extensions["timeout"]["read"] == 100


def test_a_sibling_shares_connections_and_only_the_original_closes_them() -> None:
    closed: list[str] = []

    class Transport(httpx.MockTransport):
        def close(self) -> None:
            closed.append("closed")

    client = Recraft(TOKEN, transport=Transport(lambda request: httpx.Response(200, json={})), limiter=None)
    with client.with_options(timeout=5) as sibling:
        sibling.users.me()
        with sibling.with_options(timeout=6):
            pass
    assert closed == []
    client.close()
    assert closed == ["closed"]


@pytest.mark.anyio
async def test_an_asynchronous_sibling_leaves_the_connections_to_the_original() -> None:
    closed: list[str] = []

    class Transport(httpx.MockTransport):
        async def aclose(self) -> None:
            closed.append("closed")

    async with AsyncRecraft(TOKEN, transport=Transport(lambda request: httpx.Response(200, json={}))) as client:
        async with client.with_options(retry=None):
            pass
        assert closed == []
    assert closed == ["closed"]


def test_a_sibling_shares_the_rate_limiter(wire: Wire) -> None:
    limiter = RateLimiter([Limit(2, 3600, "images")], store=MemoryStore())

    def main(client: Any) -> Any:
        first = client.with_options(retry=RetryPolicy(deadline=5))
        second = client.with_options(timeout=9, retry=RetryPolicy(deadline=5))

        async def both() -> None:
            await first.images.generate("a", n=2)
            await second.images.generate("a", n=1)

        if wire.kind == "async":
            return both()
        first.images.generate("a", n=2)
        return second.images.generate("a", n=1)

    with pytest.raises(recraft.TimedOut, match="rate limit"):
        wire.run(main, limiter=limiter, transport=httpx.MockTransport(wire._handle))
    assert len(wire.requests) == 1


@pytest.mark.parametrize("wrong", [{"timeout": 0}, {"retry": 3}, {"headers": {"Host": "x"}}])
def test_a_sibling_refuses_what_a_client_refuses(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        Recraft(TOKEN).with_options(**wrong)


def test_a_sibling_can_turn_settings_off() -> None:
    wire = Wire("sync")
    seen: list[Any] = []
    wire.reply = lambda request: httpx.Response(500)
    client = wire.client(on_event=seen.append, retry=RetryPolicy())
    with pytest.raises(ServerError) as caught:
        client.with_options(retry=None, on_event=None).users.me()
    assert (caught.value.attempts, seen) == (1, [])


def test_closing_twice_does_no_harm() -> None:
    with Recraft(TOKEN) as client:
        client.close()
    client.close()


# What never leaves.


@each_client
def test_nothing_about_a_client_shows_the_token(kind: Any) -> None:
    client = kind(TOKEN, base_url=BASE, headers={"x-key": "secret-key"})
    shown = [client, client.images, client.raw, client.with_options(timeout=5), client.images.generate]
    shown += [client._settings, client._io, client.raw._headers, client._settings.policy, client._settings.limiter]
    for value in shown:
        for text in (repr(value), str(value), f"{value}"):
            assert TOKEN not in text
            assert "secret-key" not in text
    assert BASE in repr(client)


def test_no_redirect_is_followed(wire: Wire) -> None:
    wire.reply = lambda request: httpx.Response(307, headers={"location": "https://evil.test/v1/images/generations"})
    with pytest.raises(ServerError, match="never sent to another address"):
        wire.call("images.image_to_image", PNG, "a hat")
    assert [request.url.host for request in wire.requests] == ["api.test"]


@pytest.mark.parametrize(
    "url",
    ["https://evil.test/v1/x", "http://api.test/v1/x", "https://api.test:8443/v1/x", "https://api.test.evil.test/",
     "https://api.test@evil.test/x"],
)  # fmt: skip
def test_the_token_never_leaves_the_origin_of_the_api(wire: Wire, url: str) -> None:
    def direct(client: Any) -> Any:
        raw = client.raw
        http = raw.get_httpx_client() if wire.kind == "sync" else raw.get_async_httpx_client()
        return http.request("get", url)

    with pytest.raises(InputError, match="refused to send the token"):
        wire.run(direct)
    assert wire.requests == []


def test_cookies_are_never_sent_back(wire: Wire) -> None:
    wire.reply = lambda request: httpx.Response(200, json={}, headers={"set-cookie": "track=1; Path=/"})

    def twice(client: Any) -> Any:
        async def both() -> None:
            await client.users.me()
            await client.users.me()

        if wire.kind == "async":
            return both()
        client.users.me()
        return client.users.me()

    wire.run(twice)
    assert len(wire.requests) == 2
    assert not any("cookie" in request.headers for request in wire.requests)


def test_the_raw_client_refuses_what_would_change_it_for_everybody(wire: Wire) -> None:
    raw = wire.client().raw
    for change in (
        lambda: raw.with_headers({"a": "b"}),
        lambda: raw.with_timeout(httpx.Timeout(5)),
        lambda: raw.with_cookies({"a": "b"}),
        lambda: raw.get_async_httpx_client() if wire.kind == "sync" else raw.get_httpx_client(),
    ):
        with pytest.raises(InputError):
            change()


def test_the_generated_function_of_the_other_kind_says_which_one_to_take() -> None:
    from recraft_api.api.users import get_current_user

    with pytest.raises(InputError, match=r"use the generated asyncio\(\)"):
        get_current_user.sync(client=AsyncRecraft(TOKEN).raw)

    async def wrong() -> None:
        await get_current_user.asyncio(client=Recraft(TOKEN).raw)

    with pytest.raises(InputError, match=r"use the generated sync\(\)"):
        anyio.run(wrong)


# One definition for both.


def test_both_clients_have_the_same_names() -> None:
    pairs = {"close": "aclose", "__enter__": "__aenter__", "__exit__": "__aexit__"}
    sync, asynchronous = Recraft(TOKEN), AsyncRecraft(TOKEN)
    assert {pairs.get(name, name) for name in dir(sync)} == set(dir(asynchronous))
    assert namespaces(sync).keys() == namespaces(asynchronous).keys()


def operations_of(client: Any) -> dict[str, Callable[..., Any]]:
    return {
        f"{group}.{name}": getattr(namespace, name)
        for group, namespace in namespaces(client).items()
        for name, value in vars(type(namespace)).items()
        if hasattr(value, "operation")
    }


def test_both_clients_have_the_same_operations_with_the_same_signatures_and_documentation() -> None:
    sync, asynchronous = operations_of(Recraft(TOKEN)), operations_of(AsyncRecraft(TOKEN))
    assert sync.keys() == asynchronous.keys()
    assert len(sync) >= 25
    for name, method in sync.items():
        assert str(inspect.signature(method)) == str(inspect.signature(asynchronous[name]))
        assert method.__doc__ == asynchronous[name].__doc__
        assert (method.__name__, method.__module__.partition(".")[0]) == (name.partition(".")[2], "recraft")
        assert inspect.iscoroutinefunction(asynchronous[name])
        assert not inspect.iscoroutinefunction(method)


@pytest.mark.parametrize("name", ["__init__", "with_options", "save", "fetch"])
def test_both_clients_take_the_same_arguments(name: str) -> None:
    sync, asynchronous = (list(inspect.signature(getattr(kind, name)).parameters) for kind in CLIENTS)
    assert sync == asynchronous


def test_help_shows_every_option_with_what_the_specification_says() -> None:
    for client in (Recraft(TOKEN), AsyncRecraft(TOKEN)):
        text = pydoc.render_doc(client.images.generate, renderer=pydoc.plaintext)
        for option in ("negative_prompt", "n: int", "background_color", "From 1 to 6.", "Sent in `controls`."):
            assert option in text
        assert "Ellipsis" not in text
        assert "**options" not in text
        assert "<" not in str(inspect.signature(client.images.generate))


def test_every_operation_documents_itself() -> None:
    for name, method in operations_of(Recraft(TOKEN)).items():
        text = pydoc.render_doc(method, renderer=pydoc.plaintext)
        assert (method.__doc__ or " ")[0].isupper(), name
        assert "Ellipsis" not in text, name
        assert "Unpack" not in text, name


def test_a_method_can_be_passed_around() -> None:
    wire = Wire("sync")
    client = wire.client()
    generate = client.images.generate
    assert generate == client.images.generate
    assert len(generate("a fox")) == 1
    assert recraft.api.images.Images.generate.__doc__ == generate.__doc__


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio", "trio"])
async def test_the_asynchronous_client_works_under_asyncio_and_trio(tmp_path: Any) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    with Sandbox(strict=False, limits=False) as sandbox:
        async with AsyncRecraft(sandbox.token, base_url=sandbox.base_url, limiter=None) as client:
            results: dict[int, Any] = {}

            async def one(number: int) -> None:
                results[number] = await client.images.vectorize(tmp_path / "a.png")

            async with anyio.create_task_group() as group:
                for number in range(5):
                    group.start_soon(one, number)
            paths = await client.save(results[0], tmp_path)
            assert (await client.fetch(results[0][0])) == paths[0].read_bytes()
        assert len([request for request in sandbox.ledger.requests if request.method == "POST"]) == 5


def test_one_client_serves_many_threads(tmp_path: Any) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    together = threading.Barrier(8)
    with Sandbox(strict=False, limits=False, balance=10**6) as sandbox:
        with Recraft(sandbox.token, base_url=sandbox.base_url, limiter=None) as client:

            def work(number: int) -> tuple[int, int]:
                together.wait()
                made = client.images.generate(f"fox {number}", n=1 + number % 3)
                edited = client.with_options(timeout=60).images.vectorize(tmp_path / "a.png")
                return len(made), len(edited)

            with ThreadPoolExecutor(8) as pool:
                counts = list(pool.map(work, range(8)))
        assert counts == [(1 + number % 3, 1) for number in range(8)]
        assert len(sandbox.ledger.charges) == 16


# The package.


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_importing_the_package_loads_next_to_nothing() -> None:
    code = (
        "import sys, recraft; dir(recraft); recraft.__version__;"
        "heavy = ('httpx', 'attrs', 'attr', 'recraft_api', 'anyio', 'dateutil', 'ssl');"
        "print([name for name in heavy if name in sys.modules])"
    )
    assert run(code) == "[]"


def test_every_public_name_can_be_had_and_is_listed() -> None:
    code = (
        "import recraft; names = dir(recraft);"
        "assert names == sorted(recraft.__all__), names;"
        "print(all(getattr(recraft, name) is not None for name in names))"
    )
    assert run(code) == "True"
    assert run("from recraft import *; print(Recraft.__name__, RateLimiter.__name__)") == "Recraft RateLimiter"


def test_the_package_says_which_document_of_the_api_it_speaks() -> None:
    root = Path(__file__).resolve().parents[2]
    vendored = (root / "spec" / "openapi.yaml").read_bytes()
    assert hashlib.sha256(vendored).hexdigest() == recraft.SPEC_SHA256
    assert f"version: '{recraft.SPEC_VERSION}'" in vendored.decode()


def test_a_name_the_package_does_not_have_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Recrafty'"):
        recraft.Recrafty  # noqa: B018


def test_a_result_can_be_unpickled_where_nothing_was_imported_yet() -> None:
    result = Wire("sync").call("images.generate", "a fox")
    data = pickle.dumps(result)
    assert run(f"import pickle; print(pickle.loads({data!r}).credits)") == "40"


def test_a_closed_client_says_so_instead_of_connecting_again() -> None:
    client = Recraft(
        "token", transport=httpx.MockTransport(lambda request: httpx.Response(200, json={"credits": 1})), limiter=None
    )
    sibling = client.with_options(timeout=1)
    client.close()

    for closed in (client, sibling):
        with pytest.raises(InputError, match="this client was closed"):
            closed.users.me()


@pytest.mark.anyio
async def test_a_closed_async_client_says_so_too() -> None:
    client = AsyncRecraft(
        "token", transport=httpx.MockTransport(lambda request: httpx.Response(200, json={})), limiter=None
    )
    await client.aclose()

    with pytest.raises(InputError, match="this client was closed"):
        await client.users.me()


# The environment's proxies, and clients that were never made.


@each_client
@pytest.mark.parametrize(
    "proxy", ["http://u:pa55word@proxy:bad", "http://u:pa55word@[::1", "gopher://u:pa55word@proxy:1", "::::"]
)
def test_a_proxy_of_the_environment_that_is_none_is_named_by_its_variable_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, kind: Any, proxy: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(InputError, match="HTTPS_PROXY") as caught:
        kind(TOKEN)
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True).format()
    assert "pa55word" not in "".join(line for line in shown if "test_clients.py" not in line)


@each_client
def test_a_client_that_could_not_be_made_still_has_a_repr(kind: Any) -> None:
    for half in (object.__new__(kind), object.__new__(type(kind(TOKEN).images))):
        assert repr(half)
    with pytest.raises(InputError) as caught:
        kind("")
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True).format()
    assert "<exception repr() failed>" not in "".join(shown)


def test_an_argument_that_this_version_of_the_api_does_not_take_is_named(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document in which similar images are found by id only."""
    facts = copy.deepcopy(OPERATIONS["exploreSimilarImages"])
    for body in facts["bodies"].values():
        for name in body["images"].values():
            body["properties"].pop(name)
        body["images"] = {}
    monkeypatch.setitem(OPERATIONS, "exploreSimilarImages", facts)
    with pytest.raises(InputError, match=r"takes no image in this version of the API\. It takes: .*source_image_id"):
        wire.call("images.explore_similar", PNG)
    assert wire.requests == []
