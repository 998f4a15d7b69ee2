"""What hand-written code knows of the specification: facts in overlay documents, whatever the names are."""

from __future__ import annotations

import copy
import inspect
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from effective import EFFECTIVE, OVERLAYS, SPEC

import facts
import generate
import helpers
import recraft
import schemas
import table

ROOT = Path(generate.__file__).resolve().parent.parent
HELPERS = helpers.helpers(ROOT / "overlay" / "recraft")
JSON, MULTIPART = "application/json", "multipart/form-data"


def operations_of(specification: dict[str, Any]) -> dict[str, Any]:
    """The emitted table of operations."""
    namespace: dict[str, Any] = {}
    exec(table.emit_operations(specification), namespace)
    found: dict[str, Any] = namespace["OPERATIONS"]
    return found


OPERATIONS = operations_of(EFFECTIVE)


def without(node: Any, key: str, value: Any) -> Any:
    """A copy of an overlay document that no longer states one fact; an action that stated nothing else is gone."""
    if isinstance(node, list):
        return [item for item in (without(item, key, value) for item in node) if item is not None]
    if not isinstance(node, dict):
        return node
    kept = {name: without(item, key, value) for name, item in node.items() if not (name == key and value(item))}
    return None if "target" in kept and kept.get("update") == {} else kept


@pytest.mark.parametrize("fact", facts.FACTS)
def test_a_fact_that_no_document_states_any_more_stops_the_generation_and_is_named(fact: str, tmp_path: Path) -> None:
    key, _, told = fact.partition("=")
    states: Callable[[Any], bool] = (
        (lambda item: item == told) if told else (lambda item: not isinstance(item, str) or key != "x-image")
    )
    for path in OVERLAYS.glob("*.yaml"):
        whole = generate.overlays.load(path)
        document = without(whole, key, states)
        # Only what says less is written anew: reading the others was done before.
        text = path.read_text("utf-8") if document == whole else json.dumps(document)
        (tmp_path / path.name).write_text(text, "utf-8")
    specification, _ = generate.effective(SPEC, tmp_path)

    with pytest.raises(facts.FactError) as caught:
        generate.generate(specification, ROOT / "spec", tmp_path / "never")

    assert f"carries {fact}. Give it in an overlay document: {facts.FACTS[fact]}" in str(caught.value)
    assert not (tmp_path / "never").exists()


def test_a_specification_without_any_fact_is_told_which_document_is_missing(tmp_path: Path) -> None:
    specification, _ = generate.effective(SPEC, OVERLAYS, ["hygiene"])
    with pytest.raises(facts.FactError, match=r"apply spec/overlays/30-helpers\.yaml"):
        generate.generate(specification, ROOT / "spec", tmp_path / "never")


def changed(place: str, value: Any) -> dict[str, Any]:
    """The effective specification with another value at a place, such as `Color.x-role`; None removes it."""
    specification = copy.deepcopy(EFFECTIVE)
    *steps, last = place.split(".")
    node = {
        **specification["components"]["schemas"],
        "request": request(specification),
        "paths": specification["paths"],
    }
    for step in steps:
        node = node[step]
    if value is None:
        del node[last]
    else:
        node[last] = value
    return specification


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        ("Color.x-role", "colour", "schemas/Color: x-role is 'colour'; expected `x-role: size`"),
        ("Color.x-role", ["size"], "x-role is ['size']; expected"),
        ("Image.x-image", "url", "x-image is 'url'; expected `x-image: true`"),
        ("Image.x-image", False, "x-image is False; expected"),
        ("BrandControls.x-spread", "yes", "x-spread is 'yes'; expected"),
        ("request.style.x-argument", "class", "x-argument is 'class'; expected"),
        ("request.style.x-argument", True, "x-argument is True; expected"),
        ("request.style.x-same-as", 1, "x-same-as is 1; expected"),
        ("paths./styles.post.x-always-send", "style", "x-always-send is 'style'; expected"),
    ],
)
def test_a_fact_with_a_value_that_says_nothing_is_refused(place: str, value: Any, words: str) -> None:
    with pytest.raises(facts.FactError) as caught:
        facts.check(changed(place, value))
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ([*EFFECTIVE["x-facts"], "x-smell"], "x-facts declares 'x-smell', which is none; known are x-image,"),
        (
            [fact for fact in EFFECTIVE["x-facts"] if fact != "x-role=size"],
            "size states x-role=size, which is not declared",
        ),
    ],
    ids=["unknown", "undeclared"],
)
def test_exactly_the_known_facts_can_be_declared(declared: list[str], words: str) -> None:
    with pytest.raises(facts.FactError) as caught:
        facts.check({**EFFECTIVE, "x-facts": declared})
    assert words in str(caught.value)


NESTED_SIZE = {"type": "object", "properties": {"size": {"type": "integer", "x-role": "size"}}}
SECOND_IMAGE = {"type": "string", "format": "binary", "x-argument": "image"}
MORE_CONTROLS = {"type": "object", "x-spread": True, "properties": {"colors": {"type": "string"}}}
CONTRADICTIONS = [
    ("request.size.type", "integer", "createImage (application/json): size has x-role: size, which is no ['integer']"),
    ("request.frame", NESTED_SIZE, "frame.size has x-role: size, which is no ['integer']"),
    ("Color.required", ["rgb", "std"], "exactly one required member, of type array: ['rgb', 'std']"),
    ("WeightedHexColor.required", ["weight"], "exactly one required member, of type string: ['weight']"),
    ("request.x", {"type": "integer", "x-role": "count"}, "createImage: n and x both have x-role: count"),
    ("BrandControls.properties", None, "controls has x-spread, but no members"),
    ("request.more", MORE_CONTROLS, "colors is a member of both controls and more"),
    ("request.style.x-same-as", "gone", "style has x-same-as: gone, which is no property beside it"),
    (
        "OutpaintRequest.properties.outpaint_top.x-same-as",
        "outpaint_left",
        "expand_top has x-same-as: outpaint_top, which is",
    ),
    ("paths./users/me.get.responses.200", None, "getCurrentUser documents no success (2xx), so none could be told"),
    ("FileOnlyRequest.properties.second", SECOND_IMAGE, "image and second both take the image that helpers call image"),
    (
        "OutpaintRequest.properties.outpaint_top.x-argument",
        None,
        "outpaint_top has x-argument in one media type and not in another",
    ),
    ("paths./images/inpaint.post.x-always-send", {"force": 1}, "inpaintImage: x-always-send names force, which is no"),
]


@pytest.mark.parametrize(("place", "value", "words"), CONTRADICTIONS, ids=[words for *_, words in CONTRADICTIONS])
def test_a_fact_that_contradicts_its_schema_is_refused(place: str, value: Any, words: str) -> None:
    with pytest.raises(facts.FactError) as caught:
        table.emit_operations(changed(place, value))
    assert words in str(caught.value)


def schema(specification: dict[str, Any], name: str) -> Any:
    return specification["components"]["schemas"][name]


def request(specification: dict[str, Any]) -> Any:
    return schema(specification, "GenerationRequest")["properties"]


def test_an_overlay_document_with_a_misspelt_fact_is_refused(tmp_path: Path) -> None:
    shutil.copytree(OVERLAYS, tmp_path, dirs_exist_ok=True)
    text = (OVERLAYS / "30-helpers.yaml").read_text("utf-8").replace("{x-argument: top}", "{x-argment: top}")
    (tmp_path / "30-helpers.yaml").write_text(text, "utf-8")
    with pytest.raises(
        facts.FactError, match=r"30-helpers\.yaml: \$\.\.properties\.outpaint_top says x-argment, which nobody reads"
    ):
        generate.effective(SPEC, tmp_path)


def test_an_extension_of_the_vendors_own_is_no_fact() -> None:
    specification = copy.deepcopy(EFFECTIVE)
    specification["info"]["x-logo"] = {"url": "https://img.invalid/a.png"}
    request(specification)["x-role"] = {"type": "string"}  # a property of that name
    facts.check(specification)


# What follows from the facts.


def test_images_are_counted_by_the_property_that_says_how_many() -> None:
    assert {name: facts["images"] for name, facts in OPERATIONS.items() if facts["images"] == "n"}.keys() >= {
        "createImage",
        "variateImage",
        "eraseRegion",
    }
    assert [OPERATIONS[name]["images"] for name in ("vectorizeImage", "crispUpscale", "refineDetails")] == [1, 1, 1]
    assert [
        OPERATIONS[name]["images"] for name in ("enhancePrompt", "createStyle", "getCurrentUser", "deleteStyle")
    ] == [0] * 4


@pytest.mark.parametrize(
    ("operation", "media_type", "images"),
    [
        ("inpaintImage", MULTIPART, {"image": "image", "mask": "mask"}),
        ("inpaintImage", JSON, {"image": "image_url", "mask": "mask_url"}),
        ("createStyle", MULTIPART, {"images": "file"}),
        ("createStyle", JSON, {"images": "image_urls"}),
        ("exploreSimilarImages", JSON, {}),
        ("createImage", JSON, {"style_references": "style_reference_urls"}),
        ("createImage", MULTIPART, {"style_references": "style_references"}),
        ("refineDetails", MULTIPART, {"image": "file"}),
        ("exploreImages", JSON, {}),
    ],
)
def test_each_body_tells_where_the_image_of_an_argument_goes(
    operation: str, media_type: str, images: dict[str, str]
) -> None:
    assert OPERATIONS[operation]["bodies"][media_type]["images"] == images


def test_every_count_of_images_has_its_bounds() -> None:
    counts = [
        (name, facts_of["bodies"][media_type]["properties"][key])
        for name, facts_of in OPERATIONS.items()
        for media_type in facts_of["bodies"]
        for key in [facts_of["images"]]
        if key in facts_of["bodies"][media_type]["properties"]
    ]
    assert len(counts) >= 14
    assert {(name, found.get("minimum"), found.get("maximum")) for name, found in counts} == {
        (name, 1, 6) for name, _ in counts
    }


def test_a_bound_of_the_vendors_own_is_kept(named: dict[str, Any], after_names: Path) -> None:
    schema(named, "BackgroundRequest")["properties"]["n"]["maximum"] = 2
    for path in sorted(after_names.iterdir()):
        assert generate.overlays.apply(named, generate.overlays.load(path), path.name) == []
    bodies = operations_of(named)["replaceBackground"]["bodies"]
    assert bodies[MULTIPART]["properties"]["n"]["maximum"] == 2
    assert bodies[JSON]["properties"]["n"]["maximum"] == 6


def test_members_of_a_spread_object_and_copies_tell_where_they_go() -> None:
    members = ("colors", "background_color", "no_text", "artistic_level")
    assert OPERATIONS["createImage"]["bodies"][JSON]["spread"] == dict.fromkeys(members, "controls")
    edges = {f"expand_{side}": f"outpaint_{side}" for side in ("top", "bottom", "left", "right")}
    assert {body["copies"] == edges for body in OPERATIONS["outpaintImage"]["bodies"].values()} == {True}
    assert OPERATIONS["inpaintImage"]["bodies"][JSON]["copies"] == {}


def test_roles_stand_in_the_expanded_schemas_at_any_depth() -> None:
    properties = OPERATIONS["createImage"]["bodies"][JSON]["properties"]
    roles = {key: found["x-role"] for key, found in properties.items() if "x-role" in found}
    assert roles == {"prompt": "prompt", "size": "size", "n": "count", "style_id": "style"}
    controls = properties["controls"]["properties"]
    assert controls["colors"]["items"]["x-role"] == controls["background_color"]["x-role"] == "color-rgb"
    palette = OPERATIONS["optimizeColors"]["bodies"][JSON]["properties"]["colors"]
    assert palette["items"]["x-role"] == "color-hex"
    assert OPERATIONS["getStyle"]["parameters"]["style_id"]["schema"]["x-role"] == "style"


def test_a_fact_beside_a_reference_belongs_to_that_use_of_the_schema() -> None:
    specification = copy.deepcopy(EFFECTIVE)
    specification["components"]["schemas"]["Size"] = {"type": "string"}
    request(specification)["size"] = {"$ref": "#/components/schemas/Size", "x-role": "size"}
    assert operations_of(specification)["createImage"]["bodies"][JSON]["properties"]["size"]["x-role"] == "size"


@pytest.mark.parametrize(
    "answer",
    [
        {"$ref": "#/components/schemas/Image"},
        {"type": "array", "items": {"$ref": "#/components/schemas/ImageSet"}},
        {"allOf": [{"$ref": "#/components/schemas/ImageSet"}, {"properties": {"more": {"type": "string"}}}]},
        {"oneOf": [{"type": "string"}, {"properties": {"made": {"$ref": "#/components/schemas/Image"}}}]},
        {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Image"}},
    ],
    ids=["alone", "listed", "all of", "one of", "by name"],
)
def test_an_answer_that_holds_an_image_anywhere_makes_images(answer: dict[str, Any]) -> None:
    specification = copy.deepcopy(EFFECTIVE)
    ok = {"description": "Made", "content": {JSON: {"schema": answer}}}
    specification["paths"]["/prompts/enhance"]["post"]["responses"]["200"] = ok
    assert operations_of(specification)["enhancePrompt"]["images"] == 1


@pytest.mark.parametrize("beside", [{}, {"200": {"description": "Taken in"}}, {"202": {"description": "Taken in"}}])
def test_a_success_other_than_200_is_the_answer(beside: dict[str, Any]) -> None:
    specification = copy.deepcopy(EFFECTIVE)
    responses = specification["paths"]["/images/generations"]["post"]["responses"]
    responses["201"] = responses.pop("200")
    responses |= beside
    made = operations_of(specification)["createImage"]
    assert (made["answer"], made["images"]) == ("ImageSet", "n")


RENAMES = {
    "an operation": ("createImage", "makePicture"),
    "the schema of an answer": ("ImageSet", "PictureSet"),
    "the schema of an image": ("Image", "Picture"),
    "the schema of a colour": ("Color", "Paint"),
    "an object whose members are options": ("controls", "brand"),
    "the count": ("n", "how_many"),
    "a size": ("size", "extent"),
    "an image": ("image", "picture"),
    "the address of an image": ("image_url", "picture_address"),
    "reference images": ("file", "references"),
    "another name of an edge": ("outpaint_top", "grow_up"),
    "a member that is an option": ("background_color", "backdrop"),
    "a style": ("style_id", "style_key"),
}


@pytest.mark.parametrize(("old", "new"), RENAMES.values(), ids=RENAMES)
def test_a_consistent_new_name_has_the_facts_of_the_old_one(old: str, new: str) -> None:
    def renamed(node: Any) -> Any:
        if isinstance(node, dict):
            return {
                renamed(key): item if key in ("x-argument", "x-role") else renamed(item) for key, item in node.items()
            }
        if isinstance(node, list):
            return [renamed(item) for item in node]
        named = {old: new, f"#/components/schemas/{old}": f"#/components/schemas/{new}"}
        return named.get(node, node) if isinstance(node, str) else node

    specification = renamed(EFFECTIVE)
    facts.check(specification)

    def told(entry: dict[str, Any]) -> Any:
        facts_of = ("images", "spread", "copies", "required")
        bodies = {kind: {key: body[key] for key in facts_of} for kind, body in entry["bodies"].items()}
        roles = {
            kind: {key: (found.get("x-role"),) for key, found in body["properties"].items()}
            for kind, body in entry["bodies"].items()
        }
        return {
            "images": entry["images"],
            "bodies": bodies,
            "roles": roles,
            "options": dict.fromkeys(entry["keywords"]),
        }

    before = {name: told(entry) for name, entry in OPERATIONS.items()}
    after = {name: told(entry) for name, entry in operations_of(specification).items()}
    for entry in (*before.values(), *after.values()):
        for body in entry["bodies"].values():
            body["images"] = {f"argument {argument}": key for argument, key in body["images"].items()}
    assert after == renamed(before)
    assert after != before or old in ("ImageSet", "Image", "Color")


def arguments_told() -> dict[str, set[str]]:
    """The arguments that facts give to the helper of each operation."""
    return {
        operation["operationId"]: {
            argument
            for body in schemas.request_bodies(EFFECTIVE, operation).values()
            for found in body.get("properties", {}).values()
            if (argument := schemas.flatten(EFFECTIVE, found).get("x-argument"))
        }
        for _, _, operation in schemas.operations(EFFECTIVE)
        if operation["operationId"] in HELPERS  # one that is new has none yet
    }


@pytest.mark.parametrize(("operation", "arguments"), arguments_told().items())
def test_what_is_called_an_argument_is_one_of_the_helper(operation: str, arguments: set[str]) -> None:
    helper: Any = recraft.Recraft("token", limiter=None)
    for step in HELPERS[operation].split(".")[1:]:
        helper = getattr(helper, step)
    given = inspect.signature(helper).parameters.keys() - OPERATIONS[operation]["keywords"].keys()
    path = {key for key, item in OPERATIONS[operation]["parameters"].items() if item["in"] == "path"}
    assert given == arguments | path


# Under another document's names nothing is silently wrong: the action that states a fact is stale, and stops.

OTHERWISE_SILENT: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "the images that the limiter counts": (
        lambda s: s["components"]["schemas"].update(Picture=s["components"]["schemas"].pop("Image")),
        "components.schemas.Image",
    ),
    "how many images to make": (
        lambda s: [
            schema["properties"].update(count=schema["properties"].pop("n"))
            for schema in s["components"]["schemas"].values()
            if "n" in schema.get("properties", {})
        ],
        "nothing to copy at $.components.schemas.GenerationRequest.properties.n",
    ),
    "the colours": (
        lambda s: s["components"]["schemas"].update(Paint=s["components"]["schemas"].pop("Color")),
        "components.schemas.Color",
    ),
    "the object whose members are options": (
        lambda s: s["components"]["schemas"].update(Brand=s["components"]["schemas"].pop("BrandControls")),
        "components.schemas.BrandControls",
    ),
}


@pytest.mark.parametrize(("rename", "words"), OTHERWISE_SILENT.values(), ids=OTHERWISE_SILENT)
def test_a_name_that_facts_hang_on_and_that_is_gone_is_an_error(
    rename: Callable[[dict[str, Any]], Any], words: str, named: dict[str, Any], after_names: Path, tmp_path: Path
) -> None:
    rename(named)
    text = json.dumps(named)
    for old, new in (("Image", "Picture"), ("Color", "Paint"), ("BrandControls", "Brand")):
        if new in named["components"]["schemas"]:
            text = text.replace(f'"#/components/schemas/{old}"', f'"#/components/schemas/{new}"')
    (tmp_path / "openapi.json").write_text(text)
    with pytest.raises((generate.GenerateError, generate.overlays.OverlayError)) as caught:
        generate.effective(tmp_path / "openapi.json", after_names)
    assert words in str(caught.value)


@pytest.mark.parametrize("bound", ["minimum", "maximum"])
def test_a_count_without_its_bounds_is_an_error(bound: str) -> None:
    specification = changed(f"request.n.{bound}", None)
    with pytest.raises(facts.FactError, match=f"createImage .*: n has x-role: count and no `{bound}`"):
        operations_of(specification)


def test_no_fact_that_one_operation_has_today_may_go_missing_unseen() -> None:
    """The bounds and counts that the limiter and the checks of values live on."""
    images = {name: entry["images"] for name, entry in OPERATIONS.items()}
    assert images["createImage"] == images["inpaintImage"] == "n"
    assert images["vectorizeImage"] == 1
    assert images["enhancePrompt"] == images["listStyles"] == 0
