"""Proxies: which one a client goes through, and what it says of one that does not let it through."""

from __future__ import annotations

import logging
import ssl
import traceback
from typing import Any

import anyio
import httpx
import pytest
from retry.servers import serving

from recraft import (
    AsyncRecraft,
    ConnectionFailed,
    DownloadError,
    Event,
    Image,
    InputError,
    RateLimiter,
    Recraft,
    RecraftError,
    RetryPolicy,
    aiohttp_transport,
)
from recraft._core.proxies import check_proxy
from recraft.testing import no_waits

from .conftest import HOST, TOKEN, Authority, Service
from .proxy import Socks, Tunnels, proxying


def on_aiohttp(token: str, *, proxy: Any = None, **settings: Any) -> AsyncRecraft:
    return AsyncRecraft(token, transport=aiohttp_transport(proxy=proxy), **settings)


either_client = pytest.mark.parametrize("kind", [Recraft, AsyncRecraft], ids=["sync", "async"])
each_client = pytest.mark.parametrize(
    "kind", [Recraft, AsyncRecraft, pytest.param(on_aiohttp, marks=pytest.mark.slow)], ids=["sync", "async", "aiohttp"]
)
SECRETS = ("pa55word", "dXNlcjpwYTU1d29yZA")


def run(client: Any, action: Any) -> Any:
    """`action(client)`, awaited where the client is asynchronous; then the client is closed."""
    if isinstance(client, Recraft):
        with client:
            return action(client)

    async def main() -> Any:
        async with client:
            return await action(client)

    return anyio.run(main)


def me(client: Any) -> Any:
    return client.users.me()


def dead_port() -> int:
    with serving(lambda peer: None) as server:
        return server.port


@each_client
def test_a_call_goes_through_the_proxy_that_was_given_and_tells_it_nothing(service: Service, kind: Any) -> None:
    tunnels = Tunnels(service.ports, password="user:pa55word")
    with proxying(tunnels) as where:
        client = kind(TOKEN, base_url=service.base_url, limiter=None, proxy=f"http://user:pa55word@{where}")
        assert len(run(client, lambda client: client.images.generate("a fox", n=2))) == 2
    (asked,) = tunnels.seen
    assert asked.startswith(f"CONNECT {HOST}:{service.server.port} ".encode())
    assert TOKEN.encode() not in asked
    assert service.front.charged() == {TOKEN: 2}
    assert b"proxy-authorization" not in service.front.seen[0][1].lower()


@each_client
def test_an_httpx_proxy_with_its_own_password_and_headers_is_taken_too(service: Service, kind: Any) -> None:
    tunnels = Tunnels(service.ports, password="user:pa55word")
    with proxying(tunnels) as where:
        proxy = httpx.Proxy(f"http://{where}", auth=("user", "pa55word"), headers={"X-Team": "ads"})
        run(kind(TOKEN, base_url=service.base_url, limiter=None, proxy=proxy), me)
    assert b"X-Team: ads" in tunnels.seen[0]


@each_client
def test_the_proxies_of_the_environment_are_read_when_a_client_is_made(
    service: Service, kind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = Tunnels(service.ports), Tunnels(service.ports)
    settings: dict[str, Any] = {"base_url": service.base_url, "limiter": None}
    with proxying(first) as here, proxying(second) as there:
        direct = kind(TOKEN, **settings)
        monkeypatch.setenv("HTTPS_PROXY", f"http://{here}")
        through_the_first = kind(TOKEN, **settings)
        monkeypatch.setenv("HTTPS_PROXY", there)  # without a scheme, as many write it
        through_the_second = kind(TOKEN, **settings)
        monkeypatch.setenv("NO_PROXY", f"other.test, .{HOST.partition('.')[2]}")
        passing_by = kind(TOKEN, **settings)
        monkeypatch.setenv("NO_PROXY", f"{HOST}:{service.server.port}")
        passing_by_port = kind(TOKEN, **settings)
        monkeypatch.setenv("NO_PROXY", f"{HOST}:1")
        monkeypatch.setenv("ALL_PROXY", f"http://{here}")
        monkeypatch.delenv("HTTPS_PROXY")
        through_all = kind(TOKEN, **settings)
        monkeypatch.delenv("ALL_PROXY")
        ways = [direct, through_the_first, through_the_second, passing_by, passing_by_port, through_all]
        seen = []
        for client in ways:
            before = len(first.seen), len(second.seen)
            run(client, me)
            seen.append((len(first.seen) - before[0], len(second.seen) - before[1]))
    assert seen == [(0, 0), (1, 0), (0, 1), (0, 0), (0, 0), (1, 0)]


@each_client
def test_a_sibling_goes_through_another_proxy_and_both_keep_their_connections(
    service: Service, kind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = (Tunnels(service.ports) for _ in range(3))
    with proxying(first) as one, proxying(second) as two, proxying(third) as three:
        client = kind(TOKEN, base_url=service.base_url, limiter=None, proxy=f"http://{one}")
        monkeypatch.setenv("HTTPS_PROXY", f"http://{three}")

        def both(client: Any) -> Any:
            siblings = [client.with_options(proxy=f"http://{two}") for _ in range(3)]
            siblings += [client.with_options(timeout=9), client.with_options(proxy=None)]
            if kind is Recraft:
                return [each.users.me() for each in (client, *siblings)]

            async def main() -> None:
                for each in (client, *siblings):
                    await each.users.me()

            return main()

        run(client, both)
    assert [len(each.seen) for each in (first, second, third)] == [1, 1, 1]
    assert len(service.front.seen) == 6
    assert service.server.connections == 3


REFUSALS = [
    ("407 Proxy Authentication Required", None, 1),
    ("403 Forbidden", None, 2),
    ("502 Bad Gateway", None, 2),
    (None, "user:other", 1),
]


@each_client
@pytest.mark.parametrize(("refuse", "password", "attempts"), REFUSALS)
def test_a_proxy_that_refuses_is_named_without_its_password(
    service: Service, kind: Any, refuse: str | None, password: str | None, attempts: int,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    told: list[Event] = []
    with no_waits(), proxying(Tunnels({}, refuse=refuse, password=password)) as where:
        settings: dict[str, Any] = {"limiter": RateLimiter(), "retry": RetryPolicy(max_attempts=2)}
        client = kind(
            TOKEN, base_url=service.base_url, proxy=f"http://user:pa55word@{where}", on_event=told.append, **settings
        )
        with pytest.raises(ConnectionFailed, match=f"ProxyError.* at the proxy http://{where}: [45]") as caught:
            run(client, lambda client: client.images.generate("a fox"))
    error = caught.value
    assert (error.attempts, error.maybe_charged, error.operation) == (attempts, False, "createImage")
    assert HOST not in error.message
    assert "nothing was" in error.message
    said = [str(error), error.to_json(), repr(client), *map(repr, told), caplog.text]
    assert not [secret for secret in SECRETS for text in said if secret in text]
    assert service.front.seen == []


@each_client
def test_a_proxy_that_cannot_be_reached_is_named(service: Service, kind: Any) -> None:
    proxy = f"http://127.0.0.1:{dead_port()}"
    client = kind(TOKEN, base_url=service.base_url, limiter=None, retry=None, proxy=proxy)
    with pytest.raises(ConnectionFailed, match=f"ConnectError at the proxy {proxy}: ") as caught:
        run(client, me)
    assert caught.value.maybe_charged is False


@either_client
@pytest.mark.parametrize("scheme", ["http", "socks5"])
def test_a_proxy_that_says_nothing_to_a_call_is_named_and_nothing_is_in_doubt(
    service: Service, kind: Any, scheme: str
) -> None:
    with serving(lambda peer: peer.wait()) as server:
        client = kind(
            TOKEN,
            base_url=service.base_url,
            limiter=None,
            retry=None,
            proxy=f"{scheme}://127.0.0.1:{server.port}",
            timeout=0.2,
        )
        with pytest.raises(RecraftError, match=f"Timeout at the proxy {scheme}://127.0.0.1:{server.port}: ") as caught:
            run(client, lambda client: client.images.generate("a fox"))
    assert caught.value.maybe_charged is False


@either_client
def test_a_proxy_over_tls_is_verified_with_the_same_authorities(
    service: Service, authority: Authority, stranger: Authority, kind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tunnels = Tunnels(service.ports)
    with proxying(tunnels, authority.server) as where, monkeypatch.context() as later:
        client = kind(TOKEN, base_url=service.base_url, limiter=None, proxy=f"https://{where}")
        later.delenv("SSL_CERT_FILE")
        run(client, me)
    assert len(service.front.seen) == len(tunnels.seen) == 1
    with proxying(tunnels, stranger.server) as where:
        client = kind(TOKEN, base_url=service.base_url, limiter=None, proxy=f"https://{where}")
        with pytest.raises(ConnectionFailed, match=f"not trusted at the proxy https://{where}: ") as caught:
            run(client, me)
    assert caught.value.attempts == 1
    trusting = httpx.Proxy(f"https://{where}", ssl_context=ssl.create_default_context(cafile=str(stranger.file)))
    with proxying(tunnels, stranger.server) as where:
        trusting.url = httpx.URL(f"https://{where}")
        run(kind(TOKEN, base_url=service.base_url, limiter=None, proxy=trusting), me)
    assert len(service.front.seen) == 2


@either_client
def test_a_socks_proxy_carries_calls_and_is_named_when_it_refuses(service: Service, kind: Any) -> None:
    socks = Socks(service.ports)
    settings: dict[str, Any] = {"base_url": service.base_url, "limiter": None, "retry": None}
    with serving(socks.script) as server:
        proxy = f"socks5://127.0.0.1:{server.port}"
        run(kind(TOKEN, proxy=proxy, **settings), me)
        assert len(service.front.seen) == 1
        socks.ports.clear()
        with pytest.raises(ConnectionFailed, match=f"ProxyError at the proxy {proxy}: .*could not connect") as caught:
            run(kind(TOKEN, proxy=proxy, **settings), lambda client: client.images.generate("a fox"))
    assert caught.value.maybe_charged is False
    assert socks.seen == [HOST, HOST]


@each_client
def test_what_fails_beyond_the_proxy_names_the_service(service: Service, stranger: Authority, kind: Any) -> None:
    with serving(lambda peer: None, stranger.server) as wrong, proxying(Tunnels({HOST: wrong.port})) as where:
        client = kind(TOKEN, base_url=service.base_url, limiter=None, proxy=f"http://{where}")
        with pytest.raises(ConnectionFailed, match=f"not trusted at {HOST}: ") as caught:
            run(client, me)
    assert "proxy" not in caught.value.message


@each_client
def test_an_answer_that_does_not_come_through_the_proxy_is_the_services_and_in_doubt(
    service: Service, authority: Authority, kind: Any
) -> None:
    with serving(lambda peer: peer.request() and peer.close(), authority.server) as mute:
        with proxying(Tunnels({HOST: mute.port})) as where:
            client = kind(TOKEN, base_url=service.base_url, limiter=None, proxy=f"http://{where}")
            with pytest.raises(ConnectionFailed, match=f" at {HOST}: ") as caught:
                run(client, lambda client: client.images.generate("a fox"))
    assert (caught.value.maybe_charged, caught.value.attempts) == (True, 1)


@each_client
def test_an_image_is_fetched_through_the_proxy_and_its_refusal_is_named(service: Service, kind: Any) -> None:
    image = Image("https://img.example.test/a.png?sig=secret-signature")
    with no_waits(), proxying(Tunnels({}, refuse="403 Forbidden")) as where:
        client = kind(TOKEN, limiter=None, proxy=f"http://user:pa55word@{where}")
        with pytest.raises(DownloadError, match=f"ProxyError at the proxy http://{where}: 403") as caught:
            run(client, lambda client: client.fetch(image))
    assert "secret-signature" not in str(caught.value)


@each_client
def test_this_machine_is_reached_directly(service: Service, kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over http the token would travel to the proxy in the clear."""
    tunnels = Tunnels({})
    front = service.front
    with serving(front.script) as plain, proxying(tunnels) as where:
        run(kind(TOKEN, base_url=plain.base_url, limiter=None, proxy=f"http://{where}"), me)
        monkeypatch.setenv("ALL_PROXY", f"http://{where}")
        run(kind(TOKEN, base_url=plain.base_url, limiter=None), me)
    assert (len(front.seen), tunnels.seen) == (2, [])


WRONG = [
    "http://u:pa55word@proxy:bad",
    "http://u:pa55word@[::1",
    "gopher://u:pa55word@proxy:1",
    "::::",
    "",
    "proxy.example.test:3128",
    "http://u:pa55word@",
    "http://u:pa55word@a..b",
    "socks5://u:pa55word@proxy:1080",
    {"https": "http://u:pa55word@proxy:1"},
    b"http://u:pa55word@proxy:1",
]


@each_client
@pytest.mark.parametrize("proxy", WRONG, ids=str)
def test_what_is_no_proxy_is_refused_and_not_repeated(kind: Any, proxy: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)  # no socksio
    for make in (lambda: kind(TOKEN, proxy=proxy), lambda: kind(TOKEN).with_options(proxy=proxy)):
        with pytest.raises(InputError, match=r"^proxy is .*(something like http|httpx\[socks\])") as caught:
            make()
        assert "pa55word" not in "".join(traceback.format_exception(caught.value)[1:])


def test_where_the_environment_names_no_proxy_those_of_the_system_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("urllib.request.getproxies", lambda: {"https": "http://system.example.test:8080"})
    monkeypatch.setattr("urllib.request.proxy_bypass", lambda host: host == "inside.example.test")
    route = check_proxy(None)
    named = [route.proxy_for(httpx.URL(f"https://{host}/v1")) for host in (HOST, "inside.example.test", "127.0.0.1")]
    assert [found and found.name for found in named] == ["http://system.example.test:8080", None, None]
    monkeypatch.setenv("NO_PROXY", "*")  # the environment says something, so the system is not asked
    assert check_proxy(None).proxy_for(httpx.URL(f"https://{HOST}/v1")) is None


@each_client
def test_a_proxy_without_tls_takes_no_tls_context(kind: Any) -> None:
    with pytest.raises(InputError, match="https:// address"):
        kind(TOKEN, proxy=httpx.Proxy("http://proxy:1", ssl_context=ssl.create_default_context()))


@pytest.mark.parametrize("kind", [Recraft, AsyncRecraft])
def test_a_transport_and_a_proxy_are_not_taken_together(kind: Any) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(500))
    with pytest.raises(InputError, match=r"transport=httpx.HTTPTransport\(proxy=...\)"):
        kind(TOKEN, transport=transport, proxy="http://proxy:3128")
    client = kind(TOKEN, transport=transport)
    for proxy in ("http://proxy:3128", None):
        with pytest.raises(InputError, match=r"transport=httpx.HTTPTransport\(proxy=...\)"):
            client.with_options(proxy=proxy)


def test_a_client_that_is_made_opens_no_transport(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checking a proxy must not cost a pool of connections for each client."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example.test:3128")
    monkeypatch.setattr(httpx, "HTTPTransport", None)
    monkeypatch.setattr(httpx, "AsyncHTTPTransport", None)
    Recraft(TOKEN).with_options(proxy="http://other.example.test:3128")
    AsyncRecraft(TOKEN).with_options(proxy="http://other.example.test:3128")
