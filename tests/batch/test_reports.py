"""What is left beside the images: results.jsonl, report.html, contact sheets, the estimate, and the books."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from recraft import batch
from recraft.batch.reconciling import how_many
from recraft.errors import InputError
from recraft.sandbox import Fault, FaultPlan, Sandbox

from .support import client_of, foxes, pictures, rows

EVIL = '<img src=x onerror=alert(1)> & "quotes" </style><script>alert(2)</script>'


@pytest.fixture
def folder(recraft_sandbox: Sandbox, tmp_path: Path) -> Path:
    """A folder with jobs in several states."""
    recraft_sandbox.faults = FaultPlan([Fault("reset_after_body", operation="createImage", after=3, charged=True)])
    jobs = [
        *foxes(5, n=2, model="recraftv4_1"),
        {"prompt": EVIL, "id": "evil"},
        {"prompt": "a vector fox", "model": "recraftv4_1_vector", "id": "vector"},
        {"prompt": "bad", "style_id": "123e4567-e89b-42d3-a456-426614174000", "id": "bad"},
    ]
    with client_of(recraft_sandbox) as client:
        batch.run(jobs, tmp_path / "out", client=client, concurrency=1)
    return tmp_path / "out"


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "results.jsonl").read_text("utf-8").splitlines()]


def test_results_have_a_line_for_every_image(folder: Path) -> None:
    found = lines(folder)
    assert len(found) == len(pictures(folder)) == 10
    for each in found:
        data = (folder / each["file"]).read_bytes()
        assert (each["sha256"], each["bytes"]) == (sha256(data).hexdigest(), len(data))
        assert each["inputs"]["prompt"]
        assert each["image_id"]
        assert each["request_id"]
    assert sum(each["credits"] for each in found) == batch.status(folder).units


class Page(HTMLParser):
    """What is in a page: its tags, with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_report_stands_alone_and_runs_nothing(folder: Path) -> None:
    page = Page((folder / "report.html").read_text("utf-8"))
    assert not {"script", "link", "iframe", "object", "embed"} & {tag for tag, _ in page.tags}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    sources = [attributes["src"] or "" for _, attributes in page.tags if "src" in attributes]
    assert sources
    assert all(source.startswith(("data:image/webp", "data:image/svg+xml")) for source in sources)
    links = [attributes["href"] or "" for _, attributes in page.tags if "href" in attributes]
    assert all((folder / link).is_file() for link in links)
    assert len(links) == 10
    assert EVIL in page.text


def test_the_report_has_states_costs_and_errors(folder: Path) -> None:
    text = Page((folder / "report.html").read_text("utf-8")).text
    for part in ("6of 8 jobs done", "recraftv4_1_vector", "in doubt (1)", "failed (1)", "InvalidRequestError", "bad"):
        assert part in text


def test_a_report_can_be_written_anew_with_more_or_fewer_previews(folder: Path) -> None:
    shutil.rmtree(folder / "images")
    assert "data:image/webp" not in batch.report(folder).read_text("utf-8")


def test_contact_sheets_have_the_raster_images(folder: Path) -> None:
    (sheet,) = batch.contact_sheets(folder)
    with Image.open(sheet) as opened:
        assert opened.format == "PNG"
        assert opened.width > 1000


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here (Debian: apt-get install chromium)")
@pytest.mark.xdist_group("browser")
def test_the_filter_of_the_report_works_in_a_browser_that_runs_no_script(folder: Path) -> None:
    """The page as a browser has it, with the choice of one state in place of all."""
    page = (folder / "report.html").read_text("utf-8")
    chosen = page.replace('id="only-all" checked', 'id="only-all"').replace(
        'id="only-failed"', 'id="only-failed" checked'
    )
    counts = {}
    for name, text in (("all", page), ("failed", chosen)):
        (folder / f"{name}.html").write_text(text, "utf-8")
        pdf = folder / f"{name}.pdf"
        command = [
            str(CHROMIUM),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder / 'profile'}",
        ]
        subprocess.run(
            [*command, f"--print-to-pdf={pdf}", (folder / f"{name}.html").as_uri()],
            capture_output=True, check=True, timeout=120,
        )  # fmt: skip
        counts[name] = len(re.findall(rb"/Subtype\s*/Image", pdf.read_bytes()))
    assert counts["all"] >= 8
    assert counts["failed"] == 0


def test_an_estimate_says_what_is_known_and_what_is_not(recraft_sandbox: Sandbox, folder: Path) -> None:
    jobs = [
        *foxes(3, n=2, model="recraftv4_1"),
        *foxes(2, n=4, model="recraftv4_1"),
        *foxes(4, model="recraftv3"),
        {"operation": "prompts.enhance", "prompt": "a fox"},
    ]
    recraft_sandbox.ledger.clear()
    nothing = batch.estimate(jobs)
    assert (nothing.jobs, nothing.units, nothing.unknown) == (10, 0, 10)
    seen = batch.estimate(jobs, folders=[folder])
    assert (seen.units, seen.unknown) == (3 * 70 + 2 * 140, 5)
    assert [each.seen for each in seen.kinds if each.each is not None] == [True, False]
    with client_of(recraft_sandbox) as client:
        assert batch.estimate(jobs, folders=[folder], client=client).units == 3 * 70 + 2 * 140 + 4 * 40
    assert "whose price is not" in str(seen)
    assert {each.operation for each in recraft_sandbox.ledger.requests} == {"listModels"}
    with pytest.raises(batch.ManifestError, match="line 1"):
        batch.estimate([{"operation": "nothing"}])


def test_the_books_are_right_over_several_runs_and_a_top_up(recraft_sandbox: Sandbox, folder: Path) -> None:
    with client_of(recraft_sandbox) as client:
        before = batch.reconcile(folder, client)
        assert (before.unexplained, before.probably_charged, len(before.in_doubt)) == (70, 1, 1)
        recraft_sandbox.balance += 5000
        batch.run(foxes(9), folder, client=client)
        after = batch.reconcile(folder, client)
    assert after.unexplained == 0  # what left between the two runs is not known any more
    assert after.charged == 9 * 35


def test_a_folder_without_a_batch_has_no_books(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    with client_of(recraft_sandbox) as client:
        with pytest.raises(batch.BatchError, match="no batch"):
            batch.reconcile(tmp_path, client)
        with pytest.raises(InputError):
            batch.reconcile(tmp_path, object())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("units", "costs", "expected"),
    [
        (0, [35.0, 35.0], 0),
        (35, [35.0, 35.0, 35.0], 1),
        (70, [35.0, 35.0, 35.0], 2),
        (70, [35.0, 35.0, 70.0], None),  # one or two
        (105, [35.0, 70.0], 2),
        (10, [35.0], None),
        (35, [35.0, None], None),
        (80, [], None),
    ],
)
def test_how_many_were_charged_is_said_where_the_sums_allow_one_answer_only(
    units: float, costs: list[float | None], expected: int | None
) -> None:
    assert how_many(units, costs) == expected


def test_a_day_is_the_day_on_which_a_call_was_made(folder: Path) -> None:
    with sqlite3.connect(folder / "journal.db") as db:
        db.execute("update jobs set at = 86400 * 10 where id = 'vector'")
    batch.report(folder)
    assert "1970-01-11" in (folder / "report.html").read_text("utf-8")
    assert rows(folder, "select count(*) from jobs where at is null and state = 'done'")[0][0] == 0
