"""Every operation belongs to a capability of the API's catalogue, which an overlay document names."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from effective import EFFECTIVE

import capabilities
import generate
import table
from facts import FactError
from recraft_api.operations import CAPABILITIES, OPERATIONS

ROOT = Path(generate.__file__).resolve().parent.parent

#: What the API's catalogue publishes, but for `enhancePrompt` and what came later.
CATALOGUE = {
    "generation": "createImage createRasterImage createVectorImage exploreImages",
    "vector": "createVectorImage vectorizeImage",
    "editing": "imageToImage inpaintImage outpaintImage eraseRegion variateImage exploreSimilarImages enhancePrompt",
    "background": "removeBackground replaceBackground generateBackground",
    "upscale-vectorize": "vectorizeImage crispUpscale creativeUpscale",
    "styles": "createStyle",
    "users": "getCurrentUser",
}


def changed(identifier: str, named: list[str] | None) -> dict[str, Any]:
    """The effective specification with other capabilities at an operation; None removes them."""
    specification = copy.deepcopy(EFFECTIVE)
    for path in specification["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict) and operation.get("operationId") == identifier:
                del operation["x-capability"]
                if named is not None:
                    operation["x-capability"] = named
    return specification


def test_the_seven_capabilities_of_the_catalogue_have_its_operations() -> None:
    assert list(CAPABILITIES) == list(CATALOGUE)
    for name, identifiers in CATALOGUE.items():
        assert [each for each in identifiers.split() if name not in OPERATIONS[each]["capability"]] == []


@pytest.mark.checkout
def test_every_operation_belongs_to_a_capability() -> None:
    assert capabilities.unnamed(EFFECTIVE) == []
    assert [identifier for identifier, entry in OPERATIONS.items() if not entry["capability"]] == []


def test_an_operation_without_a_capability_is_reported_and_generated_all_the_same() -> None:
    specification = changed("crispUpscale", None)
    (said,) = capabilities.unnamed(specification)
    assert said.startswith("crispUpscale belongs to no capability")
    assert "'capability': []" in table.emit_operations(specification)


def test_a_new_operation_without_a_capability_is_a_warning_of_the_pipeline(
    tmp_path: Path, named: dict[str, Any], after_names: Path
) -> None:
    named["paths"]["/images/animate"] = {
        "post": {"operationId": "animateImage", "responses": {"200": {"description": "ok"}}}
    }
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(named), "utf-8")
    _, warnings = generate.effective(path, after_names)
    assert [said.split()[0] for said in warnings if "capability" in said] == ["animateImage"]


def test_a_capability_that_is_not_declared_stops_the_generation_and_is_named() -> None:
    with pytest.raises(FactError, match="crispUpscale: x-capability names 'upscaling'; expected one of generation"):
        table.emit_operations(changed("crispUpscale", ["upscaling"]))


def test_a_capability_without_an_operation_stops_the_generation_and_is_named() -> None:
    specification = copy.deepcopy(EFFECTIVE)
    specification["x-capabilities"]["video"] = "Make moving images."
    with pytest.raises(FactError, match="x-capabilities has video, and no operation"):
        table.emit_operations(specification)
