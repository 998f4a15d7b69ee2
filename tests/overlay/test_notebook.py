"""Images in a notebook: a small copy is embedded, or a line says why not, and no URL ever stands there."""

from __future__ import annotations

import base64
import builtins
import copy
import gc
import io
import json
import pickle
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import anyio
import numpy
import pytest
from PIL import Image as Pillow

from recraft import AsyncRecraft, DownloadError, Image, ImageResult, InputError, Recraft, testing
from recraft.sandbox import Fault, FaultPlan, Sandbox

from .support import PNG, SVG

SHOWN = re.compile(r'<img src="data:(image/[a-z+]+);base64,([^"]+)" title="([^"]*)"')


def noise(side: int) -> bytes:
    """A PNG that hardly gets smaller."""
    buffer = io.BytesIO()
    pixels = numpy.random.default_rng(7).integers(0, 255, (side, side, 3), dtype="uint8")
    Pillow.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def pictures(html: str) -> list[tuple[str, bytes]]:
    """Type and bytes of each image that is embedded."""
    return [(kind, base64.b64decode(encoded)) for kind, encoded, _ in SHOWN.findall(html)]


def secrets_of(result: ImageResult) -> set[str]:
    """Every part of its URLs that may be a signature."""
    urls = [image.url for image in result if image.url]
    return {
        part for url in urls for part in (url, *urlsplit(url).path.split("/"), urlsplit(url).query) if len(part) > 20
    }


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(limits=False) as sandbox:
        yield sandbox


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[Recraft]:
    with Recraft(sandbox.token, base_url=sandbox.base_url, limiter=None) as client:
        yield client


def by_hand(data: bytes, **facts: Any) -> Image:
    return Image(data=data, **facts)


def test_images_with_urls_are_shown_as_small_copies_without_them(client: Recraft) -> None:
    result = client.images.generate("a fox", n=2)
    html = result._repr_html_()
    shown = pictures(html)
    assert [kind for kind, _ in shown] == ["image/webp"] * 2
    for _, data in shown:
        assert max(Pillow.open(io.BytesIO(data)).size) <= 512
        assert len(data) < 2**18
    whole = html + repr(result) + str(result)
    assert "http" not in whole
    ids = {str(image.image_id) for image in result}
    assert [secret for secret in secrets_of(result) - ids if secret in whole] == []


def test_a_vector_image_is_shown_as_the_source_of_an_img_where_no_script_runs(client: Recraft) -> None:
    html = client.images.generate_vector("a fox")[0]._repr_html_()
    [(kind, data)] = pictures(html)
    assert kind == "image/svg+xml"
    assert b"<svg" in data
    assert "<svg" not in html


def test_an_svg_with_a_script_stays_inside_the_data_url() -> None:
    evil = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    html = by_hand(evil)._repr_html_()
    assert pictures(html) == [("image/svg+xml", evil)]
    assert "<script" not in html


@pytest.mark.parametrize("format", ["b64_json", "multipart"])
def test_images_that_came_themselves_are_shown_without_being_fetched(
    client: Recraft, sandbox: Sandbox, format: Any
) -> None:
    result = client.images.generate("a fox", response_format=format)
    before = len(sandbox.ledger.requests)
    assert len(pictures(result._repr_html_())) == 1
    assert len(sandbox.ledger.requests) == before


@pytest.mark.parametrize(("data", "kind"), [(PNG, "image/png"), (SVG, "image/svg+xml")])
def test_a_small_image_is_embedded_as_it_is(data: bytes, kind: str) -> None:
    encoded = base64.b64encode(data).decode()
    assert pictures(Image(b64_json=encoded)._repr_html_()) == [(kind, data)]
    assert pictures(by_hand(data)._repr_html_()) == [(kind, data)]


def test_an_image_of_an_awaited_client_is_shown_while_its_event_loop_waits(sandbox: Sandbox) -> None:
    async def run() -> None:
        async with AsyncRecraft(sandbox.token, base_url=sandbox.base_url, limiter=None) as client:
            result = await client.images.generate("a fox", n=2)
            assert len(pictures(result._repr_html_())) == 2
            assert len(await client.images.generate("another fox")) == 1  # its connections still work

    for backend in ("asyncio", "trio"):
        anyio.run(run, backend=backend)


def travelled(result: ImageResult) -> list[ImageResult]:
    return [pickle.loads(pickle.dumps(result)), copy.deepcopy(result), ImageResult.from_dict(result.to_dict())]


def test_a_result_that_travelled_shows_a_line(client: Recraft) -> None:
    result = client.images.generate("a fox")
    result._repr_html_()
    client.fetch(result[0])
    for other in travelled(result):
        assert other == result
        html = other._repr_html_()
        assert pictures(html) == []
        assert "client.save" in html
        assert "http" not in html


def test_a_result_outlives_its_client_and_keeps_nothing_of_it_alive(sandbox: Sandbox) -> None:
    client = Recraft(sandbox.token, base_url=sandbox.base_url, limiter=None)
    result = client.with_options(timeout=9).images.generate("a fox", n=2)
    assert len(pictures(result._repr_html_())) == 2, "the sibling is gone, the client is not"
    client.fetch(result[0])
    client.close()
    html = result._repr_html_()
    assert len(pictures(html)) == 1, "what was fetched is there"
    assert "closed" in html
    del client
    gc.collect()
    html = result._repr_html_()
    assert "no client is there that made it" in html
    assert "http" not in html


@pytest.mark.parametrize("kind", ["expired", "html", "truncated", "garbage", "reset_mid_response", "redirect"])
def test_an_image_that_cannot_be_fetched_shows_a_line_without_its_url(kind: str) -> None:
    extra = {"status": 302, "location": "https://evil.test/?sig=s3cret"} if kind == "redirect" else {}
    plan = FaultPlan([Fault(kind, operation="download", times=None, **extra)])  # type: ignore[arg-type]
    with Sandbox(limits=False, faults=plan) as sandbox, testing.no_waits():
        with Recraft(sandbox.token, base_url=sandbox.base_url, limiter=None, timeout=1) as client:
            result = client.images.generate("a fox")
            html = result._repr_html_() if kind != "redirect" else shown_offline(result)
    assert pictures(html) == []
    assert "no preview" in html
    assert "s3cret" not in html
    ids = {str(image.image_id) for image in result}
    assert [secret for secret in secrets_of(result) - ids if secret in html] == []


def shown_offline(result: ImageResult) -> str:
    """As shown where no name can be looked up."""

    def nowhere(*_: Any, **__: Any) -> Any:
        raise socket.gaierror("no such host")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(socket, "getaddrinfo", nowhere)
        return result._repr_html_()


def test_an_image_that_comes_too_slowly_is_given_up_within_the_seconds_of_the_whole_result(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recraft._showing.SECONDS", 0.3)
    plan = FaultPlan([Fault("latency", operation="download", times=None, seconds=30)])
    with Sandbox(limits=False, faults=plan) as slow:
        with Recraft(slow.token, base_url=slow.base_url, limiter=None) as client:
            html = client.images.generate("a fox", n=3)._repr_html_()
    assert pictures(html) == []
    assert html.count("no preview") == 3
    assert html.count("the images before it took too long") == 2


def test_an_image_that_is_too_large_to_be_shown_is_not_read_to_its_end(
    client: Recraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recraft._core.viewing.LARGEST", 100)
    assert "larger than 100 bytes" in client.images.generate("a fox")._repr_html_()


def test_showing_an_image_does_not_keep_it(client: Recraft) -> None:
    image = client.images.generate("a fox")[0]
    image._repr_html_()
    with pytest.raises(InputError):
        image.to_pil()


def test_more_pixels_than_can_be_decoded_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recraft._showing.MOST_PIXELS", 100)
    html = by_hand(noise(300))._repr_html_()
    assert "300 x 300 pixels" in html
    assert pictures(html) == []


def test_an_svg_that_is_too_large_is_not_embedded() -> None:
    html = by_hand(b"<svg>" + b" " * 600_000 + b"</svg>")._repr_html_()
    assert "too large" in html
    assert len(html) < 1000


@pytest.mark.parametrize("mode", ["L", "P", "LA", "RGBA", "CMYK", "I;16", "1"])
def test_every_kind_of_raster_image_has_a_small_copy(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recraft._showing.SMALL", 0)
    buffer = io.BytesIO()
    Pillow.new(mode, (600, 40)).save(buffer, "TIFF" if mode in ("CMYK",) else "PNG")
    data = buffer.getvalue()
    if mode == "CMYK":
        buffer = io.BytesIO()
        Pillow.new(mode, (600, 40)).save(buffer, "JPEG")
        data = buffer.getvalue()
    [(kind, small)] = pictures(by_hand(data)._repr_html_())
    assert (kind, Pillow.open(io.BytesIO(small)).size) == ("image/webp", (512, 34))


@pytest.mark.parametrize(
    "image",
    [
        Image(),
        Image("javascript:alert(1)"),
        Image("file:///etc/passwd"),
        Image(b64_json="@@@"),
        Image(b64_json='AAAA"><script>'),
        Image(b64_json="ä"),
        Image(data=b"<script>alert(1)</script>"),
        Image(data=b"\x89PNG\r\n\x1a\n" + bytes(70_000)),
        Image("https://img.test/?sig=s3cret", revised_prompt='"><script>alert(1)</script>'),
        Image(data=PNG, revised_prompt='"><script>alert(1)</script>'),
    ],
)
def test_whatever_an_image_holds_its_html_is_harmless(image: Image) -> None:
    html = image._repr_html_()
    assert "<script" not in html
    assert "s3cret" not in html
    assert "javascript" not in html
    assert html.count("<") == len(re.findall(r"<(?:img|em|/em)[ >]", html))


def test_a_url_that_stands_in_the_prompt_is_cut_as_in_an_error() -> None:
    url = "https://img.recraft.ai/Zk3yJ0aQ91xx/rs:fit:1:1:0/raw:1/plain/abs://external/images/x?sig=s3cret"
    html = Image(data=PNG, revised_prompt=f"a fox, as in {url}")._repr_html_()
    assert "a fox, as in" in html
    assert "Zk3yJ0aQ91xx" not in html
    assert "s3cret" not in html


def without_pillow(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == "PIL":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)


def test_without_pillow_small_images_are_shown_and_large_ones_say_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    large = noise(300)
    without_pillow(monkeypatch)
    assert pictures(by_hand(PNG)._repr_html_()) == [("image/png", PNG)]
    assert "pip install pillow" in by_hand(large)._repr_html_()


# The one URL, and Pillow.


def test_the_url_of_a_result_is_that_of_its_one_image(client: Recraft) -> None:
    result = client.images.generate("a fox")
    assert result.url == result[0].url is not None
    assert testing.make_result().url is None


@pytest.mark.parametrize("count", [0, 2, 6])
def test_a_result_of_several_images_has_no_one_url_and_says_how_many_there_are(count: int) -> None:
    with pytest.raises(InputError, match=f"{count} images") as raised:
        _ = testing.make_result(count).url
    assert "result[0].url" in str(raised.value)


def test_an_image_is_given_to_pillow_once_it_was_fetched(client: Recraft) -> None:
    image = client.images.generate("a fox")[0]
    with pytest.raises(InputError, match=r"client\.fetch\(image\)"):
        image.to_pil()
    data = client.fetch(image)
    found = image.to_pil()
    assert isinstance(found, Pillow.Image)
    assert found.size == Pillow.open(io.BytesIO(data)).size
    assert found.tobytes() == Pillow.open(io.BytesIO(data)).tobytes()


@pytest.mark.parametrize("image", [Image(data=PNG), Image(b64_json=base64.b64encode(PNG).decode())])
def test_an_image_that_came_itself_is_given_to_pillow_as_it_is(image: Image) -> None:
    assert image.to_pil().size == (4, 3)


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [(SVG, InputError, "SVG"), (PNG[:40], DownloadError, "damaged"), (b"hello", DownloadError, "damaged")],
)
def test_what_pillow_cannot_read_says_why(data: bytes, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        by_hand(data).to_pil()


def test_without_pillow_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    without_pillow(monkeypatch)
    with pytest.raises(InputError, match="pip install pillow"):
        by_hand(PNG).to_pil()


def test_what_was_fetched_changes_neither_equality_nor_what_travels(client: Recraft) -> None:
    image = client.images.generate("a fox")[0]
    before, size, text = hash(image), len(pickle.dumps(image)), json.dumps(image.to_dict())
    client.fetch(image)
    assert (hash(image), len(pickle.dumps(image)), json.dumps(image.to_dict())) == (before, size, text)
    assert pickle.loads(pickle.dumps(image)) == image


# A real notebook.

CELLS: dict[str, Callable[[], str] | str] = {
    "setup": "from recraft import AsyncRecraft, Recraft\nclient = Recraft(limiter=None)",
    "result": "result = client.images.generate('a fox', n=2)\nresult",
    "image": "result[0]",
    "vector": "client.images.generate_vector('a fox')",
    "base64": "client.images.generate('a fox', response_format='b64_json')",
    "awaited": "awaiting = AsyncRecraft(limiter=None)\nawait awaiting.images.generate('a fox')",
    "travelled": "import pickle\npickle.loads(pickle.dumps(result))",
    "urls": "import json\nwith open('urls.json', 'w') as file:\n    json.dump([each.url for each in result], file)",
    "error": "client.images.generate('a fox', n=99)",
}


@pytest.mark.slow
def test_a_notebook_that_was_executed_holds_pictures_and_no_signature(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import nbclient
    import nbformat

    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("RECRAFT_API_TOKEN", sandbox.token)
    monkeypatch.setenv("RECRAFT_BASE_URL", sandbox.base_url)
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in CELLS.values()])
    place = {"metadata": {"path": str(tmp_path)}}
    nbclient.NotebookClient(book, timeout=60, kernel_name="python3", allow_errors=True, resources=place).execute()
    nbformat.write(book, tmp_path / "made.ipynb")
    outputs = {name: cell["outputs"] for name, cell in zip(CELLS, book["cells"], strict=True)}
    counts = {}
    for name in ("result", "image", "vector", "base64", "awaited", "travelled"):
        [output] = outputs[name]
        assert output["output_type"] == "execute_result", output
        counts[name] = [kind for kind, _ in pictures(output["data"]["text/html"])]
    webp = "image/webp"
    assert counts == {
        "result": [webp, webp],
        "image": [webp],
        "vector": ["image/svg+xml"],
        "base64": [webp],
        "awaited": [webp],
        "travelled": [],
    }
    [error] = outputs["error"]
    assert error["ename"] == "InputError"
    assert "sending.py" not in "".join(error["traceback"])
    text = (tmp_path / "made.ipynb").read_text("utf-8")
    assert "abs://" not in text
    assert sandbox.token not in text
    assert "http://127.0.0.1" not in text
    urls = json.loads((tmp_path / "urls.json").read_text("utf-8"))
    parts = [part for url in urls for part in urlsplit(url).path.split("/") if len(part) > 20]
    assert len(parts) == 4, "a signature and an id for each"
    ids = [part for part in parts if part in str([output["data"]["text/plain"] for output in outputs["result"]])]
    assert [part for part in parts if part in text and part not in ids] == []
