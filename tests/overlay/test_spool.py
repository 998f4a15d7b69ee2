"""Images that come with the answer, kept in files without a name: `Recraft(spool=...)`."""

from __future__ import annotations

import contextlib
import copy
import gc
import json
import os
import pickle
import stat
import threading
import tracemalloc
import warnings
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from faults.support import settles

from recraft import AsyncRecraft, Image, ImageResult, InputError, RetryPolicy
from recraft._base64 import kept
from recraft._spool import PIECE, Spooled
from recraft.testing import no_waits

from .support import BASE, ID, PNG, TOKEN, Wire
from .test_base64 import ODD, Slowly, answer_with, encoded

resource = pytest.importorskip("resource")

LARGE = PNG + bytes(range(256)) * (20 * 2**12) + b"IEND"  # 20 MiB
BOUNDARY = b"x-parts"


def as_json(*images: bytes) -> tuple[str, bytes]:
    ids = [ID.replace("123e", f"{number:04}") for number in range(len(images))]
    answer = answer_with(*({"image_id": key, "b64_json": encoded(data)} for key, data in zip(ids, images, strict=True)))
    return "application/json", json.dumps(answer).encode()


def as_form(*images: bytes) -> tuple[str, bytes]:
    ids = [ID.replace("123e", f"{number:04}") for number in range(len(images))]
    parts = {"response": json.dumps(answer_with(*({"image_id": key} for key in ids))).encode()}
    parts |= dict(zip(ids, images, strict=True))
    body = b"".join(
        b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (BOUNDARY, name.encode(), data)
        for name, data in parts.items()
    )
    return f"multipart/form-data; boundary={BOUNDARY.decode()}", body + b"--%s--\r\n" % BOUNDARY


Written = Callable[..., tuple[str, bytes]]
FORMATS: dict[str, Written] = {"b64_json": as_json, "multipart": as_form}


@pytest.fixture(params=FORMATS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "spool"
    made.mkdir()
    return made


def answering(form: str, *images: bytes) -> Callable[[httpx.Request], httpx.Response]:
    kind, body = FORMATS[form](*images)
    return lambda request: httpx.Response(200, headers={"content-type": kind}, stream=Slowly(body, 2**16))


def ask(wire: Wire, form: str, *images: bytes, **settings: Any) -> ImageResult:
    wire.reply = answering(form, *images)
    result = wire.run(lambda client: client.images.generate("a fox", n=len(images), response_format=form), **settings)
    assert isinstance(result, ImageResult)
    return result


def fetched(wire: Wire, images: Iterable[Image]) -> list[bytes]:
    return [wire.run(partial(call, image)) for image in images]


def call(image: Image, client: Any) -> Any:
    return client.fetch(image)


def spooled(image: Image) -> Spooled | None:
    """The file of an image, where it has one."""
    data = kept(image, "data")
    found = data if data is not None else getattr(kept(image, "b64_json"), "kept", None)
    return found if isinstance(found, Spooled) else None


def open_files(folder: Path) -> int:
    """How many files without a name this process has open there."""
    gc.collect()  # what refers to itself in a circle
    count = 0
    for number in os.listdir("/dev/fd"):
        with contextlib.suppress(OSError):  # the one that lists them
            found = os.fstat(int(number))
            nameless = stat.S_ISREG(found.st_mode) and not found.st_nlink
            count += nameless and os.readlink(f"/dev/fd/{number}").startswith(str(folder))
    return count


def come_to(folder: Path, count: int) -> bool:
    """Whether so many are open there, once the threads that have taken an answer have let go of it."""
    return settles(lambda: open_files(folder), count)


def test_an_image_in_a_file_gives_all_that_one_in_memory_does(wire: Wire, form: str, folder: Path) -> None:
    in_memory, in_files = (ask(wire, form, PNG, PNG + b"IEND", spool=spool) for spool in (None, folder))
    assert [spooled(image) is not None for image in (*in_memory, *in_files)] == [False, False, True, True]
    assert in_files == in_memory
    assert hash(in_files[1]) == hash(in_memory[1])
    views: list[Callable[[Image], Any]] = [
        lambda image: image.b64_json,
        lambda image: image.data,
        lambda image: image.raw.to_dict(),
        lambda image: {**image.to_dict(), "origin": None},
        lambda image: image.to_pil().tobytes(),
        lambda image: image._repr_html_(),
        repr,
    ]
    for view in views:
        assert list(map(view, in_files)) == list(map(view, in_memory))
    assert "<img" in in_files[0]._repr_html_()
    assert in_files.raw.to_dict() == in_memory.raw.to_dict()
    assert fetched(wire, in_files) == [PNG, PNG + b"IEND"]
    for same in (pickle.loads(pickle.dumps(in_files)), copy.deepcopy(in_files), copy.copy(in_files)):
        assert same == in_memory
    assert ImageResult.from_dict(json.loads(in_files.to_json())) == in_memory


def test_a_large_image_is_never_in_memory_when_it_is_only_saved(wire: Wire, form: str, folder: Path) -> None:
    small = ask(wire, form, PNG, spool=folder)
    wire.run(lambda client: client.save(small, folder.parent / "small"))  # loads modules
    kind, body = FORMATS[form](LARGE)
    wire.reply = lambda request: httpx.Response(200, headers={"content-type": kind}, stream=Slowly(body, 2**18))
    tracemalloc.start()
    try:
        result = wire.run(lambda client: client.images.generate("a fox", response_format=form), spool=folder)
        (path,) = wire.run(lambda client: client.save(result, folder.parent))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2_000_000
    assert path.read_bytes() == LARGE


def test_nothing_can_be_left_behind_in_the_folder(wire: Wire, form: str, folder: Path) -> None:
    result = ask(wire, form, PNG, PNG, spool=folder)
    assert all(map(spooled, result))
    assert list(folder.iterdir()) == []


def test_the_file_is_closed_when_the_image_is_gone(wire: Wire, form: str, folder: Path) -> None:
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        result = ask(wire, form, *[PNG] * 6, spool=folder)
        image = result[5]
        assert come_to(folder, 6)
        del result
        assert come_to(folder, 1)
        assert image.data == PNG or image.b64_json == encoded(PNG)
        del image
        assert come_to(folder, 0)
    assert [each for each in warned if issubclass(each.category, ResourceWarning) and "spool" in str(each)] == []


def test_an_answer_that_breaks_off_leaves_no_file_and_the_next_attempt_starts_anew(
    wire: Wire, form: str, folder: Path
) -> None:
    kind, body = FORMATS[form](PNG, PNG + b"IEND")
    half = len(body) - 60

    class Breaking(Slowly):
        def __iter__(self) -> Iterator[bytes]:
            yield from super().__iter__()
            raise httpx.ReadError("reset")

    def reply(request: httpx.Request) -> httpx.Response:
        stream = Breaking(body[:half], 100) if len(wire.requests) == 1 else Slowly(body, 100)
        return httpx.Response(200, headers={"content-type": kind}, stream=stream)

    wire.reply = reply
    with no_waits():
        result = wire.run(
            lambda client: client.images.generate("a fox", n=2, response_format=form),
            retry=RetryPolicy(resend_in_doubt=True),
            spool=folder,
        )
    assert result.attempts == 2
    assert fetched(wire, result) == [PNG, PNG + b"IEND"]
    assert come_to(folder, 2)
    del result
    assert come_to(folder, 0)
    assert list(folder.iterdir()) == []


def test_a_full_disk_loses_nothing(
    wire: Wire, form: str, folder: Path, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    image = PNG + bytes(range(256)) * 2**11 + b"IEND"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(image) // 3, hard))  # a write ends there, and the next one fails
    try:
        result = ask(wire, form, PNG, image, PNG, spool=folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [spooled(each) is not None for each in result] == [True, False, True]
    assert fetched(wire, result) == [PNG, image, PNG]
    (warning,) = [record for record in caplog.records if record.levelname == "WARNING"]
    assert warning.getMessage() == "an image is kept in memory, not in the spool: File too large"


def test_a_folder_that_is_gone_loses_nothing(
    wire: Wire, form: str, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    wire.reply = answering(form, PNG)

    def act(client: Any) -> Any:
        folder.rmdir()
        return client.images.generate("a fox", response_format=form)

    (image,) = wire.run(act, spool=folder)
    assert spooled(image) is None
    assert wire.run(lambda client: client.fetch(image)) == PNG
    assert "No such file or directory" in caplog.text


def test_images_leave_half_of_the_files_that_may_be_open_to_others(wire: Wire, form: str, folder: Path) -> None:
    ask(wire, form, PNG, spool=folder)
    highest = max(map(int, os.listdir("/dev/fd")))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (2 * highest + 20, hard))
    try:
        results = [ask(wire, form, *[PNG] * 6, spool=folder) for _ in range(6)]
        images = [image for result in results for image in result]
        in_files = sum(spooled(image) is not None for image in images)
        assert 6 <= in_files < 36
        assert fetched(wire, images) == [PNG] * 36
        del results, images
        assert spooled(ask(wire, form, PNG, spool=folder)[0]) is not None
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize("what", ODD)
def test_what_is_not_base64_stays_text_with_a_spool_too(wire: Wire, folder: Path, what: str) -> None:
    answer = answer_with({"url": "https://img.test/1", "b64_json": ODD[what]}, {"b64_json": encoded(PNG)})
    wire.reply = lambda request: httpx.Response(200, stream=Slowly(json.dumps(answer).encode(), 3))
    result = wire.run(lambda client: client.images.generate("a fox", response_format="b64_json"), spool=folder)
    assert [image.b64_json for image in result] == [ODD[what], encoded(PNG)]
    assert [spooled(image) is not None for image in result] == [False, True]


def test_several_readers_do_not_disturb_each_other(wire: Wire, folder: Path) -> None:
    data = PNG + bytes(range(256)) * 2**12 * 3
    (image,) = ask(wire, "multipart", data, spool=folder)
    file = spooled(image)
    assert file is not None
    assert len(data) > 3 * PIECE
    assert all(one == other for one, other in zip(file.pieces(), file.pieces(), strict=True))
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: image.data == data, range(20))) == {True}
    if hasattr(os, "fork"):
        pieces = file.pieces()
        first = next(pieces)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # other threads of the tests
            child = os.fork()
        if not child:
            os._exit(0 if file.read() == data else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert b"".join([first, *pieces]) == data


@pytest.mark.parametrize("way", ["as it is", "not there", "another file system", "half of it"])
def test_a_file_is_saved_whole_whatever_the_system_can_copy(
    wire: Wire, form: str, folder: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    data = PNG + bytes(range(256)) * 2**13 + b"IEND"
    result = ask(wire, form, data, spool=folder)
    real = getattr(os, "copy_file_range", None)
    if way == "not there":
        monkeypatch.delattr(os, "copy_file_range", raising=False)
    elif way != "as it is":
        calls = iter([2**16 + 1] if way == "half of it" else [])

        def copied(source: int, target: int, count: int, *at: int) -> int:
            count = next(calls, 0)
            if not count or real is None:
                raise OSError(18, "Invalid cross-device link")
            return int(real(source, target, count, *at))

        monkeypatch.setattr(os, "copy_file_range", copied, raising=False)
    (path,) = wire.run(lambda client: client.save(result, folder.parent))
    assert path.read_bytes() == data
    assert wire.run(lambda client: client.save(result, folder.parent, overwrite=True)) == [path]
    assert path.read_bytes() == data


def test_an_image_in_a_file_is_converted_and_recorded_as_any_other(wire: Wire, form: str, folder: Path) -> None:
    result = ask(wire, form, PNG, spool=folder)
    (path,) = wire.run(lambda client: client.save(result, folder.parent, format="webp", sidecar=True))
    assert path.suffix == ".webp"
    assert path.read_bytes()[8:12] == b"WEBP"
    assert wire.run(lambda client: client.fetch(result[0])) == PNG


def test_a_sibling_takes_over_the_folder_and_may_have_another_or_none(
    wire: Wire, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    wire.reply = answering("multipart", PNG)

    def act(client: Any) -> Any:
        monkeypatch.chdir("/")  # the folder was named by a path that leads nowhere from here
        for sibling in (client.with_options(timeout=9), client.with_options(spool=None), client):
            yield sibling.images.generate("a fox", response_format="multipart")

    if wire.kind == "sync":
        results = wire.run(lambda client: list(act(client)), spool="spool")
    else:

        async def each(client: Any) -> Any:
            return [await call for call in act(client)]

        results = wire.run(each, spool="spool")
    assert [spooled(result[0]) is not None for result in results] == [True, False, True]


@pytest.mark.parametrize("what", ["nothing", "a file", "NUL", "a number", "bytes", "an empty name"])
def test_a_folder_that_cannot_be_used_is_refused_when_the_client_is_made(wire: Wire, tmp_path: Path, what: str) -> None:
    (tmp_path / "file").touch()
    spool: Any = {
        "nothing": tmp_path / "none",
        "a file": str(tmp_path / "file"),
        "NUL": "a\0b",
        "a number": 7,
        "bytes": b"x",
        "an empty name": "",
    }[what]
    said = {"nothing": "none', where .*No such file.*Make the folder first", "a file": "file', where .*Not a directory"}
    expected = said.get(what, "spool is ('a|7; expected a folder|b'x'; expected|''; expected)")
    with pytest.raises(InputError, match=expected):
        wire.client(spool=spool)
    with pytest.raises(InputError, match=expected):
        wire.client().with_options(spool=spool)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="whoever may do anything may write there")
def test_a_folder_that_nobody_may_write_to_is_refused(wire: Wire, folder: Path) -> None:
    folder.chmod(0o500)
    with pytest.raises(InputError, match="spool', where no file can be made: Permission denied"):
        wire.client(spool=folder)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_an_event_loop_writes_to_the_disk_in_threads(
    form: str, folder: Path, monkeypatch: pytest.MonkeyPatch, backend: str
) -> None:
    threads: set[int] = set()
    real, copies = Spooled.append, Spooled.copy_into

    def append(self: Spooled, data: bytes) -> None:
        threads.add(threading.get_ident())
        real(self, data)

    def copy_into(self: Spooled, file: Any) -> None:
        threads.add(threading.get_ident())
        copies(self, file)

    monkeypatch.setattr(Spooled, "append", append)
    monkeypatch.setattr(Spooled, "copy_into", copy_into)

    async def main() -> list[Path]:
        transport = httpx.MockTransport(answering(form, PNG))
        async with AsyncRecraft(TOKEN, base_url=BASE, limiter=None, transport=transport, spool=folder) as client:
            result = await client.images.generate("a fox", response_format=form)
            return await client.save(result, folder.parent)

    (path,) = anyio.run(main, backend=backend)
    assert path.read_bytes() == PNG
    assert threads
    assert threading.get_ident() not in threads


def test_images_that_come_by_address_take_no_file(wire: Wire, folder: Path) -> None:
    result = wire.run(lambda client: client.images.generate("a fox"), spool=folder)
    assert result[0].url
    assert come_to(folder, 0)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_call_that_is_cancelled_leaves_no_file(form: str, folder: Path, backend: str) -> None:
    kind, body = FORMATS[form](PNG, PNG)

    async def main() -> None:
        begun = anyio.Event()

        class Stopping(Slowly):
            async def __aiter__(self) -> AsyncIterator[bytes]:
                yield body[: len(body) - 60]
                yield bytes(2**20)  # so that what came is written
                begun.set()
                await anyio.sleep_forever()

        def reply(request: httpx.Request) -> httpx.Response:
            return httpx.Response(200, headers={"content-type": kind}, stream=Stopping(b"", 1))

        transport = httpx.MockTransport(reply)
        async with AsyncRecraft(TOKEN, base_url=BASE, limiter=None, transport=transport, spool=folder) as client:
            async with anyio.create_task_group() as group:

                async def call() -> None:
                    await client.images.generate("a fox", n=2, response_format=form)

                group.start_soon(call)
                await begun.wait()
                assert open_files(folder) > 0
                group.cancel_scope.cancel()

    anyio.run(main, backend=backend)
    assert come_to(folder, 0)
