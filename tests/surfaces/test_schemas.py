"""JSON Schemas of results, and results as linked data: checked with the reference validators."""

from __future__ import annotations

import copy
import hashlib
import json
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any
from uuid import UUID

import anyio
import jsonschema
import pytest
from pyld import jsonld

import recraft
from recraft import AsyncRecraft, FileExists, Image, ImageResult, Listing, Origin, Recraft, Style
from recraft.testing import make_result

SCHEMAS = resources.files("recraft").joinpath("agents", "schemas")
SCHEMA, VENDOR = "https://schema.org/", "https://www.recraft.ai/vocab#"
ORIGIN = Origin(
    operation="createImage",
    model="recraftv3",
    prompt="a fox",
    at=datetime(2026, 11, 1, 12, tzinfo=UTC),
    credits=40.5,
    images=1,
)


def schema(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(SCHEMAS.joinpath(name).read_text("utf-8"))
    return document


def problems(document: Any, name: str) -> list[str]:
    """What the reference validator has against a document, formats included."""
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    validator = jsonschema.Draft202012Validator(schema(name), format_checker=checker)
    return [error.message for error in validator.iter_errors(document)]


def again(document: Any) -> Any:
    """The document after it was expanded and compacted with its context; it stands in a folder of its own."""
    where = {"base": "https://pictures.example/foxes/"}
    return jsonld.compact(jsonld.expand(document, where), {"@context": document["@context"]}, where)


@pytest.mark.parametrize("name", ["image.schema.json", "style.schema.json"])
def test_the_schemas_are_valid_in_their_own_dialect(name: str) -> None:
    assert schema(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("form", ["url", "b64_json", "multipart"])
def test_images_of_a_call_validate_in_every_form_and_so_does_each_alone(form: Any, recraft_client: Recraft) -> None:
    result = recraft_client.images.generate("a fox", n=2, response_format=form)
    assert problems(result.to_dict(), "image.schema.json") == []
    assert problems(result[0].to_dict(), "image.schema.json") == []
    assert problems(result.to_jsonld(), "image.schema.json") == []
    assert problems(json.loads(result.to_json()), "image.schema.json") == []


def test_results_made_by_hand_and_repaired_ones_validate() -> None:
    broken = recraft.results.read_images(_answer({"created": "soon", "credits": "x", "data": [{"url": "https://a/b"}]}))
    for result in (make_result(2), ImageResult([Image("https://a.example/x.png")]), broken):
        assert problems(result.to_dict(), "image.schema.json") == []


def _answer(data: dict[str, Any]) -> Any:
    from recraft._core.outgoing import readable

    return readable("ImageSet", data)[0]


def test_styles_validate_alone_and_as_a_listing(recraft_client: Recraft) -> None:
    style = recraft_client.styles.create("digital_illustration", [make_result()[0].data or b""])
    assert problems(style.to_dict(), "style.schema.json") == []
    assert problems(recraft_client.styles.list().to_dict(), "style.schema.json") == []
    assert problems(recraft_client.styles.get(style).to_jsonld(), "style.schema.json") == []


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(images=[{}]),
        lambda data: data.update(credits="40"),
        lambda data: data.update(extra=1),
        lambda data: data["images"][0]["raw"].update(extra=1),
        lambda data: data.update(created="yesterday"),
        lambda data: data["images"][0].update(image_id="fox"),
        lambda data: data["images"][0].update(type="Style"),
        lambda data: data["images"][0]["origin"].pop("operation"),
        lambda data: data.pop("type"),
    ],
)
def test_a_document_that_no_result_would_write_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    data = make_result([Image("https://a.example/x", image_id=UUID(int=1), origin=ORIGIN)]).to_dict()
    assert problems(data, "image.schema.json") == []
    change(data)
    assert problems(data, "image.schema.json") != []


def test_every_attribute_of_an_image_and_a_style_is_in_its_schema() -> None:
    image = schema("image.schema.json")["$defs"]
    assert set(Image("u", origin=ORIGIN).to_dict()) <= set(image["Image"]["properties"])
    assert set(make_result().to_dict()) <= set(image["ImageResult"]["properties"])
    assert set(Style(UUID(int=1)).to_dict()) <= set(schema("style.schema.json")["$defs"]["Style"]["properties"])


def test_a_recorded_image_expands_to_the_terms_of_schema_org_where_it_has_them() -> None:
    image = Image(
        "https://a.example/x?sig=1",
        image_id=UUID(int=1),
        revised_prompt="a red fox",
        expires_at=datetime(2026, 11, 2, 12, tzinfo=UTC),
        origin=ORIGIN,
    )
    expanded = jsonld.expand(image.to_jsonld())
    moment = f"{SCHEMA}DateTime"
    assert expanded == [
        {
            "@type": [f"{SCHEMA}ImageObject"],
            f"{SCHEMA}identifier": [{"@value": str(UUID(int=1))}],
            f"{VENDOR}revisedPrompt": [{"@value": "a red fox"}],
            f"{SCHEMA}expires": [{"@type": moment, "@value": "2026-11-02T12:00:00+00:00"}],
            "@reverse": {
                f"{SCHEMA}result": [
                    {
                        "@type": [f"{SCHEMA}CreateAction"],
                        f"{VENDOR}operation": [{"@value": "createImage"}],
                        f"{VENDOR}model": [{"@value": "recraftv3"}],
                        f"{VENDOR}prompt": [{"@value": "a fox"}],
                        f"{SCHEMA}endTime": [{"@type": moment, "@value": "2026-11-01T12:00:00+00:00"}],
                        f"{VENDOR}credits": [{"@value": 40.5}],
                        f"{VENDOR}imageCount": [{"@value": 1}],
                    }
                ]
            },
        }
    ]


def test_results_of_every_kind_are_the_same_after_expansion_and_compaction(recraft_client: Recraft) -> None:
    client = recraft_client
    results: list[Any] = [
        client.images.generate("a fox", n=2),
        client.images.generate("a fox")[0],
        client.prompts.enhance("a fox"),
        client.styles.create("digital_illustration", [make_result()[0].data or b""]),
        client.styles.list(),
        client.styles.list_basic(),
        client.models.list(),
        client.colors.optimize(["#ff8800", "#ff8801"], 1),
        client.users.me(),
        client.service.status(),
        Listing([]),
    ]
    for result in results:
        document = result.to_jsonld()
        assert again(document) == document


def test_a_linked_document_is_read_as_the_result_it_was_made_of(recraft_client: Recraft) -> None:
    result = recraft_client.images.generate("a fox", n=2, model="recraftv3")
    read = ImageResult.from_dict(again(result.to_jsonld()))
    assert [image.image_id for image in read] == [image.image_id for image in result]
    assert [image.origin for image in read] == [image.origin for image in result]
    assert (read.credits, read.created) == (result.credits, result.created)
    assert read[0].url is None


def test_an_image_knows_how_it_came_to_be_wherever_it_travels(recraft_client: Recraft) -> None:
    result = recraft_client.images.generate("a fox", n=2, model="recraftv3")
    origin = result[1].origin
    assert origin is not None
    assert (origin.operation, origin.model, origin.prompt) == ("createImage", "recraftv3", "a fox")
    assert (origin.at, origin.credits, origin.images) == (result.created, result.credits, 2)
    assert pickle.loads(pickle.dumps(result[1])).origin == origin
    assert ImageResult.from_dict(result.to_dict())[1].origin == origin
    assert "a fox" not in repr(result) + repr(origin)


def test_an_edit_without_a_prompt_says_its_operation_alone(recraft_client: Recraft) -> None:
    origin = recraft_client.images.remove_background(recraft_client.fetch(recraft_client.images.generate("a fox")[0]))[
        0
    ].origin
    assert origin is not None
    assert (origin.operation, origin.model, origin.prompt) == ("removeBackground", None, None)


def test_a_model_that_is_no_text_is_not_said_to_be_one(recraft_client: Recraft) -> None:
    result = recraft_client.images.explore("a fox", extra={"mood": 5})
    photo = recraft_client.fetch(result[0])
    made = recraft_client.images.remove_background(photo, extra={"model": 5})
    assert problems(made.to_dict(), "image.schema.json") == []


def test_a_linked_document_belongs_to_whoever_asked_for_it() -> None:
    first = make_result().to_jsonld()
    first["@context"].clear()
    assert make_result().to_jsonld()["@context"] != {}


def test_an_image_of_an_awaiting_client_knows_it_too(recraft_async_client: AsyncRecraft) -> None:
    async def main() -> ImageResult:
        return await recraft_async_client.images.generate("a fox")

    origin = anyio.run(main)[0].origin
    assert origin is not None
    assert origin.prompt == "a fox"


def test_how_an_image_came_to_be_counts_neither_for_equality_nor_for_the_hash() -> None:
    one, other = Image("https://a.example/x", origin=ORIGIN), Image("https://a.example/x")
    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize("form", ["url", "b64_json", "multipart"])
def test_a_sidecar_says_what_its_image_is_and_holds_no_address_and_no_token(
    form: Any, recraft_client: Recraft, tmp_path: Path
) -> None:
    result = recraft_client.images.generate("a fox", n=2, response_format=form)
    paths = recraft_client.save(result, tmp_path, name="fox-{index}", sidecar=True)
    assert [path.name for path in sorted(tmp_path.iterdir())] == [
        "fox-1.webp",
        "fox-1.webp.jsonld",
        "fox-2.webp",
        "fox-2.webp.jsonld",
    ]
    for path, image in zip(paths, result, strict=True):
        text = path.with_name(f"{path.name}.jsonld").read_text("utf-8")
        document = json.loads(text)
        assert problems(document, "image.schema.json") == []
        assert again(document) == document
        assert document["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert (document["file"], document["media_type"]) == (path.name, "image/webp")
        assert document["origin"]["prompt"] == "a fox"
        assert Image.from_dict(document).origin == image.origin
        assert "127.0.0.1" not in text
        assert recraft_client._settings.token not in text


def test_a_converted_image_has_a_sidecar_of_what_it_is_in_the_end(recraft_client: Recraft, tmp_path: Path) -> None:
    (path,) = recraft_client.save(make_result(), tmp_path, format="jpg", sidecar=True)
    document = json.loads(path.with_name(f"{path.name}.jsonld").read_text("utf-8"))
    assert document["media_type"] == "image/jpeg"
    assert document["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_an_image_that_is_there_already_gets_no_sidecar_of_another_one(recraft_client: Recraft, tmp_path: Path) -> None:
    (tmp_path / "fox.png").write_bytes(b"mine")
    with pytest.raises(FileExists):
        recraft_client.save(make_result(), tmp_path, name="fox", sidecar=True)
    assert [path.name for path in tmp_path.iterdir()] == ["fox.png"]


def test_a_sidecar_that_is_there_already_keeps_its_image_from_being_written(
    recraft_client: Recraft, tmp_path: Path
) -> None:
    (tmp_path / "fox.png.jsonld").write_text("mine")
    with pytest.raises(FileExists, match=r"fox\.png\.jsonld"):
        recraft_client.save(make_result(), tmp_path, name="fox", sidecar=True)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]
    recraft_client.save(make_result(), tmp_path, name="fox", sidecar=True, overwrite=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fox.png", "fox.png.jsonld"]


def test_a_prompt_that_no_file_could_hold_is_written_all_the_same(recraft_client: Recraft, tmp_path: Path) -> None:
    prompt = 'half \ud800 a pair, "quotes" and \0'
    image = copy.copy(make_result()[0])
    made = Image(data=image.data, origin=Origin(operation="createImage", prompt=prompt))
    (path,) = recraft_client.save(made, tmp_path, name="odd", sidecar=True)
    document = json.loads(path.with_name("odd.png.jsonld").read_text("utf-8"))
    assert document["origin"]["prompt"] == prompt
