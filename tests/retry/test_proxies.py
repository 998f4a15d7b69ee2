"""Proxies, over real sockets: which one a call goes through, and what is said when it is the proxy that fails."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import attrs
import httpx
import pytest

from recraft import AsyncRecraft, ConnectionFailed, InputError, Recraft

from .servers import Peer, tls_server

USER = b'{"id": "u1", "email": "a@b.test", "credits": 7}'


def answers(peer: Peer) -> None:
    while peer.request() is not None:
        peer.send(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(USER) + USER)


@attrs.define
class Proxy:
    """Passes every CONNECT on to one port, or refuses it with `status`."""

    target: int
    status: str = "200 OK"
    heads: list[bytes] = attrs.Factory(list)
    port: int = 0

    @contextlib.contextmanager
    def running(self) -> Iterator[Proxy]:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
            threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
            yield self
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            if not (data := near.recv(2**16)):
                return
            head += data
        self.heads.append(head)
        near.sendall(f"HTTP/1.1 {self.status}\r\ncontent-length: 0\r\n\r\n".encode())
        if not self.status.startswith("200"):
            near.close()
            return
        far = socket.create_connection(("127.0.0.1", self.target))
        threading.Thread(target=_relay, args=(far, near), daemon=True).start()
        _relay(near, far)


def _relay(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(2**16):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)


@attrs.frozen
class Way:
    """How a client of either kind is made and asked."""

    kind: Any

    def credits(self, proxy: Any = None, base_url: str = "https://api.test/v1", **options: Any) -> Any:
        made = {"base_url": base_url, "limiter": None, "retry": None, "proxy": proxy, **options}
        if self.kind is Recraft:
            with Recraft("token-for-tests", **made) as client:
                return client.users.me().credits

        async def run() -> Any:
            async with AsyncRecraft("token-for-tests", **made) as client:
                return (await client.users.me()).credits

        return anyio.run(run)


@pytest.fixture(params=[Recraft, AsyncRecraft], ids=["sync", "async"])
def way(request: pytest.FixtureRequest) -> Way:
    return Way(request.param)


@pytest.fixture
def proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """A proxy before an API whose certificate is trusted through SSL_CERT_FILE."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with tls_server(tmp_path, answers) as server, Proxy(server.port).running() as running:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        yield running


def test_a_call_goes_through_the_proxy_that_the_client_was_given(way: Way, proxy: Proxy) -> None:
    assert way.credits(f"http://user:pa55word@127.0.0.1:{proxy.port}") == 7
    [head] = proxy.heads
    assert head.startswith(b"CONNECT api.test:443 HTTP/1.1\r\n")
    assert b"proxy-authorization: basic " in head.lower()
    assert b"token-for-tests" not in head


@pytest.mark.parametrize("form", ["127.0.0.1:{}", "http://127.0.0.1:{}", httpx.URL, httpx.Proxy])
def test_a_proxy_may_be_written_in_several_forms(way: Way, proxy: Proxy, form: Any) -> None:
    given = form.format(proxy.port) if isinstance(form, str) else form(f"http://127.0.0.1:{proxy.port}")
    assert way.credits(given) == 7
    assert len(proxy.heads) == 1


def test_the_environment_is_read_when_a_client_is_made(way: Way, proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
    assert way.credits() == 7
    assert len(proxy.heads) == 1
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with pytest.raises(ConnectionFailed):
        way.credits()


def test_no_proxy_keeps_a_host_off_the_environments_proxy(
    way: Way, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
    monkeypatch.setenv("NO_PROXY", ".test")
    with pytest.raises(ConnectionFailed, match=r"at api\.test"):
        way.credits()
    assert proxy.heads == []


def test_this_machine_is_reached_without_the_environments_proxy(
    way: Way, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert way.credits(base_url=f"https://127.0.0.1:{proxy.target}/v1") == 7


def test_a_proxy_that_refuses_is_named_and_nothing_was_charged(way: Way, proxy: Proxy) -> None:
    proxy.status = "407 Proxy Authentication Required"
    with pytest.raises(ConnectionFailed) as caught:
        way.credits(f"http://user:pa55word@127.0.0.1:{proxy.port}")
    assert f"at the proxy http://127.0.0.1:{proxy.port}: 407" in str(caught.value)
    assert "pa55word" not in str(caught.value) + repr(caught.value.__dict__)
    assert caught.value.maybe_charged is False


def test_a_proxy_that_cannot_be_reached_is_named(way: Way, proxy: Proxy) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(ConnectionFailed, match=f"at the proxy http://127.0.0.1:{port}"):
        way.credits(f"http://127.0.0.1:{port}")


def test_a_server_that_fails_behind_the_proxy_is_named_itself(
    way: Way, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")  # so nobody knows its certificate
    with pytest.raises(ConnectionFailed, match=r"at api\.test: .*CERTIFICATE") as caught:
        way.credits(f"http://127.0.0.1:{proxy.port}")
    assert "proxy" not in str(caught.value)


def test_siblings_share_the_connections_through_each_proxy(proxy: Proxy) -> None:
    address = f"http://127.0.0.1:{proxy.port}"
    with Recraft("token-for-tests", base_url="https://api.test/v1", limiter=None, retry=None) as client:
        for _ in range(3):
            assert client.with_options(proxy=address).users.me().credits == 7
            assert client.with_options(proxy=httpx.Proxy(address)).users.me().credits == 7
        with pytest.raises(ConnectionFailed):
            client.users.me()  # the sibling's proxy is not its own
    assert len(proxy.heads) == 1


@pytest.mark.parametrize(
    "given", ["gopher://h:1", "http://", "http://h:port", 5, b"http://h", "http://" + "a" * 70, ""]
)
def test_what_is_no_proxy_is_refused_and_not_repeated(way: Way, given: Any) -> None:
    with pytest.raises(InputError, match="proxy is not the address of a proxy; expected something like"):
        way.credits(given)
    with Recraft("token-for-tests") as client, pytest.raises(InputError, match="not the address of a proxy"):
        client.with_options(proxy=given)


def test_a_proxy_does_not_go_with_a_transport_of_ones_own(way: Way) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200)

    transport = httpx.MockTransport(handle)
    with pytest.raises(InputError, match="give one of the two"):
        way.credits("http://127.0.0.1:1", transport=transport)
    with pytest.raises(InputError, match="give one of the two"):
        way.kind("token-for-tests", transport=transport).with_options(proxy="http://127.0.0.1:1")


def test_a_raw_call_goes_through_the_proxy_too(proxy: Proxy) -> None:
    from recraft_api.api.users import get_current_user

    address = f"http://127.0.0.1:{proxy.port}"
    with Recraft("token-for-tests", base_url="https://api.test/v1", limiter=None, proxy=address) as client:
        user = get_current_user.sync(client=client.raw)
    assert user is not None
    assert len(proxy.heads) == 1
