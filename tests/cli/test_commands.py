"""Every helper is a command that does what the helper does."""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from recraft import ImageResult, Recraft, cli
from recraft.cli.app import build
from recraft.cli.catalogue import OWN
from recraft.cli.commands import command
from recraft.cli.common import Common, Keeping
from recraft.helpers.catalogue import helpers
from recraft.helpers.shape import shape
from recraft.sandbox import Sandbox

STYLE = "00000000-0000-4000-8000-000000000001"

#: A command line for each command that makes pictures, and how its files are called.
PICTURES: dict[str, tuple[list[str], list[str]]] = {
    "generate": (["a red fox", "-n", "2"], ["a-red-fox-1.webp", "a-red-fox-2.webp"]),
    "generate-raster": (["a red fox"], ["a-red-fox.webp"]),
    "generate-vector": (["a red fox"], ["a-red-fox.svg"]),
    "explore": (["a red fox"], ["a-red-fox.webp"]),
    "explore-similar": (["photo.png"], ["photo.webp"]),
    "image-to-image": (["photo.png", "by night", "--strength", "0.4"], ["photo.webp"]),
    "inpaint": (["photo.png", "mask.png", "a hat"], ["photo.webp"]),
    "outpaint": (["photo.png", "a beach", "--top", "64"], ["photo.webp"]),
    "replace-background": (["photo.png", "a beach"], ["photo.webp"]),
    "generate-background": (["photo.png", "mask.png", "a beach"], ["photo.webp"]),
    "remove-background": (["photo.png"], ["photo.webp"]),
    "erase-region": (["photo.png", "mask.png"], ["photo.webp"]),
    "vectorize": (["photo.png"], ["photo.svg"]),
    "crisp-upscale": (["photo.png"], ["photo.webp"]),
    "creative-upscale": (["photo.png"], ["photo.webp"]),
    "refine-details": (["photo.png"], ["photo.webp"]),
    "clarity-upscale": (["photo.png"], ["photo.webp"]),
    "generative-upscale": (["photo.png"], ["photo.webp"]),
    "variate": (["photo.png", "--size", "1:1"], ["photo.webp"]),
}

#: A command line for each other command, and something that it writes.
OTHERS: dict[str, tuple[list[str], str]] = {
    "enhance": (["a cat"], "a cat, "),
    "models": ([], "recraftv4_1\trecraftv4_1\t\t0.035\n"),
    "account": ([], "balance_usd\t10\n"),
    "colors optimize": (["#ff0000", "0,255,0", "--num-colors-limit", "2"], "#00ff00"),
    "service status": ([], "service\tTrue"),
    "service ping": ([], ""),
    "styles create": (["photo.png", "--style", "digital_illustration", "--model", "recraftv3"], "id\t"),
    "styles list": ([], ""),
    "styles basic": ([], "any\t"),
    "styles get": ([STYLE], "id\t"),
    "styles delete": ([STYLE], ""),
}


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.usefixtures("photo")
def test_a_command_makes_pictures_and_says_where_they_are(
    name: str, recraft: Callable[..., Any], sandbox: Sandbox
) -> None:
    words, files = PICTURES[name]
    ran = recraft(*name.split(), *words, "-o", "out/")
    assert ran.code == 0, ran.err
    assert ran.err == "" or "deprecated by the service" in ran.err
    assert ran.out.split() == [f"out/{file}" for file in files]
    assert sorted(path.name for path in Path("out").iterdir()) == sorted(files)
    assert len(sandbox.ledger.charges) == 1


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.usefixtures("photo", "sandbox")
def test_a_command_writes_what_its_helper_returns(name: str, recraft: Callable[..., Any]) -> None:
    if STYLE in OTHERS[name][0]:
        with Recraft() as client:
            made = client.styles.create("digital_illustration", ["photo.png"], model="recraftv3")
        OTHERS[name][0][0] = str(made.id)
    words, part = OTHERS[name]
    ran = recraft(*name.split(), *words)
    assert (ran.code, ran.err) == (0, "")
    assert part in ran.out


def test_every_helper_of_a_client_is_a_command() -> None:
    made = {}
    with Recraft("token") as client:
        for group in {helper.group for helper in helpers().values()} | {"images", "styles"}:
            for name in dir(getattr(client, group)):
                if not name.startswith("_"):
                    text = inspect.getdoc(getattr(getattr(client, group), name)) or ""
                    made[f"{group}.{name}"] = text.partition("\n\n")[0]
        groups = {name for name in dir(client) if "recraft.api" in type(getattr(client, name)).__module__}
    assert {helper.group for helper in helpers().values()} == groups
    assert {helper.name: helper.documentation for helper in helpers().values()} == made
    assert {" ".join(words) for words in helpers()} == PICTURES.keys() | OTHERS.keys()


def test_the_command_line_is_written_with_public_names() -> None:
    for path in Path(cli.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            assert not [name for name in names if re.search(r"(^|\.)_(?!_)|^recraft\.api", name)], path


def test_no_helper_takes_the_place_of_another_command() -> None:
    assert not {words[0] for words in helpers()} & {name.split()[0] for name in OWN}


@pytest.mark.parametrize("words", helpers(), ids=" ".join)
def test_a_command_has_every_option_of_its_helper_and_they_are_none_of_its_own(words: tuple[str, ...]) -> None:
    helper = helpers()[words]
    with Recraft("token") as client:
        taken = set(inspect.signature(getattr(getattr(client, helper.group), helper.method)).parameters)
    offered = {option.name for option in shape(helper).options}
    assert offered == taken
    everywhere = {name for kind in (Common, Keeping) for name in kind.__annotations__}
    assert not offered & everywhere
    assert set(inspect.signature(command(helper, shape(helper))).parameters) - {"common", "keeping"} == offered


def test_options_know_their_values_and_say_their_bounds() -> None:
    options = {option.name: option for option in shape(helpers()["generate",]).options}
    assert {"recraftv4_1", "recraftv3_vector", "recraftv4_styles_pro_raster"} <= set(options["model"].values)
    assert {"Photorealism", "Pencil sketch"} <= set(options["style"].values)
    assert options["n"].about.endswith("From 1 to 6.")


def test_json_is_the_result_and_nothing_else(recraft: Callable[..., Any], sandbox: Sandbox) -> None:
    ran = recraft("generate", "a red fox", "--json")
    result = ImageResult.from_dict(json.loads(ran.out))
    assert (ran.code, ran.err, len(result)) == (0, "", 1)
    assert result.request_id
    assert list(Path().iterdir()) == []


@pytest.mark.usefixtures("sandbox")
def test_json_with_an_output_writes_both(recraft: Callable[..., Any]) -> None:
    ran = recraft("generate", "a red fox", "--json", "-o", "fox.webp")
    assert json.loads(ran.out)["type"] == "ImageResult"
    assert Path("fox.webp").exists()


@pytest.mark.usefixtures("sandbox")
def test_a_listing_is_a_line_each_in_a_pipe_and_json_on_demand(recraft: Callable[..., Any]) -> None:
    lines = recraft("models").out.splitlines()
    items = json.loads(recraft("models", "--json").out)["items"]
    assert [line.split("\t")[0] for line in lines] == [item["id"] for item in items]


def test_options_reach_the_service_as_the_helper_sends_them(recraft: Callable[..., Any], sandbox: Sandbox) -> None:
    words = ["--model", "recraftv3", "--no-no-text", "--colors", "#ff0000", "--colors", "0,128,255", "--size", "16:9"]
    words += ["--controls", '{"artistic_level": 2}', "--background-color", "#111", "--random-seed", "7"]
    assert recraft("generate", "a poster", *words).code == 0
    (received,) = [each for each in sandbox.ledger.requests if each.method == "POST"]
    body = json.loads(received.body)
    assert body["controls"] == {
        "artistic_level": 2,
        "no_text": False,
        "colors": [{"rgb": [255, 0, 0]}, {"rgb": [0, 128, 255]}],
        "background_color": {"rgb": [17, 17, 17]},
    }
    assert (body["model"], body["size"], body["random_seed"]) == ("recraftv3", "16:9", 7)


def test_a_value_that_nobody_knows_yet_is_passed_on(recraft: Callable[..., Any], sandbox: Sandbox) -> None:
    recraft("generate", "a poster", "--model", "recraftv9", "--json")
    (received,) = sandbox.ledger.requests
    assert json.loads(received.body)["model"] == "recraftv9"


def test_options_of_every_command_may_stand_before_it(recraft: Callable[..., Any], home: Path) -> None:
    ran = recraft("--sandbox", "--timeout", "30", "styles", "basic", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["type"] == "Listing"


def test_what_the_documentation_says_against_a_call_is_a_line_and_no_error(
    recraft: Callable[..., Any], sandbox: Sandbox
) -> None:
    ran = recraft("generate", "a poster", "--model", "recraftv4", "--negative-prompt", "boats")
    assert ran.err.startswith("warning: createImage: by the documentation of")
    assert ran.err.count("\n") >= 1
    assert "calling.py" not in ran.err


@pytest.mark.usefixtures("photo")
def test_a_command_that_the_service_calls_deprecated_says_so(process: Callable[..., Any], sandbox: Sandbox) -> None:
    ran = process("clarity-upscale", "photo.png")
    assert (ran.code, ran.out) == (0, "photo-clarity-upscale.webp\n")
    assert ran.err.startswith("warning: clarityUpscale is deprecated by the service.")


@pytest.mark.usefixtures("photo")
def test_what_is_newer_than_the_command_line_is_sent_as_an_extra(recraft: Callable[..., Any], home: Path) -> None:
    extras = ["--extra", "mood=calm", "--extra", "level=3", "--extra", 'deep={"a": [1]}', "--extra", "other=@mask.png"]
    ran = recraft("vectorize", "photo.png", *extras, "--dry-run", "--json")
    parts = {part["name"]: part for part in json.loads(ran.out)["body"]}
    assert [parts[name]["value"] for name in ("mood", "level")] == ["calm", "3"]
    assert json.loads(parts["deep"]["value"]) == {"a": [1]}
    assert parts["other"]["bytes"] == Path("mask.png").stat().st_size


def test_the_tree_of_commands_has_a_page_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    for words in [*helpers(), *(tuple(name.split()) for name in OWN)]:
        build(words)([*words, "--help"], result_action="return_value", exit_on_error=False)
        page = capsys.readouterr().out
        assert page.startswith(f"Usage: recraft {' '.join(words)} ")
