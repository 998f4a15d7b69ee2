"""The token and the uploads go to the API's own origin, over verified TLS, and nothing a caller passes can change the
request's shape.
"""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from retry.servers import tls_server

from recraft import AsyncRecraft, Image, InputError, Recraft
from recraft._core.connections import _tls
from recraft.errors import DownloadError, RecraftError
from recraft.sandbox import Fault, Sandbox
from recraft_api.api.users import get_current_user

from .support import PAID, PNG, TOKEN, aended, call, ended, options, plan

REDIRECTS = (301, 302, 303, 307, 308)


@pytest.mark.parametrize("status", REDIRECTS)
@pytest.mark.parametrize("operation", [*PAID, "getCurrentUser"])
def test_a_redirect_is_not_followed_with_the_token_or_an_upload(
    sandbox: Sandbox, stranger: Sandbox, status: int, operation: str
) -> None:
    sandbox.faults = plan(Fault("redirect", status=status, location=f"{stranger.base_url}/users/me"))
    with Recraft(**options(sandbox)) as client:
        got = ended(lambda: call(client, operation))
    assert got.error is not None
    assert (got.error.status, got.error.attempts, got.maybe_charged) == (status, 1, False)
    assert "redirected" in str(got.error)
    assert len(sandbox.ledger.requests) == 1
    assert not stranger.ledger.requests


@pytest.mark.anyio
@pytest.mark.parametrize("operation", [*PAID, "getCurrentUser"])
async def test_an_awaited_call_does_not_follow_a_redirect_either(
    sandbox: Sandbox, stranger: Sandbox, operation: str
) -> None:
    sandbox.faults = plan(Fault("redirect", status=307, location=f"{stranger.base_url}/users/me"))
    async with AsyncRecraft(**options(sandbox)) as client:
        got = await aended(lambda: call(client, operation))
    assert got.error is not None
    assert (got.error.status, got.error.attempts, got.maybe_charged) == (307, 1, False)
    assert not stranger.ledger.requests


@pytest.mark.parametrize("location", ["/v1/users/me", "//{host}/v1/users/me", "users/me"])
def test_not_even_a_redirect_to_the_same_origin_is_followed(sandbox: Sandbox, location: str) -> None:
    host = httpx.URL(sandbox.base_url).netloc.decode()
    sandbox.faults = plan(Fault("redirect", status=307, location=location.format(host=host)))
    with Recraft(**options(sandbox)) as client:
        assert ended(lambda: call(client, "createImage")).error is not None
    assert len(sandbox.ledger.requests) == 1


@pytest.mark.parametrize("status", REDIRECTS)
def test_a_download_follows_a_redirect_without_the_token(
    sandbox: Sandbox, stranger: Sandbox, made: Image, status: int
) -> None:
    assert made.url is not None
    with Recraft(**options(stranger)) as client:
        elsewhere = client.images.generate("a fox")[0].url
    sandbox.faults = plan(Fault("redirect", operation="download", status=status, location=elsewhere))
    with Recraft(**options(sandbox)) as client:
        assert client.fetch(made).startswith(b"RIFF")
    assert [request.had_authorization for request in stranger.ledger.requests] == [True, False], "only its own client"
    download = stranger.ledger.requests[1]
    assert (download.header("cookie"), download.header("referer")) == (None, None)


def test_a_download_gives_up_on_redirects_in_a_circle(sandbox: Sandbox, made: Image) -> None:
    sandbox.faults = plan(Fault("redirect", operation="download", times=None, location=made.url))
    with Recraft(**options(sandbox)) as client:
        with pytest.raises(DownloadError, match="redirects more than 3 times"):
            client.fetch(made)
    assert len(sandbox.ledger.requests) == 4


@pytest.mark.parametrize(
    "location", ["http://elsewhere.invalid/x", "file:///etc/passwd", "ftp://127.0.0.1/x", "http://[::"]
)
def test_a_download_is_not_led_to_another_kind_of_address(sandbox: Sandbox, made: Image, location: str) -> None:
    sandbox.faults = plan(Fault("redirect", operation="download", location=location))
    with Recraft(**options(sandbox)) as client:
        with pytest.raises(DownloadError):
            client.fetch(made)
    assert len(sandbox.ledger.requests) == 1


def test_the_generated_functions_cannot_be_led_elsewhere(sandbox: Sandbox, stranger: Sandbox) -> None:
    with Recraft(**options(sandbox)) as client:
        http = client.raw.get_httpx_client()
        for url in (f"{stranger.base_url}/users/me", "https://elsewhere.invalid/v1/users/me", "http://localhost/v1"):
            with pytest.raises(InputError, match="refused to send the token"):
                http.get(url)
        assert get_current_user.sync(client=client.raw) is not None
    assert not stranger.ledger.requests


def test_cookies_of_the_service_are_not_kept(sandbox: Sandbox) -> None:
    answer = b'{"id": "1", "email": "a@b.c", "name": "a", "credits": 1}'
    headers = {"Set-Cookie": "session=1; Path=/", "Content-Type": "application/json"}
    sandbox.faults = plan(Fault("status", status=200, body=answer, headers=headers))
    seen: list[str | None] = []

    class Watched(httpx.HTTPTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            seen.append(request.headers.get("cookie"))
            return super().handle_request(request)

    with Recraft(**options(sandbox, transport=Watched())) as client:
        client.users.me()
        client.users.me()
    assert seen == [None, None]


# --- TLS -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def untrusted(tmp_path: Path) -> Iterator[str]:
    """The base URL of a TLS server whose certificate nobody has signed but itself."""
    with tls_server(tmp_path) as server:
        yield server.base_url


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"PYTHONHTTPSVERIFY": "0"},
        {"CURL_CA_BUNDLE": "", "REQUESTS_CA_BUNDLE": ""},
        {"SSL_CERT_FILE": "", "SSL_CERT_DIR": ""},
        {"HTTPX_VERIFY": "0", "NODE_TLS_REJECT_UNAUTHORIZED": "0", "GIT_SSL_NO_VERIFY": "1"},
    ],
)
def test_no_environment_makes_a_bad_certificate_good(untrusted: str, environment: dict[str, str]) -> None:
    program = (
        "import sys, recraft\n"
        "try:\n    recraft.Recraft('token', base_url=sys.argv[1], limiter=None).users.me()\n"
        "except recraft.ConnectionFailed as error:\n    print(error, error.attempts)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, untrusted],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "certificate is not trusted" in run.stdout, run.stderr
    assert run.stdout.endswith(" 1\n"), "it is final"


def test_no_argument_turns_verification_off() -> None:
    for arguments in ({"verify": False}, {"ssl": False}, {"cert": None}, {"trust_env": True}):
        with pytest.raises(TypeError):
            Recraft(TOKEN, **arguments)  # type: ignore[arg-type]
        with pytest.raises(TypeError):
            Recraft(TOKEN).with_options(**arguments)  # type: ignore[arg-type]


def test_the_shared_context_verifies_certificates_and_names() -> None:
    assert (_tls((None, None)).verify_mode, _tls((None, None)).check_hostname) == (ssl.CERT_REQUIRED, True)


# --- injection -------------------------------------------------------------------------------------------------------

BREAKS = ["\r\n", "\n", "\r", "\0", "\x0b", "\x7f", "\x85", "\u2028"]


@pytest.mark.parametrize("line_break", BREAKS)
def test_no_line_break_gets_into_a_header(sandbox: Sandbox, line_break: str) -> None:
    evil = f"a{line_break}X-Evil: 1"
    with Recraft(**options(sandbox)) as client:
        for headers in ({"X-Note": evil}, {evil: "1"}, {"X-Note": f"{line_break} folded"}):
            with pytest.raises(InputError):
                client.with_options(headers=headers)
            with pytest.raises(InputError):
                Recraft(**options(sandbox, headers=headers))
        with pytest.raises(InputError):
            Recraft(**options(sandbox, token=f"{TOKEN}{evil}"))
    assert not sandbox.ledger.requests


@pytest.mark.parametrize(
    "name", ["Authorization", "HOST", "content-length", "Transfer-Encoding", "cookie", "", "a b", "a:b"]
)
def test_headers_that_decide_about_the_request_are_the_clients(sandbox: Sandbox, name: str) -> None:
    with pytest.raises(InputError):
        Recraft(**options(sandbox, headers={name: "x"}))


@pytest.mark.parametrize(
    "base_url",
    [
        "http://elsewhere.invalid/v1",
        "https://user:secret@elsewhere.invalid/v1",
        "https://elsewhere.invalid/v1?x=1",
        "https://elsewhere.invalid/v1#x",
        "https://elsewhere.invalid/v1\r\nX-Evil: 1",
        "ftp://127.0.0.1/v1",
        "file:///etc",
        "//elsewhere.invalid",
        "elsewhere.invalid/v1",
        "http://127.0.0.1.elsewhere.invalid/v1",
        "http://localhost.elsewhere.invalid/v1",
        "http://127.0.0.1@elsewhere.invalid/v1",
        "",
        "https://",
    ],
)
def test_a_base_url_that_gives_the_token_away_is_refused(monkeypatch: pytest.MonkeyPatch, base_url: str) -> None:
    monkeypatch.delenv("RECRAFT_BASE_URL", raising=False)
    if base_url:
        with pytest.raises(InputError) as caught:
            Recraft(TOKEN, base_url=base_url)
        assert "secret" not in str(caught.value)
        monkeypatch.setenv("RECRAFT_BASE_URL", base_url)
        with pytest.raises(InputError):
            Recraft(TOKEN)
    else:
        assert Recraft(TOKEN, base_url="")._settings.base_url.scheme == "https", "an empty one is none"


def test_a_file_name_never_reaches_the_wire(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / 'a"; name="prompt"\r\n\r\nevil\r\n--.png'
    path.write_bytes(PNG)
    with Recraft(**options(sandbox)) as client:
        client.images.remove_background(path)
        with path.open("rb") as file:
            client.images.remove_background(file)
    for request in sandbox.ledger.requests:
        assert b"evil" not in request.body
        assert b'filename="image.png"' in request.body


def test_a_field_value_cannot_add_a_part_to_an_upload(sandbox: Sandbox) -> None:
    evil = 'a fox\r\n--+++\r\nContent-Disposition: form-data; name="n"\r\n\r\n6'
    with Recraft(**options(sandbox)) as client:
        assert len(client.images.image_to_image(PNG, evil, strength=0.5)) == 1
    assert sandbox.ledger.charges[0].images == 1


@pytest.mark.parametrize(
    "name", ["../up", "a/b", "a\\b", "..", ".hidden", "a\0b", "a\r\nb", "", "{image_id.__class__}", "x" * 300]
)
def test_a_name_cannot_lead_a_file_out_of_its_directory(
    sandbox: Sandbox, made: Image, tmp_path: Path, name: str
) -> None:
    with Recraft(**options(sandbox)) as client:
        with pytest.raises(RecraftError):
            client.save(made, tmp_path / "out", name=name)
    assert not list(tmp_path.rglob("*.png"))
    assert not sandbox.ledger.requests
