"""Images on their way in: what is taken, what is refused and how, and that bytes arrive as they are."""

from __future__ import annotations

import base64
import contextlib
import functools
import gzip
import io
import json
import os
import re
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from recraft import AsyncRecraft, InputError, Recraft, RecraftError, RetryPolicy, _sources
from recraft.sandbox import Sandbox
from recraft.testing import no_waits

from .support import MASK, PNG, SAMPLES, SVG, TOKEN, Part, Wire, parts_of, picture

EXTENSIONS = {"jpeg": "jpg", "svg+xml": "svg"}


def sent(wire: Wire, image: Any) -> Part:
    """The file part that an image becomes."""
    (part,) = parts_of(wire.request("images.vectorize", image))
    return part


def refused(wire: Wire, image: Any, *, helper: str = "images.vectorize") -> str:
    """What the refusal of an image says; nothing may have been sent."""
    with pytest.raises(InputError) as caught:
        wire.call(helper, image)
    assert wire.requests == []
    assert caught.value.attempts == 0
    assert not caught.value.maybe_charged
    return str(caught.value)


def open_files() -> set[str]:
    """Regular files that this process holds open."""
    found = set()
    for entry in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):
            target = os.readlink(f"/proc/self/fd/{entry}")
            if os.path.isfile(target):
                found.add(target)
    return found


needs_proc = pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="lists open files through /proc")


class OnlyRead:
    """The least that a file can be."""

    def __init__(self, data: bytes) -> None:
        self._file = io.BytesIO(data)

    def read(self, size: int = -1) -> bytes:
        return self._file.read(min(size, 7) if size > 0 else size)  # short reads, as sockets give


def _str_path(folder: Path) -> Any:
    (folder / "a.png").write_bytes(PNG)
    return str(folder / "a.png")


def _path(folder: Path) -> Any:
    (folder / "a.png").write_bytes(PNG)
    return folder / "a.png"


def _open_file(folder: Path) -> Any:
    return open(_path(folder), "rb")


def _unbuffered(folder: Path) -> Any:
    return open(_path(folder), "rb", buffering=0)


def _positioned(folder: Path) -> Any:
    (folder / "a.bin").write_bytes(b"a header of my own" + PNG)
    file = open(folder / "a.bin", "rb")  # noqa: SIM115
    file.seek(18)
    return file


def _written_a_moment_ago(folder: Path) -> Any:
    file = open(folder / "a.png", "w+b")  # noqa: SIM115
    file.write(PNG)
    file.seek(0)
    return file


def _gzip(folder: Path) -> Any:
    with gzip.open(folder / "a.png.gz", "wb") as file:
        file.write(PNG)
    return gzip.open(folder / "a.png.gz", "rb")


def _temporary(folder: Path) -> Any:
    file = tempfile.NamedTemporaryFile(dir=folder)  # noqa: SIM115
    file.write(PNG)
    file.flush()
    file.seek(0)
    return file


def _pipe(folder: Path) -> Any:
    reader, writer = os.pipe()
    with open(writer, "wb") as end:
        end.write(PNG)
    return open(reader, "rb")


def _positioned_memory(folder: Path) -> Any:
    memory = io.BytesIO(b"123" + PNG)
    memory.seek(3)
    return memory


KINDS: dict[str, Callable[[Path], Any]] = {
    "str path": _str_path,
    "PathLike": _path,
    "bytes": lambda folder: PNG,
    "bytearray": lambda folder: bytearray(PNG),
    "memoryview": lambda folder: memoryview(PNG),
    "BytesIO": lambda folder: io.BytesIO(PNG),
    "BytesIO at a position": _positioned_memory,
    "open file": _open_file,
    "unbuffered file": _unbuffered,
    "file at a position": _positioned,
    "file just written": _written_a_moment_ago,
    "pipe": _pipe,
    "gzip member": _gzip,
    "NamedTemporaryFile": _temporary,
    "read()-only object": lambda folder: OnlyRead(PNG),
}

#: Spellings of a data URL.
DATA_URLS: dict[str, str] = {
    "base64": f"data:image/png;base64,{base64.b64encode(PNG).decode()}",
    "in capitals and pieces": f"DATA:;BASE64,{base64.encodebytes(PNG).decode()}",
    "percent-encoded": "data:image/png," + "".join(f"%{byte:02x}" for byte in PNG),
}


@pytest.mark.live
@pytest.mark.parametrize("spelling", DATA_URLS)
def test_a_data_url_is_checked_and_sent_as_json(wire: Wire, spelling: str) -> None:
    wire.run(lambda client: client.images.vectorize(DATA_URLS[spelling]))

    assert wire.requests[0].headers["content-type"] == "application/json"
    assert json.loads(wire.requests[0].content) == {"image_url": DATA_URLS["base64"]}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_input_arrives_byte_for_byte(wire: Wire, kind: str, tmp_path: Path) -> None:
    image = KINDS[kind](tmp_path)
    with contextlib.closing(image) if hasattr(image, "close") else contextlib.nullcontext():
        assert sent(wire, image) == Part("image", PNG, "image.png", "image/png")


@pytest.mark.parametrize("kind", ["pipe", "gzip member", "read()-only object", "file at a position", "PathLike"])
def test_a_retry_sends_the_same_bytes_again(wire: Wire, kind: str, tmp_path: Path) -> None:
    def flaky(request: httpx.Request) -> httpx.Response:
        return httpx.Response(503) if len(wire.requests) == 1 else httpx.Response(200, json={"data": []})

    wire.reply = flaky
    with no_waits():
        wire.run(lambda client: client.images.vectorize(KINDS[kind](tmp_path)), retry=RetryPolicy())
    assert [parts_of(request)[0].content for request in wire.requests] == [PNG, PNG]


@pytest.mark.parametrize("media_type", SAMPLES)
@pytest.mark.parametrize("name", ["picture.txt", "picture", "picture.PNG", "picture.svg"])
def test_the_type_is_what_the_first_bytes_say_whatever_the_name(media_type: str, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(SAMPLES[media_type])
    kind = media_type.removeprefix("image/")
    expected = Part("image", SAMPLES[media_type], f"image.{EXTENSIONS.get(kind, kind)}", media_type)
    assert sent(Wire("sync"), tmp_path / name) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<svg/>",
        "<svg >",
        "\ufeff<svg>",
        "\n\n  <svg\nwidth='1'>",
        '<?xml version="1.0" encoding="UTF-8"?>\n<svg>',
        "<!-- made by hand\n<html> -->\n<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'svg11.dtd'>\n<svg>",
        '<!DOCTYPE svg [ <!ENTITY a "b"> ]><svg>',
        "<SVG>",
        "<!--" + "x" * 4000 + "--><svg>",
    ],
)
def test_svg_is_told_by_its_root_element(text: str) -> None:
    assert sent(Wire("sync"), text.encode()).content_type == "image/svg+xml"


@pytest.mark.parametrize(
    "data",
    [b"<html><svg></svg></html>", b"hello", b"\x89PNG", b"RIFF1234WAVE", b"<svgfoo>", b"%PDF-1.7", b"BM1234",
     b"\xff\xd8",
     b" "],
)  # fmt: skip
def test_what_is_no_image_is_refused_with_its_first_bytes(wire: Wire, data: bytes) -> None:
    message = refused(wire, data)
    assert repr(data[:12]) in message
    assert "PNG, JPEG, WebP, GIF, AVIF or SVG" in message


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "HSV", "LAB", "F", "I", "I;16"])
def test_a_pillow_image_of_any_mode_is_sent_as_png(mode: str) -> None:
    part = sent(Wire("sync"), Pillow.new(mode, (5, 7)))
    with Pillow.open(io.BytesIO(part.content)) as image:
        assert (image.format, image.size) == ("PNG", (5, 7))


def test_a_pillow_image_keeps_its_transparency() -> None:
    with Pillow.open(io.BytesIO(sent(Wire("sync"), Pillow.new("RGBA", (2, 2), (9, 8, 7, 0))).content)) as image:
        assert image.getpixel((1, 1)) == (9, 8, 7, 0)


@pytest.mark.parametrize("shape", [(3, 4), (3, 4, 3), (3, 4, 4), (1, 1), (300, 2, 3)])
@pytest.mark.parametrize("layout", ["C", "F", "flipped"])
def test_an_array_arrives_pixel_for_pixel(shape: tuple[int, ...], layout: str) -> None:
    array = np.random.default_rng(5).integers(0, 256, shape, dtype=np.uint8)
    given = np.asfortranarray(array) if layout == "F" else array[::-1, ::-1] if layout == "flipped" else array
    with Pillow.open(io.BytesIO(sent(Wire("sync"), given).content)) as image:
        assert image.mode == {2: "L", 3: {3: "RGB", 4: "RGBA"}.get(shape[-1])}[len(shape)]
        np.testing.assert_array_equal(np.asarray(image), given)


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((2, 2), np.float64),
        np.zeros((2, 2), bool),
        np.zeros((2, 2, 3), np.uint16),
        np.zeros((2, 2, 2), np.uint8),
        np.zeros((2, 2, 1), np.uint8),
        np.zeros(4, np.uint8),
        np.zeros((1, 2, 2, 3), np.uint8),
        np.zeros((0, 4, 3), np.uint8),
        np.zeros((), np.uint8),
    ],
    ids=lambda array: f"{array.dtype}{array.shape}",
)
def test_an_array_of_another_shape_or_type_is_refused_and_the_message_says_how_to_convert(array: Any) -> None:
    message = refused(Wire("sync"), array)
    assert str(array.shape) in message
    assert str(array.dtype) in message
    assert "astype('uint8')" in message


def _directory(folder: Path) -> Any:
    return folder


def _missing(folder: Path) -> Any:
    return folder / "nothing.png"


def _text_mode(folder: Path) -> Any:
    return open(_path(folder), encoding="latin-1")


def _closed(folder: Path) -> Any:
    file = open(_path(folder), "rb")  # noqa: SIM115
    file.close()
    return file


def _empty(folder: Path) -> Any:
    (folder / "empty.png").touch()
    return folder / "empty.png"


def _at_its_end(folder: Path) -> Any:
    file = open(_path(folder), "rb")  # noqa: SIM115
    file.read()
    return file


def _device(folder: Path) -> Any:
    os.mkfifo(folder / "fifo")
    return folder / "fifo"


class _Asynchronous:
    async def read(self, size: int = -1) -> bytes:
        return PNG


REFUSALS: dict[str, tuple[Callable[[Path], Any], tuple[str, ...]]] = {
    "no bytes": (lambda folder: b"", ("image is empty: 0 bytes",)),
    "empty file": (_empty, ("image is empty: 0 bytes",)),
    "file at its end": (_at_its_end, ("image is empty: 0 bytes", "seek(0)")),
    "empty BytesIO": (lambda folder: io.BytesIO(), ("image is empty: 0 bytes",)),
    "empty string": (lambda folder: "", ("image is an empty string", "path")),
    "empty data URL": (lambda folder: "data:image/png;base64,", ("image is empty",)),
    "missing file": (_missing, ("there is no file", "nothing.png", "looked in")),
    "directory": (_directory, ("image is a directory",)),
    "fifo by path": (_device, ("not a regular file", "Open it")),
    "name too long": (lambda folder: "x" * 5000 + ".png", ("cannot read",)),
    "name with a null byte": (lambda folder: "a\0.png", ("cannot read", "ValueError")),
    "file opened as text": (_text_mode, ("opened as text", 'open(path, "rb")')),
    "text from memory": (lambda folder: io.StringIO("<svg/>"), ("opened as text", 'open(path, "rb")')),
    "closed file": (_closed, ("closed file",)),
    "asynchronous file": (lambda folder: _Asynchronous(), ("asynchronous file", "await file.read()")),
    "a number": (lambda folder: 7, ("must be a path, bytes", "not int")),
    "a list": (lambda folder: [PNG], ("must be a path, bytes", "not list")),
    "a class": (lambda folder: dict, ("must be a path, bytes", "not type")),
    "data URL without comma": (lambda folder: "data:image/png;base64", ("without a comma", "data:image/png;base64,")),
    "data URL with broken base64": (lambda folder: "data:image/png;base64,@@@", ("base64 is broken",)),
    "data URL of text": (lambda folder: "data:,hello", ("not an image", "b'hello'")),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_a_wrong_input_is_refused_before_anything_is_sent(wire: Wire, what: str, tmp_path: Path) -> None:
    make, words = REFUSALS[what]
    image = make(tmp_path)
    with contextlib.closing(image) if hasattr(image, "close") else contextlib.nullcontext():
        message = refused(wire, image)
    for word in words:
        assert word in message


@pytest.mark.parametrize("url", ["http://example.com/a.png", "HTTPS://example.com/a.png?sig=s3"])
def test_a_web_address_is_refused_where_the_operation_takes_files_only(wire: Wire, url: str) -> None:
    message = refused(wire, url, helper="images.explore_similar")
    assert "takes no web address" in message
    assert "://example.com/..." in message
    assert "pass its bytes or path" in message
    assert "s3" not in message


def test_an_object_whose_read_gives_text_is_refused() -> None:
    class GivesText:
        def read(self, size: int = -1) -> str:
            return "<svg/>"

    assert "gives text, not bytes" in refused(Wire("sync"), GivesText())


def test_an_unreadable_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_permission(*args: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("recraft._sources.open", no_permission, raising=False)
    assert "cannot read" in refused(Wire("sync"), _path(tmp_path))


def test_a_mask_of_another_size_is_refused(wire: Wire) -> None:
    with pytest.raises(InputError, match="the mask is 5 x 5 pixels, the image 4 x 3") as caught:
        wire.call("images.inpaint", PNG, picture(size=(5, 5), mode="L"), "a hat")
    assert "white where it is to be edited" in str(caught.value)
    assert wire.requests == []


def test_a_mask_whose_size_nobody_can_tell_is_for_the_service_to_judge(wire: Wire) -> None:
    request = wire.request("images.inpaint", PNG, SVG, "a hat")
    assert {part.name for part in parts_of(request)} == {"image", "mask", "prompt"}


def test_without_pillow_the_mask_is_not_compared(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    mask = picture(size=(5, 5), mode="L")
    monkeypatch.setitem(__import__("sys").modules, "PIL", None)
    assert len(parts_of(wire.request("images.inpaint", PNG, mask, "a hat"))) == 3


@pytest.mark.parametrize(
    ("images", "words"),
    [
        ([], "0 items; expected 1 to 10"),
        ([PNG] * 11, "11 items; expected 1 to 10"),
        ([PNG, b""], r"images\[1\] is empty"),
        ([b"no image"], r"images\[0\] is not an image"),
        ("one.png", "takes a list of images, not one str"),
        (PNG, "takes a list of images, not one bytes"),
        (Path("one.png"), "takes a list of images"),
    ],
    ids=["none", "eleven", "an empty one", "not an image", "a path alone", "bytes alone", "a Path alone"],
)
def test_a_style_takes_a_list_of_one_to_ten_images(wire: Wire, images: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        wire.call("styles.create", "digital_illustration", images)
    assert wire.requests == []


def test_the_names_of_files_stay_at_home(wire: Wire, tmp_path: Path) -> None:
    secret = tmp_path / 'private"; name="prompt\r\nX-Header: 1.png'
    secret.write_bytes(PNG)
    request = wire.request("images.vectorize", secret)
    assert b"private" not in request.content
    assert parts_of(request) == [Part("image", PNG, "image.png", "image/png")]


@needs_proc
def test_a_file_of_the_caller_stays_open_where_it_was(wire: Wire, tmp_path: Path) -> None:
    with _positioned(tmp_path) as file:
        assert sent(wire, file).content == PNG
        assert not file.closed
        assert file.tell() == 18
        assert file.read() == PNG


@needs_proc
def test_a_file_that_was_opened_here_is_closed_after_success(wire: Wire, tmp_path: Path) -> None:
    path = _path(tmp_path)
    wire.call("images.vectorize", path)
    assert str(path) not in open_files()


@needs_proc
@pytest.mark.parametrize("status", [400, 500])
def test_a_file_that_was_opened_here_is_closed_after_an_error(wire: Wire, tmp_path: Path, status: int) -> None:
    path = _path(tmp_path)
    wire.reply = lambda request: httpx.Response(status)
    with pytest.raises(RecraftError):
        wire.call("images.vectorize", path)
    assert str(path) not in open_files()


@needs_proc
def test_a_file_is_closed_when_the_connection_breaks_before_it_was_read(tmp_path: Path) -> None:
    class Broken(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            assert isinstance(request.stream, httpx.SyncByteStream)
            next(iter(request.stream))
            raise httpx.WriteError("broken pipe")

    path = tmp_path / "large.png"
    path.write_bytes(PNG + bytes(2**20))
    with pytest.raises(RecraftError) as caught:
        Recraft(TOKEN, limiter=None, retry=None, transport=Broken()).images.vectorize(path)
    assert caught.value.attempts == 1
    assert str(path) not in open_files()


@needs_proc
@pytest.mark.parametrize(
    "call",
    [
        lambda client, good, bad: client.images.inpaint(good, bad, "a hat"),
        lambda client, good, bad: client.styles.create("digital_illustration", [good, bad]),
        lambda client, good, bad: client.images.vectorize(bad),
        lambda client, good, bad: client.images.image_to_image(good, "a hat", n=99),
        lambda client, good, bad: client.images.inpaint(good, picture(size=(9, 9)), "a hat"),
    ],
    ids=["mask", "style", "image", "value", "size"],
)
def test_nothing_stays_open_when_a_call_is_refused(wire: Wire, tmp_path: Path, call: Any) -> None:
    good, bad = _path(tmp_path), tmp_path / "bad.png"
    bad.write_bytes(b"not an image")
    with pytest.raises(InputError) as caught:
        wire.run(lambda client: call(client, good, bad))
    assert caught.value is not None  # whose traceback still holds every local of the call
    assert not {str(good), str(bad)} & open_files()
    assert wire.requests == []


@needs_proc
def test_three_hundred_waiting_uploads_do_not_hold_three_hundred_files(tmp_path: Path) -> None:
    paths = []
    for number in range(300):
        paths.append(tmp_path / f"{number}.png")
        paths[-1].write_bytes(PNG)
    held: list[int] = []

    async def main() -> None:
        everyone_is_here, arrived = anyio.Event(), 0

        class Queue(httpx.AsyncBaseTransport):
            async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
                nonlocal arrived
                arrived += 1
                if arrived == len(paths):
                    held.append(len(open_files() & {str(path) for path in paths}))
                    everyone_is_here.set()
                await everyone_is_here.wait()
                await request.aread()
                return httpx.Response(200, json={"data": []})

        async with AsyncRecraft(TOKEN, limiter=None, retry=None, transport=Queue()) as client:
            async with anyio.create_task_group() as group:
                for path in paths:
                    group.start_soon(client.images.vectorize, path)

    anyio.run(main)
    assert held == [0]


def test_a_file_that_changes_while_a_call_waits_is_not_sent(tmp_path: Path) -> None:
    path = _path(tmp_path)
    received: list[bytes] = []

    def handle(request: httpx.Request) -> httpx.Response:
        received.append(request.content)
        return httpx.Response(200, json={"data": []})

    class Late(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            path.write_bytes(SAMPLES["image/gif"] * 2)
            return httpx.MockTransport(handle).handle_request(request)

    with pytest.raises(InputError, match="was changed after the call began") as caught:
        Recraft(TOKEN, limiter=None, transport=Late()).images.vectorize(path)
    assert received == []
    assert not caught.value.maybe_charged


def test_a_file_that_becomes_shorter_while_it_is_sent_is_an_error_and_never_a_short_upload(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(PNG + bytes(500_000))

    class Slow(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            assert isinstance(request.stream, httpx.SyncByteStream)
            for number, _ in enumerate(request.stream):
                if number == 2:
                    os.truncate(path, 100_000)
            raise AssertionError("the whole body went out")

    with pytest.raises(InputError, match="became shorter"):
        Recraft(TOKEN, limiter=None, transport=Slow()).images.vectorize(path)


def test_a_file_that_the_caller_closes_too_early_is_an_error_of_this_package(tmp_path: Path) -> None:
    file = _open_file(tmp_path)

    class Late(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            file.close()
            request.read()
            raise AssertionError("the whole body went out")

    with pytest.raises(InputError, match="closed before the call had ended"):
        Recraft(TOKEN, limiter=None, transport=Late()).images.vectorize(file)


@pytest.mark.parametrize("kind", ["path", "open file"])
def test_a_large_file_streams_from_disk(wire: Wire, tmp_path: Path, kind: str) -> None:
    size, path = 64 * 2**20, tmp_path / "large.png"
    path.write_bytes(PNG)
    os.truncate(path, size)
    count = 0

    class Discard(httpx.BaseTransport, httpx.AsyncBaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            nonlocal count
            assert isinstance(request.stream, httpx.SyncByteStream)
            count = sum(map(len, request.stream))
            return httpx.Response(200, json={"data": []})

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            nonlocal count
            assert isinstance(request.stream, httpx.AsyncByteStream)
            async for chunk in request.stream:
                count += len(chunk)
            return httpx.Response(200, json={"data": []})

    with open(path, "rb") as file:
        wire.run(lambda client: client.images.vectorize(PNG), transport=Discard())  # imports are not the upload's
        count = 0
        tracemalloc.start()
        try:
            image = path if kind == "path" else file
            wire.run(lambda client: client.images.vectorize(image), transport=Discard())
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert count > size
    assert peak < size / 16


# Files that are unusual, and files that fail.


def test_an_open_file_that_changes_between_attempts_is_not_sent_again(wire: Wire, tmp_path: Path) -> None:
    path = _path(tmp_path)

    def changing(request: httpx.Request) -> httpx.Response:
        request.read()
        with open(path, "r+b") as other:
            other.write(PNG[:-4] + b"1234")
        os.utime(path, ns=(1, 1))  # clocks of file systems may be too coarse to tell two moments apart
        return httpx.Response(503)

    wire.reply = changing
    with (
        open(path, "rb") as file,
        no_waits(),
        pytest.raises(InputError, match="image was changed after the call began") as caught,
    ):
        wire.run(lambda client: client.images.vectorize(file), retry=RetryPolicy())
    assert [parts_of(request)[0].content for request in wire.requests] == [PNG]
    assert not caught.value.maybe_charged


class Endless:
    """A source without end, which counts what is read of it."""

    def __init__(self, start: bytes, most: int) -> None:
        self.start, self.most, self.given = start, most, 0

    def read(self, size: int) -> bytes:
        piece = (self.start[self.given :] + bytes(size))[:size]
        self.given += size
        assert self.given <= self.most, "far too much was read"
        return piece


def test_a_source_without_end_that_is_no_image_is_refused_by_its_first_bytes(wire: Wire) -> None:
    assert "not an image" in refused(wire, Endless(b"", 4096))


def test_a_source_without_end_that_begins_as_an_image_does_is_given_up(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_sources, "LARGEST", 2**20)
    assert "image is larger than 1 MiB" in refused(wire, Endless(PNG, 2**20 + 2**16))


@pytest.mark.parametrize("kind", ["bytes", "PathLike", "open file", "BytesIO", "gzip member"])
def test_what_is_too_large_is_refused(wire: Wire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(_sources, "LARGEST", len(PNG) - 1)
    image = KINDS[kind](tmp_path)
    with contextlib.closing(image) if hasattr(image, "close") else contextlib.nullcontext():
        assert "image is larger than" in refused(wire, image)


def test_a_pipe_that_has_nothing_more_just_now_has_not_ended(wire: Wire) -> None:
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    with open(writer, "wb", buffering=0) as end, open(reader, "rb", buffering=0) as image:
        end.write(PNG)
        assert "image: the open file gives None" in refused(wire, image)


class Memory(io.BytesIO):
    """Not quite a BytesIO."""


def _unnamed(folder: Path) -> Any:
    return tempfile.TemporaryFile(dir=folder)


def _named(folder: Path) -> Any:
    return tempfile.NamedTemporaryFile(dir=folder)


def _spooled(folder: Path) -> Any:
    return tempfile.SpooledTemporaryFile(dir=folder)


def _rolled_over(folder: Path) -> Any:
    return tempfile.SpooledTemporaryFile(max_size=1, dir=folder)


@pytest.mark.parametrize(
    "make", [_unnamed, _named, _spooled, _rolled_over, lambda folder: io.BytesIO(), lambda folder: Memory()]
)
def test_a_file_is_read_from_where_it_stands_and_left_there(
    wire: Wire, tmp_path: Path, make: Callable[[Path], Any]
) -> None:
    with make(tmp_path) as file:
        file.write(b"a header of my own" + PNG)
        file.seek(18)
        assert sent(wire, file).content == PNG
        assert file.tell() == 18
        file.seek(17)
        assert "not an image" in refused(Wire(wire.kind), file)
        assert file.tell() == 17
        assert file.read() == b"n" + PNG


class Failing:
    """A file that fails where it is told to, and else reads."""

    def __init__(self, **failures: Exception) -> None:
        self._file, self._failures = io.BytesIO(PNG), failures

    def __getattr__(self, name: str) -> Any:
        if name not in ("read", "seek", "tell", "seekable", "fileno", "name", "mode", "closed"):
            raise AttributeError(name)

        def method(*args: Any) -> Any:
            if name in self._failures:
                raise self._failures[name]
            return {"fileno": 0}.get(name) or getattr(self._file, name)(*args)

        return False if name == "closed" else method


SIGNED = OSError(5, "Input/output error at https://h.test/a?sig=s3cr3t")


@pytest.mark.parametrize(
    "error", [SIGNED, ValueError("I/O"), BlockingIOError(11, "again"), RuntimeError(), RecursionError()], ids=repr
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(wire: Wire, error: Exception) -> None:
    message = refused(wire, Failing(read=error))
    assert message.startswith("image cannot be read: ")
    assert type(error).__name__ in message
    assert "s3cr3t" not in message


@pytest.mark.parametrize("name", ["seek", "tell", "seekable", "fileno"])
@pytest.mark.parametrize(
    "error", [OSError(29, "Illegal seek"), io.UnsupportedOperation("no"), RuntimeError()], ids=repr
)
def test_a_file_that_can_be_read_needs_to_do_nothing_else(wire: Wire, name: str, error: Exception) -> None:
    assert sent(wire, Failing(**{name: error})).content == PNG


def test_an_open_file_that_fails_while_it_is_sent_is_an_error_of_this_package(tmp_path: Path) -> None:
    file = _open_file(tmp_path)
    reader, writer = os.pipe()

    class Late(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            os.dup2(reader, file.fileno())  # what has no offsets takes its place
            request.read()
            raise AssertionError("the whole body went out")

    with open(reader, "rb"), open(writer, "wb"), file:
        with pytest.raises(InputError, match="image could not be read to its end: OSError") as caught:
            Recraft(TOKEN, limiter=None, transport=Late()).images.vectorize(file)
    assert not caught.value.maybe_charged


class PathTo:
    """Any path, written by hand."""

    def __init__(self, path: Any) -> None:
        self.path = path

    def __fspath__(self) -> Any:
        if isinstance(self.path, Exception):
            raise self.path
        return self.path


class Text(str):
    """A string that is hard to read."""

    def __getitem__(self, key: Any) -> Any:
        raise RuntimeError("go away")

    def __str__(self) -> str:
        return "something else"


def test_a_path_may_be_bytes_or_any_string(wire: Wire, tmp_path: Path) -> None:
    path = _str_path(tmp_path)
    for image in (PathTo(path), PathTo(path.encode()), Text(path), PathTo(Text(path))):
        assert sent(wire, image).content == PNG


@pytest.mark.parametrize(
    ("image", "words"),
    [
        ("a\0b.png", "cannot read 'a b.png': ValueError"),
        ("\ud800.png", "cannot read"),
        (PathTo(b"a\0.png"), "cannot read"),
        (PathTo(OSError(5, "gone")), "image cannot be read: .*OSError: .Errno 5. gone"),
        (PathTo(7), "image cannot be read: .*TypeError"),
        (PathTo(""), "image is an empty string"),
        (PathTo("data:image/png;base64,AAAA"), "there is no file"),
        (Text("nothing.png"), "there is no file 'nothing.png'"),
        ("x" * 10**6, "cannot read 'xxx"),
        ("data:image/png,\ud800", "half of a surrogate pair"),
        ("data:image/png;base64,\ud800", "half of a surrogate pair"),
        ("data:image/png;base64,\u0661", "base64 is broken"),
        ("data:image/png;base64,AAA", "base64 is broken"),
        ("data:" + "x" * 10**6, "without a comma"),
        ("data:\ud800\0,\0", "not an image"),
        ({1, 2}, "not set: {1, 2}"),
        (10**5000, "not int: <int"),
    ],
    ids=range(17),
)
def test_an_odd_input_is_refused_in_few_words(wire: Wire, image: Any, words: str) -> None:
    message = refused(wire, image)
    assert re.search(words, message), message
    assert len(message) < 400


@pytest.mark.parametrize(
    "path",
    [
        "s3://bucket/s3cr3t/a.png",
        "https:/h.test/s3cr3t/a.png",
        "gs:///bucket/a.png?X-Goog-Signature=s3cr3t",
        "//h.test/s3cr3t/a.png",
        "https%3A%2F%2Fh.test%2Fs3cr3t",
        "/a.png?X-Amz-Signature=s3cr3t",
        "/s3cr3t/rs:fit:1024:1024:0/raw:1/plain/abs://external/images/a",
    ],
)
@pytest.mark.parametrize("kind", [str, Path])
def test_a_mistaken_address_is_not_repeated(wire: Wire, path: str, kind: Any) -> None:
    assert "s3cr3t" not in refused(wire, kind(path))


# Over a real socket, with whatever bytes there are.

BOUNDARY_LIKE = st.sampled_from(
    [
        b"\r\n--+++\r\n",
        b"\r\n--+++--\r\n",
        b'\r\n--+++\r\nContent-Disposition: form-data; name="n"\r\n\r\n6\r\n--+++--',
        b"\r\nContent-Disposition: form-data; name=x\r\n\r\n",
        b"\r\n\r\n",
        b"--",
        b"\0",
    ]
)
CONTENT = st.lists(st.one_of(st.binary(max_size=200), BOUNDARY_LIKE), max_size=8).map(b"".join)
NAMES = st.text(
    st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=40
).filter(lambda name: name not in (".", "..") and len(name.encode()) < 200)  # fmt: skip


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(strict=False, limits=False, balance=10**9) as started:
        yield started


@pytest.fixture(scope="module")
def socket_client(sandbox: Sandbox) -> Iterator[Recraft]:
    with Recraft(sandbox.token, base_url=sandbox.base_url, limiter=None, retry=None) as client:
        yield client


def received(sandbox: Sandbox) -> list[Part]:
    """The parts of the last request that arrived."""
    last = sandbox.ledger.requests[-1]
    headers = {"content-type": last.header("content-type") or ""}
    return parts_of(httpx.Request("POST", "http://test", headers=headers, content=last.body))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(content=CONTENT, name=NAMES, way=st.sampled_from(["bytes", "path", "file", "pipe-like"]))
def test_random_bytes_arrive_unchanged_and_add_no_field(
    sandbox: Sandbox, socket_client: Recraft, tmp_path: Path, content: bytes, name: str, way: str
) -> None:
    data, path = PNG + content, tmp_path / name
    image: Any = data
    sandbox.ledger.clear()
    with contextlib.ExitStack() as stack:
        if way in ("path", "file"):
            path.write_bytes(data)
            stack.callback(path.unlink)
            image = path if way == "path" else stack.enter_context(open(path, "rb"))
        elif way == "pipe-like":
            image = OnlyRead(data)
        with contextlib.suppress(RecraftError):  # whether it is a good picture is not the question
            socket_client.images.image_to_image(image, "a hat", n=1, strength=0.5)
    assert sorted(received(sandbox)) == [
        Part("image", data, "image.png", "image/png"),
        Part("n", b"1", None, "text/plain"),
        Part("prompt", b"a hat", None, "text/plain"),
        Part("strength", b"0.5", None, "text/plain"),
    ]


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio", "trio"])
async def test_an_upload_full_of_boundaries_arrives_from_the_asynchronous_client_too(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    path = tmp_path / "evil.png"
    path.write_bytes(PNG + b'\r\n--+++\r\nContent-Disposition: form-data; name="n"\r\n\r\n6\r\n--+++--\r\n' * 3)
    sandbox.ledger.clear()
    async with AsyncRecraft(sandbox.token, base_url=sandbox.base_url, limiter=None) as client:
        result = await client.images.vectorize(path)
    assert len(result) == 1
    assert received(sandbox) == [Part("image", path.read_bytes(), "image.png", "image/png")]


def test_a_prompt_cannot_smuggle_a_field_in(sandbox: Sandbox, socket_client: Recraft) -> None:
    prompt = 'x\r\n--+++\r\nContent-Disposition: form-data; name="n"\r\n\r\n6\r\n--+++--'
    sandbox.ledger.clear()
    socket_client.images.replace_background(PNG, prompt)
    assert {part.name: part.content for part in received(sandbox)} == {"image": PNG, "prompt": prompt.encode()}


def test_one_file_may_be_image_and_mask_of_many_calls_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(MASK)
    wire = Wire("async")

    async def main(client: Any) -> None:
        async with anyio.create_task_group() as group:
            for _ in range(20):
                group.start_soon(functools.partial(client.images.inpaint, path, path, "a hat"))

    wire.run(main)
    contents = {part.content for request in wire.requests for part in parts_of(request) if part.filename}
    assert (len(wire.requests), contents) == (20, {MASK})
