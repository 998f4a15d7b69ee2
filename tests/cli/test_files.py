"""Files in and files out: their names, that none is overwritten, and that no picture is lost."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from recraft import InputError
from recraft.cli.places import Place, Source, plan, slug
from recraft.cli.values import label
from recraft.sandbox import Fault, FaultPlan, Sandbox
from recraft.testing import no_waits

FOX = Source(None, "A red fox, in the snow!", 1)


def of(path: str, images: int = 1) -> Source:
    return Source(path, "", images)


@pytest.mark.parametrize(
    ("output", "sources", "expected"),
    [
        (None, [FOX], [Place(Path(), ("a-red-fox-in-the-snow",))]),
        ("out", [FOX], [Place(Path("out"), ("a-red-fox-in-the-snow",))]),
        ("out/", [of("in/a.png"), of("b.jpg")], [Place(Path("out"), ("a",)), Place(Path("out"), ("b",))]),
        ("out/", [of("in/a.png", 2)], [Place(Path("out"), ("a-1", "a-2"))]),
        ("x/fox.PNG", [FOX], [Place(Path("x"), ("fox",), ".PNG")]),
        ("v1.2", [FOX], [Place(Path("v1.2"), ("a-red-fox-in-the-snow",))]),
        (None, [of("a.png")], [Place(Path(), ("a-vectorize",))]),
        ("out/", [of("https://example.com/x/lemon.png?sig=1")], [Place(Path("out"), ("lemon",))]),
        ("\0", [FOX], [Place(None)]),
    ],
)
@pytest.mark.usefixtures("home")
def test_pictures_go_where_output_says(output: str | None, sources: list[Source], expected: list[Place]) -> None:
    assert plan(output, sources, "vectorize", force=False) == expected


@pytest.mark.parametrize(
    ("there", "images", "stems"),
    [
        ([], 1, ["fox"]),
        ([], 2, ["fox-1", "fox-2"]),
        (["fox.webp"], 1, ["fox-2"]),
        (["fox.webp", "fox-2.svg"], 2, ["fox-3", "fox-4"]),
        (["fox-9.png", "fox-cub.png"], 1, ["fox-10"]),
        (["fox.txt"], 1, ["fox"]),
    ],
)
def test_pictures_of_a_prompt_get_the_next_free_names(
    there: list[str], images: int, stems: list[str], home: Path
) -> None:
    for name in there:
        (home / name).touch()
    (place,) = plan(None, [Source(None, "Fox", images)], "generate", force=False)
    assert list(place.stems) == stems


@pytest.mark.parametrize(
    ("output", "sources", "said"),
    [
        ("out.svg", [of("a.png"), of("b.png")], "names one file, and 2 pictures come"),
        ("out.png", [of("a.png", 4)], "names one file, and 4 pictures come"),
        ("\0", [of("a.png", 2)], "standard output takes one picture, and 2 come"),
        ("out/", [of("a.png"), of("x/a.jpg")], "would be given twice, such as 'a'"),
        ("kept/", [of("a.png")], "kept/a.webp is there already"),
        ("kept/a.webp", [FOX], "kept/a.webp is there already"),
    ],
)
def test_what_is_in_the_way_is_said_before_anything_is_sent(
    output: str, sources: list[Source], said: str, home: Path
) -> None:
    (home / "kept").mkdir()
    (home / "kept" / "a.webp").touch()
    with pytest.raises(InputError, match=said):
        plan(output, sources, "vectorize", force=False)


def test_a_prompt_becomes_a_name_that_every_file_system_takes() -> None:
    assert slug("../../etc/passwd \0 &") == "etc-passwd"
    assert slug("éclair au café") == "éclair-au-café"
    assert slug("!!!") == "image"
    assert len(slug("word " * 500)) <= 40
    assert len(slug("x" * 500)) == 40


@pytest.mark.parametrize(
    ("given", "called"),
    [("a/b.png", "b"), ("https://h/p/c.webp?x=1", "c"), ("https://h", "h"), ("data:image/png;base64,AA", "image")],
)
def test_an_input_is_called_after_its_file(given: str, called: str) -> None:
    assert label(given) == called


def test_nothing_is_overwritten_without_force(recraft: Callable[..., Any], sandbox: Sandbox, photo: Path) -> None:
    Path("photo.svg").write_text("mine")
    ran = recraft("vectorize", "photo.png", "-o", "photo.svg")
    assert (ran.code, Path("photo.svg").read_text()) == (2, "mine")
    assert sandbox.ledger.requests == ()
    assert recraft("vectorize", "photo.png", "-o", "photo.svg", "--force").code == 0
    assert Path("photo.svg").read_bytes().startswith(b"<svg")


@pytest.mark.usefixtures("sandbox")
def test_a_folder_keeps_the_names_of_the_inputs(recraft: Callable[..., Any], photo: Path) -> None:
    for name in ("my photo (1).png", "büro.png", ".hidden.png", "a.png.png"):
        Path(name).write_bytes(photo.read_bytes())
    ran = recraft("vectorize", "my photo (1).png", "büro.png", ".hidden.png", "a.png.png", "-o", "svg")
    assert (ran.code, ran.err) == (0, "")
    assert sorted(os.listdir("svg")) == [".hidden.svg", "a.png.svg", "büro.svg", "my photo (1).svg"]


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize(("name", "format"), [("fox.png", "PNG"), ("fox.webp", "WEBP"), ("fox.jpeg", "JPEG")])
def test_a_file_is_of_the_format_that_its_name_says(name: str, format: str, recraft: Callable[..., Any]) -> None:
    assert recraft("generate", "a red fox", "-o", name).out == f"{name}\n"
    assert Image.open(name).format == format


@pytest.mark.usefixtures("sandbox")
def test_a_picture_that_cannot_be_of_the_format_asked_for_is_kept_as_it_came(recraft: Callable[..., Any]) -> None:
    ran = recraft("generate-vector", "a red fox", "-o", "fox.png")
    assert (ran.code, ran.out) == (0, "fox.svg\n")
    assert Path("fox.svg").read_bytes().startswith(b"<svg")


@pytest.mark.usefixtures("sandbox")
def test_standard_input_and_output_are_a_hyphen(recraft: Callable[..., Any], photo: Path) -> None:
    ran = recraft("vectorize", "-", "-o", "-", stdin=photo.read_bytes())
    assert (ran.code, ran.err) == (0, "")
    assert ran.data.startswith(b"<svg")
    assert recraft("generate", "-", stdin=b"a grey heron\n").out == "a-grey-heron.webp\n"


def test_a_folder_that_cannot_be_written_to_is_said_before_anything_is_sent(
    recraft: Callable[..., Any], sandbox: Sandbox
) -> None:
    Path("file").write_text("")
    ran = recraft("generate", "a red fox", "-o", "file/out/")
    assert ran.code == 2
    assert "cannot use 'file/out' as a folder" in ran.err
    assert sandbox.ledger.requests == ()


def test_pictures_that_cannot_be_fetched_now_can_be_fetched_later(
    recraft: Callable[..., Any], sandbox: Sandbox
) -> None:
    sandbox.faults = FaultPlan([Fault("status", operation="download", status=404, times=None)])
    with no_waits():
        ran = recraft("generate", "a red fox", "-n", "2", "-o", "out/")
    assert (ran.code, ran.out) == (6, "")
    _, _, later = ran.err.strip().rpartition("recraft save ")
    assert Path(later).stat().st_mode & 0o777 == 0o600
    sandbox.faults = FaultPlan()
    ran = recraft("save", later, "-o", "kept/")
    assert ran.code == 0
    assert len(os.listdir("kept")) == 2
    assert len(sandbox.ledger.charges) == 1


@pytest.mark.usefixtures("sandbox")
def test_an_input_whose_name_is_no_text_keeps_it(process: Callable[..., Any], photo: Path) -> None:
    odd = os.fsdecode(b"caf\xe9.png")
    Path(odd).write_bytes(photo.read_bytes())
    ran = process("vectorize", odd, "-o", "svg/")
    assert (ran.code, ran.err, ran.data) == (0, "", b"svg/caf\xe9.svg\n")
    assert os.listdir(b"svg") == [b"caf\xe9.svg"]


@pytest.mark.usefixtures("sandbox")
def test_a_terminal_that_knows_ascii_only_gets_every_name(
    process: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    ran = process("generate", "éclair")
    assert (ran.code, ran.data) == (0, b"\\xe9clair.webp\n")


def test_a_home_that_takes_no_files_costs_nothing_but_the_shared_limits(
    recraft: Callable[..., Any], sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(Path("file").absolute()))
    monkeypatch.delenv("RECRAFT_LIMITER")
    ran = recraft("generate", "a red fox")
    assert (ran.code, ran.out) == (0, "a-red-fox.webp\n")
    assert ran.err.startswith("the limits are not shared with other shells: Not a directory")


@pytest.mark.usefixtures("sandbox")
def test_a_prompt_that_begins_with_a_hyphen_stands_behind_two(recraft: Callable[..., Any]) -> None:
    assert recraft("generate", "-o", "out/", "--", "--help me").out == "out/help-me.webp\n"


@pytest.mark.usefixtures("sandbox")
def test_a_name_that_somebody_takes_meanwhile_costs_no_picture(
    recraft: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recraft.cli.calling.prepare", lambda place: Path("fox.webp").write_text("theirs"))
    (made,) = recraft("generate", "fox").out.split()
    assert Path("fox.webp").read_text() == "theirs"
    assert Image.open(made).format == "WEBP"


@pytest.mark.usefixtures("sandbox")
def test_save_takes_what_json_wrote(recraft: Callable[..., Any]) -> None:
    lines = recraft("generate", "a red fox", "-n", "2", "--json").out + recraft("generate", "a cat", "--json").out
    Path("results.json").write_text(lines)
    ran = recraft("save", "results.json", "-o", "kept/")
    assert ran.out.split() == ["kept/results-1-1.webp", "kept/results-1-2.webp", "kept/results-2.webp"]
    assert recraft("save", "-", "-o", "again/", stdin=lines.encode()).code == 0
    url = json.loads(lines.splitlines()[1])["images"][0]["url"]
    assert recraft("save", url, "-o", "cat.webp").out == "cat.webp\n"


@pytest.mark.usefixtures("sandbox")
def test_save_needs_no_token(recraft: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    Path("result.json").write_text(recraft("generate", "a red fox", "--json").out)
    monkeypatch.delenv("RECRAFT_API_TOKEN")
    assert recraft("save", "result.json").code == 0
