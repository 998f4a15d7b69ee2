"""An additive change needs no hand edit: the generated package follows, and the helpers with it."""

from __future__ import annotations

import copy
import functools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from mutations import MUTATIONS, Mutation

import generate
import judge
import renewal
import specdiff

from .conftest import ROOT, copy_checkout

ADDITIVE = [item for item in MUTATIONS if item.level == "additive"]
BREAKING = [item for item in MUTATIONS if item.level in ("breaking", "sdk-breaking")]

NextFile = Callable[[Callable[[dict[str, Any]], None]], Path]


def by_name(name: str) -> Mutation:
    return next(item for item in MUTATIONS if item.name == name)


def generated(change: Callable[[dict[str, Any]], None], next_file: NextFile, target: Path) -> dict[str, Any]:
    """Generate the package for a changed specification into `target`; the effective specification."""
    specification, _ = generate.effective(next_file(change), ROOT / "spec" / "overlays")
    generate.generate(specification, ROOT / "spec", target / generate.PACKAGE)
    return specification


def python(generated_into: Path, code: str) -> str:
    """Run code with the overlay package of this checkout on another generated package."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(generated_into), str(ROOT / "overlay")])}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


@pytest.mark.checkout
@pytest.mark.slow
@pytest.mark.parametrize("mutation", ADDITIVE, ids=lambda item: item.name)
def test_the_helpers_reach_everything_an_additive_change_adds(
    mutation: Mutation, next_file: NextFile, tmp_path: Path
) -> None:
    assert_reached(mutation.apply, next_file, tmp_path)


@pytest.mark.checkout
def test_the_helpers_reach_everything_that_all_additive_changes_together_add(
    next_file: NextFile, tmp_path: Path
) -> None:
    def change(spec: dict[str, Any]) -> None:
        for mutation in ADDITIVE:
            mutation.apply(spec)

    assert_reached(change, next_file, tmp_path)


def assert_reached(change: Callable[[dict[str, Any]], None], next_file: NextFile, target: Path) -> None:
    """Helpers send every property there is after a change; what they lack is exactly the operations it adds."""
    specification = generated(change, next_file, target)

    reach = judge.reach(target, ROOT)

    assert reach.unreachable == []
    assert reach.stale == []
    assert set(reach.missing) == _operations(specification) - _operations(today())


@functools.cache
def today() -> dict[str, Any]:
    return generate.effective(generate.specfile.vendored(ROOT / "spec"), ROOT / "spec" / "overlays")[0]


@pytest.mark.checkout
def test_a_new_field_is_a_keyword_that_is_sent_and_described(next_file: NextFile, tmp_path: Path) -> None:
    def change(spec: dict[str, Any]) -> None:
        by_name("request_field_in_json_body").apply(spec)
        by_name("request_field_in_nested_object").apply(spec)
        by_name("request_boolean_in_multipart_body").apply(spec)

    generated(change, next_file, tmp_path)

    assert json.loads(
        python(
            tmp_path,
            """
import inspect, json, httpx
from recraft import Recraft, InputError
sent = []
def answer(request):
    sent.append(request.read().decode("latin-1"))
    return httpx.Response(200, json={"data": []})
client = Recraft("token", transport=httpx.MockTransport(answer))
client.images.generate("fox", guidance=3, colors=[{"rgb": [1, 2, 3], "opacity": 0.5}])
client.images.replace_background(bytes.fromhex("89504e470d0a1a0a"), keep_alpha=True)
try:
    client.images.generate("fox", guidance=-1)
except InputError as error:
    refused = str(error)
print(json.dumps({
    "json": json.loads(sent[0]), "form": 'name="keep_alpha"' in sent[1] and "true" in sent[1], "refused": refused,
    "shown": "guidance" in inspect.signature(client.images.generate).parameters
    and "guidance" in client.images.generate.__doc__,
}))
""",
        )
    ) == {
        "json": {"prompt": "fox", "guidance": 3, "controls": {"colors": [{"rgb": [1, 2, 3], "opacity": 0.5}]}},
        "form": True,
        "refused": "guidance is -1; expected a whole number of 0 or more.",
        "shown": True,
    }


@pytest.mark.checkout
def test_a_new_operation_works_through_raw_and_in_the_sandbox_the_minute_it_is_generated(
    next_file: NextFile, tmp_path: Path
) -> None:
    generated(by_name("operation_post_multipart").apply, next_file, tmp_path)

    assert (
        python(
            tmp_path,
            """
import io
from PIL import Image
from recraft import Recraft
from recraft.sandbox import Sandbox
from recraft_api.api.images import describe_image
from recraft_api.models import FileOnlyRequest
from recraft_api.types import File
picture = io.BytesIO()
Image.new("RGB", (300, 300)).save(picture, "PNG")
picture.seek(0)
with Sandbox() as sandbox, Recraft(sandbox.token, base_url=sandbox.base_url) as client:
    answer = describe_image.sync(client=client.raw, body=FileOnlyRequest(image=File(picture, "a.png", "image/png")))
    print(type(answer).__name__, sandbox.ledger.requests[0].operation)
""",
        )
        == "ImageSet describeImage"
    )


@functools.cache
def base() -> dict[str, Any]:
    return generate.specfile.load(ROOT / "tests" / "spec" / "base.yaml")


@pytest.mark.parametrize("mutation", BREAKING, ids=lambda item: item.name)
def test_a_breaking_change_is_called_one_and_the_report_names_what_broke(mutation: Mutation) -> None:
    old, new = base(), copy.deepcopy(base())
    mutation.apply(new)

    findings = specdiff.diff(old, new)
    report = specdiff.render_text(findings, specdiff.verdicts(findings))

    assert specdiff.verdict(findings) == mutation.level
    assert mutation.place in report


@pytest.mark.bumps
@pytest.mark.parametrize("mutation", ADDITIVE, ids=lambda item: item.name)
def test_a_whole_bump_to_an_additive_change_passes_every_check_and_test(
    mutation: Mutation, next_file: NextFile, tmp_path: Path
) -> None:
    checkout = copy_checkout(tmp_path / "checkout")

    report = renewal.bump(next_file(mutation.apply), checkout, renewal.Options(date(2026, 12, 4)))

    assert report.changed
    assert report.part in ("minor", "patch", "none"), "no Python caller breaks"


def _operations(specification: dict[str, Any]) -> set[str]:
    items = (item for path in specification["paths"].values() for item in path.values())
    return {item["operationId"] for item in items if isinstance(item, dict) and "operationId" in item}
