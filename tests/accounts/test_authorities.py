"""Who vouches for a server: SSL_CERT_FILE and SSL_CERT_DIR, as they are when a client is made."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from recraft import ConnectionFailed, InputError, Recraft

from .conftest import TOKEN, Authority, Service
from .test_proxies import each_client, me, run


@each_client
def test_a_server_is_trusted_by_the_authority_in_ssl_cert_file(service: Service, kind: Any) -> None:
    run(kind(TOKEN, base_url=service.base_url, limiter=None), me)
    assert len(service.front.seen) == 1


@each_client
def test_a_server_is_trusted_by_an_authority_in_ssl_cert_dir(
    service: Service, authority: Authority, kind: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copy(authority.file, tmp_path / "ca.pem")
    subprocess.run(["openssl", "rehash", str(tmp_path)], check=True)
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    run(kind(TOKEN, base_url=service.base_url, limiter=None), me)
    assert len(service.front.seen) == 1


@each_client
def test_authorities_are_read_when_a_client_is_made(
    service: Service, stranger: Authority, kind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kind(TOKEN, base_url=service.base_url, limiter=None)
    monkeypatch.setenv("SSL_CERT_FILE", str(stranger.file))
    distrusting = kind(TOKEN, base_url=service.base_url, limiter=None)
    monkeypatch.delenv("SSL_CERT_FILE")
    by_default = kind(TOKEN, base_url=service.base_url, limiter=None)
    run(before, me)
    for client in (distrusting, by_default):
        with pytest.raises(ConnectionFailed, match="not trusted"):
            run(client, me)
    assert len(service.front.seen) == 1


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
@pytest.mark.parametrize("what", ["missing", "nonsense"])
def test_what_holds_no_certificates_is_refused_before_anything_is_sent(
    variable: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nonsense").write_text("-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n")
    monkeypatch.setenv(variable, str(tmp_path / what))
    with pytest.raises(InputError, match=f"the environment variable {variable} names .*{what}"):
        Recraft(TOKEN)
