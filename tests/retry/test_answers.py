"""After a 2xx status line there is a result or an error that says `maybe_charged`, whatever else the answer holds."""

from __future__ import annotations

import asyncio
import copy
import gzip
import json
import pickle
import random
import zlib
from typing import Any

import anyio
import httpx
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from recraft import AsyncRecraft, ImageResult, Recraft, RecraftError, UnexpectedResponse
from recraft_api.api.images import create_image
from recraft_api.models import GenerationRequest, ImageSet

from .servers import Peer, serving

TOKEN = "token-for-answers"
BASE = "https://api.invalid/v1"
ID = "e74c67ba-02ec-47ec-ae86-b17088cfac30"
GOOD: dict[str, Any] = {"created": 1, "credits": 40, "data": [{"image_id": ID, "url": "https://i.invalid/1"}]}

SUCCESSES = [200, 201, 202, 203, 204, 206, 226, 299]


class Fixed(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """One answer to every request; how often it was asked."""

    def __init__(self, status: int, headers: list[tuple[bytes, bytes]], content: bytes) -> None:
        self.answer, self.asked = (status, headers, content), 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        status, headers, content = self.answer
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(content))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)


WAYS = ["helper", "awaited helper", "raw", "awaited raw"]


def ends(way: str, transport: Fixed) -> Any:
    """The result of one call to `createImage`, or the RecraftError it ends in. Anything else escapes."""
    body = GenerationRequest(prompt="a fox")
    try:
        if way == "helper":
            return Recraft(TOKEN, base_url=BASE, limiter=None, transport=transport).images.generate("a fox")
        if way == "raw":
            client = Recraft(TOKEN, base_url=BASE, limiter=None, transport=transport)
            return create_image.sync(client=client.raw, body=body)
        awaiting = AsyncRecraft(TOKEN, base_url=BASE, limiter=None, transport=transport)
        if way == "awaited helper":
            return asyncio.run(awaiting.images.generate("a fox"))
        return asyncio.run(create_image.asyncio(client=awaiting.raw, body=body))
    except RecraftError as error:
        return error


def is_accounted_for(outcome: Any) -> bool:
    if isinstance(outcome, RecraftError):
        return outcome.maybe_charged and isinstance(outcome, UnexpectedResponse)
    return isinstance(outcome, ImageResult | ImageSet)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "header",
    [(b"via", "café".encode()), (b"via", b"caf\xe9"), (b"x-request-id", b"\xff\xfe"), (b"content-type", b"\xc3(")],
    ids=["UTF-8", "Latin-1", "no text at all", "a broken type"],
)
def test_a_paid_result_survives_headers_that_are_not_ascii(way: str, header: tuple[bytes, bytes]) -> None:
    outcome = ends(way, Fixed(200, [header], json.dumps(GOOD).encode()))
    assert isinstance(outcome, ImageResult | ImageSet)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("status", [200, 201, 202, 203, 206, 299])
def test_every_success_is_read_as_one(way: str, status: int) -> None:
    outcome = ends(way, Fixed(status, [], json.dumps(GOOD).encode()))
    assert isinstance(outcome, ImageResult | ImageSet)
    first = outcome[0] if isinstance(outcome, ImageResult) else outcome.data[0]  # type: ignore[index]
    assert first.url == "https://i.invalid/1"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "change",
    [{"data": [{"image_id": "no id", "url": "https://i.invalid/1"}]}, {"created": "yesterday"}, {"credits": {}},
     {"data": [None, 5, {"image_id": ID, "url": "https://i.invalid/1"}]}],
    ids=["image id", "created", "credits", "neighbours"],
)  # fmt: skip
def test_a_paid_image_is_not_lost_to_what_stands_beside_it(way: str, change: dict[str, Any]) -> None:
    outcome = ends(way, Fixed(200, [], json.dumps({**GOOD, **change}).encode()))
    assert isinstance(outcome, ImageResult | ImageSet)
    images = outcome.images if isinstance(outcome, ImageResult) else outcome.data
    assert "https://i.invalid/1" in [image.url for image in images]  # type: ignore[union-attr]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "beside",
    [b'"image_id": "no id", "x": NaN', b'"image_id": "no id", "revised_prompt": "\\ud800"',
     b'"revised_prompt": "caf\xc3"', b'"x": NaN, "y": ' + b"9" * 5000,
     b'"revised_prompt": "\\ud800", "y": ' + b"9" * 5000],
    ids=["an id and NaN", "an id and half a pair", "a letter cut in two", "digits and NaN", "digits and half a pair"],
)  # fmt: skip
def test_a_paid_image_is_not_lost_to_text_that_no_json_should_hold(way: str, beside: bytes) -> None:
    outcome = ends(way, Fixed(200, [], b'{"data": [{"url": "https://i.invalid/1", ' + beside + b"}]}"))
    assert isinstance(outcome, ImageResult | ImageSet), repr(outcome)
    images = outcome.images if isinstance(outcome, ImageResult) else outcome.data
    assert [image.url for image in images] == ["https://i.invalid/1"]  # type: ignore[union-attr]


def _deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("credits", 10**400),
        ("credits", "9" * 5000),
        ("created", 253402300799),
        ("created", 10**30),
        ("extra", _deep(900)),
    ],
    ids=["400 digits", "5000 digits", "the year 9999", "beyond all years", "900 levels"],
)
def test_a_paid_image_comes_with_whatever_can_be_made_of_the_rest(way: str, name: str, value: Any) -> None:
    content = json.dumps({**GOOD, name: "VALUE"}).encode()
    content = content.replace(b'"VALUE"', value.encode() if isinstance(value, str) else json.dumps(value).encode())
    outcome = ends(way, Fixed(200, [], content))
    assert isinstance(outcome, ImageResult | ImageSet), repr(outcome)
    assert pickle.loads(pickle.dumps(outcome)) == copy.deepcopy(outcome) == outcome
    if isinstance(outcome, ImageResult):
        assert outcome.cost_usd is None or name != "credits"
        assert outcome.created is None or name != "created" or value == 253402300799


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("body", [b"[]", b"5", b"null", b'{"data": 5}', b'{"data": "x"}', b'{"image": 7}'])
def test_an_answer_of_another_shape_is_an_error_that_says_it_may_have_been_charged(way: str, body: bytes) -> None:
    transport = Fixed(200, [], body)
    outcome = ends(way, transport)
    assert isinstance(outcome, UnexpectedResponse)
    assert (outcome.maybe_charged, transport.asked) == (True, 1)


HEADER_NAMES = st.sampled_from([b"content-type", b"content-encoding", b"x-request-id", b"cf-ray", b"date",
                                b"retry-after",
                                b"location", b"set-cookie", b"via", b"content-length"])  # fmt: skip
HEADER_VALUES = st.one_of(
    st.binary(max_size=30),
    st.sampled_from([b"gzip", b"gzip, gzip", b"br", b"identity", b"deflate", b"", b"application/json",
                     b"text/html; charset=nonsense",
                     b"multipart/form-data", b"multipart/form-data; boundary=x", b"999999999999999999999", b"-1"]),
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
IMAGES = st.fixed_dictionaries(
    {},
    optional={
        "created": JSON,
        "credits": JSON,
        "image": st.one_of(JSON, st.fixed_dictionaries({}, optional={"url": JSON, "b64_json": JSON, "image_id": JSON})),
        "data": st.one_of(
            JSON,
            st.lists(
                st.fixed_dictionaries({}, optional={"url": JSON, "image_id": JSON, "revised_prompt": JSON}), max_size=3
            ),
        ),
    },
)
PLAIN = st.one_of(
    st.binary(max_size=60), st.one_of(JSON, IMAGES).map(lambda value: json.dumps(value).encode("utf-8", "replace"))
)
BODIES = st.one_of(
    PLAIN, PLAIN.map(gzip.compress), PLAIN.map(zlib.compress), PLAIN.map(lambda body: gzip.compress(body)[:-5])
)


@seed(7)
@settings(max_examples=400, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(SUCCESSES),
    st.lists(st.tuples(HEADER_NAMES, HEADER_VALUES), max_size=4),
    BODIES,
    st.sampled_from(WAYS),
)
def test_no_success_whatever_it_holds_ends_in_anything_else(
    status: int, headers: list[tuple[bytes, bytes]], body: bytes, way: str
) -> None:
    transport = Fixed(status, headers, body)
    outcome = ends(way, transport)
    assert is_accounted_for(outcome), repr(outcome)
    assert transport.asked == 1
    if isinstance(outcome, ImageResult):
        assert outcome.cost_usd is None or outcome.cost_usd == outcome.cost_usd
        assert pickle.loads(pickle.dumps(outcome)) == copy.deepcopy(outcome) == outcome
        assert repr(outcome)


# --- compression ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["gzip, gzip", "gzip,gzip,gzip", "br", "zstd", "compress", "identity, gzip, gzip"])
@pytest.mark.parametrize("way", WAYS)
def test_a_compression_that_was_not_asked_for_is_not_undone(encoding: str, way: str) -> None:
    content = json.dumps(GOOD).encode()
    for _ in range(encoding.count("gzip")):
        content = gzip.compress(content)
    transport = Fixed(200, [(b"content-encoding", encoding.encode())], content)
    outcome = ends(way, transport)
    assert isinstance(outcome, UnexpectedResponse)
    assert "compressed in a way that was not asked for" in str(outcome)
    assert (outcome.maybe_charged, transport.asked) == (True, 1)


@pytest.mark.parametrize("way", WAYS)
def test_a_compressed_answer_is_read(way: str) -> None:
    content = json.dumps({**GOOD, "padding": "x" * 3 * 2**20}).encode()
    outcome = ends(way, Fixed(200, [(b"content-encoding", b"GZIP")], gzip.compress(content)))
    assert isinstance(outcome, ImageResult | ImageSet)


def test_an_answer_that_inflates_without_end_never_is_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recraft._core.sending.MAX_ANSWER", 4 * 2**20)
    largest = 0
    real = zlib.decompressobj

    class Watched:
        def __init__(self, **how: Any) -> None:
            self._inner = real(**how)

        def decompress(self, data: bytes, limit: int) -> bytes:
            nonlocal largest
            made = self._inner.decompress(data, limit)
            largest = max(largest, len(made))
            return made

        def __getattr__(self, name: str) -> Any:
            return getattr(self._inner, name)

    monkeypatch.setattr("recraft._core.exchange.zlib.decompressobj", Watched)
    outcome = ends("helper", Fixed(200, [(b"content-encoding", b"gzip")], gzip.compress(bytes(64 * 2**20))))
    assert isinstance(outcome, UnexpectedResponse)
    assert "larger than 4194304 bytes" in str(outcome)
    assert 0 < largest <= 2**20


# --- connections ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["sync", "asyncio", "trio"])
def test_bytes_after_an_answer_are_not_the_answer_to_the_next_call(kind: str) -> None:
    """A server, or somebody between, that sends one answer too many: the second call would get an image that is not its
    own.
    """

    def script(peer: Peer) -> None:
        while (request := peer.request()) is not None:
            prompt = json.loads(request[1])["prompt"]
            answers = [
                json.dumps({"created": 1, "credits": 1, "data": [{"url": f"https://i.invalid/{name}"}]}).encode()
                for name in (prompt, "somebody-elses")
            ]
            peer.send(
                b"".join(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(each)
                    + each
                    for each in answers
                )
            )

    with serving(script) as server:
        if kind == "sync":
            with Recraft(TOKEN, base_url=server.base_url, limiter=None) as client:
                urls = [client.images.generate(name)[0].url for name in ("one", "two", "three")]
        else:

            async def main() -> list[str | None]:
                async with AsyncRecraft(TOKEN, base_url=server.base_url, limiter=None) as client:
                    return [(await client.images.generate(name))[0].url for name in ("one", "two", "three")]

            urls = anyio.run(main, backend=kind)
    assert urls == [f"https://i.invalid/{name}" for name in ("one", "two", "three")]


def test_a_random_order_of_answers_in_pieces_is_read_alike() -> None:
    """However TCP cuts an answer, it is the same answer."""
    whole = json.dumps(GOOD).encode()
    cuts = random.Random(3)

    def script(peer: Peer) -> None:
        while peer.request() is not None:
            data = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(whole) + whole
            while data:
                count = cuts.randint(1, 40)
                peer.send(data[:count])
                data = data[count:]

    with serving(script) as server, Recraft(TOKEN, base_url=server.base_url, limiter=None) as client:
        assert [client.images.generate("a fox")[0].url for _ in range(5)] == ["https://i.invalid/1"] * 5
        assert server.connections == 1
