"""Requests that are not as the spec says are turned down with a message that names what is wrong."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sandbox_support import MASK, PHOTO, REQUESTS, file_of, message, send, subject

from recraft.sandbox import Sandbox

COLOR = {"rgb": [1, 2, 300]}


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"prompt": None}, "prompt"),
        ({"prompt": 5}, "prompt"),
        ({"prompt": "x" * 10_001}, "prompt"),
        ({"prompt": "x" * 1_001, "model": "recraftv3"}, "prompt"),
        ({"n": 0}, "n"),
        ({"n": 7}, "n"),
        ({"n": True}, "n"),
        ({"n": "2"}, "n"),
        ({"model": "recraftv99"}, "model"),
        ({"response_format": "gif"}, "response_format"),
        ({"style_id": "not-a-uuid"}, "style_id"),
        ({"size": "large"}, "size"),
        ({"size": "0x10"}, "size"),
        ({"size": "9000x10"}, "size"),
        ({"size": "1:40"}, "size"),
        ({"controls": {"colors": [COLOR]}}, "controls.colors[0].rgb[2]"),
        ({"controls": {"background_color": {}}}, "controls.background_color.rgb"),
        ({"controls": {"artistic_level": 6}}, "controls.artistic_level"),
    ],
)
def test_a_wrong_field_of_a_json_body_is_named(either: httpx.Client, fields: dict[str, Any], named: str) -> None:
    assert message(send(either, "createImage", **fields)).startswith(f"{named}: ")


@pytest.mark.parametrize(
    ("operation", "fields", "named"),
    [
        ("imageToImage", {"strength": "1.5"}, "strength"),
        ("imageToImage", {"strength": "much"}, "strength"),
        ("imageToImage", {"n": "0"}, "n"),
        ("inpaintImage", {"n": "7"}, "n"),
        ("replaceBackground", {"n": "two"}, "n"),
        ("inpaintImage", {"style_id": "x"}, "style_id"),
        ("outpaintImage", {"outpaint_top": "-1"}, "outpaint_top"),
        ("outpaintImage", {"outpaint_top": "1.5"}, "outpaint_top"),
        ("outpaintImage", {"outpaint_top": "9999"}, "image"),
        ("crispUpscale", {"response_format": "gif"}, "response_format"),
    ],
)
def test_a_wrong_field_of_a_form_is_named(
    either: httpx.Client, operation: str, fields: dict[str, str], named: str
) -> None:
    assert message(send(either, operation, **fields)).startswith(f"{named}: ")


@pytest.mark.parametrize("operation", [name for name in REQUESTS if "files" in REQUESTS[name][2]])
def test_a_form_without_its_file_names_the_file(either: httpx.Client, operation: str) -> None:
    verb, path, arguments = REQUESTS[operation]
    empty = {"files": {"other": ("x", b"y")}, "data": arguments.get("data", {})}
    named = "file" if operation == "createStyle" else "image"
    assert message(either.request(verb, path, **empty)).startswith(f"{named}: ")


def test_a_form_with_nothing_in_it_names_the_first_missing_field(api: httpx.Client) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    for body in (b"", b"--x--\r\n"):
        assert "required" in message(api.post("/images/vectorize", content=body, headers=headers))


def test_a_mask_is_required_where_the_spec_says_so_through_allof(api: httpx.Client) -> None:
    answer = api.post("/images/inpaint", files={"image": PHOTO}, data={"prompt": "x"})
    assert message(answer).startswith("mask: ")


def test_a_field_sent_twice_is_named(api: httpx.Client) -> None:
    twice = {"prompt": ["a fox", "an owl"]}
    assert message(api.post("/images/imageToImage", files={"image": PHOTO}, data=twice)).startswith("prompt: ")


def test_text_in_place_of_a_file_is_told_apart(api: httpx.Client) -> None:
    answer = api.post("/images/vectorize", files={"image": (None, b"just text")})
    assert message(answer) == "image: expected a file part (with a file name)"


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\nbroken", b"<svg xmlns='x'/>", PHOTO[1][:150]])
def test_a_file_that_is_no_picture_is_named(api: httpx.Client, content: bytes) -> None:
    answer = api.post("/images/vectorize", files={"image": ("x.png", content)})
    assert message(answer).startswith("image: ")


def test_a_mask_of_another_size_is_turned_down_with_both_sizes(api: httpx.Client) -> None:
    small = file_of(subject().resize((10, 10)))
    answer = api.post("/images/inpaint", files={"image": PHOTO, "mask": ("m.png", small)}, data={"prompt": "x"})
    assert "10x10" in message(answer)
    assert "96x64" in message(answer)


@pytest.mark.parametrize("count", [0, 6])
def test_a_style_takes_one_to_five_files(api: httpx.Client, count: int) -> None:
    parts = [("file", PHOTO)] * count or [("other", MASK)]
    assert message(api.post("/styles", files=parts, data={"style": "any"})).startswith("file: ")


def test_unknown_fields_are_ignored(either: httpx.Client) -> None:
    assert send(either, "createImage", unheard_of=[1]).status_code == 200
    assert send(either, "imageToImage", unheard_of="1").status_code == 200


def test_booleans_and_numbers_of_a_form_are_read_by_their_schema(sandbox: Sandbox) -> None:
    from recraft.sandbox.forms import FilePart, typed

    def read(text: str, kind: str) -> Any:
        return typed([FilePart(text.encode())], {"type": kind})

    assert [read(text, "boolean") for text in ("true", "True", "FALSE", "1")] == [True, True, False, 1]
    assert [read(text, "integer") for text in ("7", "-7", "7.5", "x")] == [7, -7, 7.5, "x"]
    assert [read(text, "number") for text in ("0.5", "NaN")] == [0.5, "NaN"]
    assert read('{"a": [1]}', "object") == {"a": [1]}
    assert read("12", "string") == "12"


def test_parts_of_one_name_become_a_list_in_their_order() -> None:
    from recraft.sandbox.forms import read_form

    body = (
        b"".join(b'--b\r\nContent-Disposition: form-data; name="t"\r\n\r\n%d\r\n' % i for i in (3, 1, 2)) + b"--b--\r\n"
    )
    schema = {"properties": {"t": {"type": "array", "items": {"type": "integer"}}}}
    assert read_form("multipart/form-data; boundary=b", body, schema) == {"t": [3, 1, 2]}


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'"x"', b"\xff", b'{"prompt": NaN}', b"[" * 5_000])
def test_a_body_that_is_no_json_object_is_a_400(either: httpx.Client, body: bytes) -> None:
    answer = either.post("/images/generations", content=body, headers={"Content-Type": "application/json"})
    assert message(answer)


@pytest.mark.parametrize("body", [b"nonsense", b"--b\r\nContent-Disposition: form-data; name=x\r\n\r\ncut"])
def test_a_broken_form_is_a_400(either: httpx.Client, body: bytes) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    assert "multipart" in message(either.post("/images/vectorize", content=body, headers=headers))


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", None])
def test_another_content_type_is_a_415_that_names_the_right_one(either: httpx.Client, kind: str | None) -> None:
    headers = {"Content-Type": kind} if kind else {}
    answer = either.post("/images/explore", content=b'{"prompt": "x"}', headers=headers)
    assert "application/json" in message(answer, 415)


def test_an_unknown_path_is_a_404(either: httpx.Client) -> None:
    assert "/v1/nope" in message(either.get("/nope"), 404)


@pytest.mark.parametrize("verb", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_any_other_verb_is_a_405_that_says_which_is_allowed(either: httpx.Client, verb: str) -> None:
    answer = either.request(verb, "/images/generations")
    assert message(answer, 405)
    assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize("header", [None, "Bearer wrong", "Basic sandbox-token", "sandbox-token", "Bearer", "Bearer é"])
def test_a_request_without_the_token_is_a_401(sandbox: Sandbox, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header.encode()}
    answer = httpx.get(f"{sandbox.base_url}/users/me", headers=headers)  # type: ignore[arg-type]
    assert message(answer, 401)
    assert sandbox.token not in answer.text
