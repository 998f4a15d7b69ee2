"""Every fault does on the socket what its name says, and in the transport what httpx would have made of it."""

from __future__ import annotations

import gzip
import socket
from typing import Any, get_args

import httpx
import pytest
from sandbox_support import send, settles

from recraft.sandbox import Fault, FaultPlan, Sandbox
from recraft.sandbox.delivery import gzip_zeros
from recraft.sandbox.faults import KINDS, FaultScript, Kind

Error = type[Exception]

# A reset that meets a client which is still sending shows when it writes or when it reads, as the system pleases.
CUT: tuple[Error, ...] = (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError)

# kind, parameters, what a call to createImage becomes (an httpx error or a status), and whether it is charged
OUTCOMES: list[tuple[str, dict[str, Any], Error | tuple[Error, ...] | int, bool]] = [
    ("latency", {"seconds": 9}, httpx.ReadTimeout, True),
    ("latency", {"seconds": 0.001}, 200, True),
    ("slow_headers", {"seconds": 9}, httpx.ReadTimeout, True),
    ("slow_headers", {"seconds": 0.001}, 200, True),
    ("slow_chunks", {"seconds": 9}, httpx.ReadTimeout, True),
    ("slow_chunks", {"seconds": 0.001}, 200, True),
    ("status", {"status": 503}, 503, False),
    ("status", {"status": 529, "body": b"", "served": True}, 529, True),
    ("refused", {}, (httpx.ConnectError, *CUT), False),
    ("reset_before_body", {}, CUT, False),
    ("reset_after_body", {}, httpx.ReadError, False),
    ("reset_after_body", {"charged": True}, httpx.ReadError, True),
    ("reset_mid_response", {}, httpx.ReadError, True),
    ("truncated", {}, httpx.RemoteProtocolError, True),
    ("wrong_length", {}, 200, True),
    ("garbage", {}, 200, True),
    ("html", {}, 200, True),
    ("wrong_type", {}, 200, True),
    ("redirect", {"status": 307, "location": "https://elsewhere.invalid/x"}, 307, False),
    ("gzip_bomb", {"size": 3_000_000}, 200, True),
    ("duplicate_headers", {}, 200, True),
    ("missing_headers", {}, 200, True),
    ("rate_limited", {"retry_after": 3}, 429, False),
]


def fault(sandbox: Sandbox, kind: str, **parameters: Any) -> None:
    sandbox.faults = FaultPlan([Fault(kind, **parameters)])


@pytest.mark.parametrize(("kind", "parameters", "outcome", "charged"), OUTCOMES)
def test_each_fault_has_its_outcome_and_its_charge(
    sandbox: Sandbox, either: httpx.Client, kind: str, parameters: dict[str, Any], outcome: Any, charged: bool
) -> None:
    fault(sandbox, kind, **parameters)
    if outcome is httpx.ReadTimeout:
        either.timeout = httpx.Timeout(5, read=0.03)
    if isinstance(outcome, int):
        assert send(either, "createImage", prompt="a fox " * 50).status_code == outcome
    else:
        with pytest.raises(outcome):
            send(either, "createImage", prompt="a fox " * 50)
    assert settles(lambda: [request.fault for request in sandbox.ledger.requests], [kind])
    assert settles(lambda: sandbox.ledger.total_units, 40 if charged else 0)
    either.timeout = httpx.Timeout(5)
    assert send(either, "getCurrentUser").status_code == 200, "the next request is served again"


def test_the_table_of_outcomes_has_every_kind_of_fault() -> None:
    assert {row[0] for row in OUTCOMES} == set(KINDS) - {"expired"}


def test_the_garbage_fault_is_called_json_and_is_none(sandbox: Sandbox, either: httpx.Client) -> None:
    fault(sandbox, "garbage")
    answer = send(either, "createImage")
    assert answer.headers["Content-Type"] == "application/json"
    with pytest.raises(ValueError):
        answer.json()


def test_the_html_fault_answers_with_a_web_page(sandbox: Sandbox, either: httpx.Client) -> None:
    fault(sandbox, "html")
    answer = send(either, "createImage")
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.text.startswith("<!doctype html>")


def test_the_fault_of_a_wrong_type_comes_with_the_right_answer(sandbox: Sandbox, either: httpx.Client) -> None:
    fault(sandbox, "wrong_type")
    answer = send(either, "createImage")
    assert answer.headers["Content-Type"] == "text/plain"
    assert answer.json()["credits"] == 40


def test_a_wrong_length_cuts_the_answer_silently(sandbox: Sandbox, either: httpx.Client) -> None:
    whole = len(send(either, "createImage").content)
    fault(sandbox, "wrong_length")
    answer = send(either, "createImage")
    assert len(answer.content) == whole // 2
    assert answer.headers["Content-Length"] == str(whole // 2)


def test_the_fault_of_duplicate_headers_sends_them_twice(sandbox: Sandbox, either: httpx.Client) -> None:
    fault(sandbox, "duplicate_headers")
    answer = send(either, "createImage")
    assert answer.headers["Content-Type"] == "application/json, application/json"
    assert len(answer.headers.get_list("content-length")) in {1, 2}  # the HTTP parser may join equal ones
    assert answer.json()["credits"] == 40


def test_an_answer_without_headers_ends_with_the_connection(sandbox: Sandbox, either: httpx.Client) -> None:
    fault(sandbox, "missing_headers")
    answer = send(either, "createImage")
    assert "Content-Type" not in answer.headers
    assert "Content-Length" not in answer.headers
    assert answer.json()["credits"] == 40


def test_a_bomb_decodes_to_its_size_and_is_small_on_the_wire(sandbox: Sandbox, either: httpx.Client) -> None:
    fault(sandbox, "gzip_bomb", size=(5 << 20) + 123)
    with either.stream("POST", "/images/generations", json={"prompt": "x"}) as answer:
        pieces = list(answer.iter_bytes())
        assert int(answer.headers["Content-Length"]) < 10_000
    assert sum(map(len, pieces)) == (5 << 20) + 123
    assert not any(b"".join(pieces))


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (2 << 20) + 7])
def test_a_bomb_is_a_valid_gzip_file_of_the_length_it_claims(size: int) -> None:
    length, pieces = gzip_zeros(size)
    packed = b"".join(pieces())
    assert len(packed) == length
    assert gzip.decompress(packed) == bytes(size)


def test_a_bomb_of_a_gibibyte_is_started_without_being_made(sandbox: Sandbox, inside: httpx.Client) -> None:
    fault(sandbox, "gzip_bomb")
    with inside.stream("POST", "/images/generations", json={"prompt": "x"}) as answer:
        assert int(answer.headers["Content-Length"]) < 3 << 20
        assert sum(len(piece) for piece, _ in zip(answer.iter_bytes(), range(3), strict=False)) <= 4 << 20


@pytest.mark.parametrize("value", [None, 7, 0.5, "Wed, 21 Oct 2099 07:28:00 GMT", "soon", "-1"])
def test_retry_after_is_sent_as_given(sandbox: Sandbox, either: httpx.Client, value: Any) -> None:
    fault(sandbox, "rate_limited", retry_after=value)
    answer = send(either, "getCurrentUser")
    assert answer.status_code == 429
    assert answer.headers.get("Retry-After") == (None if value is None else str(value))


def test_a_status_comes_with_its_body_and_headers(sandbox: Sandbox, either: httpx.Client) -> None:
    fault(sandbox, "status", status=502, body=b"<h1>bad</h1>", headers={"Content-Type": "text/html", "X-A": "b"})
    answer = send(either, "getCurrentUser")
    assert (answer.status_code, answer.content, answer.headers["X-A"]) == (502, b"<h1>bad</h1>", "b")


def test_a_redirect_points_to_another_host(sandbox: Sandbox, either: httpx.Client) -> None:
    fault(sandbox, "redirect", location="https://elsewhere.invalid/x")
    answer = send(either, "createImage")
    assert (answer.status_code, answer.headers["Location"]) == (302, "https://elsewhere.invalid/x")


def test_a_download_can_expire_before_its_time(sandbox: Sandbox, either: httpx.Client) -> None:
    fault(sandbox, "expired")
    url = send(either, "createImage", size="16x16").json()["data"][0]["url"]
    assert either.get(url).status_code == 403
    assert either.get(url).status_code == 200


def test_a_download_can_be_cut(sandbox: Sandbox, either: httpx.Client) -> None:
    fault(sandbox, "truncated", operation="download")
    url = send(either, "createImage", size="64x64").json()["data"][0]["url"]
    with pytest.raises(httpx.RemoteProtocolError):
        either.get(url)
    assert either.get(url).content.startswith(b"\x89PNG")


def test_what_arrived_before_a_reset_can_be_read(sandbox: Sandbox, either: httpx.Client) -> None:
    fault(sandbox, "reset_mid_response")
    got = bytearray()

    def read(answer: httpx.Response) -> None:
        for piece in answer.iter_raw():
            got.extend(piece)

    with either.stream("POST", "/images/generations", json={"prompt": "x"}) as answer:
        assert answer.status_code == 200
        with pytest.raises(httpx.ReadError):
            read(answer)
    assert got.startswith(b'{"created"')


def raw_request(sandbox: Sandbox) -> tuple[socket.socket, bytes]:
    port = int(sandbox.base_url.split(":")[2].split("/")[0])
    body = b'{"prompt": "x"}'
    head = f"POST /v1/images/generations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {sandbox.token}\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return socket.create_connection(("127.0.0.1", port), timeout=5), head.encode() + body


@pytest.mark.parametrize("kind", ["refused", "reset_before_body", "reset_after_body"])
def test_a_reset_is_a_real_one_on_the_socket(sandbox: Sandbox, kind: str) -> None:
    fault(sandbox, kind)
    connection, request = raw_request(sandbox)
    with connection:
        connection.sendall(request)
        with pytest.raises(ConnectionResetError):
            connection.recv(1)


def test_a_truncated_answer_ends_with_a_clean_close(sandbox: Sandbox) -> None:
    fault(sandbox, "truncated")
    connection, request = raw_request(sandbox)
    with connection:
        connection.sendall(request)
        received = b""
        while piece := connection.recv(65536):
            received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    assert len(body) == length // 2


def test_what_is_read_before_a_reset_is_in_the_ledger(sandbox: Sandbox, either: httpx.Client) -> None:
    kinds = ("refused", "reset_before_body", "reset_after_body")
    sandbox.faults = FaultPlan([Fault(kind) for kind in kinds])
    for _ in kinds:
        with pytest.raises(httpx.TransportError):
            send(either, "createImage")
    refused, before, after = sandbox.ledger.requests
    assert (refused.headers, refused.body, refused.operation) == ((), b"", "createImage")
    assert before.header("content-type") == "application/json"
    assert before.body == b""
    assert b"fox" in after.body
    assert {received.status for received in sandbox.ledger.requests} == {None}


# --- which request is hit --------------------------------------------------------------------------------------------


def hits(*rules: Fault, operations: str = "aaaaaa") -> str:
    """For each request a letter: the first of the kind of fault it got, or a dot."""
    script = FaultScript(FaultPlan(rules))
    return "".join(found.kind[0] if (found := script.take(operation)) else "." for operation in operations)


def test_a_rule_hits_once_unless_told_otherwise() -> None:
    assert hits(Fault("garbage")) == "g....."
    assert hits(Fault("garbage", times=2, after=1)) == ".gg..."
    assert hits(Fault("garbage", times=None)) == "gggggg"
    assert hits(Fault("garbage", operation="b"), operations="aabab") == "..g.."


def test_rules_take_turns_in_their_order() -> None:
    assert hits(Fault("garbage"), Fault("html", times=2)) == "ghh..."
    assert hits(Fault("garbage", operation="b"), Fault("html"), operations="ab") == "hg"


def test_probability_is_decided_by_the_seed() -> None:
    many = "a" * 400
    first = hits(Fault("garbage", times=None, probability=0.3, seed=1), operations=many)
    assert first == hits(Fault("garbage", times=None, probability=0.3, seed=1), operations=many)
    assert first != hits(Fault("garbage", times=None, probability=0.3, seed=2), operations=many)
    assert 80 < first.count("g") < 160
    assert hits(Fault("garbage", times=None, probability=0.0)) == "......"
    assert hits(Fault("garbage", times=None, probability=1.0)) == "gggggg"


def test_setting_a_plan_starts_it_anew(sandbox: Sandbox, inside: httpx.Client) -> None:
    plan = FaultPlan([Fault("status", status=500)])
    for _ in range(2):
        sandbox.faults = plan
        assert [send(inside, "getCurrentUser").status_code for _ in range(2)] == [500, 200]
    assert sandbox.faults == plan


@pytest.mark.parametrize(
    ("kind", "parameters", "named"),
    [
        ("earthquake", {}, "latency"),
        ("garbage", {"seconds": 1}, "seconds"),
        ("latency", {"status": 500}, "status"),
        ("garbage", {"probability": 2}, "probability"),
        ("garbage", {"after": -1}, "after"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(kind: str, parameters: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        Fault(kind, **parameters)


def test_fault_plans_add_up_and_cannot_be_changed() -> None:
    plan = FaultPlan([Fault("html")]) + FaultPlan([Fault("garbage")])
    assert [rule.kind for rule in plan.rules] == ["html", "garbage"]
    with pytest.raises(AttributeError):
        plan.rules = ()  # type: ignore[misc]


def test_a_fault_that_could_never_fire_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no operation 'createImages': did you mean 'createImage'"):
        Sandbox(faults=FaultPlan([Fault("status", status=503, operation="createImages")]))
    with pytest.raises(ValueError, match="holds Faults, not 'status'"):
        Sandbox(faults=FaultPlan(["status"]))  # type: ignore[list-item]


def test_the_kinds_that_complete_in_an_editor_are_those_there_are() -> None:
    assert get_args(Kind) == KINDS
