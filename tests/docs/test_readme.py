"""The README is true: its tables name what there is, and what it says of statuses is what the code does."""

from __future__ import annotations

import contextlib
import inspect
import re
from pathlib import Path
from typing import Any

import attrs
import pytest
from documents import blocks, code, sections, table, text

import recraft
from recraft import Recraft, RecraftError, RetryPolicy, errors, otel, results, retry, testing
from recraft.api import Groups

RETRIES = "Retries, rate limits and what a call may cost"


def helpers() -> dict[str, Any]:
    """Every method of every group of a client, by the name users write."""
    found = {}
    with Recraft("token") as client:
        for group, made in vars(Groups).items():
            if isinstance(made, property):
                namespace = getattr(client, group)
                for name in dir(namespace):
                    if not name.startswith("_") and callable(getattr(namespace, name)):
                        found[f"{group}.{name}"] = getattr(namespace, name)
    return found


def statuses(cell: str) -> set[int]:
    """The statuses that a cell names, such as "408, 520 to 529"."""
    spans = re.findall(r"\b([3-5]\d\d)(?: to ([3-5]\d\d))?", cell)
    return {status for first, last in spans for status in range(int(first), int(last or first) + 1)}


def test_the_first_examples_leave_pictures(readers_folder: Path) -> None:
    for block in blocks("README.md", "Start"):
        with contextlib.redirect_stdout(None):
            exec(compile(block, "README.md", "exec"), {})
    assert {path.suffix for path in (readers_folder / "pictures").iterdir()} == {".webp", ".svg"}


@pytest.mark.usefixtures("readers_folder")
def test_what_a_comment_in_the_readme_says_a_message_is_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    (promised,) = re.findall(r"print\(error\) +# (.+)", text("README.md"))
    exec(compile(blocks("README.md", "Options")[0], "README.md", "exec"), {})
    assert capsys.readouterr().out.strip() == promised


def test_the_operations_table_names_exactly_the_helpers_there_are() -> None:
    named = [code(row[0]).partition("(")[0] for row in table("README.md", "Operations", "Method")]
    assert sorted(named) == sorted(helpers())


@pytest.mark.parametrize("row", table("README.md", "Operations", "Method"), ids=lambda row: code(row[0]))
def test_the_operations_table_names_parameters_that_exist(row: list[str]) -> None:
    name, _, arguments = code(row[0]).rstrip(")").partition("(")
    helper = helpers()[name]
    taken = inspect.signature(helper).parameters
    shown = re.findall(r"\w+", arguments)
    required = [key for key, item in taken.items() if item.default is item.empty]
    assert set(required) <= set(shown) <= set(taken)
    options = re.findall(r"`(\w+)`", "" if row[2].startswith("as ") else row[2])
    assert set(options) - {"image"} <= set(taken), f"{name} has no such options"


def test_the_error_table_names_every_error_class() -> None:
    classes = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, RecraftError) and not name.startswith("_")
    }
    assert {code(row[0]) for row in table("README.md", "Errors", "Class")} == classes
    assert classes <= set(recraft.__all__)


def test_the_error_table_gives_each_status_the_error_it_is() -> None:
    named = {
        status: code(row[0])
        for row in table("README.md", "Errors", "Class")
        for status in statuses(row[1])
        if code(row[0]) != "ServerError"
    }
    for status in range(300, 600):
        assert errors.error_for(status).__name__ == named.get(status, "ServerError"), status


def test_the_error_attributes_named_exist() -> None:
    (line,) = re.findall(r"^Every error has (.+?);", text("README.md"), re.M | re.S)
    assert set(re.findall(r"`(\w+)`", line)) <= set(vars(RecraftError("text")))
    assert hasattr(RecraftError("text"), "saved")


def test_the_retry_table_has_every_setting_and_its_default() -> None:
    rows = table("README.md", RETRIES, "`RetryPolicy(...)`")
    shown = {code(row[0]): row[1] for row in rows}
    assert list(shown) == [field.name for field in attrs.fields(RetryPolicy)]
    for field in attrs.fields(RetryPolicy):
        is_number = isinstance(field.default, float | int) and not isinstance(field.default, bool)
        assert shown[field.name] == (f"{field.default:g}" if is_number else str(field.default)), field.name


@pytest.mark.parametrize("own_word", [True, False], ids=["the service's own error", "a gateway's page"])
def test_what_the_readme_says_of_a_status_is_what_becomes_of_an_attempt(own_word: bool) -> None:
    named: dict[str, set[int]] = {}
    for happened, *_ in table("README.md", RETRIES, "What happened to an attempt"):
        if "**" in happened:
            named.setdefault(happened.split("**")[1], set()).update(statuses(happened))
    never, rejected, doubt = (named[kind] for kind in ("Never delivered", "Rejected for now", "In doubt"))
    assert not never & rejected
    assert doubt < rejected, "with the service's own word they are rejected"
    for status in range(300, 600):
        kind = "never delivered" if status in never else "rejected" if status in rejected else "final"
        if status in doubt and not own_word:
            kind = "in doubt"
        assert retry.sort_status(status, {}, own_word=own_word, wall=0.0).kind == kind, status


@pytest.mark.parametrize("row", table("README.md", "Results, save and fetch", "Value"), ids=lambda row: code(row[0]))
def test_the_results_table_names_attributes_that_exist(row: list[str]) -> None:
    kind = getattr(results, code(row[0]))
    common = dict(table("README.md", "Results, save and fetch", "Of each"))
    named = row[1] + common["value"] + (common["result of a call"] if hasattr(kind, "request_id") else "")
    public = [name for name in dir(kind) if not name.startswith("_")]
    own = set(re.findall(r"`(\w+)`", named)) - {"len", "Style", "BasicStyle", "Model"}
    assert own == set(public) - {"count", "index"}


def test_the_metrics_table_is_the_one_that_the_module_has() -> None:
    rows = table("README.md", "Events, logging and OpenTelemetry", "Metric")
    assert all("| " + " | ".join(row) + " |" in (otel.__doc__ or "") for row in rows)
    assert len(rows) == (otel.__doc__ or "").count("| `recraft.client.")


def test_the_fixtures_table_names_every_fixture() -> None:
    fixtures = {name for name in vars(testing) if name.startswith("recraft_")}
    assert {code(row[0]) for row in table("README.md", "Sandbox and pytest fixtures", "Fixture")} == fixtures


def test_the_table_of_contents_links_to_every_chapter_of_the_readme() -> None:
    contents = sections("README.md")["Start"].partition("Contents:")[2]
    links = dict(re.findall(r"\[([^\]]+)\]\(#([^)]+)\)", contents))
    assert list(links) == [heading for heading in sections("README.md") if heading != "Start"]
