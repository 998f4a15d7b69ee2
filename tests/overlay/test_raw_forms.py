"""`client.raw` with a form: a path, bytes or an open file stands where the generated code has a `File`."""

from __future__ import annotations

import importlib
import io
import itertools
import os
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image as Pillow

from recraft import InputError, InvalidRequestError, Recraft, RecraftError, RetryPolicy, testing
from recraft.sandbox import Fault, FaultPlan, Sandbox
from recraft_api import models
from recraft_api.api.images import create_image, inpaint_image, vectorize_image
from recraft_api.api.styles import create_style
from recraft_api.operations import OPERATIONS
from recraft_api.types import File

from .support import MASK, PNG, TOKEN, Part, Wire, parts_of, picture

FORMS = [name for name, facts in OPERATIONS.items() if "multipart/form-data" in facts["bodies"]]


def sent(wire: Wire, module: Any, body: Any) -> httpx.Request:
    function = module.sync_detailed if wire.kind == "sync" else module.asyncio_detailed
    wire.run(lambda client: function(client=client.raw, body=body))
    return wire.requests[-1]


def files_of(request: httpx.Request) -> list[Part]:
    return [part for part in parts_of(request) if part.filename]


def form_of(operation: str, image: Any) -> tuple[Any, Any, dict[str, bool]]:
    """The generated module, a body with `image` in the place of every file, and whether each file is several."""
    facts = OPERATIONS[operation]
    form = facts["bodies"]["multipart/form-data"]
    model, given = getattr(models, form["model"]), {}
    binary = {"type": "string", "format": "binary"}
    files = {
        name: "items" in schema
        for name, schema in form["properties"].items()
        if binary.items() <= (schema.get("items") or schema).items()
    }
    for name in {*form["required"], *files}:
        schema = form["properties"][name]
        if name in files:
            given[form["attributes"][name]] = [image, image] if files[name] else image
        elif name == "size":
            given[form["attributes"][name]] = "1:1"
        else:
            given[form["attributes"][name]] = 0.5 if schema.get("type") == "number" else "a hat"
    return importlib.import_module(f"recraft_api.api.{facts['module']}"), model(**given), files


@pytest.mark.parametrize("operation", FORMS)
def test_every_form_takes_plain_bytes_and_sends_them_as_named_files(wire: Wire, operation: str) -> None:
    module, body, wanted = form_of(operation, PNG)
    files = files_of(sent(wire, module, body))
    names = [(name, f"{name}.png") for name, many in wanted.items() if not many]
    names += [
        (name, f"{name.replace('_', '-')}-{number}.png") for name, many in wanted.items() if many for number in (0, 1)
    ]
    assert sorted(files) == sorted(Part(name, PNG, filename, "image/png") for name, filename in names)
    assert files


def test_an_image_may_be_held_in_anything_that_helpers_take(wire: Wire, tmp_path: Path) -> None:
    path = tmp_path / "secret name.bin"
    path.write_bytes(PNG)
    buffer = io.BytesIO(b"skipped" + PNG)
    buffer.seek(7)
    with path.open("rb") as file:
        for image in (path, str(path), PNG, bytearray(PNG), buffer, file):
            (part,) = files_of(sent(wire, vectorize_image, models.VectorizeRequest(image=image)))
            assert part == Part("image", PNG, "image.png", "image/png")
    (drawn,) = files_of(sent(wire, vectorize_image, models.VectorizeRequest(image=Pillow.new("L", (3, 2)))))
    assert Pillow.open(io.BytesIO(drawn.content)).size == (3, 2)


def test_a_file_object_of_the_generated_code_goes_out_as_it_is(wire: Wire) -> None:
    given = File(io.BytesIO(b"anything"), "mine.tiff", "image/tiff")
    (part,) = files_of(sent(wire, vectorize_image, models.VectorizeRequest(image=given)))
    assert part == Part("image", b"anything", "mine.tiff", "image/tiff")


@pytest.mark.parametrize(
    ("image", "words"),
    [
        ("nowhere.png", "image: there is no file 'nowhere.png'"),
        (b"", "image is empty: 0 bytes"),
        (b"no image", "image is not an image of a type the API takes"),
        (io.StringIO("x"), "image is a file opened as text"),
        ("https://img.test/a.png?sig=secret", r"a web address \(https://img.test/\.\.\.\), and a form takes files"),
        (7, "image must be a path, bytes"),
    ],
    ids=["missing", "empty", "no image", "text", "address", "number"],
)  # fmt: skip
def test_what_is_no_image_is_refused_as_the_helpers_do_before_anything_is_sent(
    wire: Wire, image: Any, words: str
) -> None:
    with pytest.raises(InputError, match=words) as caught:
        sent(wire, vectorize_image, models.VectorizeRequest(image=image))
    assert "secret" not in str(caught.value)
    assert wire.requests == []


def test_a_mask_of_another_size_is_refused(wire: Wire) -> None:
    body = models.MaskedEditRequest(image=PNG, mask=picture(size=(9, 9), mode="L"), prompt="a hat")
    with pytest.raises(InputError, match="the mask is 9 x 9 pixels, the image 4 x 3"):
        sent(wire, inpaint_image, body)


def test_one_image_where_several_are_taken_is_refused(wire: Wire) -> None:
    for one in ("photo.png", PNG):
        with pytest.raises(InputError, match="file takes a list of images, not one"):
            sent(wire, create_style, models.CreateStyleRequest(file=one))  # type: ignore[arg-type]


def test_a_repr_of_a_body_shows_neither_paths_nor_bytes() -> None:
    text = repr(models.MaskedEditRequest(image="/home/me/secret.png", mask=b"secret", prompt="a hat"))
    assert text == "MaskedEditRequest(image, prompt, mask)"


@pytest.mark.parametrize("kind", ["path", "pipe", "bytes"])
def test_a_form_is_sent_again_whole_after_a_failure(kind: str, tmp_path: Path) -> None:
    data = picture(size=(300, 260))
    (tmp_path / "a.png").write_bytes(data)
    image: Any = {"path": tmp_path / "a.png", "bytes": data, "pipe": Unseekable(data)}[kind]
    with Sandbox(limits=False, small_pictures=True, faults=FaultPlan([Fault("status", status=503)])) as sandbox:
        with Recraft(sandbox.token, base_url=sandbox.base_url, retry=RetryPolicy()) as client, testing.no_waits():
            answer = vectorize_image.sync(client=client.raw, body=models.VectorizeRequest(image=image))
        assert isinstance(answer, models.ImageSet)
        assert [request.status for request in sandbox.ledger.requests] == [503, 200]


class Unseekable(io.RawIOBase):
    def __init__(self, data: bytes) -> None:
        self._rest = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._rest.readinto(buffer)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are listed in /proc on Linux only")
def test_files_are_closed_after_a_call_that_worked_and_ones_that_did_not(wire: Wire, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG + bytes(2**20))
    kept: list[httpx.Request] = []  # as a log or a traceback may

    def half_read(request: httpx.Request) -> httpx.Response:
        kept.append(request)
        list(itertools.islice(request.stream, 3))  # type: ignore[arg-type]
        raise httpx.WriteError("broken")

    def held() -> list[str]:
        names = [os.readlink(each) for each in Path("/proc/self/fd").iterdir() if os.path.lexists(each)]
        return [name for name in names if name.startswith(str(tmp_path))]

    body = models.VectorizeRequest(image=tmp_path / "a.png")
    sent(wire, vectorize_image, body)
    assert held() == []
    wire.reply = lambda request: httpx.Response(400, json={"code": "bad"})
    with pytest.raises(InvalidRequestError):
        sent(wire, vectorize_image, body)
    assert held() == []
    if wire.kind == "sync":
        transport = httpx.MockTransport(lambda request: httpx.Response(200))
        transport.handle_request = half_read  # type: ignore[method-assign]
        with pytest.raises(RecraftError), wire.client(transport=transport) as client:
            vectorize_image.sync(client=client.raw, body=body)
        assert kept
        assert held() == []


def test_an_asynchronous_call_looks_into_no_file_on_the_event_loop(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    threads: list[int] = []

    class Watched(type(tmp_path)):  # type: ignore[misc]
        def __fspath__(self) -> str:
            threads.append(threading.get_ident())
            return str(self)

    sent(Wire("async"), vectorize_image, models.VectorizeRequest(image=Watched(tmp_path / "a.png")))
    assert threads
    assert threading.get_ident() not in threads


def test_an_image_by_its_address_still_goes_out_as_json(wire: Wire) -> None:
    body = models.VectorizeByUrlRequest(image_url="https://img.test/a.png")
    assert sent(wire, vectorize_image, body).headers["content-type"] == "application/json"


def test_what_is_not_a_form_is_left_alone(wire: Wire) -> None:
    request = sent(wire, create_image, models.GenerationRequest(prompt="a fox"))
    assert request.content == b'{"prompt":"a fox"}'


def test_the_same_body_can_be_sent_twice(wire: Wire) -> None:
    body = models.MaskedEditRequest(image=PNG, mask=MASK, prompt="a hat")
    first, second = (files_of(sent(wire, inpaint_image, body)) for _ in range(2))
    assert first == second
    assert len(first) == 2


def test_without_this_package_s_client_an_image_that_is_no_file_is_refused() -> None:
    from recraft_api import AuthenticatedClient

    bare = AuthenticatedClient(base_url="https://api.test/v1", token=TOKEN)
    bare.set_httpx_client(httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200, json={}))))
    with pytest.raises((TypeError, AttributeError)):
        vectorize_image.sync(client=bare, body=models.VectorizeRequest(image="photo.png"))
