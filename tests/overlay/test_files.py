"""Saving and fetching: over a real socket, in both clients, whole or not at all."""

from __future__ import annotations

import base64
import io
import random
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from uuid import UUID

import httpx
import pytest
from attrs import field, frozen
from PIL import Image as Pillow

from recraft import (
    DownloadError,
    ExpiredURLError,
    FileExists,
    Image,
    InputError,
    RecraftError,
    RetryPolicy,
    TimedOut,
)
from recraft._core import downloads
from recraft.sandbox import Fault, FaultPlan, Sandbox
from recraft.testing import no_waits
from recraft_api import models

from .support import ID, PNG, SAMPLES, SVG, TOKEN, Wire

#: An API on this machine: only its images may be on this machine, and without TLS.
HERE = "http://127.0.0.1:1/v1"


@frozen
class Page:
    """What a path of the site answers; `length` is the Content-Length that is claimed."""

    body: bytes = PNG
    status: int = 200
    headers: dict[str, str] = field(factory=dict)
    length: int | None = None


class Site:
    """A web server on this machine that answers as it was told and keeps what it was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, Page | list[Page]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                page = site.pages.get(path, Page(b"nothing here", 404))
                if isinstance(page, list):
                    page = page.pop(0) if len(page) > 1 else page[0]
                self.send_response(page.status)
                for name, value in page.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(page.body) if page.length is None else page.length))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(page.body)

            def log_message(self, *_: Any) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def image(self, path: str = "/a", page: Page | None = None, image_id: str | None = ID) -> Image:
        """An image that this site has under `path`."""
        self.pages[path] = page or Page()
        return image(url=f"{self.origin}{path}?Signature=s3cr3t", image_id=image_id)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as started:
        yield started


def image(*, url: str | None = None, b64_json: str | None = None, image_id: str | None = ID) -> Image:
    identifier: Any = image_id
    if image_id == ID:
        identifier = UUID(ID)
    return Image(
        url=url, b64_json=b64_json, image_id=identifier, revised_prompt=None, expires_at=None, raw=models.Image()
    )


def save(wire: Wire, images: Any, folder: Path, **options: Any) -> list[Path]:
    settings = {"transport": None, "retry": options.pop("retry", None), "base_url": options.pop("base_url", HERE)}
    paths: list[Path] = wire.run(lambda client: client.save(images, folder, **options), **settings)
    return paths


def fetch(wire: Wire, what: Image, **settings: Any) -> bytes:
    data: bytes = wire.run(lambda client: client.fetch(what), **{"transport": None, "base_url": HERE, **settings})
    return data


def fails(wire: Wire, what: Any, folder: Path, kind: type[RecraftError], **options: Any) -> str:
    """Saving raises `kind`, says why without the signature, and leaves nothing behind."""
    before = sorted(folder.iterdir()) if folder.exists() else []
    with pytest.raises(kind) as caught:
        save(wire, what, folder, **options)
    assert type(caught.value) is kind
    assert sorted(folder.iterdir()) == before, "something was left behind"
    assert "s3cr3t" not in str(caught.value)
    return str(caught.value)


def noise(side: int) -> bytes:
    """A PNG that does not compress, of about 3 x side x side bytes."""
    buffer = io.BytesIO()
    Pillow.frombytes("RGB", (side, side), random.Random(5).randbytes(3 * side * side)).save(buffer, "PNG")
    return buffer.getvalue()


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


# What is written.


@pytest.mark.parametrize("header", ["image/png", "text/html", "application/octet-stream", "image/svg+xml", ""])
@pytest.mark.parametrize("media_type", SAMPLES)
def test_the_extension_follows_from_the_content_whatever_the_header_says(
    site: Site, tmp_path: Path, media_type: str, header: str
) -> None:
    data = SAMPLES[media_type]
    (path,) = save(Wire("sync"), site.image(page=Page(data, headers={"Content-Type": header})), tmp_path)
    extension = {"image/jpeg": "jpg", "image/svg+xml": "svg"}.get(media_type, media_type.removeprefix("image/"))
    assert path == tmp_path / f"{ID}.{extension}"
    assert path.read_bytes() == data


def test_images_are_saved_from_urls_and_from_base64(wire: Wire, site: Site, tmp_path: Path) -> None:
    both = [site.image(), image(b64_json=encoded(SVG), image_id=None)]
    paths = save(wire, both, tmp_path / "new" / "folder")
    assert [path.name for path in paths] == [f"{ID}.png", "image-2.svg"]
    assert [path.read_bytes() for path in paths] == [PNG, SVG]
    assert sorted(paths[0].parent.iterdir()) == sorted(paths)


def test_fetch_gives_the_bytes(wire: Wire, site: Site) -> None:
    assert fetch(wire, site.image()) == PNG
    assert fetch(wire, image(b64_json=encoded(SVG))) == SVG


def test_a_large_image_arrives_whole(wire: Wire, site: Site, tmp_path: Path) -> None:
    data = noise(1300)
    (path,) = save(wire, site.image(page=Page(data)), tmp_path)
    assert path.read_bytes() == data
    (path,) = save(wire, image(b64_json=encoded(data)), tmp_path / "b64")
    assert path.read_bytes() == data


def test_an_empty_result_is_no_files(wire: Wire, tmp_path: Path) -> None:
    assert save(wire, [], tmp_path) == []


@pytest.mark.parametrize(
    ("template", "names"),
    [
        ("{image_id}", [f"{ID}.png", f"{ID}-2.png", "image-3.png"]),
        ("{index}", ["1.png", "2.png", "3.png"]),
        ("fox-{index:03}", ["fox-001.png", "fox-002.png", "fox-003.png"]),
        ("fox", ["fox.png", "fox-2.png", "fox-3.png"]),
        ("fox.v1", ["fox.v1.png", "fox.v1-2.png", "fox.v1-3.png"]),
        ("{index}_{image_id}", [f"1_{ID}.png", f"2_{ID}.png", "3_image-3.png"]),
    ],
)
def test_files_are_named_by_a_template_and_never_alike(
    wire: Wire, tmp_path: Path, template: str, names: list[str]
) -> None:
    images = [image(b64_json=encoded(PNG), image_id=each) for each in (ID, ID, None)]
    assert [path.name for path in save(wire, images, tmp_path, name=template)] == names


def test_names_that_differ_in_case_only_are_kept_apart(tmp_path: Path) -> None:
    images = [image(b64_json=encoded(PNG), image_id=each) for each in ("fox", "FOX")]
    assert [path.name for path in save(Wire("sync"), images, tmp_path)] == ["fox.png", "FOX-2.png"]


@pytest.mark.parametrize(
    "template",
    ["../{index}", "/etc/{index}", "a/b", "a\\b", "..", ".", ".hidden", "", " ", "a b", "a\0b", "a:b", "x" * 201,
     "{nothing}", "{0}", "{", "{}", "{index!q}", "{index.real.nothing}", "{image_id.__class__}", "{image_id[x]}",
     "a\n"],
)  # fmt: skip
def test_a_template_that_gives_no_plain_name_is_refused_before_anything_is_fetched(
    wire: Wire, site: Site, tmp_path: Path, template: str
) -> None:
    assert "name" in fails(wire, site.image(), tmp_path, InputError, name=template)
    assert site.asked == []


@pytest.mark.parametrize(
    "image_id", ["../../evil", "/etc/passwd", "..", "C:\\evil", ".bashrc", "a\0b", "a/b", "x" * 300]
)
def test_a_name_from_the_server_never_chooses_a_path(wire: Wire, tmp_path: Path, image_id: str) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    fails(wire, image(b64_json=encoded(PNG), image_id=image_id), folder, InputError)
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("wrong", [7, "a string", [None], [PNG], {"a": 1}, None], ids=repr)
def test_what_is_no_image_cannot_be_saved(wire: Wire, tmp_path: Path, wrong: Any) -> None:
    assert "save takes a result, an image or a list of images" in fails(wire, wrong, tmp_path, InputError)


# What is there already.


def test_nothing_is_overwritten_unless_asked(wire: Wire, tmp_path: Path) -> None:
    (tmp_path / f"{ID}.png").write_bytes(b"precious")
    picture = image(b64_json=encoded(PNG))
    message = fails(wire, picture, tmp_path, FileExists)
    assert f"{ID}.png" in message
    assert "overwrite=True" in message
    assert (tmp_path / f"{ID}.png").read_bytes() == b"precious"
    assert save(wire, picture, tmp_path, overwrite=True) == [tmp_path / f"{ID}.png"]
    assert (tmp_path / f"{ID}.png").read_bytes() == PNG


def test_a_link_that_leads_nowhere_is_there_too(wire: Wire, tmp_path: Path) -> None:
    (tmp_path / f"{ID}.png").symlink_to(tmp_path / "elsewhere" / "x")
    fails(wire, image(b64_json=encoded(PNG)), tmp_path, FileExists)


def test_overwriting_replaces_a_link_and_not_what_it_leads_to(wire: Wire, tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"precious")
    (tmp_path / f"{ID}.png").symlink_to(tmp_path / "target")
    save(wire, image(b64_json=encoded(PNG)), tmp_path, overwrite=True)
    assert (tmp_path / "target").read_bytes() == b"precious"
    assert not (tmp_path / f"{ID}.png").is_symlink()


def test_a_file_system_without_hard_links_does_as_well(
    wire: Wire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: Any) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    picture = image(b64_json=encoded(PNG))
    assert save(wire, picture, tmp_path)[0].read_bytes() == PNG
    fails(wire, picture, tmp_path, FileExists)
    assert [path.name for path in tmp_path.iterdir()] == [f"{ID}.png"]


def test_of_a_hundred_who_want_one_name_one_gets_it_also_without_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: Any) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    pictures = [noise(side) for side in range(4, 12)]
    for round_ in range(25):
        together = threading.Barrier(len(pictures))
        saved: list[bytes] = []

        def write(data: bytes, folder: Path = tmp_path / str(round_), gate: Any = together, won: Any = saved) -> None:
            picture = image(b64_json=encoded(data))
            client = Wire("sync").client()
            gate.wait()
            try:
                client.save(picture, folder)
            except FileExists:
                return
            won.append(data)

        threads = [threading.Thread(target=write, args=(data,)) for data in pictures]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [path.read_bytes() for path in (tmp_path / str(round_)).iterdir()] == saved, (
            "one winner, its file untouched"
        )


@pytest.mark.parametrize("directory", ["a\0b", b"a\0b".decode(), "a\udcff\ud800b", 7, None, ["a"]], ids=repr)
def test_a_directory_that_is_no_path_is_refused(wire: Wire, directory: Any) -> None:
    with pytest.raises(InputError, match="directory"):
        save(wire, image(b64_json=encoded(PNG)), directory)


@pytest.mark.parametrize(
    "name",
    [
        "{index:999999999999}",
        "{image_id:>99999}",
        "{index:0.99999999}",
        "{index:9" + "{index}" * 11 + "}",
        7,
    ],
)
def test_a_name_that_would_fill_the_memory_is_refused_at_once(wire: Wire, tmp_path: Path, name: Any) -> None:
    with pytest.raises(InputError, match="name"):
        save(wire, image(b64_json=encoded(PNG)), tmp_path / "out", name=name)
    assert not (tmp_path / "out").exists()


def test_the_directory_cannot_be_a_file(wire: Wire, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match=r"cannot use .* as a directory"):
        save(wire, image(b64_json=encoded(PNG)), tmp_path / "file")


def test_a_full_disk_is_an_error_of_this_package(wire: Wire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert "No space left" in fails(wire, image(b64_json=encoded(PNG)), tmp_path, DownloadError)


def test_an_error_names_what_was_saved_before_it(wire: Wire, site: Site, tmp_path: Path) -> None:
    images = [site.image("/a", image_id=None), site.image("/b", Page(b"", 403)), site.image("/c")]
    with pytest.raises(ExpiredURLError) as caught:
        save(wire, images, tmp_path)
    assert caught.value.saved == (tmp_path / "image-1.png",)
    assert list(tmp_path.iterdir()) == [tmp_path / "image-1.png"]


# What cannot be had.

HTML = b"<!DOCTYPE html><html><body>Sign in</body></html>"

FAILURES: dict[str, tuple[Page, type[RecraftError], str]] = {
    "forbidden": (Page(b"<Error/>", 403), ExpiredURLError, "about 24 hours"),
    "gone": (Page(b"", 410), ExpiredURLError, "no longer valid (410)"),
    "not found": (Page(b"", 404), ExpiredURLError, "no longer valid (404)"),
    "server error": (Page(PNG, 500), DownloadError, "500"),
    "odd status": (Page(PNG, 529), DownloadError, "529"),
    "not modified": (Page(b"", 304), DownloadError, "304"),
    "web page": (Page(HTML, headers={"Content-Type": "image/png"}), DownloadError, "a web page"),
    "web page in capitals": (Page(b"\n <HTML>" + HTML), DownloadError, "a web page"),
    "text": (Page(b"hello"), DownloadError, "not an image but b'hello'"),
    "empty": (Page(b""), DownloadError, "empty: 0 bytes"),
    "cut short": (Page(PNG, length=len(PNG) + 10), DownloadError, "could not be fetched"),
    "redirect to nowhere": (Page(b"", 302), DownloadError, "302"),
    "broken compression": (Page(PNG, headers={"Content-Encoding": "gzip"}), DownloadError, "could not be fetched"),
}


@pytest.mark.parametrize("what", FAILURES)
def test_a_bad_download_is_a_typed_error_and_leaves_nothing_behind(
    wire: Wire, site: Site, tmp_path: Path, what: str
) -> None:
    page, kind, words = FAILURES[what]
    picture = site.image(page=page)
    assert words in fails(wire, picture, tmp_path, kind)
    with pytest.raises(kind):
        fetch(wire, picture, retry=None)


@pytest.mark.parametrize("broken", ["@@@@", "abc", "iVBORw0KGgo", "ä" * 4, encoded(PNG)[:-1], encoded(PNG) + "A==="])
def test_broken_base64_is_a_typed_error_and_leaves_nothing_behind(wire: Wire, tmp_path: Path, broken: str) -> None:
    assert "base64 is broken or cut short" in fails(wire, image(b64_json=broken), tmp_path, DownloadError)


def test_base64_of_something_else_is_refused_too(wire: Wire, tmp_path: Path) -> None:
    assert "a web page" in fails(wire, image(b64_json=encoded(HTML)), tmp_path, DownloadError)


def test_an_image_without_url_and_bytes_cannot_be_saved(wire: Wire, tmp_path: Path) -> None:
    assert "neither a URL nor its bytes" in fails(wire, image(), tmp_path, DownloadError)


@pytest.mark.parametrize("claims_its_length", [True, False])
def test_a_download_stops_at_the_size_limit(
    wire: Wire, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, claims_its_length: bool
) -> None:
    monkeypatch.setattr(downloads, "MAX_IMAGE", 1000)
    exactly = PNG + bytes(1000 - len(PNG))
    assert fetch(wire, site.image(page=Page(exactly)), retry=None) == exactly
    page = Page(exactly + b"\0", length=None if claims_its_length else 10**9)
    assert "larger than 1000 bytes" in fails(wire, site.image(page=page), tmp_path, DownloadError)


def test_a_refused_connection_is_a_download_error(wire: Wire, tmp_path: Path) -> None:
    with Site() as site:
        picture = site.image()
    assert "could not be fetched" in fails(wire, picture, tmp_path, DownloadError)


def test_a_download_that_times_out_is_told_apart_from_one_that_fails(wire: Wire, tmp_path: Path) -> None:
    class Silent(httpx.BaseTransport, httpx.AsyncBaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            raise httpx.ReadTimeout("no answer")

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            raise httpx.ReadTimeout("no answer")

    with pytest.raises(TimedOut, match="no answer"):
        fetch(wire, image(url="https://img.test/a"), transport=Silent(), retry=None)


def test_a_temporary_failure_is_tried_again(wire: Wire, site: Site, tmp_path: Path) -> None:
    picture = site.image()
    site.pages["/a"] = [Page(b"x" * 5000, 503), Page(PNG, length=len(PNG) + 7), Page()]
    with no_waits():
        (path,) = save(wire, picture, tmp_path, retry=RetryPolicy())
    assert path.read_bytes() == PNG
    assert len(site.asked) == 3


def test_an_expired_url_is_not_tried_again(wire: Wire, site: Site, tmp_path: Path) -> None:
    fails(wire, site.image(page=Page(b"", 403)), tmp_path, ExpiredURLError, retry=RetryPolicy())
    assert len(site.asked) == 1


# Where downloads may go.


@pytest.mark.parametrize(
    "url",
    ["http://example.com/a.png", "ftp://example.com/a.png", "file:///etc/passwd", "//example.com/a.png", "a.png", "https://",
     "https://user:pw@example.com/a.png", "http://127.0.0.1.example.com/a", "http://localhost.example.com/a", "http://[::1",
     "data:image/png;base64,AAAA", "http://127.0.0.1@example.com/", "https://example.com:99999/a",
     "https://example.com/\0", "http://0x7f000001/"],
)  # fmt: skip
def test_an_address_that_is_not_https_is_never_asked(wire: Wire, tmp_path: Path, url: str) -> None:
    with pytest.raises(DownloadError):
        wire.run(lambda client: client.save(image(url=url), tmp_path))
    assert wire.requests == []
    assert list(tmp_path.iterdir()) == []


def redirects(site: Site, count: int) -> Image:
    """An image behind so many redirects, relative and absolute in turn."""
    for step in range(count):
        target = f"/step{step + 1}" if step % 2 else f"{site.origin}/step{step + 1}"
        site.pages[f"/step{step}"] = Page(b"moved", 302, {"Location": target})
    site.pages[f"/step{count}"] = Page()
    return image(url=f"{site.origin}/step0")


def test_a_download_follows_three_redirects_and_not_four(wire: Wire, site: Site, tmp_path: Path) -> None:
    assert fetch(wire, redirects(site, 3)) == PNG
    site.asked.clear()
    assert "more than 3 times" in fails(wire, redirects(site, 4), tmp_path, DownloadError)
    assert len(site.asked) == 4


@pytest.mark.parametrize(
    "target", ["http://example.com/a", "file:///etc/passwd", "ftp://example.com/a", "https://user@example.com/", "http://["]
)  # fmt: skip
def test_a_redirect_to_anything_but_https_is_refused(wire: Wire, site: Site, tmp_path: Path, target: str) -> None:
    picture = site.image(page=Page(b"", 302, {"Location": target}))
    fails(wire, picture, tmp_path, DownloadError)
    assert len(site.asked) == 1


@pytest.mark.parametrize("base_url", ["https://api.test/v1", None])
def test_an_address_on_this_machine_is_fetched_only_when_the_api_is_there_too(
    wire: Wire, site: Site, tmp_path: Path, base_url: str | None
) -> None:
    picture = site.image()
    message = fails(wire, picture, tmp_path, DownloadError, base_url=base_url)
    assert "http from this machine when base_url is there" in message
    assert site.asked == []


IMPOSSIBLE = [
    "https://img.test/\ud800",
    "https://a..b/x",
    "https://.test/x",
    f"https://{'a' * 70}.test/x",
    "https://\ud800.test/x",
    "https:///x",
    "https://xn--\u00e9/x",
    "https://[::1/x",
    "https://img.test:99999/x",
    "https://" + "a." * 200 + "test/",
]


@pytest.mark.parametrize("url", IMPOSSIBLE, ids=lambda url: ascii(url)[:40])
def test_an_impossible_address_is_a_typed_error_wherever_it_comes_from(
    wire: Wire, site: Site, tmp_path: Path, url: str
) -> None:
    with pytest.raises(DownloadError):
        fetch(wire, image(url=url))
    good = site.image()
    with pytest.raises(DownloadError) as caught:
        save(wire, [good, image(url=url)], tmp_path)
    assert [path.read_bytes() for path in caught.value.saved] == [PNG]
    if url.isprintable() and url.isascii():
        with pytest.raises(DownloadError):
            fetch(wire, site.image("/r", Page(b"", 302, {"Location": url})))


def test_a_redirect_may_go_to_another_https_host() -> None:
    wire = Wire("sync")
    answers = [httpx.Response(307, headers={"location": "https://cdn.test/b?sig=1"}), httpx.Response(200, content=PNG)]
    wire.reply = lambda request: answers.pop(0)
    assert wire.run(lambda client: client.fetch(image(url="https://img.test/a"))) == PNG
    assert [str(request.url) for request in wire.requests] == ["https://img.test/a", "https://cdn.test/b?sig=1"]


def test_no_download_carries_the_token_or_the_headers_of_the_client(wire: Wire, site: Site) -> None:
    picture = redirects(site, 2)
    fetch(wire, picture, headers={"x-team": "secret-team"})
    assert len(site.asked) == 3
    for _, headers in site.asked:
        assert "authorization" not in headers
        assert "x-team" not in headers
        assert "cookie" not in headers
        assert TOKEN not in str(headers)


def test_a_cookie_of_the_image_host_is_not_sent_back(wire: Wire, site: Site) -> None:
    site.image(page=Page(PNG, headers={"Set-Cookie": "track=1; Path=/"}))
    for _ in range(2):
        assert fetch(wire, image(url=f"{site.origin}/a")) == PNG
    assert not any("cookie" in headers for _, headers in site.asked)


# With the sandbox, end to end.


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(limits=False) as started:
        yield started


def talk(wire: Wire, sandbox: Sandbox, action: Any) -> Any:
    kind = type(wire.client())
    wire.client = lambda **_: kind(sandbox.token, base_url=sandbox.base_url, limiter=None, retry=None)  # type: ignore[method-assign]
    return wire.run(action)


@pytest.mark.parametrize("response_format", ["url", "b64_json"])
def test_results_of_every_kind_are_saved_from_the_sandbox(
    wire: Wire, sandbox: Sandbox, tmp_path: Path, response_format: str
) -> None:
    raster = talk(wire, sandbox, lambda client: client.images.generate("a fox", n=2, response_format=response_format))
    vector = talk(wire, sandbox, lambda client: client.images.generate_vector("a fox", response_format=response_format))
    paths = talk(wire, sandbox, lambda client: client.save([*raster, *vector], tmp_path, name="fox-{index}"))
    assert [path.suffix for path in paths] == [".webp", ".webp", ".svg"]
    downloads = [request for request in sandbox.ledger.requests if request.method == "GET"]
    assert len(downloads) == (3 if response_format == "url" else 0)
    assert not any(request.had_authorization for request in downloads)


@pytest.mark.parametrize("kind", ["truncated", "reset_mid_response", "html", "garbage", "expired", "gzip_bomb"])
def test_a_fault_while_downloading_leaves_nothing_behind(
    wire: Wire, sandbox: Sandbox, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "MAX_IMAGE", 2**22)
    result = talk(wire, sandbox, lambda client: client.images.generate("a fox"))
    sandbox.faults = FaultPlan((Fault(kind, operation="download"),))
    with pytest.raises(DownloadError) as caught:
        talk(wire, sandbox, lambda client: client.save(result, tmp_path))
    assert isinstance(caught.value, ExpiredURLError) == (kind == "expired")
    assert list(tmp_path.iterdir()) == []


def test_an_expired_url_of_the_sandbox_says_what_to_do(wire: Wire, tmp_path: Path) -> None:
    with Sandbox(limits=False, url_lifetime=0.0) as sandbox:
        result = talk(wire, sandbox, lambda client: client.images.generate("a fox"))
        with pytest.raises(ExpiredURLError, match="Save images soon"):
            talk(wire, sandbox, lambda client: client.save(result, tmp_path))


# Other file formats.


def decoded(path: Path) -> Pillow.Image:
    with Pillow.open(path) as picture:
        picture.load()
        return picture


@pytest.mark.parametrize(("format", "kind"), [("png", "PNG"), ("webp", "WEBP"), ("jpg", "JPEG")])
@pytest.mark.parametrize("source", ["image/webp", "image/png", "image/jpeg"])
def test_raster_images_are_converted_when_asked(
    wire: Wire, tmp_path: Path, format: str, kind: str, source: str
) -> None:
    (path,) = save(wire, image(b64_json=encoded(SAMPLES[source])), tmp_path, format=format)
    assert path == tmp_path / f"{ID}.{format}"
    assert (decoded(path).format, decoded(path).size) == (kind, (4, 3))


def test_what_has_the_format_already_is_left_as_it_is(wire: Wire, tmp_path: Path) -> None:
    (path,) = save(wire, image(b64_json=encoded(SAMPLES["image/jpeg"])), tmp_path, format="jpg")
    assert path.read_bytes() == SAMPLES["image/jpeg"]


def test_transparency_becomes_white_where_the_format_has_none(wire: Wire, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Pillow.new("RGBA", (8, 8), (255, 0, 0, 0)).save(buffer, "WEBP", lossless=True)
    (path,) = save(wire, image(b64_json=encoded(buffer.getvalue())), tmp_path, format="jpg")
    assert decoded(path).getpixel((4, 4)) == (255, 255, 255)


def test_an_svg_is_not_converted_and_nothing_is_left_behind(wire: Wire, tmp_path: Path) -> None:
    message = fails(wire, image(b64_json=encoded(SVG)), tmp_path, DownloadError, format="png")
    assert "save it without format" in message


def test_a_damaged_image_is_not_converted_and_nothing_is_left_behind(wire: Wire, tmp_path: Path) -> None:
    broken = SAMPLES["image/png"].replace(b"IDAT", b"IDAx")
    assert "damaged" in fails(wire, image(b64_json=encoded(broken)), tmp_path, DownloadError, format="webp")


@pytest.mark.parametrize("format", ["PNG", "jpeg", "svg", "", 7, ["png"]], ids=repr)
def test_a_format_there_is_not_is_refused_before_anything_is_fetched(
    wire: Wire, site: Site, tmp_path: Path, format: Any
) -> None:
    with pytest.raises(InputError, match="format is"):
        save(wire, site.image(), tmp_path / "out", format=format)
    assert site.asked == []
    assert not (tmp_path / "out").exists()


def test_converting_without_pillow_says_what_to_install(
    wire: Wire, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(InputError, match="pip install pillow"):
        save(wire, site.image(), tmp_path, format="png")
    assert site.asked == []
