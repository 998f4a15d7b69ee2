"""What the specification calls deprecated warns the line that uses it, and is marked where people look."""

from __future__ import annotations

import copy
import io
import pydoc
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import recraft_api.operations
from recraft import Recraft
from recraft.inputs import Upload

from .support import ID, PNG, Wire


def warned(action: Callable[[], Any], filter_: Any = "always") -> list[warnings.WarningMessage]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("ignore")
        warnings.simplefilter(filter_, DeprecationWarning)
        action()
    return caught


def said(action: Callable[[], Any]) -> list[str]:
    return [str(each.message) for each in warned(action)]


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Call something deprecated, as a specification would: `declare("createImage", options=[("style",)])`."""

    def state(operation: str, words: str | None = None, options: Any = (), values: Any = None) -> None:
        facts = copy.deepcopy(recraft_api.operations.OPERATIONS[operation])
        facts["deprecated"] = {"operation": words, "options": list(options), "values": values or {}}
        monkeypatch.setitem(recraft_api.operations.OPERATIONS, operation, facts)

    return state


def test_a_deprecated_operation_warns_the_line_that_calls_it_and_is_sent(wire: Wire) -> None:
    (warning,) = warned(lambda: wire.call("images.clarity_upscale", PNG))
    assert warning.category is DeprecationWarning
    assert str(warning.message) == (
        "clarityUpscale is deprecated by the service. "
        "The call is sent as it is; a later version of the API may not take it."
    )
    assert Path(warning.filename).name == "support.py"  # where Wire makes the call
    assert len(wire.requests) == 1


def test_a_place_is_warned_once_and_another_one_again() -> None:
    with Wire("sync").client() as client:

        def here() -> None:
            for _ in range(3):
                client.images.clarity_upscale(PNG)
            client.images.clarity_upscale(PNG)

        lines = [each.lineno for each in warned(here, "default")]
    assert len(lines) == 2
    assert lines[1] - lines[0] == 1


def test_nothing_is_said_of_what_stays(wire: Wire) -> None:
    assert said(lambda: wire.call("images.generate", "a fox", model="recraftv2", style="any", extra={"old": 1})) == []


def test_a_warning_that_is_an_error_stops_the_call_and_closes_its_files(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[Upload] = []
    monkeypatch.setattr(Upload, "close", lambda self: closed.append(self))
    with pytest.raises(DeprecationWarning):
        warned(lambda: wire.call("images.clarity_upscale", io.BytesIO(PNG)), "error")
    assert wire.requests == []
    assert closed


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"substyle": "grain"}, "createImage: substyle is deprecated. The call is sent as it is; a later version"),
        ({"colors": ["#fff"]}, "createImage: controls.colors is deprecated."),
        ({"controls": {"background_color": {"rgb": [1, 2, 3], "std": 0.5}}}, "controls.background_color.std is"),
        ({"text_layout": [{"text": "A"}, {"text": "B"}]}, "createImage: text_layout[].text is deprecated."),
        ({"model": "recraftv2"}, "createImage: model='recraftv2' is deprecated."),
        ({"billing": "subscription"}, "createImage: billing is deprecated."),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)  # fmt: skip
def test_a_deprecated_option_or_value_is_named_where_it_stands(
    wire: Wire, declare: Callable[..., None], given: dict[str, Any], words: str
) -> None:
    options = [
        ("substyle",),
        ("controls", "colors"),
        ("controls", "background_color", "std"),
        ("text_layout", None, "text"),
        ("billing",),
    ]
    declare("createImage", options=options, values={("model",): ["recraftv2", "recraftv3"]})
    (message,) = said(lambda: wire.call("images.generate", "a fox", **given))
    assert words in message
    assert len(wire.requests) == 1


def test_a_value_beside_deprecated_ones_and_an_option_that_is_not_sent_say_nothing(
    wire: Wire, declare: Callable[..., None]
) -> None:
    declare("createImage", options=[("substyle",)], values={("model",): ["recraftv2"]})
    assert said(lambda: wire.call("images.generate", "a fox", model="recraftv4", n=2, substyle=None)) == []


def test_what_a_helper_sends_unasked_is_not_held_against_its_caller(wire: Wire, declare: Callable[..., None]) -> None:
    declare("outpaintImage", options=[("outpaint_top",), ("expand_left",)])
    declare("imageToImage", options=[("strength",)])
    assert said(lambda: wire.call("images.outpaint", PNG, top=1, left=2)) == []
    assert said(lambda: wire.call("images.image_to_image", PNG, "a hat")) == []
    assert len(said(lambda: wire.call("images.image_to_image", PNG, "a hat", strength=0.5))) == 1


def test_a_deprecated_parameter_and_a_deprecated_image_are_named(wire: Wire, declare: Callable[..., None]) -> None:
    declare("getStyle", options=[("style_id",)])
    declare("vectorizeImage", options=[("image",)])
    assert "getStyle: style_id is deprecated" in said(lambda: wire.call("styles.get", ID))[0]
    assert "vectorizeImage: image is deprecated" in said(lambda: wire.call("images.vectorize", PNG))[0]


def test_help_marks_a_deprecated_operation_and_no_other() -> None:
    with Recraft("token") as client:
        marked = pydoc.render_doc(client.images.clarity_upscale, renderer=pydoc.plaintext)
        other = pydoc.render_doc(client.images.crisp_upscale, renderer=pydoc.plaintext)
    assert "Deprecated by the service: a later version of the API may not have it." in marked
    assert "Deprecated" not in other
