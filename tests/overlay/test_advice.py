"""Warnings about options that a model does not take by the documentation: what they say, where they point, and that
the call is sent all the same.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import pytest

import recraft_api.operations
from recraft import InputError, Recraft, RecraftWarning
from recraft.inputs import Upload

from .support import ID, MASK, PNG, TOKEN, Wire

UNNAMED = "recraftv4_1 (meant where no model is named)"
DATED = "by the documentation of 2026-11"


def warned(action: Callable[[], Any], filter_: Any = "always") -> list[warnings.WarningMessage]:
    """Every RecraftWarning that an action gives."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter(filter_, RecraftWarning)
        action()
    return [each for each in caught if each.category is RecraftWarning]


def said(action: Callable[[], Any]) -> list[str]:
    return [str(each.message) for each in warned(action)]


@pytest.mark.parametrize(
    ("helper", "options", "words"),
    [
        (
            "generate",
            {"style": "x", "model": "recraftv4_vector"},
            "v4_vector does not take style; V3 and V2 models, such",
        ),
        ("generate", {"substyle": "grain", "model": "recraftv4"}, "recraftv4 does not take substyle; V3 and V2 models"),
        ("generate", {"negative_prompt": "rain"}, f"{UNNAMED} does not take negative_prompt; V3 and V2"),
        ("generate", {"no_text": False, "model": "recraftv2"}, "recraftv2 does not take no_text; V3 models"),
        ("generate", {"controls": {"artistic_level": 2}}, "does not take artistic_level; V3 models"),
        ("generate", {"text_layout": [{}], "model": "recraftv4_raster"}, "v4_raster does not take text_layout"),
        ("generate", {"model": "recraftv4_styles"}, "recraftv4_styles needs one of style_id, style_references,"),
        ("generate", {"model": "recraftv4_1_flash", "style_id": ID}, "flash does not take style_id; V4.1, V4.1"),
        ("generate", {"size": (2048, 2048)}, "recraftv4_1_pro, do. It takes ratios, such as 16:9, and 1024x1024"),
        ("generate", {"size": "1365x1024", "model": "recraftv4_pro"}, "take size='1365x1024'; V3 and V2"),
        ("generate", {"size": "1x1", "style": "any"}, "named) does not take size='1x1'; no known model does"),
        ("generate", {"style": "Photorealism", "style_id": ID}, "style and style_id exclude each other: send one"),
        ("generate", {"prompt": "a" * 1001, "model": "recraftv3"}, "1000 characters of prompt, and this one has 1001"),
        ("generate_vector", {"negative_prompt": "rain"}, "V3 and V2 models, such as recraftv3_vector, do"),
        ("generate_vector", {"model": "recraftv3"}, "model='recraftv3' is none that createVectorImage takes; V4.1,"),
        ("explore", {"style": "Photorealism"}, "does not take style; V3 and V2 models, but none that is taken here"),
    ],
)
def test_a_warning_names_the_option_the_model_and_those_that_take_it_and_the_call_is_sent_as_it_is(
    wire: Wire, helper: str, options: dict[str, Any], words: str
) -> None:
    given = {"prompt": "a fox", **options}
    messages = said(lambda: wire.call(f"images.{helper}", **given))

    assert len(messages) == 1
    assert words in messages[0]
    assert DATED in messages[0]
    assert "The call is sent as it is" in messages[0]
    sent = json.loads(wire.requests[-1].content)
    plain = {key: value for key, value in options.items() if key not in ("size", "no_text")}
    assert sent.items() >= plain.items()


def test_an_edit_warns_of_a_model_that_does_not_do_it(wire: Wire) -> None:
    messages = said(lambda: wire.call("images.inpaint", PNG, MASK, "a balloon", model="recraftv4"))
    assert "model='recraftv4' is none that inpaintImage takes; V3 models, such as recraftv3, do it" in messages[0]


def test_a_prompt_to_enhance_has_a_limit_of_its_own_whatever_its_model(wire: Wire) -> None:
    assert said(lambda: wire.call("prompts.enhance", "a" * 2000, model="recraftv3")) == []
    (message,) = said(lambda: wire.call("prompts.enhance", "a" * 2001))
    assert "prompt has at most 2000 characters here, and this one 2001" in message


@pytest.mark.parametrize(
    ("helper", "options"),
    [
        ("generate", {}),
        ("generate", {"size": "16:9", "n": 2, "colors": ["#ff8800"]}),
        ("generate", {"model": "recraftv9", "negative_prompt": "rain", "style": "x", "size": "1x1", "no_text": True}),
        ("generate", {"style": "Photorealism", "text_layout": [{"text": "A"}], "negative_prompt": "rain"}),
        ("generate_vector", {"style": "Vector art"}),
        ("generate", {"model": "recraftv3", "style": "digital_illustration", "substyle": "grain", "size": "1365x1024"}),
        ("generate", {"model": "recraftv4_vector", "size": "1x1"}),
        ("generate", {"style_id": ID, "negative_prompt": "rain"}),
        ("generate", {"model": "recraftv4_styles", "style_id": ID}),
        ("generate", {"prompt": "a" * 10_000}),
    ],
    ids=[
        "nothing",
        "what every model takes",
        "a model nobody knows",
        "a curated style means V3",
        "a curated style means V3 where vectors are made",
        "V3 and what it takes",
        "no pixels are listed for vector models",
        "a style of one's own may be of any model",
        "a model that needs a style, with one",
        "as long as V4 takes",
    ],
)
def test_nothing_is_said_of_what_fits_or_what_nobody_knows(wire: Wire, helper: str, options: dict[str, Any]) -> None:
    assert said(lambda: wire.call(f"images.{helper}", **{"prompt": "a fox", **options})) == []


def test_nothing_is_said_of_a_remix_whose_model_nobody_knows(wire: Wire) -> None:
    assert said(lambda: wire.call("images.variate", PNG, size="1x1")) == []
    assert len(said(lambda: wire.call("images.variate", PNG, size="1x1", model="recraftv3"))) == 1


def test_what_the_specification_bounds_is_an_error_and_no_warning(wire: Wire) -> None:
    def refused() -> None:
        with pytest.raises(InputError):
            wire.call("images.generate", "a" * 10_001, model="recraftv3")

    assert said(refused) == []


def test_a_call_without_anything_that_depends_on_a_model_does_not_look_at_the_rules(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recraft_api.operations, "MODELS", None)
    wire.call("images.generate", "a fox", n=2, response_format="b64_json")
    with pytest.raises(TypeError):
        wire.call("images.generate", "a fox", size="1:1")


# Where it points.


def here() -> int:
    """The line that asks."""
    frame = inspect.currentframe()
    assert frame is not None
    assert frame.f_back is not None
    return frame.f_back.f_lineno


def test_a_warning_points_at_the_line_that_made_the_call(wire: Wire) -> None:
    lines = []

    def action(client: Any) -> Any:
        lines.append(here() + 1)
        return client.images.generate("a fox", negative_prompt="rain")

    (warning,) = warned(lambda: wire.run(action))
    assert (warning.filename, warning.lineno) == (__file__, lines[0])


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
@pytest.mark.parametrize("from_file", [False, True], ids=["in the loop", "in a worker thread"])
def test_a_call_that_runs_in_a_task_later_warns_the_line_that_made_it(
    backend: str, from_file: bool, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    image = tmp_path / "a.png" if from_file else PNG
    lines = []

    async def main() -> None:
        async with Wire("async").client() as client, anyio.create_task_group() as group:
            lines.append(here() + 1)
            flow = client.images.image_to_image(image, "a fox", substyle="x")

            async def later() -> None:
                await flow

            group.start_soon(later)

    (warning,) = warned(lambda: anyio.run(main, backend=backend))
    assert (warning.filename, warning.lineno) == (__file__, lines[0])


def test_calls_that_are_gathered_warn_their_own_lines() -> None:
    async def main() -> None:
        async with Wire("async").client() as client:
            await asyncio.gather(
                client.images.generate("a fox", negative_prompt="rain"),
                client.images.generate("a fox", negative_prompt="snow"),
            )

    first, second = warned(lambda: asyncio.run(main()))
    assert {first.filename, second.filename} == {__file__}
    assert second.lineno == first.lineno + 1


def test_a_place_is_warned_once_and_another_one_again(wire: Wire) -> None:
    def actions() -> None:
        for _ in range(3):
            wire.call("images.generate", "a fox", negative_prompt="rain")
            wire.run(lambda client: client.images.generate("a fox", negative_prompt="rain"))
        wire.run(lambda client: client.images.generate("a fox", negative_prompt="rain"))

    found = warned(actions, "default")
    assert len({(each.filename, each.lineno) for each in found}) == len(found) == 3


def test_a_warning_that_is_an_error_is_raised_before_anything_is_sent_and_the_files_of_the_call_are_closed(
    wire: Wire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    closed = []
    monkeypatch.setattr(Upload, "close", lambda self: closed.append(self))
    with warnings.catch_warnings():
        warnings.simplefilter("error", RecraftWarning)
        with pytest.raises(RecraftWarning, match="does not take substyle"):
            wire.call("images.image_to_image", tmp_path / "a.png", "a fox", substyle="grain")
    assert wire.requests == []
    assert len(closed) == 1


def test_a_call_of_the_asynchronous_client_that_nobody_awaits_is_named_as_the_user_wrote_it() -> None:
    flow = Wire("async").client().images.generate("a fox")
    assert flow.__qualname__ == "Images.generate"
    flow.close()


# What help() says.


@pytest.mark.parametrize(
    ("helper", "option", "words"),
    [
        ("generate", "style", "V3 and V2 models take it"),
        ("generate", "text_layout", "V3 models take it"),
        ("generate", "no_text", "V3 models take it"),
        ("generate", "style_id", "V4 Styles models need one of style_id"),
        ("generate", "style_id", "it excludes style"),
        ("generate", "size", "a ratio fits every model"),
        ("generate_vector", "model", "vector models do this"),
        ("inpaint", "model", "V3 models do this"),
    ],
)
def test_help_says_at_an_option_which_models_take_it(helper: str, option: str, words: str) -> None:
    text = inspect.getdoc(getattr(Recraft(TOKEN).images, helper)) or ""
    lines = text.partition(f"\n    {option}: ")[2].splitlines()
    about = " ".join([lines[0], *(line for line in _continued(lines[1:]))])
    assert "By the documentation of 2026-11: " in about
    assert words in about


def _continued(lines: list[str]) -> list[str]:
    """The lines of one option, which are indented deeper than its name."""
    found = []
    for line in lines:
        if not line.startswith(" " * 8):
            break
        found.append(line.strip())
    return found


def test_help_says_nothing_of_models_where_all_of_them_take_an_option() -> None:
    text = inspect.getdoc(Recraft(TOKEN).images.inpaint) or ""
    assert "take it" not in text
