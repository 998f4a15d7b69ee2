"""`extra={...}`: what this version does not know goes out as it is, on every operation, and never in the place of what
was checked.
"""

from __future__ import annotations

import collections
import inspect
import io
import json
import math
import threading
import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image as Pillow

from recraft import InputError, Recraft
from recraft.sandbox import Sandbox
from recraft_api.operations import OPERATIONS

from .support import ID, MASK, PNG, Part, Wire, helper_of, parts_of, picture
from .test_wire import CASES, Case, body_of, send

HELPERS = {case.operation: case for case in CASES}

EXTRA: dict[str, Any] = {
    "brand_new": "yes, ü",
    "how_many": 3,
    "share": 0.5,
    "dreamy": True,
    "two": ["a", "b"],
    'odd "name"': "x",
}
NESTED = {"frames": {"at": [1, None, {"x": "é"}]}, "boxes": [[0, 1], [2]]}

each_operation = pytest.mark.parametrize(
    "case", [HELPERS[name] for name in OPERATIONS], ids=lambda case: case.operation
)


def plain(case: Case, **extra: Any) -> Any:
    return lambda client: helper_of(client, case.helper)(*case.args, **extra)


def as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@each_operation
def test_what_is_extra_goes_beside_what_is_sent_without_it(wire: Wire, case: Case) -> None:
    without = send(wire, case, plain(case))
    request = send(wire, case, plain(case, extra={**EXTRA, **(NESTED if case.fields or case.files else {})}))

    items = [(name, item) for name, value in EXTRA.items() for item in (value if isinstance(value, list) else [value])]
    if case.method != "POST":
        assert request.content == b""
        assert [*request.url.params.multi_items()] == [(name, as_text(item)) for name, item in items]
        return
    assert request.url == without.url
    if case.files:
        texts = [Part(name, as_text(item).encode(), None, "text/plain") for name, item in items]
        written = [("frames", NESTED["frames"]), ("boxes", [0, 1]), ("boxes", [2])]
        parts = [
            Part(name, json.dumps(value, ensure_ascii=False).encode(), None, "application/json")
            for name, value in written
        ]
        found = parts_of(request)
        quoted = [part._replace(name=part.name.replace("%22", '"')) for part in found]
        assert sorted(quoted) == sorted([*parts_of(without), *texts, *parts])
    else:
        assert body_of(request) == {**body_of(without), **EXTRA, **NESTED}


@pytest.mark.slow
@each_operation
def test_the_sandbox_serves_a_call_with_something_extra(case: Case) -> None:
    large, mask = picture(size=(300, 260)), picture(size=(300, 260), mode="1")
    swap = {PNG: large, MASK: mask}
    args = [
        [large] if isinstance(each, list) and PNG in each else swap.get(each, each) if isinstance(each, bytes) else each
        for each in case.args
    ]
    with (
        Sandbox(limits=False, small_pictures=True) as sandbox,
        Recraft(sandbox.token, base_url=sandbox.base_url) as client,
    ):
        if case.operation in ("getStyle", "deleteStyle"):
            args = [client.styles.create("digital_illustration", [large])]
        options: dict[str, Any] = {"strength": 0.5} if case.operation == "imageToImage" else {}
        options |= {"size": "1:1"} if case.operation == "variateImage" else {}
        options |= {"top": 1} if case.operation == "outpaintImage" else {}
        helper_of(client, case.helper)(*args, **options, extra={"brand_new": "x", "how_many": 3})
        assert sandbox.ledger.requests[-1].operation == case.operation
        assert sandbox.ledger.requests[-1].status in (200, 204)


@each_operation
def test_what_is_known_is_refused_in_extra_with_the_keyword_that_has_it(wire: Wire, case: Case) -> None:
    facts = OPERATIONS[case.operation]
    known = {name for body in facts["bodies"].values() for name in body["properties"]}
    known |= {item["name"] for item in facts["parameters"].values()} | facts["keywords"].keys() - {"extra"}
    signature = inspect.signature(helper_of(wire.client(), case.helper)).parameters
    for name in known:
        with pytest.raises(InputError) as caught:
            wire.run(plain(case, extra={name: 1}))
        keyword = str(caught.value).partition(": pass ")[2].partition("=")[0]
        assert f"extra holds {name!r}" in str(caught.value)
        assert keyword in signature, f"{name}: {caught.value}"
    assert wire.requests == []


@pytest.mark.parametrize(
    ("name", "keyword"),
    [
        ("image", "image"),
        ("image_url", "image"),
        ("prompt", "prompt"),
        ("expand_top", "top"),
        ("outpaint_left", "left"),
    ],
)
def test_a_name_that_helpers_call_otherwise_is_refused_with_theirs(wire: Wire, name: str, keyword: str) -> None:
    with pytest.raises(
        InputError, match=f"extra holds '{name}', which outpaintImage knows and checks: pass {keyword}=..."
    ):
        wire.call("images.outpaint", PNG, top=1, extra={name: 1})


def test_what_is_extra_never_changes_how_many_images_the_limiter_counts(wire: Wire) -> None:
    with pytest.raises(InputError, match="pass n="):
        wire.call("images.generate", "a fox", extra={"n": 6})


def ring() -> list[Any]:
    found: list[Any] = []
    found.append(found)
    return found


def deep(levels: int) -> Any:
    found: Any = 1
    for _ in range(levels):
        found = [found]
    return found


class Unreadable:
    def __getattr__(self, name: str) -> Any:
        raise OSError("gone")


class Broken(Mapping[str, Any]):
    def __getitem__(self, key: str) -> Any:
        raise OSError("gone")

    def __iter__(self) -> Iterator[str]:
        raise OSError("gone")

    def __len__(self) -> int:
        return 1


@pytest.mark.parametrize("helper", ["images.generate", "images.vectorize", "models.list"])
@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ({"x": math.nan}, "extra.x is nan; expected what JSON can carry"),
        ({"x": {"y": [math.inf]}}, r"extra.x.y\[0\] is inf; expected what JSON can carry"),
        ({"x": 10**5000}, "extra.x is <int>; expected"),
        ({"x": ring()}, "nested more than 32 deep, or holds itself"),
        ({"x": deep(3000)}, "nested more than 32 deep, or holds itself"),
        ({"x": {1, 2}}, r"extra.x is \{1, 2\}; expected what JSON can carry"),
        ({"x": uuid.UUID(ID)}, "extra.x is UUID"),
        ({"x": date(2026, 1, 2)}, "extra.x is datetime.date"),
        ({"x": "\ud800"}, "extra.x holds half of a surrogate pair"),
        ({"x": object()}, "extra.x is <object object"),
        ({"x": {7: 1}}, "extra.x has a member named 7; expected a string"),
        ({"x": [b"\0", 1]}, r"extra.x\[0\] is b'\\x00'; expected what JSON can carry"),
        ({7: "x"}, "extra has a member named 7; expected a string"),
        ({"\ud800": "x"}, "a member's name in extra holds half of a surrogate pair"),
        ({"": "x"}, "a field in extra is named ''"),
        ({"": b"x"}, "a field in extra is named ''"),
        ({7: b"x"}, "extra has a member named 7"),
        (["x"], r"extra is \['x'\]; expected a dict"),
        ("x=1", "extra is 'x=1'; expected a dict"),
        (Broken(), "extra cannot be read: OSError: gone"),
        ({"x": Unreadable()}, "extra cannot be read: OSError: gone"),
    ],
    ids=lambda value: None if isinstance(value, str) else type(value).__name__,
)  # fmt: skip
def test_what_cannot_be_written_is_refused_before_anything_is_sent(
    wire: Wire, helper: str, extra: Any, words: str
) -> None:
    arguments = {"images.generate": ("a fox",), "images.vectorize": (PNG,), "models.list": ()}[helper]
    with pytest.raises(InputError, match=words):
        wire.call(helper, *arguments, extra=extra)
    assert wire.requests == []


@pytest.mark.parametrize(
    ("helper", "arguments", "extra", "words"),
    [
        ("images.vectorize", (PNG,), {"x": None}, "extra.x is None: a form cannot carry None. Leave it out."),
        ("images.vectorize", (PNG,), {"x": []}, r"extra.x is \[\]: a form cannot carry an empty list"),
        ("images.vectorize", (PNG,), {"x": ["a", None]}, "a form cannot carry None"),
        ("models.list", (), {"x": None}, "extra.x is None: a query parameter cannot carry None"),
        ("styles.get", (ID,), {"x": {"y": 1}}, r"extra.x holds \{'y': 1\}, which a query parameter cannot carry"),
        ("styles.delete", (ID,), {"x": [[1]]}, r"extra.x holds \[1\], which a query parameter cannot carry"),
        ("models.list", (), {"x": PNG}, r"extra.x is an image \(bytes\); listModels has no body, .* holds no files"),
        ("prompts.enhance", ("a fox",), {"x": PNG}, r"extra.x is an image \(bytes\); enhancePrompt is sent"),
        ("images.vectorize", (PNG,), {"x": b"no image"}, "extra.x is not an image of a type the API takes"),
        ("images.vectorize", (PNG,), {"x": Path("nowhere.png")}, "extra.x: there is no file 'nowhere.png'"),
        ("images.vectorize", (PNG,), {"x": [PNG, b""]}, r"extra.x\[1\] is empty"),
    ],
)  # fmt: skip
def test_what_a_form_or_a_query_cannot_carry_is_refused(
    wire: Wire, helper: str, arguments: tuple[Any, ...], extra: dict[str, Any], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        wire.call(helper, *arguments, extra=extra)
    assert wire.requests == []


def test_a_body_of_json_carries_none_and_empty_lists(wire: Wire) -> None:
    request = wire.request("images.generate", "a fox", extra={"x": None, "y": []})
    assert json.loads(request.content) == {"prompt": "a fox", "x": None, "y": []}


def test_images_in_extra_are_sent_as_files_whatever_they_are_held_in(wire: Wire, tmp_path: Path) -> None:
    path = tmp_path / "my secret name.png"
    path.write_bytes(PNG)
    with path.open("rb") as file:
        extra = {"guide": path, "depth": io.BytesIO(MASK), "frames": [PNG, bytearray(MASK)], "seen": file}
        request = wire.request("images.inpaint", PNG, MASK, "a hat", extra={**extra, "drawn": Pillow.new("L", (2, 2))})
    files = [part for part in parts_of(request) if part.filename]
    assert {(part.name, part.filename) for part in files} == {
        ("image", "image.png"),
        ("mask", "mask.png"),
        ("guide", "extra-guide.png"),
        ("depth", "extra-depth.png"),
        ("frames", "extra-frames-0.png"),
        ("frames", "extra-frames-1.png"),
        ("seen", "extra-seen.png"),
        ("drawn", "extra-drawn.png"),
    }
    assert {part.content_type for part in files} == {"image/png"}
    contents = {part.filename: part.content for part in files}
    assert contents["extra-guide.png"] == contents["extra-seen.png"] == PNG
    assert contents["extra-depth.png"] == contents["extra-frames-1.png"] == MASK


def test_an_image_in_extra_makes_a_form_of_a_call_that_could_be_one(wire: Wire) -> None:
    request = wire.request("images.generate", "a fox", style_references=[PNG], extra={"guide": MASK})
    assert Part("guide", MASK, "extra-guide.png", "image/png") in parts_of(request)


def test_images_in_extra_are_looked_into_beside_the_event_loop(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    threads: list[int] = []

    class Watched(type(tmp_path)):  # type: ignore[misc]
        def __fspath__(self) -> str:
            threads.append(threading.get_ident())
            return str(self)

    Wire("async").call("images.vectorize", PNG, extra={"guide": Watched(tmp_path / "a.png")})
    assert threads
    assert threading.get_ident() not in threads


def test_text_and_arrays_in_extra_are_never_taken_for_images(wire: Wire) -> None:
    numpy = pytest.importorskip("numpy")
    request = wire.request("images.vectorize", PNG, extra={"name": "photo.png", "grid": numpy.eye(2, dtype="uint8")})
    texts = {part.name: part.content for part in parts_of(request) if not part.filename}
    assert texts["name"] == b"photo.png"
    assert texts["grid"] == b"[0, 1]"
    assert [part.filename for part in parts_of(request) if part.filename] == ["image.png"]


def test_an_addressed_image_takes_extra_as_json(wire: Wire) -> None:
    request = wire.request("images.vectorize", "https://img.test/a.png", extra={"frames": {"at": [1]}})
    assert json.loads(request.content) == {"image_url": "https://img.test/a.png", "frames": {"at": [1]}}


def test_nothing_extra_is_the_same_as_none(wire: Wire) -> None:
    bare = wire.request("images.generate", "a fox")
    for extra in ({}, None, collections.OrderedDict()):
        assert wire.request("images.generate", "a fox", extra=extra).content == bare.content


def test_a_field_that_would_break_out_of_its_part_does_not(wire: Wire) -> None:
    name = 'x"\r\n\r\nhidden\r\n--'
    request = wire.request("images.vectorize", PNG, extra={name: "a\r\n--b"})
    assert [(part.name, part.content) for part in parts_of(request) if not part.filename] == [
        ("x%22%0D%0A%0D%0Ahidden%0D%0A--", b"a\r\n--b")
    ]


@each_operation
def test_help_says_what_extra_is_for(case: Case) -> None:
    with Recraft("token") as client:
        helper = helper_of(client, case.helper)
        assert "extra" in inspect.signature(helper).parameters
        start = (
            "extra: Fields that this version does not know" if case.method == "POST" else "extra: Query parameters that"
        )
        assert start in helper.__doc__
        assert ("open file" in helper.__doc__) == ("multipart/form-data" in OPERATIONS[case.operation]["bodies"])


def test_a_field_that_is_itself_called_extra_can_be_sent(wire: Wire) -> None:
    assert json.loads(wire.request("images.generate", "a fox", extra={"extra": 1}).content)["extra"] == 1


def test_a_service_that_knows_more_hears_of_it() -> None:
    seen: list[Any] = []

    def newer(request: httpx.Request) -> httpx.Response:
        seen.append(json.loads(request.content)["video"])
        return httpx.Response(200, json={"data": []})

    with Recraft("token", transport=httpx.MockTransport(newer)) as client:
        client.images.generate("a fox", extra={"video": {"seconds": 4}})
    assert seen == [{"seconds": 4}]


@pytest.mark.parametrize("helper", ["images.generate", "models.list"])
def test_an_unknown_keyword_says_that_extra_sends_it(wire: Wire, helper: str) -> None:
    arguments = ("a fox",) if helper == "images.generate" else ()
    with pytest.raises(InputError, match=r"has no option 'zzyzx'. It takes: .* is sent by extra=\{'zzyzx': ...\}\."):
        wire.call(helper, *arguments, zzyzx=1)
