"""`make live` against the sandbox: it finds what is as assumed and what is not, keeps its budget, tells no secret."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest
from sandbox_support import Clock

import live
from livecheck.assumptions import ASSUMPTIONS, EXPECTED_UNITS
from livecheck.budget import LIMIT, Budget
from livecheck.words import url_form
from recraft._core import judging
from recraft.sandbox import Sandbox
from recraft.sandbox.sandbox import shipped_spec

pytestmark = pytest.mark.skipif("/models" not in shipped_spec()["paths"], reason="the spec has no live additions")

TOKEN = "tok-3f9a1c77e0d24b55"
Lie = Callable[[httpx.Request, httpx.Response], httpx.Response | None]

# What the sandbox cannot tell, or what no run can.
NEVER = {
    "refine-details", "empty-balance", "wrong-kind-of-model", "prices-of-large-models", "explore", "large-tools",
    "url-ends", "images-per-minute", "server-errors",
}  # fmt: skip


def no_lie(request: httpx.Request, answer: httpx.Response) -> None:
    """What came is passed on as it is."""


@attrs.define
class Wire(httpx.BaseTransport):
    """The sandbox behind a wire that may lie, and counts what was asked."""

    sandbox: Sandbox
    lie: Lie = no_lie
    requests: list[httpx.Request] = attrs.field(factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        with httpx.Client(transport=self.sandbox.transport()) as inner:
            answer = inner.send(request)
        return self.lie(request, answer) or answer

    def times(self, path: str, token: str | None = TOKEN) -> int:
        return sum(
            request.url.path.endswith(path) and request.headers.get("Authorization") == (token and f"Bearer {token}")
            for request in self.requests
        )


@attrs.define
class Runner:
    """Runs the script in a folder of its own and reads what it left."""

    folder: Path

    def __call__(self, wire: Wire, *arguments: str) -> int:
        return live.main(["--out", str(self.folder), *arguments], transport=wire, pause=0)

    @property
    def report(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "live-report.json").read_text("utf-8"))
        return found

    @property
    def files(self) -> str:
        return "".join(path.read_text("utf-8") for path in self.folder.iterdir())

    def named(self, verdict: str) -> set[str]:
        return {finding["id"] for finding in self.report["findings"] if finding["verdict"] == verdict}

    def seen(self, name: str) -> str:
        return next(str(finding["seen"]) for finding in self.report["findings"] if finding["id"] == name)


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(TOKEN, limits=False)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    monkeypatch.setenv("RECRAFT_API_TOKEN", TOKEN)
    monkeypatch.setenv("RECRAFT_BASE_URL", "https://sandbox.invalid/v1")
    return Runner(tmp_path / "report")


def changed(answer: httpx.Response, **fields: Any) -> httpx.Response:
    """The same JSON with other fields."""
    headers = {name: value for name, value in answer.headers.items() if name != "content-length"}
    return httpx.Response(answer.status_code, headers=headers, json=answer.json() | fields)


def is_json_of(answer: httpx.Response, key: str) -> bool:
    return answer.headers.get("content-type") == "application/json" and key in answer.json()


def test_against_a_faithful_service_all_that_can_be_checked_is_confirmed(run: Runner, sandbox: Sandbox) -> None:
    assert run(Wire(sandbox), "--yes") == 0
    assert run.named("different") == set()
    assert run.named("not checked") == NEVER | {"rate-limit"}
    assert run.named("confirmed") == {assumption.id for assumption in ASSUMPTIONS} - NEVER - {"rate-limit"}
    assert run.report["spent"] == EXPECTED_UNITS == sandbox.ledger.total_units == 52
    assert run.report["ended"] == "all done"


def test_it_works_over_a_real_port_too(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    with Sandbox(TOKEN, limits=False) as sandbox:
        monkeypatch.setenv("RECRAFT_BASE_URL", sandbox.base_url)
        assert live.main(["--yes", "--out", str(run.folder)], pause=0) == 0
    assert run.named("different") == set()
    assert run.named("not checked") == NEVER | {"rate-limit"}


@pytest.mark.parametrize(("retry_after", "verdict"), [(False, "confirmed"), (True, "different")])
def test_the_rate_limit_is_looked_at_only_when_asked_for(run: Runner, retry_after: bool, verdict: str) -> None:
    clock = Clock()

    def lie(request: httpx.Request, answer: httpx.Response) -> None:
        if not request.url.path.endswith("/users/me"):
            clock.advance(1)

    wire = Wire(Sandbox(TOKEN, clock=clock, retry_after=retry_after), lie)
    assert run(wire, "--yes", "--limits") == 0
    assert "rate-limit" in run.named(verdict)
    assert "of 12: 429 application/json" in run.seen("rate-limit")


def test_the_markdown_says_what_was_found_in_three_parts(run: Runner, sandbox: Sandbox) -> None:
    run(Wire(sandbox), "--yes")
    text = (run.folder / "live-report.md").read_text("utf-8")
    assert "## Different (0)\n\nNone." in text
    assert "## Confirmed (47)" in text
    assert "- **webp**: a raster image is lossless WebP, and its URL needs no token (the vendor's guide" in text
    assert "## Not checked (10)" in text


def no_request_id(request: httpx.Request, answer: httpx.Response) -> None:
    del answer.headers["x-recraft-requestid"]


def another_root(request: httpx.Request, answer: httpx.Response) -> httpx.Response | None:
    if request.url.path == "/status":
        return httpx.Response(200, json={"up": True})
    return httpx.Response(404, text="404 page not found") if request.url.path == "/ping" else None


def json_for_strangers(request: httpx.Request, answer: httpx.Response) -> httpx.Response | None:
    return httpx.Response(401, json={"error": "who are you?"}) if answer.status_code == 401 else None


def dearer(request: httpx.Request, answer: httpx.Response) -> httpx.Response | None:
    return changed(answer, credits=9) if request.url.path.endswith("/prompts/enhance") else None


def url_with_a_query(request: httpx.Request, answer: httpx.Response) -> httpx.Response | None:
    if not is_json_of(answer, "data") or request.method == "GET":
        return None
    image = answer.json()["data"][0] | {"url": "https://img.example/made/a.png?Signature=s3cr3t-of-the-url&Expires=17"}
    return changed(answer, data=[image])


def jpeg(request: httpx.Request, answer: httpx.Response) -> httpx.Response | None:
    if answer.headers.get("content-type") != "image/webp":
        return None
    return httpx.Response(200, headers={"content-type": "image/jpeg"}, content=b"\xff\xd8\xff\xe0 and so on")


def many_for_one(request: httpx.Request, answer: httpx.Response) -> httpx.Response | None:
    if not is_json_of(answer, "image"):
        return None
    headers = {"content-type": "application/json"}
    body = answer.json()
    return httpx.Response(200, headers=headers, json={"credits": body["credits"], "data": [body["image"]]})


def lax(request: httpx.Request, answer: httpx.Response) -> httpx.Response | None:
    """Everything that is refused is taken instead, and paid."""
    return httpx.Response(200, json={"created": 1, "credits": 7, "data": []}) if answer.status_code == 400 else None


def json_for_multipart(request: httpx.Request, answer: httpx.Response) -> httpx.Response | None:
    if "multipart" not in answer.headers.get("content-type", ""):
        return None
    return httpx.Response(200, json={"created": 1, "credits": 7, "data": []})


LIES: list[tuple[Lie, dict[str, str]]] = [
    (
        no_request_id,
        {
            "request-id": "200 with content-type",
            "request-id-of-errors": "401 with content-type",
            "request-id-of-a-refusal": "400 with content-type",
        },
    ),
    (another_root, {"status": "200 application/json {up: boolean}", "ping": "404", "status-needs-a-token": "200"}),
    (json_for_strangers, {"wrong-token": '401 application/json {"error": "who are you?"}', "no-token": "401"}),
    (dearer, {"price-of-prompts-enhance": "credits: 9", "balance": "52 units fewer, 51 counted"}),
    (
        url_with_a_query,
        {"url-form": "host img.example, path (4 characters) / (5 characters), query Signature, Expires"},
    ),
    (jpeg, {"webp": "200 image/jpeg, 14 bytes JPEG"}),
    (many_for_one, {"answer-with-one-image": "{credits: number, data: [1 of {image_id: UUID, url: URL}]}"}),
    (
        lax,
        {"bad-size": "200 application/json {created: number, credits: number, data: []}", "bad-size-read": "no error"},
    ),
    (json_for_multipart, {"multipart": "parts none", "multipart-read": "IndexError"}),
]


@pytest.mark.parametrize(("lie", "expected"), LIES, ids=lambda value: getattr(value, "__name__", ""))
def test_what_is_not_as_assumed_is_reported_with_what_was_seen(
    run: Runner, sandbox: Sandbox, lie: Lie, expected: dict[str, str]
) -> None:
    assert run(Wire(sandbox, lie), "--yes") == 0
    assert set(expected) <= run.named("different")
    for name, words in expected.items():
        assert words in run.seen(name)
    assert "models" in run.named("confirmed")


def dearer_by(factor: float, *paths: str) -> Callable[[httpx.Request, httpx.Response], httpx.Response | None]:
    """A service that takes more than documented: for everything, or for what is asked on these paths."""

    def lie(request: httpx.Request, answer: httpx.Response) -> httpx.Response | None:
        if request.method != "POST" or answer.status_code != 200 or (paths and not request.url.path.endswith(paths)):
            return None
        if not is_json_of(answer, "credits"):  # the multipart one
            return httpx.Response(200, json={"credits": 7 * factor})
        return changed(answer, credits=answer.json()["credits"] * factor)

    return lie


PAID_PATHS = ["/generations", "/eraseRegion", "/crispUpscale", "/prompts/enhance", "/styles", "/vectorize"]


@pytest.mark.parametrize("path", PAID_PATHS)
def test_nothing_is_paid_after_a_call_that_cost_more_than_documented(run: Runner, path: str) -> None:
    sandbox = Sandbox(TOKEN, limits=False, balance=100_000)
    wire = Wire(sandbox, dearer_by(1.2, path))
    assert run(wire, "--yes") == 0
    last = sandbox.ledger.charges[-1]
    paid = [charge.units for charge in sandbox.ledger.charges]
    assert wire.requests[-1].method == "GET", "what is free is looked at all the same"
    assert run.report["spent"] == pytest.approx(sum(paid[:-1]) + last.units * 1.2)
    assert "units, " in run.seen("bad-size")
    assert run.seen("bad-size").startswith("nothing more is paid for: ")
    assert f"cost {last.units * 1.2:g} units, {last.units} are documented" in run.seen("bad-size")
    assert sum(request.method == "DELETE" for request in wire.requests) == any(
        charge.operation == "createStyle" for charge in sandbox.ledger.charges
    ), "and a style that was made is deleted"


@pytest.mark.parametrize("factor", [1.2, 2, 5, 8])
def test_the_limit_is_kept_when_everything_is_dearer(run: Runner, sandbox: Sandbox, factor: float) -> None:
    run(Wire(sandbox, dearer_by(factor)), "--yes")
    assert run.report["spent"] == 7 * factor <= LIMIT
    assert len(sandbox.ledger.charges) == 1


def test_a_call_whose_price_would_pass_the_limit_with_what_is_planned_is_refused_before_it_is_sent() -> None:
    budget = Budget(planned=52)
    assert budget.refusal(7, 7) == ""
    budget.charge("a", 15, 15, 7)
    assert (budget.spent, budget.planned, budget.risen) == (15, 45, "")
    assert budget.refusal(10, 10) == ""
    assert budget.refusal(11, 10) == "it and what is planned may cost 46 units, and 45 are left to spend"
    assert budget.refusal(0, 0) == ""


def test_a_plan_above_the_limit_pays_for_nothing(
    run: Runner, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "EXPECTED_UNITS", LIMIT + 1)
    run(Wire(sandbox), "--yes")
    assert sandbox.ledger.total_units == run.report["spent"] == 0
    assert "are left to spend" in run.seen("webp")


def test_what_was_taken_instead_of_refused_is_paid_within_the_limit(run: Runner, sandbox: Sandbox) -> None:
    run(Wire(sandbox, lax), "--yes")
    assert run.report["spent"] == EXPECTED_UNITS + 7
    assert run.seen("long-prompt") == "it and what is planned may cost 7 units, and 1 are left to spend"


@pytest.mark.parametrize("credits", [None, "7", True, -7, float("nan"), 10**400])
def test_a_price_that_cannot_be_believed_counts_as_the_worst_case(credits: object) -> None:
    budget = Budget()
    budget.charge("a call", credits, 7, 7)
    assert (budget.spent, budget.risen) == (7, "")


def test_a_request_id_that_the_package_does_not_tell_is_a_difference(
    run: Runner, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "REQUEST_ID", (b"x-request-id",))
    assert run(Wire(sandbox), "--yes") == 0
    assert run.named("different") == {"request-id-read"}
    assert run.seen("request-id-read") == "200: another; 401: another; 404: another"


def test_a_multipart_answer_that_the_package_does_not_read_is_a_difference(
    run: Runner, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_parts(request: httpx.Request, answer: httpx.Response) -> httpx.Response | None:
        if "multipart" not in answer.headers.get("content-type", ""):
            return None
        content = answer.content.replace(b'Content-Disposition: form-data; name="response"', b"X: y", 1)
        return httpx.Response(200, headers={"content-type": answer.headers["content-type"]}, content=content)

    assert run(Wire(sandbox, without_parts), "--yes") == 0
    assert {"multipart", "multipart-read"} <= run.named("different")


def test_a_call_in_doubt_counts_as_charged_and_is_not_sent_again(run: Runner, sandbox: Sandbox) -> None:
    def lie(request: httpx.Request, answer: httpx.Response) -> httpx.Response | None:
        if request.url.path.endswith("/prompts/enhance"):
            raise httpx.ReadTimeout("nothing came", request=request)
        if request.url.path.endswith("/images/vectorize"):
            return httpx.Response(502, text="bad gateway")
        return None

    wire = Wire(sandbox, lie)
    assert run(wire, "--yes") == 0
    assert wire.times("/prompts/enhance") == wire.times("/images/vectorize") == 1
    assert run.report["spent"] == EXPECTED_UNITS
    assert run.seen("enhanced-prompt") == "ReadTimeout: nothing came; counted as 10 units"
    assert {"enhanced-prompt", "form-field", "svg"} <= run.named("not checked")


def test_each_call_is_made_once_and_pictures_are_fetched_without_the_token(run: Runner, sandbox: Sandbox) -> None:
    wire = Wire(sandbox)
    run(wire, "--yes")
    assert wire.times("/images/generations") == 7
    assert all(wire.times(path) == 1 for path in ("/images/eraseRegion", "/images/crispUpscale", "/models"))
    fetched = [request for request in wire.requests if "/external/images/" in request.url.path]
    assert len(fetched) == 2
    assert not any("Authorization" in request.headers for request in fetched)


def test_no_secret_stands_in_the_report_or_on_the_screen(
    run: Runner, sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    person = {"id": "user-8812-xk", "email": "eve@example.org", "name": "Eve Adamczyk", "credits": 900}
    signature = "Zk3yJ0aQ91"
    url = f"https://img.example/{signature}/rs:fit:1:1:0/raw:1/plain/abs://external/images/x?sig=q9w8e7r6t5&barewordsignature"

    def lie(request: httpx.Request, answer: httpx.Response) -> httpx.Response | None:
        if request.url.path.endswith("/users/me") and answer.status_code == 200:
            return changed(answer, **person)
        if is_json_of(answer, "data") and request.method == "POST":
            return changed(answer, data=[{"image_id": "x", "url": url}], **{signature: 1})
        if answer.status_code in (400, 401, 404):
            words = f"{request.headers.get('Authorization')} {TOKEN} user-8812-xk eve@example.org mallory@example.net"
            return httpx.Response(answer.status_code, text=f"{words} Eve Adamczyk {url} {signature} {'A' * 60}")
        return None

    run(Wire(sandbox, lie), "--yes")
    assert {"bad-size", "url-form", "unknown-path"} <= run.named("different")
    shown = run.files + "".join(capsys.readouterr())
    for secret in (TOKEN, signature, "q9w8e7r6t5", "bareword", "user-8812-xk", "@example", "Adamczyk", "A" * 40):
        assert secret not in shown


def test_the_form_of_a_url_shows_nothing_but_what_is_documented_and_lengths() -> None:
    url = "https://img.example/Zk3yJ0/rs:fit:9:9:0/raw:1/plain/abs://external/images/x?Expires=1&q9w8e7=&AbCdEfGhIjKlMnOpQ=1"
    assert url_form(url) == (
        "https, host img.example, path (6 characters) / rs:fit:9:9:0 / raw:1 / plain / abs: / (empty) / external / "
        "images / (1 characters), query Expires, (7 characters), (19 characters)"
    )


def test_without_a_token_it_says_what_to_do(
    run: Runner, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("RECRAFT_API_TOKEN")
    wire = Wire(sandbox)
    assert run(wire, "--yes") == 2
    assert "RECRAFT_API_TOKEN" in capsys.readouterr().err
    assert wire.requests == []


def test_a_token_that_is_refused_ends_the_run_before_it_spends(
    run: Runner, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wire = Wire(Sandbox("another-token"))
    assert run(wire, "--yes") == 1
    assert "does not accept the token" in capsys.readouterr().err
    assert len(wire.requests) == 1


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("stdin", [io.StringIO("y\n"), Terminal(""), Terminal("\n"), Terminal("n\n")])
def test_without_an_agreement_nothing_is_sent(
    run: Runner, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, stdin: io.StringIO
) -> None:
    monkeypatch.setattr(sys, "stdin", stdin)
    wire = Wire(sandbox)
    assert run(wire) == 2
    assert wire.requests == []
    assert not run.folder.exists()


def test_a_yes_at_the_terminal_is_enough(run: Runner, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
    assert run(Wire(sandbox)) == 0
    assert run.report["spent"] == 52


def test_a_folder_that_cannot_be_written_is_found_out_before_anything_is_sent(run: Runner, sandbox: Sandbox) -> None:
    run.folder.touch()
    wire = Wire(sandbox)
    assert run(wire, "--yes") == 2
    assert wire.requests == []


@pytest.mark.parametrize("at", ["/images/eraseRegion", "/images/vectorize"])
def test_an_interruption_leaves_a_partial_report_and_no_style(run: Runner, sandbox: Sandbox, at: str) -> None:
    def lie(request: httpx.Request, answer: httpx.Response) -> None:
        if request.url.path.endswith(at):
            raise KeyboardInterrupt

    wire = Wire(sandbox, lie)
    assert run(wire, "--yes") == 130
    assert run.report["ended"] == "interrupted"
    assert "webp" in run.named("confirmed")
    assert "svg" not in run.named("confirmed")
    assert run.report["spent"] == sandbox.ledger.total_units  # the call that was interrupted is counted


def test_a_style_that_was_just_created_goes_with_an_interruption(run: Runner, sandbox: Sandbox) -> None:
    done = []

    def lie(request: httpx.Request, answer: httpx.Response) -> None:
        if request.method == "DELETE" and not done:
            done.append(request)
            raise KeyboardInterrupt

    wire = Wire(sandbox, lie)
    assert run(wire, "--yes") == 130
    assert [request.method for request in wire.requests].count("DELETE") == 2


def test_an_account_without_units_is_no_difference_but_an_answer(run: Runner, sandbox: Sandbox) -> None:
    sandbox.balance = 10
    assert run(Wire(sandbox), "--yes") == 0
    assert run.named("different") == set()
    assert "empty-balance" in run.named("confirmed")
    assert "not_enough_credits" in run.seen("empty-balance")
