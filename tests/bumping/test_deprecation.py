"""What the vendor calls deprecated reaches whoever uses it once it is regenerated: nothing is edited by hand."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mutations import MUTATIONS

import generate
import helpers
from recraft_api.operations import OPERATIONS
from specfile.naming import module_name

from .conftest import ROOT
from .test_no_hand_edit import python

NextFile = Callable[[Callable[[dict[str, Any]], None]], Path]


def change(spec: dict[str, Any]) -> None:
    """An operation, an option, a member of an option, a value, a value in a list, and a parameter become deprecated."""
    for mutation in MUTATIONS:
        if mutation.name in ("operation_deprecated", "request_field_deprecated"):
            mutation.apply(spec)
    spec["paths"]["/images/explore"]["post"]["description"] = "Use /images/generations with n."
    schemas = spec["components"]["schemas"]
    generation = schemas["GenerationRequest"]["properties"]
    generation["model"] = {
        "type": "string",
        "enum": ["recraftv2", "recraftv3"],
        "x-deprecated-enum-values": ["recraftv2"],
    }
    generation["moods"] = {
        "type": "array",
        "items": {"type": "string", "enum": ["calm", "loud"], "x-deprecated-enum-values": ["loud"]},
    }
    schemas["BrandControls"]["properties"]["no_text"]["deprecated"] = True
    spec["paths"]["/users/me"]["get"]["parameters"] = [
        {"name": "verbose", "in": "query", "deprecated": True, "schema": {"type": "boolean"}}
    ]


def generate_anew(next_file: NextFile, target: Path) -> None:
    """The package for a document of today with these changes and no overlay document that says otherwise."""
    specification, _ = generate.effective(next_file(change), ROOT / "spec" / "overlays", ["hygiene", "helpers"])
    generate.generate(specification, ROOT / "spec", target / generate.PACKAGE)


SCRIPT = """
import json, pydoc, warnings
import httpx
from recraft import Recraft
client = Recraft("token", transport=httpx.MockTransport(lambda request: httpx.Response(200, json={"data": []})))
said = {}
def use(name, call):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("ignore")
        warnings.simplefilter("default", DeprecationWarning)
        for _ in range(2):
            call()
    said[name] = [(each.category.__name__, str(each.message)) for each in caught]
images = client.images
use("operation", lambda: images.explore("fox"))
use("option", lambda: images.generate("fox", substyle="grain"))
use("value", lambda: images.generate("fox", model="recraftv2"))
use("items", lambda: images.generate("fox", moods=["calm", "loud"]))
use("member", lambda: images.generate("fox", no_text=True))
use("parameter", lambda: client.users.me(verbose=True))
use("nothing", lambda: images.generate("fox", model="recraftv3", style="x", moods=["calm"], background_color="#fff"))
said["help"] = {
    name: pydoc.render_doc(getattr(images, name), renderer=pydoc.plaintext) for name in ("explore", "generate")
}
print(json.dumps(said))
"""


@pytest.mark.checkout
def test_what_becomes_deprecated_warns_and_is_marked_in_help_after_regeneration(
    next_file: NextFile, tmp_path: Path
) -> None:
    generate_anew(next_file, tmp_path)

    said = json.loads(python(tmp_path, SCRIPT))

    end = "The call is sent as it is; a later version of the API may not take it."
    shown = said.pop("help")
    assert {name: [text.removesuffix(end).strip() for _, text in each] for name, each in said.items()} == {
        "operation": ["exploreImages is deprecated by the service. Use /images/generations with n."],
        "option": ["createImage: substyle is deprecated."],
        "value": ["createImage: model='recraftv2' is deprecated."],
        "items": ["createImage: moods[]='loud' is deprecated."],
        "member": ["createImage: controls.no_text is deprecated."],
        "parameter": ["getCurrentUser: verbose is deprecated."],
        "nothing": [],
    }
    assert {kind for each in said.values() for kind, _ in each} == {"DeprecationWarning"}
    assert "Deprecated by the service: a later version of the API may not have it." in shown["explore"]
    assert re.search(r"substyle: Deprecated by the service\.", shown["generate"])
    assert "Deprecated by the service: 'recraftv2'." in shown["generate"]


@pytest.mark.checkout
@pytest.mark.slow
def test_pyright_reports_the_helpers_of_operations_that_became_deprecated(next_file: NextFile, tmp_path: Path) -> None:
    generate_anew(next_file, tmp_path)

    words = "exploreImages is deprecated by the service. Use /images/generations with n."
    assert by_pyright(tmp_path, tmp_path) == {
        "client.images.explore('fox')": words,
        "await other.images.explore('fox')": words,
    }


def test_pyright_reports_the_helpers_of_deprecated_operations(tmp_path: Path) -> None:
    found = by_pyright(tmp_path, ROOT / "generated")

    assert found == {
        "client.images.clarity_upscale('a.png')": "clarityUpscale is deprecated by the service.",
        "await other.images.clarity_upscale('a.png')": "clarityUpscale is deprecated by the service.",
    }


def by_pyright(folder: Path, package: Path) -> dict[str, str]:
    """What pyright calls deprecated in some calls, by their code, as it says so itself."""
    calls = [
        "client.images.explore('fox')",
        "client.images.generate('fox')",
        "client.images.clarity_upscale('a.png')",
        "await other.images.explore('fox')",
        "await other.images.clarity_upscale('a.png')",
        "await other.images.vectorize('a.png')",
    ]
    lines = [
        "from recraft import AsyncRecraft, Recraft",
        "async def use(client: Recraft, other: AsyncRecraft) -> None:",
    ]
    (folder / "calls.py").write_text("\n".join([*lines, *(f"    {call}" for call in calls)]), "utf-8")
    settings = {
        "include": ["calls.py"],
        "extraPaths": [str(ROOT / "overlay"), str(package)],
        "reportDeprecated": "error",
        "pythonVersion": "3.11",
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    pyright = [
        sys.executable,
        "-m",
        "pyright",
        "--outputjson",
        "--pythonpath",
        sys.executable,
        "--project",
        str(folder),
    ]
    run = subprocess.run(pyright, capture_output=True, text=True, check=False)
    found = [item for item in json.loads(run.stdout)["generalDiagnostics"] if item["rule"] == "reportDeprecated"]
    return {
        calls[item["range"]["start"]["line"] - len(lines)]: item["message"].partition("\n")[2].strip() for item in found
    }


def test_every_helper_carries_the_mark_of_its_operation() -> None:
    marked: dict[str, str] = {}
    for path in (ROOT / "overlay" / "recraft" / "api").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and (found := re.search(r"call\('(\w+)'", ast.unparse(node))):
                marks = [each.attr for each in node.decorator_list if isinstance(each, ast.Attribute)]
                marked[found[1]] = ", ".join(marks)
    assert marked == {operation: module_name(operation) for operation in OPERATIONS if operation in marked}
    assert set(marked) == set(helpers.helpers(ROOT / "overlay" / "recraft")), "an operation that is new has none yet"
