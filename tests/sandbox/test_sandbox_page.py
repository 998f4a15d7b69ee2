"""The page for people: what it shows, what it keeps to itself, and whom it answers."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any

import httpx
import pytest
from PIL import Image
from sandbox_support import Clock, client_for, send, settles

from recraft.sandbox import Fault, FaultPlan, Sandbox
from recraft.sandbox.faults import KINDS
from recraft.sandbox.shown import Shown

PAGE = resources.files("recraft.sandbox").joinpath("data/page.html").read_text("utf-8")
TOKEN = "s3cret-token/with:signs"


@pytest.fixture
def watched(clock: Clock) -> Iterator[Sandbox]:
    with Sandbox(TOKEN, page=True, clock=clock, small_pictures=True) as sandbox:
        yield sandbox


@pytest.fixture
def calls(watched: Sandbox) -> Iterator[httpx.Client]:
    with client_for(watched) as client:
        yield client


@pytest.fixture
def person(watched: Sandbox) -> Iterator[httpx.Client]:
    """A browser that has opened the page."""
    origin = watched.base_url.removesuffix("/v1")
    with httpx.Client(
        base_url=origin, headers={"Origin": origin, "Sec-Fetch-Site": "same-origin"}, verify=False
    ) as client:
        yield client


def state(person: httpx.Client, since: int = 0) -> dict[str, Any]:
    answer = person.get("/_sandbox/state", params={"since": since})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def switch(person: httpx.Client, **rule: Any) -> httpx.Response:
    return person.post("/_sandbox/faults", json={"add": rule})


def test_without_being_asked_for_there_is_no_page(sandbox: Sandbox, api: httpx.Client) -> None:
    origin = sandbox.base_url.removesuffix("/v1")
    for path in ("/", "/_sandbox/state", "/_sandbox/faults", "/favicon.ico"):
        assert api.get(f"{origin}{path}").status_code == 404


def test_the_page_is_one_file_that_loads_nothing_from_elsewhere(person: httpx.Client) -> None:
    answer = person.get("/")
    assert answer.text == PAGE
    assert not re.search(r"""(?:src|href)\s*=\s*["']|url\(|@import|https?://|innerHTML""", PAGE)


def test_only_the_script_and_the_style_of_the_page_may_run(person: httpx.Client) -> None:
    policy = person.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        (inline,) = re.findall(rf"<{tag}>(.*?)</{tag}>", PAGE, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_every_kind_of_fault_has_words_on_the_page() -> None:
    (table,) = re.findall(r"const WORDS = \{(.*?)\};", PAGE, re.DOTALL)
    assert set(re.findall(r"(\w+): \"", table)) == set(KINDS)


def test_a_request_is_shown_with_its_fields_its_pictures_and_its_charge(
    calls: httpx.Client, person: httpx.Client
) -> None:
    answer = send(calls, "createImage", prompt="a <b>fox</b>", n=2, controls={"colors": [{"rgb": [1, 2, 3]}]})
    (row,) = state(person)["requests"]
    assert (row["operation"], row["status"], row["done"]) == ("createImage", 200, True)
    assert row["units"] == answer.json()["credits"]
    assert ["prompt", "a <b>fox</b>"] in row["fields"]
    assert ["controls", '{"colors": [{"rgb": [1, 2, 3]}]}'] in row["fields"]
    assert [each["id"] for each in row["pictures"]] == [each["image_id"] for each in answer.json()["data"]]
    shown = person.get(f"/_sandbox/pictures/{row['pictures'][0]['id']}")
    assert Image.open(io.BytesIO(shown.content)).size == tuple(row["pictures"][0]["size"])


def test_an_upload_is_shown_by_name_and_size(calls: httpx.Client, person: httpx.Client) -> None:
    content = b"x" * 3000
    calls.post("/images/vectorize", files={"image": ("my photo.png", content)})
    (row,) = state(person)["requests"]
    assert row["fields"] == [["image", "my photo.png, 3 KB"]]
    assert row["said"].startswith("image: ")
    assert (row["status"], row["units"], row["pictures"]) == (400, 0, [])


def test_the_account_and_both_limits_are_shown_as_they_fill(
    calls: httpx.Client, person: httpx.Client, clock: Clock
) -> None:
    before = state(person)
    price = send(calls, "createImage", n=3).json()["credits"]
    clock.advance(0.25)
    after = state(person)
    assert before["balance"] - after["balance"] == after["spent"] == price
    assert after["images"] == 3
    assert after["windows"]["requests"] == {"limit": 5, "seconds": 1.0, "left": [0.75]}
    assert after["windows"]["images"] == {"limit": 100, "seconds": 60.0, "left": [59.75] * 3}
    clock.advance(60)
    assert state(person)["windows"]["images"]["left"] == []


def test_a_request_without_an_answer_is_shown_as_that(
    watched: Sandbox, calls: httpx.Client, person: httpx.Client
) -> None:
    watched.faults = FaultPlan([Fault("reset_after_body", charged=True)])
    with pytest.raises(httpx.TransportError):
        send(calls, "createImage")
    assert settles(lambda: [each["done"] for each in state(person)["requests"]], [True])
    (row,) = state(person)["requests"]
    assert (row["status"], row["fault"]) == (None, "reset_after_body")
    assert row["units"] > 0


def test_what_is_known_already_is_not_sent_again(watched: Sandbox, calls: httpx.Client, person: httpx.Client) -> None:
    send(calls, "getCurrentUser")
    seen = state(person)
    send(calls, "createImage")
    assert [row["operation"] for row in state(person, seen["next"])["requests"]] == ["createImage"]
    watched.ledger.clear()
    assert (state(person)["first"], state(person)["requests"]) == (None, [])


def test_the_page_is_in_no_book_and_meets_no_fault(watched: Sandbox, person: httpx.Client) -> None:
    watched.faults = FaultPlan([Fault("refused", times=None)])
    for path in ("/", "/_sandbox/state", "/favicon.ico"):
        assert person.get(path).is_success
    assert person.get("/_sandbox/nothing").status_code == 404
    assert watched.ledger.requests == ()
    assert watched.faults.rules[0].kind == "refused"
    assert state(person)["faults"][0]["matched"] == 0


@pytest.mark.parametrize("wire", ["json", "form", "path", "query"])
def test_neither_the_token_nor_a_signature_is_shown(
    watched: Sandbox, calls: httpx.Client, person: httpx.Client, wire: str
) -> None:
    url = send(calls, "createImage").json()["data"][0]["url"]
    signature = next(part for part in url.split("/") if len(part) == 43)
    secret = (
        f"{TOKEN} and {signature} {url} {url.replace('/', chr(92) + '/')} https://u:pw@a.test/x?Signature=zz9zz&t=1"
    )
    if wire == "json":
        send(calls, "createImage", prompt=secret, size=url, extra={"deep": [secret, {TOKEN: url}]})
    elif wire == "form":
        files = {"image": (f"{signature}.png", b"x")}
        calls.post("/images/imageToImage", files=files, data={"prompt": secret, "size": url, TOKEN: "1"})
    elif wire == "path":
        calls.get(f"/styles/{TOKEN}")
        calls.get(f"/{signature}/x")
        calls.get(url)
        calls.get(url.replace(signature, signature[:-1] + "x"))
    else:
        calls.get("/users/me", params={"a": secret})
    watched.faults = FaultPlan([Fault("rate_limited", retry_after=TOKEN), Fault("redirect", location=url)])
    shown = person.get("/_sandbox/state").text
    assert len(state(person)["requests"]) > 1
    for hidden in (TOKEN, "s3cret-token", signature, signature[:36], "zz9zz", "u:pw"):
        assert hidden not in shown


def test_a_short_token_spoils_no_words() -> None:
    assert Shown("t").text("a title, t, (t)") == "a title, ***, (***)"
    assert Shown("").text("a title") == "a title"


@pytest.mark.parametrize("piece", ["a.", "data:", "http:/", "a-", "0-", "https://a.test/", "data:x,"])
def test_a_long_text_made_to_be_slow_to_read_is_cut_like_any_other(piece: str) -> None:
    assert len(Shown("x" * 9).text(piece * 100_000)) < 700


def test_a_file_written_as_text_is_shown_by_its_size() -> None:
    assert Shown("x" * 9).text(f"data:image/png;base64,{'A' * 5000}") == "data:image/png, 5 KB"
    assert len(Shown("x" * 9).text("word " * 5000)) < 700


HERE = {"Origin": None, "Sec-Fetch-Site": None}


@pytest.mark.parametrize(
    "headers",
    [
        {**HERE, "Host": "evil.example"},
        {**HERE, "Host": "evil.example:8000"},
        {**HERE, "Host": "localhost.evil.example"},
        {**HERE, "Host": ""},
        {"Origin": "http://evil.example", "Sec-Fetch-Site": None},
        {"Origin": "null", "Sec-Fetch-Site": None},
        {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": None},
        {"Origin": None, "Sec-Fetch-Site": "cross-site"},
        {"Origin": None, "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate"},
    ],
    ids=str,
)
def test_a_web_page_from_elsewhere_reads_nothing_and_sets_nothing(
    watched: Sandbox, calls: httpx.Client, headers: dict[str, str | None]
) -> None:
    made = send(calls, "createImage").json()["data"][0]["image_id"]
    sent = {name: value for name, value in headers.items() if value is not None}
    with httpx.Client(base_url=watched.base_url.removesuffix("/v1"), headers=sent) as elsewhere:
        answers = [elsewhere.get("/_sandbox/state"), elsewhere.get(f"/_sandbox/pictures/{made}")]
        answers += [elsewhere.post("/_sandbox/faults", json={"add": {"kind": "html"}})]
    assert [answer.status_code for answer in answers] == [403] * 3
    assert not any(name.lower().startswith("access-control") for each in answers for name in each.headers)
    assert watched.faults.rules == ()


@pytest.mark.parametrize("host", ["localhost:{port}", "127.0.0.1:{port}", "LOCALHOST:{port}", "[::1]", "10.0.0.5"])
def test_a_person_opens_the_page_under_every_name_of_the_machine(watched: Sandbox, host: str) -> None:
    origin = watched.base_url.removesuffix("/v1")
    headers = {"Host": host.format(port=origin.rsplit(":", 1)[1]), "Sec-Fetch-Site": "none"}
    assert httpx.get(origin, headers=headers).status_code == 200
    assert httpx.get(f"{origin}/_sandbox/state", headers=headers).status_code == 200


def test_a_link_from_elsewhere_opens_the_page_but_no_frame_holds_it(person: httpx.Client) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    answer = httpx.get(person.base_url, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_what_any_form_could_send_is_no_switch(watched: Sandbox, person: httpx.Client, kind: str | None) -> None:
    headers = {"Content-Type": kind} if kind else {}
    answer = person.post("/_sandbox/faults", content=b'{"add": {"kind": "html"}}', headers=headers)
    assert answer.status_code == 415
    assert watched.faults.rules == ()


def test_asking_first_gets_no_permission(person: httpx.Client) -> None:
    headers = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    answer = person.options("/_sandbox/faults", headers=headers)
    assert answer.status_code == 403
    assert not any(name.lower().startswith("access-control") for name in answer.headers)


def test_a_switch_without_an_origin_is_refused(watched: Sandbox) -> None:
    url = f"{watched.base_url.removesuffix('/v1')}/_sandbox/faults"
    assert httpx.post(url, json={"add": {"kind": "html"}}).status_code == 403


def test_a_fault_is_set_and_taken_back_and_the_others_go_on(
    watched: Sandbox, calls: httpx.Client, person: httpx.Client
) -> None:
    watched.faults = FaultPlan([Fault("status", operation="createImage", status=503, times=2)])
    assert send(calls, "createImage").status_code == 503
    (first, second) = switch(person, kind="rate_limited", operation="getCurrentUser", retry_after=7).json()["faults"]
    assert (first["hit"], second["with"]) == (1, {"retry_after": "7"})
    assert send(calls, "getCurrentUser").headers["Retry-After"] == "7"
    assert send(calls, "createImage").status_code == 503, "the second of two"
    assert send(calls, "createImage").status_code == 200
    person.post("/_sandbox/faults", json={"remove": second["number"]})
    assert [rule.kind for rule in watched.faults.rules] == ["status"]


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"kind": "flood"}, "unknown fault 'flood'"),
        ({"kind": "html", "operation": "createImages"}, "did you mean 'createImage'"),
        ({"kind": "html", "seconds": 5}, "has no parameter 'seconds'"),
        ({"kind": "latency", "seconds": "5"}, "seconds: "),
        ({"kind": "latency", "seconds": True}, "seconds: "),
        ({"kind": "status", "status": 99}, "status: 99"),
        ({"kind": "html", "times": 0}, "times: 0"),
        ({"kind": "redirect", "location": "http://evil.example"}, "location: "),
        ({"kind": 5}, "kind: 5"),
        ({}, "unknown fault ''"),
    ],
)
def test_a_switch_that_cannot_be_says_why(person: httpx.Client, rule: dict[str, Any], told: str) -> None:
    answer = switch(person, **rule)
    assert answer.status_code == 400
    assert told in answer.json()["message"]


@pytest.mark.parametrize("body", [b"", b"[", b"[]", b'{"add": 1}', b'{"remove": "x"}', b"[" * 9000, b"\xff"])
def test_a_switch_that_is_none_is_a_400(person: httpx.Client, body: bytes) -> None:
    answer = person.post("/_sandbox/faults", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400


def test_too_much_for_a_switch_is_a_413(person: httpx.Client) -> None:
    headers = {"Content-Type": "application/json"}
    assert person.post("/_sandbox/faults", content=b"x" * 70_000, headers=headers).status_code == 413
