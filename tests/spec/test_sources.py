"""An API that was split into several files is one document."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

import diff
import specfile
from specfile import SpecError

COMMON: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Pets", "version": "1"},
    "servers": [{"url": "https://api.example.com/v1"}],
    "tags": [{"name": "all"}],
}
PET = {"type": "object", "properties": {"name": {"type": "string"}}}


def operation(name: str, reference: str = "#/components/schemas/Pet") -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": reference}}}
    return {"operationId": name, "responses": {"200": {"description": "", "content": content}}}


def part(paths: dict[str, Any], schemas: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**COMMON, "paths": paths, "components": {"schemas": schemas}, **more}


def write(folder: Path, **parts: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, document in parts.items():
        (folder / f"{name}.yaml").write_text(json.dumps(document))
    return folder


def test_what_is_equal_in_two_files_is_there_once(tmp_path: Path) -> None:
    cats = part({"/cats": {"get": operation("cats")}}, {"Pet": PET, "Cat": {"type": "string"}}, tags=[{"name": "cats"}])
    dogs = part({"/dogs": {"get": operation("dogs")}}, {"Pet": PET}, info={"title": "Dogs", "version": "2"})

    merged = specfile.load(write(tmp_path, cats=cats, dogs=dogs))

    assert merged == {
        **COMMON,
        "tags": [{"name": "cats"}, {"name": "all"}],
        "paths": {**cats["paths"], **dogs["paths"]},
        "components": {"schemas": {"Pet": PET, "Cat": {"type": "string"}}},
    }
    assert specfile.validate(merged) == []


def test_operations_of_one_path_may_stand_in_several_files(tmp_path: Path) -> None:
    parameters = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
    read = part({"/pets/{id}": {"get": operation("one"), "parameters": parameters}}, {"Pet": PET})
    write_ = part({"/pets/{id}": {"put": operation("set"), "parameters": parameters}}, {"Pet": PET})

    merged = specfile.load(write(tmp_path, read=read, write=write_))

    assert list(merged["paths"]["/pets/{id}"]) == ["get", "parameters", "put"]


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (
            part({}, {"Pet": {**PET, "required": ["name"]}}),
            "a.yaml and b.yaml say different things at /components/schemas",
        ),
        (
            part({"/pets": {"get": operation("other")}}, {}),
            "a.yaml and b.yaml say different things at /paths/~1pets/get",
        ),
        (part({"/pets": {"put": operation("put"), "parameters": []}}, {}), "beside the methods of /pets"),
        ({**part({}, {}), "openapi": "3.1.0"}, "a.yaml and b.yaml say different things at /openapi"),
        ({**part({}, {}), "servers": [{"url": "https://other.example.com"}]}, "different things at /servers"),
        (part({}, {}, security=[]), "a.yaml and b.yaml differ in having `security` at the top"),
    ],
)
def test_two_files_that_say_different_things_of_one_name_are_an_error_that_names_both(
    tmp_path: Path, other: dict[str, Any], words: str
) -> None:
    folder = write(tmp_path, a=part({"/pets": {"get": operation("pets")}}, {"Pet": PET}), b=other)
    with pytest.raises(SpecError) as caught:
        specfile.load(folder)
    assert words in str(caught.value)


def test_every_difference_is_told(tmp_path: Path) -> None:
    schemas = {"Pet": {"type": "string"}, "Cat": {"type": "string"}}
    others = {"Pet": {"type": "integer"}, "Cat": {"type": "integer"}}
    with pytest.raises(SpecError) as caught:
        specfile.load(write(tmp_path, a=part({}, schemas), b=part({}, others)))
    assert len(caught.value.problems) == 2


def test_true_is_not_one(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="different things"):
        specfile.load(write(tmp_path, a=part({}, {"A": {"enum": [1]}}), b=part({}, {"A": {"enum": [True]}})))


def test_references_to_a_file_beside_are_references_within(tmp_path: Path) -> None:
    pets = part({"/pets": {"get": operation("pets", "./common.yaml#/components/schemas/Pet")}}, {})
    folder = write(tmp_path, common=part({}, {"Pet": PET}), pets=pets)

    merged = specfile.load(folder)

    assert specfile.validate(merged) == []
    assert merged["paths"]["/pets"]["get"] == operation("pets")


def test_references_to_other_files_are_refused(tmp_path: Path) -> None:
    pets = part({"/pets": {"get": operation("pets", "../common.yaml#/components/schemas/Pet")}}, {})
    with pytest.raises(SpecError, match="leaves the document"):
        specfile.validate(specfile.load(write(tmp_path, a=part({}, {"Pet": PET}), pets=pets)))


def test_what_is_wrong_with_a_file_names_it(tmp_path: Path) -> None:
    write(tmp_path, a=part({}, {}))
    (tmp_path / "b.yaml").write_text("openapi: 1\nopenapi: 2\n")
    with pytest.raises(SpecError, match=r"^b\.yaml: the key 'openapi' appears twice"):
        specfile.load(tmp_path)


def test_a_folder_with_one_file_is_that_file(tmp_path: Path) -> None:
    folder = write(tmp_path, only=part({}, {}))
    assert specfile.load(folder) == part({}, {})
    assert specfile.sha256(folder) == specfile.sha256(folder / "only.yaml")
    assert specfile.lines(folder) == specfile.lines(folder / "only.yaml")


def test_the_digest_of_several_files_is_that_of_their_digests_whatever_they_are_called(tmp_path: Path) -> None:
    folder = write(tmp_path, a=part({}, {"A": PET}), b=part({}, {"B": PET}))
    digests = sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir())
    assert specfile.sha256(folder) == hashlib.sha256("".join(f"{each}\n" for each in digests).encode()).hexdigest()


def test_files_given_one_by_one_are_gathered_where_they_can_be_told_apart(tmp_path: Path) -> None:
    one, other = write(tmp_path / "one", a=part({}, {})), write(tmp_path / "other", a=part({}, {}), b=part({}, {}))
    (tmp_path / "scratch").mkdir()
    assert specfile.gathered([one / "a.yaml"], tmp_path / "scratch") == one / "a.yaml"

    with pytest.raises(SpecError, match=r"two files are called a\.yaml"):
        specfile.gathered([one / "a.yaml", other / "a.yaml"], tmp_path / "scratch")
    (tmp_path / "again").mkdir()
    with pytest.raises(SpecError, match=r"gone\.yaml cannot be read"):
        specfile.gathered([one / "a.yaml", other / "gone.yaml"], tmp_path / "again")
    (tmp_path / "third").mkdir()
    found = specfile.gathered([one / "a.yaml", other / "b.yaml"], tmp_path / "third")
    assert [path.name for path in specfile.files(found)] == ["a.yaml", "b.yaml"]


def test_a_document_that_was_split_is_nothing_new_to_the_differ(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cats, dogs = ({f"/{name}": {"get": operation(name)}} for name in ("cats", "dogs"))
    whole = write(tmp_path / "whole", api=part({**cats, **dogs}, {"Pet": PET}))
    split = write(tmp_path / "split", cats=part(cats, {"Pet": PET}), dogs=part(dogs, {"Pet": PET}))

    assert diff.main([str(whole), str(split)]) == 0
    assert "identical" in capsys.readouterr().out

    write(split, dogs=part({}, {"Pet": PET}))
    assert diff.main([str(whole), str(split)]) == 2
    write(split, dogs=part({}, {"Pet": {}}))
    assert diff.main([str(whole), str(split)]) == 3
    assert "cats.yaml and dogs.yaml say different things" in capsys.readouterr().err
