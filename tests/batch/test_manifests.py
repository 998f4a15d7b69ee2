"""A manifest is looked at whole before the first call: every mistake by its line, nothing sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from recraft import batch
from recraft.errors import InputError
from recraft.sandbox import Sandbox

from .support import charged_prompts, client_of, foxes, pictures, rows, states, write_jsonl


def run(sandbox: Sandbox, manifest: Any, folder: Path, **settings: Any) -> batch.Summary:
    with client_of(sandbox) as client:
        return batch.run(manifest, folder, client=client, **settings)


def mistakes(sandbox: Sandbox, manifest: Any, folder: Path, **settings: Any) -> dict[int, str]:
    with pytest.raises(batch.ManifestError) as caught:
        run(sandbox, manifest, folder, **settings)
    assert sandbox.ledger.requests == ()
    return {each.line: each.message for each in caught.value.mistakes}


def test_every_mistake_is_listed_with_its_line_and_nothing_is_sent(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    lines = [
        '{"prompt": "a fox"}',
        '{"prompt": "a fox", "n": 9}',
        '{"operation": "vectorise", "image": "a.png"}',
        "",
        '{"operation": "vectorize", "image": "nowhere.png"}',
        '{"operation": "inpaint", "image": "a.png"}',
        "not json",
        '["a list"]',
        '{"prompt": "a hen", "id": "x"}',
        '{"prompt": "a cow", "id": "x"}',
        '{"prompt": "a fox"}',
        '{"prompt": "half \\ud83d"}',
        '{"prompt": "a fox", "siez": "16:9"}',
        '{"prompt": "a hen", "id": " "}',
        '{"prompt": NaN}',
    ]
    manifest = tmp_path / "m.jsonl"
    manifest.write_text("\n".join(lines), "utf-8")
    found = mistakes(recraft_sandbox, manifest, tmp_path / "out")
    expected = {
        2: "n is 9",
        3: "Did you mean vectorize?",
        5: "nowhere.png",
        6: "needs mask, prompt",
        7: "not JSON",
        8: "expected an object",
        10: "on line 9",
        11: "same as line 1",
        12: "surrogate",
        13: "Did you mean size?",
        14: "id is",
        15: "not JSON",
    }
    assert found.keys() == expected.keys()
    for line, part in expected.items():
        assert part in found[line], found[line]
    assert states(tmp_path / "out") == {}


def test_the_text_of_the_error_names_the_lines(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(batch.ManifestError, match=r"25 mistakes(.|\n)*line 1: prompt(.|\n)*and 5 more"):
        run(recraft_sandbox, [{"prompt": " " * (number + 1)} for number in range(25)], tmp_path / "out")


def test_paths_are_seen_from_the_folder_of_the_manifest(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    home = tmp_path / "work"
    (home / "in").mkdir(parents=True)
    Image.new("RGB", (300, 300), "red").save(home / "in" / "a.png")
    manifest = write_jsonl(home / "m.jsonl", [{"operation": "vectorize", "image": "in/a.png", "id": "a"}])
    summary = run(recraft_sandbox, manifest, tmp_path / "out")
    assert summary.complete
    assert [path.name for path in pictures(tmp_path / "out")] == ["a-1.svg"]


def test_a_csv_file_gives_each_cell_the_type_of_its_parameter(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    manifest = tmp_path / "m.csv"
    manifest.write_text(
        "\ufeffid,prompt,n,size,block_nsfw,colors,random_seed\r\n"
        'a,42,2,16:9,true,"[[1,2,3],""#ff8800""]",\r\n'
        'b,"two\nlines, with a comma",,,,,7\r\n',
        "utf-8",
        newline="",
    )
    assert run(recraft_sandbox, manifest, tmp_path / "out").complete
    bodies = sorted(
        (json.loads(each.body) for each in recraft_sandbox.ledger.requests if each.operation == "createImage"),
        key=lambda body: body["prompt"],
    )
    assert bodies[0]["prompt"] == "42"
    assert (bodies[0]["n"], bodies[0]["size"], bodies[0]["block_nsfw"]) == (2, "16:9", True)
    assert [each["rgb"] for each in bodies[0]["controls"]["colors"]] == [[1, 2, 3], [255, 136, 0]]
    assert bodies[1] == {"prompt": "two\nlines, with a comma", "random_seed": 7}


def test_mistakes_in_a_csv_file_have_the_line_on_which_their_row_begins(
    recraft_sandbox: Sandbox, tmp_path: Path
) -> None:
    manifest = tmp_path / "m.csv"
    manifest.write_text('prompt,n\n"a\nfox",two\nhen,1,2\n,3\n', "utf-8")
    found = mistakes(recraft_sandbox, manifest, tmp_path / "out")
    assert {line: message.split(";")[0][:30] for line, message in found.items()} == {
        2: "n is 'two'",
        4: "3 cells under a header of 2.",
        5: "images.generate needs prompt.",
    }


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b'{"prompt": "\xff"}\n'])
def test_what_is_not_utf_8_is_a_mistake(recraft_sandbox: Sandbox, tmp_path: Path, content: bytes) -> None:
    manifest = tmp_path / "m.jsonl"
    manifest.write_bytes(content)
    assert "not UTF-8" in mistakes(recraft_sandbox, manifest, tmp_path / "out")[1]


def test_a_manifest_may_be_dicts_from_a_generator_with_what_helpers_take(
    recraft_sandbox: Sandbox, tmp_path: Path
) -> None:
    Image.new("RGB", (300, 300), "red").save(tmp_path / "a.png")

    def jobs() -> Any:
        yield {"operation": "vectorize", "image": tmp_path / "a.png", "id": UUID(int=1)}
        yield {"prompt": "a fox", "size": (1024, 1024), "id": 7, "style_id": None}

    assert run(recraft_sandbox, jobs(), tmp_path / "out").complete
    assert {row[0] for row in rows(tmp_path / "out", "select id from jobs")} == {str(UUID(int=1)), "7"}


def test_bytes_in_a_manifest_are_refused_because_no_journal_holds_them(
    recraft_sandbox: Sandbox, tmp_path: Path
) -> None:
    found = mistakes(recraft_sandbox, [{"operation": "vectorize", "image": b"\x89PNG"}], tmp_path / "out")
    assert "images as paths" in found[1]


@pytest.mark.parametrize("manifest", ["m.txt", "nowhere.jsonl", {"prompt": "a fox"}, 7, "folder.jsonl"])
def test_what_is_no_manifest_is_refused(recraft_sandbox: Sandbox, tmp_path: Path, manifest: Any) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    given = tmp_path / manifest if isinstance(manifest, str) else manifest
    with pytest.raises(InputError):
        run(recraft_sandbox, given, tmp_path / "out")


PROMPTS = [
    *(
        "fox",
        "лиса",
        "狐狸",
        "🦊👨\u200d👩\u200d👧",
        "e\u0301",
        "é",
        "\u202eright to left",
        "a\u0000b",
        "tab\tand\nline",
    ),
    *("\"quotes\" 'and' \\", "a\u2028b", "<script>alert(1)</script>", "'; drop table jobs; --", "x" * 1000),
]


def test_prompts_in_any_script_arrive_as_they_were_written(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    manifest = write_jsonl(tmp_path / "m.jsonl", [{"prompt": prompt} for prompt in PROMPTS])
    assert run(recraft_sandbox, manifest, tmp_path / "out").complete
    assert set(charged_prompts(recraft_sandbox)) == set(PROMPTS)
    lines = (tmp_path / "out" / "results.jsonl").read_text("utf-8").split("\n")
    assert {json.loads(line)["inputs"]["prompt"] for line in lines if line} == set(PROMPTS)


def test_an_edited_manifest_adds_and_skips_by_identity_and_not_by_line(
    recraft_sandbox: Sandbox, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run(recraft_sandbox, [{"prompt": "a"}, {"prompt": "b", "id": "bee"}], out)
    edited = [{"prompt": "new"}, {"prompt": "b", "id": "bee"}, {"n": 1, "prompt": "a"}, {"prompt": "a"}]
    summary = run(recraft_sandbox, edited, out)
    assert charged_prompts(recraft_sandbox) == {"a": 2, "b": 1, "new": 1}  # with n it is another call
    assert (summary.jobs, summary.done) == (4, 4)
    summary = run(recraft_sandbox, [{"prompt": "new"}], out)
    assert (summary.jobs, summary.done, summary.images) == (1, 1, 4)
    assert sum(charged_prompts(recraft_sandbox).values()) == 4


def test_an_id_that_was_paid_for_is_not_taken_for_another_call(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    run(recraft_sandbox, [{"prompt": "a", "id": "x"}], tmp_path / "out")
    recraft_sandbox.ledger.clear()
    found = mistakes(recraft_sandbox, [{"prompt": "b", "id": "x"}], tmp_path / "out")
    assert "belongs to another call, which is done already" in found[1]


def test_a_job_that_was_not_sent_yet_may_be_edited_under_its_id(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    recraft_sandbox.balance = 0
    assert run(recraft_sandbox, [{"prompt": "a", "id": "x"}], tmp_path / "out").stopped == "credits"
    recraft_sandbox.balance = 1000
    assert run(recraft_sandbox, [{"prompt": "b", "id": "x"}], tmp_path / "out").complete
    assert charged_prompts(recraft_sandbox) == {"b": 1}


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("{prompt:slug}", "would be named 'a-fox'"),
        ("{id}/{index}", "no file name everywhere"),
        ("../{id}", "no file name everywhere"),
        ("{id}.png", "leave the extension out"),
        ("{id}{nobody}", "which this job does not have"),
        ("{id:>99999999}", "expected slug"),
        ("{id.__class__}", "every image would have it"),
        ("con", "every image would have it"),
        ("{id", "expected a template"),
        (7, "expected a template"),
    ],
)
def test_names_that_collide_or_lead_elsewhere_are_refused(
    recraft_sandbox: Sandbox, tmp_path: Path, name: Any, part: str
) -> None:
    jobs = [{"prompt": "A fox!", "id": "a"}, {"prompt": "a  FOX", "id": "b"}]
    with pytest.raises(ValueError) as caught:
        run(recraft_sandbox, jobs, tmp_path / "out", name=name)
    assert part in str(caught.value)
    assert recraft_sandbox.ledger.requests == ()


@pytest.mark.parametrize("identifier", ["../../etc/passwd", "a/b", "nul", "a\\b", "x" * 201, "é" * 150, ".hidden"])
def test_an_id_that_is_no_file_name_is_refused_or_slugged(
    recraft_sandbox: Sandbox, tmp_path: Path, identifier: str
) -> None:
    job = [{"prompt": "a fox", "id": identifier}]
    if identifier != "nul":
        assert mistakes(recraft_sandbox, job, tmp_path / "out")
    if len(identifier) <= 200:
        assert run(recraft_sandbox, job, tmp_path / "out", name="{id:slug}-{index:03}").complete
        (picture,) = pictures(tmp_path / "out")
        assert picture.name.endswith("-001.webp")


def test_names_that_some_file_systems_take_for_one_collide(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    jobs = [{"prompt": "a", "id": "Fox"}, {"prompt": "b", "id": "fox"}, {"prompt": "c", "id": "é"}]
    found = mistakes(recraft_sandbox, [*jobs, {"prompt": "d", "id": "e\u0301"}], tmp_path / "out")
    assert found.keys() == {2, 4}


def test_a_file_that_is_there_already_is_a_mistake(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    run(recraft_sandbox, [], tmp_path / "out")
    (tmp_path / "out" / "images" / "A-1.PNG").write_bytes(b"mine")
    found = mistakes(recraft_sandbox, [{"prompt": "a", "id": "a"}], tmp_path / "out")
    assert "there is a file named 'a-1'" in found[1]


def test_a_file_that_appears_later_is_left_alone(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    mine = tmp_path / "out" / "images" / "a-1.webp"

    def appear(progress: batch.Progress) -> None:
        mine.write_bytes(b"mine")

    assert run(recraft_sandbox, [{"prompt": "a", "id": "a"}], tmp_path / "out", on_progress=appear).complete
    assert mine.read_bytes() == b"mine"
    assert (tmp_path / "out" / "images" / "a-1-2.webp").exists()


def test_every_operation_can_be_named(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    Image.new("RGB", (300, 300), "red").save(tmp_path / "a.png")
    jobs = [
        {"operation": "prompts.enhance", "prompt": "a fox", "id": "enhanced"},
        {"operation": "styles.create", "style": "any", "images": ["a.png"], "id": "style"},
        {"operation": "images.remove_background", "image": "a.png", "id": "cut"},
        {"operation": "users.me", "id": "me"},
        {"operation": "styles.list", "id": "styles"},
        {"operation": "colors.optimize", "colors": ["#ff8800", "#ff8801"], "num_colors_limit": 1, "id": "colors"},
    ]
    before = recraft_sandbox.balance
    summary = run(recraft_sandbox, write_jsonl(tmp_path / "m.jsonl", jobs), tmp_path / "out")
    assert summary.complete, summary
    assert summary.units == before - recraft_sandbox.balance
    found = [json.loads(line) for line in (tmp_path / "out" / "results.jsonl").read_text("utf-8").splitlines()]
    assert {each["id"] for each in found} == {job["id"] for job in jobs}
    assert next(each for each in found if each["id"] == "enhanced")["result"]["type"] == "EnhancedPrompt"
    assert next(each for each in found if each["id"] == "cut")["file"].startswith("images/cut-1.")


def test_an_empty_manifest_is_a_batch_of_nothing(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    summary = run(recraft_sandbox, [], tmp_path / "out")
    assert summary.complete
    assert summary.jobs == 0
    assert recraft_sandbox.ledger.requests == ()


def test_a_long_manifest_is_checked_to_its_last_line(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    found = mistakes(recraft_sandbox, [*foxes(3000), {"prompt": ""}], tmp_path / "out")
    assert list(found) == [3001]


@pytest.mark.parametrize(
    "edited",
    [
        [0, 1, 2, 3],
        [0, 1, 2],
        [0, 2, 3],
        [1, 2, 3],
        [3, 2, 1, 0],
        [0, 1, 2, 3, 4],
        [4, 0, 1, 2, 3],
        [],
    ],
)
def test_the_jobs_of_a_run_are_those_of_its_manifest(
    recraft_sandbox: Sandbox, tmp_path: Path, edited: list[int]
) -> None:
    """Whatever stood in the manifests before, and wherever."""
    everything = foxes(5)
    out = tmp_path / "out"
    run(recraft_sandbox, everything[:4], out)
    for _ in range(2):
        summary = run(recraft_sandbox, [everything[number] for number in edited], out)
        assert (summary.jobs, summary.done) == (len(edited), len(edited))
        newest = rows(out, "select max(run) from jobs")[0][0] if edited else 0
        found = rows(out, f"select arguments from jobs where run = {newest} order by line") if edited else []
        assert [json.loads(row[0])["prompt"] for row in found] == [everything[number]["prompt"] for number in edited]
    assert set(charged_prompts(recraft_sandbox).values()) == {1}
