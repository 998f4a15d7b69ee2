"""The README and the guides are true: their tables name what there is, and what they say of statuses is what the code
does.
"""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from documents import BLOCKS, NAMES, ROOT, Block, blocks, code, table, text

import helpers as made_by
import recraft
import reference
from recraft import Recraft, RecraftError, RetryPolicy, errors, otel, results, retry, testing
from recraft._core.binding import Namespace
from recraft_api.operations import OPERATIONS

MONEY = "docs/guides/errors-and-money.md"
RESULTS = "docs/guides/results-and-saving.md"


def helpers() -> set[str]:
    """Every method of every group of a client, by the name users write."""
    with Recraft("token") as client:
        groups = {name: getattr(client, name) for name in dir(client) if not name.startswith(("_", "raw"))}
        return {
            f"{group}.{name}"
            for group, namespace in groups.items()
            if isinstance(namespace, Namespace)
            for name in dir(namespace)
            if not name.startswith("_") and callable(getattr(namespace, name))
        }


def statuses(cell: str) -> set[int]:
    """The statuses that a cell names, such as "408, 520 to 529"."""
    spans = re.findall(r"\b([3-5]\d\d)(?: to ([3-5]\d\d))?", cell)
    return {status for first, last in spans for status in range(int(first), int(last or first) + 1)}


def test_the_readme_stays_short_enough_to_be_read() -> None:
    assert len(text("README.md").splitlines()) <= 200


def test_the_first_examples_leave_pictures(readers_folder: Path) -> None:
    for heading in ("Try it without a token", "The first call", "Async"):
        for block in blocks("README.md", heading):
            with contextlib.redirect_stdout(None):
                exec(compile(block.code, "README.md", "exec"), {})
    assert {path.suffix for path in (readers_folder / "pictures").iterdir()} == {".webp", ".svg"}


@pytest.mark.usefixtures("readers_folder")
@pytest.mark.parametrize("block", [block for block in BLOCKS if block.name == "README.md"], ids=str)
def test_an_example_of_the_readme_can_be_run_again(block: Block) -> None:
    for _ in range(2):
        exec(compile(block.code, "README.md", "exec"), {"__name__": "__main__"})


@pytest.mark.usefixtures("readers_folder")
def test_what_a_comment_says_a_message_is_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    page = "docs/guides/inputs.md"
    (promised,) = re.findall(r"print\(error\) +# (.+)", text(page))
    exec(compile(blocks(page, "Options")[0].code, page, "exec"), {})
    assert capsys.readouterr().out.strip() == promised


@pytest.mark.parametrize("name", NAMES)
def test_the_methods_that_a_document_names_exist(name: str) -> None:
    groups = {helper.partition(".")[0] for helper in helpers()}
    named = re.findall(rf"`(?:client\.)?((?:{'|'.join(groups)})\.[a-z_]+)[`(]", text(name))
    assert {each for each in named if not each.endswith((".py", ".yaml"))} <= helpers()


def test_the_reference_has_every_method_of_a_client_once_and_is_what_the_signatures_say() -> None:
    headings = re.findall(r"^### (\w+\.\w+)$", text("docs/reference.md"), re.M)
    assert sorted(name for name in headings if not name.startswith("client.")) == sorted(helpers())
    run = subprocess.run([sys.executable, "scripts/reference.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_the_reference_says_where_it_is_no_longer_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reference, "PAGE", tmp_path / "reference.md")
    assert reference.main([]) == 0
    assert reference.main(["--check"]) == 0
    assert capsys.readouterr().out == ""
    reference.PAGE.write_text(reference.PAGE.read_text().replace("prompt: str", "prompt: int", 1))
    assert reference.main(["--check"]) == 1
    assert "-images.generate(prompt: int" in capsys.readouterr().out


def test_the_prices_are_those_of_the_sandbox() -> None:
    """Two copies, of one list: that of the guide, and the one in the sandbox's data."""
    charged = json.loads((ROOT / "overlay/recraft/sandbox/data/prices.json").read_text("utf-8"))
    shown = {}
    for model, raster, vector in table(MONEY, "Prices", "Model"):
        shown |= {code(model): raster} | ({f"{code(model)}_vector": vector} if vector else {})
    assert {name: int(price) for name, price in shown.items()} == charged["per_image"]
    operations = {f"{each['method']} {each['path']}".upper(): name for name, each in OPERATIONS.items()}
    for path, price in charged["per_call"].items():
        helper = (
            made_by.helpers(ROOT / "overlay/recraft").get(operations.get(path.upper(), ""), "").removeprefix("client.")
        )
        if helper:
            assert [int(row[1]) for row in table(MONEY, "Prices", "Method") if code(row[0]) == helper] == [price], (
                helper
            )


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
    (line,) = re.findall(r"^Every error has (.+?);", text(MONEY), re.M | re.S)
    assert set(re.findall(r"`(\w+)`", line)) <= set(vars(RecraftError("text")))
    assert hasattr(RecraftError("text"), "saved")


def test_the_retry_table_has_every_setting_and_its_default() -> None:
    rows = table(MONEY, "Retries, deadline and timeouts", "`RetryPolicy(...)`")
    shown = {code(row[0]): row[1] for row in rows}
    assert list(shown) == [field.name for field in attrs.fields(RetryPolicy)]
    for field in attrs.fields(RetryPolicy):
        is_number = isinstance(field.default, float | int) and not isinstance(field.default, bool)
        assert shown[field.name] == (f"{field.default:g}" if is_number else str(field.default)), field.name


@pytest.mark.parametrize("own_word", [True, False], ids=["the service's own error", "a gateway's page"])
def test_what_the_guide_says_of_a_status_is_what_becomes_of_an_attempt(own_word: bool) -> None:
    named: dict[str, set[int]] = {}
    for happened, *_ in table(MONEY, "What is sent again, and what it costs", "What happened to an attempt"):
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


@pytest.mark.parametrize("row", table(RESULTS, "What a result holds", "Value"), ids=lambda row: code(row[0]))
def test_the_results_table_names_attributes_that_exist(row: list[str]) -> None:
    kind = getattr(results, code(row[0]))
    common = dict(table(RESULTS, "What a result holds", "Of each"))
    named = row[1] + common["value"] + (common["result of a call"] if hasattr(kind, "request_id") else "")
    public = [name for name in dir(kind) if not name.startswith("_")]
    own = set(re.findall(r"`(\w+)`", named)) - {"len", "Style", "BasicStyle", "Model"}
    assert own == set(public) - {"count", "index"}


def test_the_metrics_table_is_the_one_that_the_module_has() -> None:
    rows = table("docs/guides/observability.md", "OpenTelemetry", "Metric")
    assert all("| " + " | ".join(row) + " |" in (otel.__doc__ or "") for row in rows)
    assert len(rows) == (otel.__doc__ or "").count("| `recraft.client.")


def test_the_fixtures_table_names_every_fixture() -> None:
    fixtures = {name for name in vars(testing) if name.startswith("recraft_")}
    assert {code(row[0]) for row in table("docs/guides/testing.md", "pytest fixtures", "Fixture")} == fixtures
