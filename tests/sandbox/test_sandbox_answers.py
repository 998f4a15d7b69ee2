"""The bodies, headers, links and files that the live service is documented to answer with."""

from __future__ import annotations

import io
import re
import uuid
from email import message_from_bytes
from email.message import Message
from typing import Any

import httpx
import pytest
from PIL import Image
from sandbox_support import LARGE, LARGE_MASK, Clock, client_for, send

from recraft.sandbox import Fault, FaultPlan, Sandbox
from recraft.sandbox.faults import KINDS

WITH_LARGE = {"files": {"image": LARGE}}
LINK = re.compile(
    r"https?://[^/]+/[\w-]{43}/rs:fit:(\d+):(\d+):0/raw:1/plain/abs://external/images/"
    r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
)


def generate(client: httpx.Client, **fields: Any) -> dict[str, Any]:
    answer = client.post("/images/generations", json={"prompt": "a fox", **fields})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def downloaded(client: httpx.Client, **fields: Any) -> httpx.Response:
    answer = client.get(generate(client, **fields)["data"][0]["url"], headers={"Authorization": ""})
    assert answer.status_code == 200, answer.text
    return answer


def size_of(content: bytes) -> tuple[int, int]:
    if content.startswith(b"<svg"):
        found = re.search(rb'width="(\d+)" height="(\d+)"', content)
        assert found
        return int(found[1]), int(found[2])
    return Image.open(io.BytesIO(content)).size


# --- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["", "Bearer wrong"])
def test_a_missing_or_wrong_token_is_refused_in_plain_text(live: httpx.Client, token: str) -> None:
    answer = live.get("/users/me", headers={"Authorization": token})
    assert (answer.status_code, answer.text) == (401, "request unauthorized")
    assert answer.headers["Content-Type"] == "text/plain"


def test_an_unknown_path_is_refused_in_plain_text(live: httpx.Client) -> None:
    answer = live.get("/nope")
    assert (answer.status_code, answer.text) == (404, "404 page not found")
    assert answer.headers["Content-Type"] == "text/plain"


def test_a_wrong_field_is_refused_with_a_flat_code_and_message(live: httpx.Client) -> None:
    answer = live.post("/images/generations", json={"prompt": "x", "n": 7})
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json().keys() == {"code", "message"}
    assert answer.json()["code"] == "invalid_request_parameter"


def test_an_empty_account_is_a_400_with_a_code_of_its_own(service: Sandbox, live: httpx.Client) -> None:
    service.balance = 34
    answer = live.post("/images/generations", json={"prompt": "a fox"})
    assert (answer.status_code, answer.json()["code"]) == (400, "not_enough_credits")
    assert service.balance == 34


@pytest.mark.parametrize(("asked", "told"), [(None, False), (True, True), (False, False)])
def test_a_rate_limit_does_not_say_when_to_come_back_unless_told_to(
    clock: Clock, asked: bool | None, told: bool
) -> None:
    sandbox = Sandbox(answers="live", clock=clock, retry_after=asked)
    with client_for(sandbox, transport=sandbox.transport()) as client:
        answers = [client.get("/users/me") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[5].json()["code"] == "rate_limit_exceeded"
    assert ("Retry-After" in answers[5].headers) is told


@pytest.mark.parametrize(("status", "text"), [(401, "request unauthorized"), (404, "404 page not found")])
def test_a_fault_with_a_status_gives_the_body_that_is_documented_for_it(
    service: Sandbox, live: httpx.Client, status: int, text: str
) -> None:
    service.faults = FaultPlan([Fault("status", status=status), Fault("status", status=503)])
    assert live.get("/users/me").text == text
    assert live.get("/users/me").json()["code"] == "fault"


def test_every_answer_is_named_by_a_uuid_that_the_ledger_knows(service: Sandbox, live: httpx.Client) -> None:
    answers = [live.get("/users/me"), live.get("/nope"), live.post("/images/generations", json={})]
    answers.append(live.get(generate(live)["data"][0]["url"]))
    service.faults = FaultPlan([Fault("rate_limited")])
    answers.append(live.get("/users/me"))
    names = [answer.headers["x-recraft-requestid"] for answer in answers]
    assert [str(uuid.UUID(name)) for name in names] == names
    assert len(set(names)) == 5
    assert set(names) < {received.request_id for received in service.ledger.requests}


GIVES_NO_ANSWER = {"refused", "reset_before_body", "reset_after_body"}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in GIVES_NO_ANSWER])
def test_an_answer_that_a_fault_spoils_is_named_as_well(service: Sandbox, live: httpx.Client, kind: str) -> None:
    sized: dict[str, Any] = {"gzip_bomb": {"size": 100}}
    slow = {"seconds": 0.0} if kind in ("latency", "slow_headers", "slow_chunks") else {}
    service.faults = FaultPlan([Fault(kind, **sized.get(kind, {}), **slow)])
    with live.stream("POST", "/images/generations", json={"prompt": "a fox"}) as answer:
        name = answer.headers["x-recraft-requestid"]
    assert str(uuid.UUID(name)) == name == service.ledger.requests[-1].request_id


@pytest.mark.parametrize(
    ("verb", "path", "status"),
    [
        ("GET", "/nope", 404), ("PUT", "/users/me", 405), ("HEAD", "/users/me", 405), ("OPTIONS", "/styles", 405),
        ("DELETE", f"/styles/{uuid.UUID(int=9)}", 404), ("POST", "/prompts/enhance", 415),
    ],
)  # fmt: skip
def test_a_refusal_of_any_kind_is_named(live: httpx.Client, verb: str, path: str, status: int) -> None:
    answer = live.request(verb, path)
    assert answer.status_code == status
    uuid.UUID(answer.headers["x-recraft-requestid"])


def test_an_answer_to_what_is_no_http_request_is_named_too(service: Sandbox) -> None:
    import socket

    port = int(service.base_url.split(":")[2].split("/")[0])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as wire:
        wire.sendall(b"GET / HTTP/9.9\r\n\r\n")
        wire.shutdown(socket.SHUT_WR)
        received = b""
        while piece := wire.recv(65536):
            received += piece
    assert b"\r\nx-recraft-requestid: " in received


# --- links -----------------------------------------------------------------------------------------------------------


def test_a_link_has_the_live_form_with_the_size_and_the_image_id(live: httpx.Client) -> None:
    image = generate(live, size="16:9")["data"][0]
    found = LINK.fullmatch(image["url"])
    assert found
    assert found.groups()[:3] == ("1344", "768", image["image_id"])


def test_a_link_ends_after_a_day(live: httpx.Client, clock: Clock) -> None:
    url = generate(live)["data"][0]["url"]
    clock.advance(86_399)
    assert live.get(url).status_code == 200
    clock.advance(1)
    assert live.get(url).status_code == 403


@pytest.mark.parametrize(
    ("pattern", "replacement"),
    [(r"/[\w-]{43}/", "/" + "x" * 43 + "/"), (r"/[\w-]{43}/", "/x/"), (r"fit:\d+", "fit:8")],
)
def test_a_link_that_was_changed_is_refused(live: httpx.Client, pattern: str, replacement: str) -> None:
    changed = re.sub(pattern, replacement, generate(live)["data"][0]["url"])
    assert live.get(changed).status_code == 403


def test_a_link_to_another_picture_is_refused(live: httpx.Client) -> None:
    first, second = (generate(live)["data"][0] for _ in range(2))
    assert live.get(first["url"].replace(first["image_id"], second["image_id"])).status_code == 403


def test_a_link_with_its_colons_escaped_works_as_well(live: httpx.Client) -> None:
    url = generate(live)["data"][0]["url"]
    origin, path = url[: url.index("/", 8)], url[url.index("/", 8) :]
    assert live.get(origin + path.replace(":", "%3A")).status_code == 200


def test_the_ledger_keeps_no_signature_of_a_link(service: Sandbox, live: httpx.Client) -> None:
    url = generate(live)["data"][0]["url"]
    live.get(url)
    signature = url.split("/")[3]
    received = service.ledger.requests[-1]
    assert received.operation == "download"
    assert received.path.startswith("/***/rs:fit:")
    assert signature not in repr([service.ledger.requests, service._desk.service])


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_raster_is_lossless_webp_unless_png_is_asked(live: httpx.Client) -> None:
    webp, png = downloaded(live), downloaded(live, image_format="png")
    assert (webp.headers["Content-Type"], webp.content[8:16]) == ("image/webp", b"WEBPVP8L")
    assert (png.headers["Content-Type"], png.content[:4]) == ("image/png", b"\x89PNG")


def test_a_vector_ignores_the_image_format(live: httpx.Client) -> None:
    answer = downloaded(live, model="recraftv4_1_vector", image_format="png")
    assert (answer.headers["Content-Type"], answer.content[:4]) == ("image/svg+xml", b"<svg")


@pytest.mark.parametrize("style", ["vector_illustration", "Line art"])
def test_a_raster_model_with_a_vector_style_makes_svg_at_the_price_of_svg(live: httpx.Client, style: str) -> None:
    body = generate(live, model="recraftv3", style=style)
    assert body["credits"] == 80
    assert live.get(body["data"][0]["url"]).content.startswith(b"<svg")


@pytest.mark.parametrize(
    ("fields", "size"),
    [
        ({"size": "3:2"}, (1280, 832)),
        ({"size": "1280x832"}, (1280, 832)),
        ({"size": "6:10", "model": "recraftv4_1_pro"}, (1664, 2688)),
        ({"size": "16:9", "model": "recraftv3"}, (1820, 1024)),
        ({"size": "4:3", "model": "recraftv2_raster"}, (1365, 1024)),
        ({"size": "9:16", "model": "recraftv4_vector"}, (768, 1344)),
        ({"size": "9:16", "model": "not_known_yet"}, (768, 1344)),
        ({"size": "300x200", "model": "not_known_yet"}, (300, 200)),
    ],
)
def test_a_size_is_what_its_model_makes_of_it(
    live: httpx.Client, fields: dict[str, str], size: tuple[int, int]
) -> None:
    assert size_of(downloaded(live, **fields).content) == size


def test_an_omitted_size_follows_from_the_prompt_and_is_always_the_same(live: httpx.Client) -> None:
    def made(prompt: str) -> tuple[str, ...]:
        found = LINK.fullmatch(generate(live, prompt=prompt)["data"][0]["url"])
        assert found
        return found.groups()[:2]

    prompts = [f"a fox number {number}" for number in range(30)]
    first = [made(prompt) for prompt in prompts]
    assert first == [made(prompt) for prompt in prompts]
    assert len(set(first)) > 2
    assert made("a wide landscape") == ("1344", "768")
    assert made("a poster of a fox") == ("832", "1280")


@pytest.mark.parametrize(
    "operation", ["vectorize", "removeBackground", "crispUpscale", "creativeUpscale", "eraseRegion"]
)
def test_a_tool_that_makes_one_image_answers_one(live: httpx.Client, operation: str) -> None:
    files = {"image": LARGE, "mask": LARGE_MASK} if operation == "eraseRegion" else {"image": LARGE}
    body = live.post(f"/images/{operation}", files=files).json()
    assert body.keys() == {"created", "credits", "image"}
    assert live.get(body["image"]["url"]).status_code == 200


def test_a_tool_that_makes_one_image_counts_as_one_whatever_n_says(service: Sandbox) -> None:
    with client_for(service) as client:
        parts = {"image": LARGE, "mask": LARGE_MASK}
        assert client.post("/images/eraseRegion", files=parts, data={"n": "3"}).status_code == 200
    (charge,) = service.ledger.charges
    assert (charge.images, charge.units) == (1, 2)


# --- multipart -------------------------------------------------------------------------------------------------------


def parts_of(answer: httpx.Response) -> dict[str, Message]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].startswith("multipart/form-data; boundary=")
    whole = message_from_bytes(
        b"Content-Type: " + answer.headers["Content-Type"].encode() + b"\r\n\r\n" + answer.content
    )
    assert whole.is_multipart()
    parts: Any = whole.get_payload()
    return {str(part.get_param("name", header="content-disposition")): part for part in parts}


def test_a_multipart_result_holds_the_json_and_the_files(live: httpx.Client) -> None:
    import json

    request = {"prompt": "a fox", "n": 2, "response_format": "multipart", "size": "1:1", "model": "recraftv3"}
    parts = parts_of(live.post("/images/generations", json=request))
    assert next(iter(parts)) == "response"
    assert parts["response"].get_content_type() == "application/json"
    body = json.loads(parts.pop("response").get_payload(decode=True))  # type: ignore[arg-type]
    assert body["credits"] == 80
    assert body["data"] == [{"image_id": name} for name in parts]
    for name, part in parts.items():
        assert part["Content-ID"] == name
        assert part.get_content_type() == "image/webp"
        assert size_of(part.get_payload(decode=True)) == (1024, 1024)  # type: ignore[arg-type]


@pytest.mark.parametrize(("tool", "kind"), [("vectorize", "image/svg+xml"), ("removeBackground", "image/webp")])
def test_a_multipart_result_of_one_image_has_it_under_image(live: httpx.Client, tool: str, kind: str) -> None:
    import json

    answer = live.post(f"/images/{tool}", files={"image": LARGE}, data={"response_format": "multipart"})
    parts = parts_of(answer)
    body = json.loads(parts.pop("response").get_payload(decode=True))  # type: ignore[arg-type]
    assert body["image"] == {"image_id": next(iter(parts))}
    assert [part.get_content_type() for part in parts.values()] == [kind]


# --- prices ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "request_", "units"),
    [
        ("/images/generations", {"json": {"prompt": "x"}}, 35),
        ("/images/generations", {"json": {"prompt": "x", "n": 3, "model": "recraftv4_1_flash"}}, 21),
        ("/images/generations", {"json": {"prompt": "x", "model": "recraftv2_vector"}}, 44),
        ("/images/generations", {"json": {"prompt": "x", "style": "Photorealism"}}, 40),
        ("/images/generations", {"json": {"prompt": "x", "style": "Watercolor"}}, 22),
        ("/images/generations/vector", {"json": {"prompt": "x"}}, 80),
        ("/images/removeBackground", WITH_LARGE, 10),
        ("/images/crispUpscale", WITH_LARGE, 4),
        ("/images/creativeUpscale", WITH_LARGE, 250),
        ("/images/variateImage", {**WITH_LARGE, "data": {"size": "1:1", "n": "4"}}, 40),
        ("/images/replaceBackground", {**WITH_LARGE, "data": {"prompt": "x", "n": "2"}}, 80),
        ("/prompts/enhance", {"json": {"prompt": "x"}}, 10),
        ("/styles", {"files": {"file": LARGE}}, 5),
    ],
)
def test_a_call_costs_what_the_price_table_says(
    service: Sandbox, path: str, request_: dict[str, Any], units: int
) -> None:
    before = service.balance
    with client_for(service) as client:
        answer = client.post(path, **request_)
    assert answer.status_code == 200, answer.text
    assert answer.json()["credits"] == units == before - service.balance


def test_all_models_of_the_price_table_are_documented_and_listed(live: httpx.Client) -> None:
    from recraft.sandbox import catalog

    assert catalog.read("prices")["per_image"].keys() == catalog.models().keys()
    assert {model["id"] for model in live.get("/models").json()["data"]} == catalog.models().keys()
    for name in ("models", "sizes", "styles", "prices", "operations"):
        assert catalog.read(name)["as_of"] == "2026-11-23"


def test_both_vocabularies_of_styles_are_listed(live: httpx.Client) -> None:
    styles = {style["style"] for style in live.get("/styles/basic").json()["styles"]}
    assert {"realistic_image", "Photorealism", "Vector art", "Voxel art"} <= styles


def test_a_download_sent_as_a_post_is_refused(live: httpx.Client) -> None:
    assert live.post(generate(live)["data"][0]["url"]).status_code == 405


def test_the_vendored_form_stays_as_it_was(either: httpx.Client) -> None:
    answer = send(either, "vectorizeImage")
    assert "data" in answer.json()
    assert "Signature=" in answer.json()["data"][0]["url"]
    assert either.get("/nope").json()["code"] == "not_found"
