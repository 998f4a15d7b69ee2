"""Answers of `response_format="multipart"`: a part with the usual JSON, and the images themselves beside it."""

from __future__ import annotations

import asyncio
import io
import json
import random
import tracemalloc
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image as Picture

from recraft import AsyncRecraft, Recraft, RecraftError, UnexpectedResponse
from recraft._core.content import Content
from recraft.sandbox import Sandbox
from recraft_api.api.images import create_image
from recraft_api.models import GenerationRequest, ImageSet

from .servers import Peer, serving
from .test_answers import BASE, TOKEN, Fixed

IDS = [f"e74c67ba-02ec-47ec-ae86-b17088cfac3{digit}" for digit in range(6)]


def small_png() -> bytes:
    buffer = io.BytesIO()
    Picture.new("RGB", (24, 16), (200, 30, 30)).save(buffer, "PNG")
    return buffer.getvalue()


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40 + b"IEND\xaeB`\x82"


def picture(number: int, size: int = 500) -> bytes:
    """Bytes that look like a PNG and hold everything that could be taken for the end of a part."""
    noise = random.Random(number).randbytes(size)
    return PNG[:16] + noise + b"\r\n--\r\n--frontier-\r\n\r\n" + noise + PNG[16:]


def form(count: int = 2, *, boundary: str = "frontier", answer: Any = None, size: int = 500) -> bytes:
    listed = {"created": 1, "credits": 80, "data": [{"image_id": name} for name in IDS[:count]]}
    parts = [(b'form-data; name="response"', b"application/json", json.dumps(answer or listed).encode())]
    parts += [
        (f'form-data; name="{IDS[number]}"; filename="x.png"'.encode(), b"image/png", picture(number, size))
        for number in range(count)
    ]
    head = b"--" + boundary.encode()
    body = b"".join(
        head + b"\r\nContent-Disposition: " + disposition + b"\r\nContent-Type: " + kind + b"\r\n\r\n" + data + b"\r\n"
        for disposition, kind, data in parts
    )
    return body + head + b"--\r\n"


def typed(boundary: str = "frontier") -> list[tuple[bytes, bytes]]:
    return [(b"content-type", f"multipart/form-data; boundary={boundary}".encode())]


def generate(body: bytes, headers: list[tuple[bytes, bytes]] | None = None) -> Any:
    client = Recraft(TOKEN, base_url=BASE, limiter=None, transport=Fixed(200, headers or typed(), body))
    return client.images.generate("a fox", response_format="multipart")


def ended(body: bytes) -> Any:
    """The result, or the error it ends in."""
    try:
        return generate(body)
    except RecraftError as error:
        return error


def test_the_images_of_a_form_are_in_the_result() -> None:
    result = generate(form(3))
    assert [image.data for image in result] == [picture(number) for number in range(3)]
    assert [str(image.image_id) for image in result] == IDS[:3]
    assert (result.credits, result[0].url, result[0].b64_json) == (80, None, None)
    assert "PNG" not in repr(result)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 1000])
def test_a_form_is_the_same_however_it_is_cut(size: int) -> None:
    body, content = form(2), Content()
    content.begin(httpx.Response(200, headers=typed()))
    for start in range(0, len(body), size):
        content.take(body[start : start + size])
    assert json.loads(content.text)["credits"] == 80
    assert content.files == {IDS[0]: picture(0), IDS[1]: picture(1)}


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"a preamble\r\n", b""), (b"", b"an epilogue\r\n--frontier\r\n\r\nnothing"), (b"\r\n", b"\r\n")],
)
def test_what_stands_around_a_form_is_no_part_of_it(before: bytes, after: bytes) -> None:
    assert [image.data for image in generate(before + form(2) + after)] == [picture(0), picture(1)]


def test_parts_may_be_named_by_their_content_id_alone() -> None:
    body = form(1).replace(f'form-data; name="{IDS[0]}"; filename="x.png"'.encode(), b"attachment")
    body = body.replace(b"\r\nContent-Type: image/png", f"\r\nContent-ID: <{IDS[0]}>".encode())
    assert generate(body)[0].data == picture(0)


def test_whole_images_of_a_form_that_is_cut_short_are_kept() -> None:
    body = form(3)
    result = generate(body[: body.rindex(b"--frontier") - 300])
    assert [image.data for image in result] == [picture(0), picture(1)]


@pytest.mark.parametrize(
    "body",
    [b"", b"--frontier--\r\n", form(2)[:40], b"--frontier\r\n" + b"x" * 20_000, form(1, answer={"data": []})[:80]],
    ids=["nothing", "no part", "half a head", "an endless head", "half a part"],
)
def test_a_form_without_an_answer_may_have_been_charged(body: bytes) -> None:
    with pytest.raises(UnexpectedResponse) as caught:
        generate(body)
    assert caught.value.maybe_charged


@pytest.mark.parametrize("answer", [{"url": "https://i.invalid/1"}, {"b64_json": "AAAA"}])
def test_a_service_that_answers_otherwise_gives_the_same_result(answer: dict[str, str]) -> None:
    body = json.dumps({"created": 1, "credits": 40, "data": [{"image_id": IDS[0], **answer}]}).encode()
    image = generate(body, [(b"content-type", b"application/json")])[0]
    assert (image.data, image.url or image.b64_json) == (None, next(iter(answer.values())))


def test_a_generated_function_gets_the_images_too() -> None:
    client = Recraft(TOKEN, base_url=BASE, limiter=None, transport=Fixed(200, typed(), form(2)))
    got = create_image.sync(client=client.raw, body=GenerationRequest(prompt="a fox", response_format="multipart"))
    assert isinstance(got, ImageSet)
    assert all(isinstance(image.b64_json, str) for image in got.data or [])


@pytest.mark.parametrize("count", [1, 6])
def test_the_images_of_a_form_are_in_memory_once(count: int) -> None:
    body = form(count, size=2_000_000)
    images = sum(len(picture(number, 2_000_000)) for number in range(count))

    def script(peer: Peer) -> None:
        while peer.request() is not None:
            kind = b"Content-Type: multipart/form-data; boundary=frontier\r\n"
            peer.send(b"HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n" % (kind, len(body)))
            peer.send(body)

    with serving(script) as server, Recraft(TOKEN, base_url=server.base_url, limiter=None) as client:
        client.images.generate("warm", response_format="multipart")
        tracemalloc.start()
        try:
            before = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            result = client.images.generate("a fox", response_format="multipart")
            peak = tracemalloc.get_traced_memory()[1] - before
        finally:
            tracemalloc.stop()
    assert sum(len(image.data or b"") for image in result) == images
    assert peak < 1.1 * images + 2 * 2**20, f"{peak / images:.2f} x the images"  # 1 MB is the server's


def test_a_length_that_is_a_lie_sets_nothing_like_it_aside() -> None:
    tracemalloc.start()
    try:
        generate(form(1), [*typed(), (b"content-length", b"999999999")])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 80 * 2**20


def test_images_of_the_sandbox_in_a_form_are_saved_without_another_request(tmp_path: Path) -> None:
    with Sandbox(limits=False) as sandbox, Recraft(sandbox.token, base_url=sandbox.base_url, limiter=None) as client:
        result = client.images.generate("a fox", n=2, response_format="multipart")
        paths = client.save(result, tmp_path)
        assert [path.read_bytes() for path in paths] == [image.data for image in result]
        assert client.fetch(result[0]) == result[0].data
        assert len(sandbox.ledger.requests) == 1


def test_images_of_the_sandbox_in_a_form_come_awaited_too() -> None:
    async def main(sandbox: Sandbox) -> Any:
        async with AsyncRecraft(sandbox.token, base_url=sandbox.base_url, limiter=None) as client:
            return await client.images.vectorize(small_png(), response_format="multipart")

    with Sandbox(limits=False, strict=False) as sandbox:
        result = asyncio.run(main(sandbox))
    assert b"<svg" in result[0].data


def test_a_form_of_random_bytes_never_escapes_the_errors() -> None:
    chance = random.Random(11)
    whole = form(3)
    for _ in range(400):
        body = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(body))
            body[at : at + chance.randint(0, 30)] = chance.randbytes(chance.randint(0, 30))
        outcome = ended(bytes(body))
        assert outcome.maybe_charged if isinstance(outcome, RecraftError) else len(outcome) >= 1
