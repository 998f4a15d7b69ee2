"""Images in base64: decoded as they come, kept as bytes, and text to whoever asks for it."""

from __future__ import annotations

import base64
import binascii
import copy
import json
import pickle
import random
import sys
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from recraft import Image, ImageResult
from recraft import _base64 as kept_as_bytes
from recraft._core.decoding import Decoding, decoder
from recraft.errors import UnexpectedResponse
from recraft_api import models

from .support import ID, PNG, Wire

PIECE = 2**16


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


class Slowly(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body in pieces, as from a socket."""

    def __init__(self, body: bytes, piece: int) -> None:
        self._body, self._piece = body, piece

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(self._body), self._piece):
            yield self._body[start : start + self._piece]

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


def ask(wire: Wire, answer: Any, piece: int = PIECE) -> ImageResult:
    """What a call for base64 gives, when the service answers so."""
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    wire.reply = lambda request: httpx.Response(200, stream=Slowly(body, piece))
    result = wire.run(lambda client: client.images.generate("a fox", n=2, response_format="b64_json"))
    assert isinstance(result, ImageResult)
    return result


def answer_with(*images: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"created": 1_700_000_000, "credits": 80, "data": list(images), **more}


@pytest.fixture(params=["pybase64", None])
def decoders(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """With the extra `fast`, and without."""
    if request.param is None:
        monkeypatch.setitem(sys.modules, "pybase64", None)
        used = binascii.a2b_base64
    else:
        used = pytest.importorskip("pybase64").b64decode
    decoder.cache_clear()
    made = decoder()
    assert isinstance(made, partial)
    assert made.func is used
    yield
    decoder.cache_clear()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[kept_as_bytes.Encoded]:
    """Whose text was asked for."""
    asked: list[kept_as_bytes.Encoded] = []
    real = kept_as_bytes.Encoded.text

    def text(self: kept_as_bytes.Encoded) -> str:
        asked.append(self)
        return real.__get__(self)

    monkeypatch.setattr(kept_as_bytes.Encoded, "text", property(text))
    return asked


@pytest.mark.parametrize("piece", [1, 7, PIECE])
def test_base64_of_an_answer_is_there_as_it_came(wire: Wire, piece: int) -> None:
    answer = answer_with({"image_id": ID, "b64_json": encoded(PNG)}, {"b64_json": encoded(PNG + b"more")})
    result = ask(wire, answer, piece)
    assert [image.b64_json for image in result] == [encoded(PNG), encoded(PNG + b"more")]
    assert result.raw.to_dict() == answer
    assert result.raw.data[0].b64_json is result[0].b64_json


def test_a_result_that_keeps_bytes_is_the_one_that_was_read_as_text(wire: Wire) -> None:
    answer = answer_with({"image_id": ID, "b64_json": encoded(PNG)}, {"url": "https://img.test/2"})
    result = ask(wire, answer)
    plain = ImageResult.from_raw(models.ImageSet.from_dict(answer))
    assert result == plain
    assert plain == result
    assert hash(result[0]) == hash(plain[0])
    images = [{**each, "origin": None} for each in result.to_dict()["images"]]
    by_hand = {"request_id": None, "attempts": None, "seconds": None, "headers": None, "images": images}
    assert result.to_dict() | by_hand == plain.to_dict() | {"headers": None}  # one that was made by hand is of no call
    for same in (pickle.loads(pickle.dumps(result)), copy.deepcopy(result), ImageResult.from_dict(result.to_dict())):
        assert same == result
        assert same[0].b64_json == encoded(PNG)
        assert same.raw.data[0] is same[0].raw


def test_a_pickle_has_the_text_once(wire: Wire) -> None:
    text = encoded(PNG + bytes(2**16))
    assert pickle.dumps(ask(wire, answer_with({"b64_json": text}))).count(text.encode()) == 1


def test_using_an_image_makes_no_text_of_it(wire: Wire, tmp_path: Path, made: list[kept_as_bytes.Encoded]) -> None:
    result = ask(wire, answer_with({"b64_json": encoded(PNG)}))
    assert result[0].to_pil().size == (4, 3)
    (path,) = wire.run(lambda client: client.save(result, tmp_path))
    assert path.read_bytes() == PNG
    assert wire.run(lambda client: client.fetch(result[0])) == PNG
    assert "<img" in result._repr_html_()
    repr(result)
    assert made == []
    assert result[0].b64_json == encoded(PNG)
    assert len(made) == 1


def test_a_large_image_is_held_once_and_as_bytes(wire: Wire) -> None:
    size = 8 * 2**20
    body = json.dumps(answer_with({"b64_json": encoded(PNG + bytes(size))})).encode()
    ask(wire, answer_with({"b64_json": encoded(PNG)}))  # what a first call loads
    tracemalloc.start()
    try:
        result = ask(wire, body)
        held, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert result[0]._came_with == PNG + bytes(size)
    assert held < size + 2**21
    assert peak < 1.3 * size


ODD = {
    "nothing": "",
    "too short": "QUI",
    "a letter too many": "QUJDQ",
    "padding amid": "QQ==QUJD",
    "padding alone": "====",
    "padding too long": "QUJD====",
    "bits that a decoder drops": "QR==",
    "the same amid": "QR==QUJD",
    "another alphabet": "QUJD-_-_",
    "a line break": "QUJD\nQUJD",
    "no ASCII": "QUJDäöü",
}


@pytest.mark.usefixtures("decoders")
@pytest.mark.parametrize("piece", [1, 3, PIECE])
@pytest.mark.parametrize("what", ODD)
def test_what_is_not_base64_as_an_encoder_writes_it_is_kept_as_it_came(wire: Wire, what: str, piece: int) -> None:
    result = ask(wire, answer_with({"url": "https://img.test/1", "b64_json": ODD[what]}), piece)
    assert result[0].b64_json == result.raw.data[0].b64_json == ODD[what]
    assert result[0]._came_with is None


def test_slashes_may_be_escaped(wire: Wire) -> None:
    text = encoded(b"\xff" * 30)
    body = json.dumps(answer_with({"url": "https://img.test/1", "b64_json": text})).replace("//", "\\/\\/").encode()
    assert ask(wire, body)[0].b64_json == text


def test_base64_in_a_place_that_nobody_knows_is_text(wire: Wire) -> None:
    more = {"previews": [{"b64_json": encoded(PNG)}], "b64_json": encoded(b"small")}
    answer = answer_with({"b64_json": encoded(PNG), "mask": {"b64_json": encoded(b"mask")}}, **more)
    result = ask(wire, answer)
    assert result.raw.to_dict() == answer
    assert json.loads(json.dumps(result.raw.additional_properties)) == more
    assert result[0].b64_json == encoded(PNG)


def test_a_key_that_only_ends_like_it_is_text(wire: Wire) -> None:
    answer = answer_with({"b64_json": encoded(PNG), 'my "b64_json': encoded(b"abc")})
    assert ask(wire, answer).raw.to_dict() == answer


def test_a_model_without_slots_is_read_as_text(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recraft._images.make_lazy", lambda kind, name: False)
    result = ask(wire, answer_with({"b64_json": encoded(PNG)}))
    assert (result[0].b64_json, result[0]._came_with) == (encoded(PNG), None)


def test_half_an_answer_is_as_long_as_it_came(wire: Wire) -> None:
    body = json.dumps(answer_with({"b64_json": encoded(PNG)}, {"b64_json": encoded(PNG)})).encode()
    half = body[: len(body) - 50]
    with pytest.raises(UnexpectedResponse, match=f"{len(half)} bytes that are not JSON"):
        ask(wire, half)


def test_an_image_made_by_hand_takes_and_gives_text() -> None:
    image = Image(b64_json=encoded(PNG))
    assert image.b64_json == image.raw.b64_json == encoded(PNG)
    assert image == pickle.loads(pickle.dumps(image)) == Image(b64_json=encoded(PNG))
    with pytest.raises(AttributeError):
        image.b64_json = "x"  # type: ignore[misc]


def test_both_decoders_take_and_refuse_the_same() -> None:
    pybase64 = pytest.importorskip("pybase64")
    assert "C extension active" in pybase64.get_version()
    chance = random.Random(20261124)
    refused = 0
    for _ in range(20_000):
        text = bytearray(encoded(chance.randbytes(3 * chance.randrange(1, 40))), "ascii")
        for _ in range(chance.randrange(3)):
            text[chance.randrange(len(text))] = chance.choice(b'=-_ \n\r\t\0A\xff"\\/+')
        took = []
        for decode in (partial(pybase64.b64decode, validate=True), partial(binascii.a2b_base64, strict_mode=True)):
            try:
                took.append(decode(memoryview(text)))
            except binascii.Error:
                took.append(None)
        assert took[0] == took[1], bytes(text)
        refused += took[0] is None
    assert 5_000 < refused < 15_000


@pytest.mark.usefixtures("decoders")
def test_whatever_comes_in_whatever_pieces_can_be_put_back_together() -> None:
    chance = random.Random(20261124)
    decoded = 0
    for _ in range(3000):
        value = encoded(chance.randbytes(chance.randrange(40)))
        if chance.random() < 0.5:
            value = "".join(chance.choice('ABCabc019+/=-_ "\\') for _ in range(chance.randrange(14)))
        spaces = " " * chance.randrange(3)
        text = b'{"b64_json"%s:%s%s, "x\\"b64_json": "QUJD", "data": [{"b64_json":%s}]}' % (
            *2 * (spaces.encode(),), json.dumps(value).encode(), json.dumps(value[:9]).encode(),
        )  # fmt: skip
        text = text[: chance.choice([len(text), chance.randrange(len(text))])]
        decoding, at = Decoding(), 0
        while at < len(text):
            size = chance.choice([1, 2, 3, 5, 50])
            decoding.take(text[at : at + size])
            at += size
        decoding.end()
        assert decoding.restored() == text
        decoded += len(decoding.found)
    assert decoded > 1000
