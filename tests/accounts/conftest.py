"""An authority of the tests' own, and a service behind TLS that only it vouches for."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from retry.servers import Server, serving

from .front import Front

TOKEN = "the-first-account"
HOST = "api.example.test"


class Authority(NamedTuple):
    """Where the certificate of an authority is, and a server's context with a certificate that it has signed."""

    file: Path
    server: ssl.SSLContext


def _authority(home: Path) -> Authority:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("makes certificates with the openssl program: install openssl")
    new = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    top, own = ["-keyout", home / "ca.key", "-out", home / "ca.pem"], ["-keyout", home / "key", "-out", home / "pem"]
    signed = ["-CA", home / "ca.pem", "-CAkey", home / "ca.key", "-subj", f"/CN={HOST}"]
    names = ["-addext", f"subjectAltName=IP:127.0.0.1,DNS:{HOST}", "-addext", "basicConstraints=critical,CA:FALSE"]
    signs = ["-subj", "/CN=an authority of the tests", "-addext", "keyUsage=critical,keyCertSign"]  # asked for by 3.13
    for command in ([*new, *top, *signs], [*new, *own, *signed, *names]):
        subprocess.run(list(map(str, command)), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(home / "pem", home / "key")
    return Authority(home / "ca.pem", context)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return _authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return _authority(tmp_path_factory.mktemp("stranger"))


class Service(NamedTuple):
    front: Front
    server: Server

    @property
    def base_url(self) -> str:
        return f"https://{HOST}:{self.server.port}/v1"

    @property
    def ports(self) -> dict[str, int]:
        """Where a proxy finds it."""
        return {HOST: self.server.port}


@pytest.fixture
def service(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A service under a name that only this test knows, over TLS; its authority is the one that is trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    real = socket.getaddrinfo

    def here(host: Any, *args: Any, **kwargs: Any) -> Any:
        return real("127.0.0.1" if host in (HOST, HOST.encode()) else host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", here)
    front = Front()
    with serving(front.script, authority.server) as server:
        yield Service(front, server)


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of whoever runs the tests does not reach them."""
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
    for name in (*names, *map(str.lower, names), "SSL_CERT_FILE", "SSL_CERT_DIR", "RECRAFT_API_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
