"""Documents that name and promise more than ours: titles on components, members that answers must have."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from effective import EFFECTIVE

import answers
import generate

ROOT = Path(generate.__file__).resolve().parent.parent
JSON = "application/json"


def everything_required(document: dict[str, Any]) -> None:
    """Every member of every object that only answers hold is required."""
    for name in ("ImageSet", "Image", "Style", "User", "EnhancedPrompt"):
        schema = document["components"]["schemas"][name]
        schema["required"] = list(schema["properties"])


def vendors(tmp_path: Path, document: dict[str, Any], change: Any) -> Path:
    change(document)
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(document))
    return path


def python(package: Path, code: str) -> str:
    """Run code with the overlay package of this checkout on another generated package."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(package.parent), str(ROOT / "overlay")])}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_an_answer_that_lacks_required_members_is_read(
    named: dict[str, Any], after_names: Path, tmp_path: Path
) -> None:
    specification, warnings = generate.effective(vendors(tmp_path, named, everything_required), after_names)
    generate.generate(specification, ROOT / "spec", tmp_path / "recraft_api")

    assert warnings == [
        "answers may lack what the document requires of them: EnhancedPrompt, Image, ImageSet, Style, User"
    ]
    assert (
        python(
            tmp_path / "recraft_api",
            """
import httpx
from recraft import Recraft
said = iter([{"data": [{"url": "https://img.invalid/a.png"}]}, {"credits": 7}])
client = Recraft("token", transport=httpx.MockTransport(lambda request: httpx.Response(200, json=next(said))))
print(client.images.generate("fox")[0].url, client.users.me().credits)
""",
        )
        == "https://img.invalid/a.png 7"
    )


def test_what_a_request_holds_as_well_keeps_its_required_members() -> None:
    specification = copy.deepcopy(EFFECTIVE)
    schemas = specification["components"]["schemas"]
    schemas["ImageSet"]["properties"] |= {"paint": {"$ref": "#/components/schemas/Color"}}
    schemas["ImageSet"]["required"] = ["data"]
    shared = {"type": "object", "required": ["a"], "properties": {"a": {"type": "object", "required": ["b"]}}}
    specification["components"] |= {"requestBodies": {"Shared": {"content": {JSON: {"schema": shared}}}}}
    post = specification["paths"]["/prompts/enhance"]["post"]
    post["requestBody"] = {"$ref": "#/components/requestBodies/Shared"}
    post["responses"]["201"] = {
        "description": "ok",
        "content": {JSON: {"schema": {"oneOf": [copy.deepcopy(shared), {"$ref": "#/components/schemas/Color"}]}}},
    }

    before = copy.deepcopy(specification)
    assert answers.relax(specification) == [
        "answers may lack what the document requires of them: ImageSet, POST /prompts/enhance"
    ]

    assert schemas["Color"]["required"] == ["rgb"]
    assert specification["components"]["requestBodies"] == before["components"]["requestBodies"]
    assert "required" not in json.dumps(post["responses"])
    assert answers.relax(specification) == []


@pytest.mark.parametrize("name", ["required", "properties", "example"])
def test_a_property_may_be_called_like_a_keyword(name: str) -> None:
    specification = copy.deepcopy(EFFECTIVE)
    image = specification["components"]["schemas"]["Image"]
    image["properties"][name] = {"type": "object", "required": ["a"], "properties": {"a": {}}}
    answers.relax(specification)
    assert image["properties"][name] == {"type": "object", "properties": {"a": {}}}


def test_a_title_on_a_component_names_its_class_everywhere(
    named: dict[str, Any], after_names: Path, tmp_path: Path
) -> None:
    def change(document: dict[str, Any]) -> None:
        schemas = document["components"]["schemas"]
        schemas["GenerationRequest"]["title"] = "Text to image"
        schemas["ImageSet"]["title"] = "Set of images"
        schemas["ImageToImageRequest"]["title"] = "Image to image"  # a part of MaskedEditRequest, which has none

    specification, _ = generate.effective(vendors(tmp_path, named, change), after_names)
    generate.generate(specification, ROOT / "spec", tmp_path / "recraft_api")

    assert (
        python(
            tmp_path / "recraft_api",
            """
import httpx
from recraft import Recraft
client = Recraft("token", transport=httpx.MockTransport(lambda request: httpx.Response(200, json={"data": [{"url": "u"}]})))
print(type(client.images.generate("fox").raw).__name__)
""",
        )
        == "SetOfImages"
    )
