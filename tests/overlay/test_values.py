"""Values that callers pass: what they become, and what is refused before anything is sent."""

from __future__ import annotations

import enum
import json
import math
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recraft import InputError, RecraftError

from .support import ID, PNG, Wire, parts_of


class Ratio(enum.Enum):
    WIDE = "16:9"


class Level(enum.IntEnum):
    HIGH = 4


def body(**options: Any) -> dict[str, Any]:
    """What `generate` sends besides the prompt."""
    sent: dict[str, Any] = json.loads(Wire("sync").request("images.generate", "a fox", **options).content)
    assert sent.pop("prompt") == "a fox"
    return sent


def refusal(helper: str = "images.generate", *args: Any, **options: Any) -> str:
    """What the refusal of a call says, from both clients; nothing may have been sent."""
    messages = set()
    for kind in ("sync", "async"):
        wire = Wire(kind)
        with pytest.raises(InputError) as caught:
            wire.call(helper, *(args or ("a fox",)), **options)
        assert wire.requests == []
        assert (caught.value.attempts, caught.value.status, caught.value.maybe_charged) == (0, None, False)
        messages.add(str(caught.value))
    assert len(messages) == 1
    return messages.pop()


@pytest.mark.parametrize(
    ("given_", "rgb"),
    [
        ("#ff8800", [255, 136, 0]),
        ("#FF8800", [255, 136, 0]),
        ("ff8800", [255, 136, 0]),
        ("#f80", [255, 136, 0]),
        ("f80", [255, 136, 0]),
        ((255, 136, 0), [255, 136, 0]),
        ([0, 0, 0], [0, 0, 0]),
        (np.array([1, 2, 255], np.uint8), [1, 2, 255]),
        ((np.int64(1), np.uint8(2), 3), [1, 2, 3]),
        ({"rgb": (1, 2, 3)}, [1, 2, 3]),
    ],
)
def test_a_colour_may_be_written_in_many_ways(given_: Any, rgb: list[int]) -> None:
    expected = {"controls": {"colors": [{"rgb": rgb}], "background_color": {"rgb": rgb}}}
    assert body(colors=[given_], background_color=given_) == expected


@pytest.mark.parametrize(
    "colour",
    ["", "#", "#ff88", "#ff88000", "#gg0000", "##ff8800", "orange", "#ff8800\n", "\u0661\u0661\u0661", (1, 2), (1, 2, 3, 4),
     (256, 0, 0), (-1, 0, 0), (1.0, 2.0, 3.0), (0.5, 0, 0), (True, 0, 0), ("1", "2", "3"), 0xFF8800, b"abc",
     {"rgb": [300, 0, 0]}, {"rgb": [1, 2]}, {"rgb": "#ff8800", "std": 2}, {"std": 0.5}, {}, [[1, 2, 3]], math.nan],
)  # fmt: skip
def test_what_is_no_colour_is_refused_and_named(colour: Any) -> None:
    assert "background_color" in refusal(background_color=colour)
    assert "controls.colors[1]" in refusal(colors=["#fff", colour])


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_any_colour_is_the_same_in_hexadecimal_and_in_numbers(rgb: tuple[int, int, int]) -> None:
    text = "#{:02x}{:02X}{:02x}".format(*rgb)
    assert body(colors=[text, rgb])["controls"]["colors"] == [{"rgb": list(rgb)}] * 2


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.one_of(st.text(max_size=9), st.lists(st.one_of(st.integers(), st.floats(), st.booleans()), max_size=4)))
def test_a_random_colour_is_sent_right_or_refused(colour: Any) -> None:
    wire = Wire("sync")
    try:
        sent = json.loads(wire.request("images.generate", "a fox", background_color=colour).content)
    except InputError:
        assert wire.requests == []
    else:
        rgb = sent["controls"]["background_color"]["rgb"]
        assert len(rgb) == 3
        assert all(type(part) is int and 0 <= part <= 255 for part in rgb)


@pytest.mark.parametrize(
    ("size", "sent"),
    [
        ("16:9", "16:9"),
        ("1:1", "1:1"),
        ("1024x1024", "1024x1024"),
        ((1024, 768), "1024x768"),
        ([1, 2], "1x2"),
        (Ratio.WIDE, "16:9"),
        ((np.int64(640), np.int32(480)), "640x480"),
    ],
)
def test_a_size_may_be_a_ratio_pixels_or_a_pair(size: Any, sent: str) -> None:
    assert body(size=size) == {"size": sent}


@pytest.mark.parametrize(
    "size",
    ["", "big", "16:9:1", "0x10", "10x0", "-1:2", "1024", "1024 x", "1e3x10", "99999999x1", "16/9", "1:1\n", (1024,),
     (1024, 768, 3), (0, 10), (-5, 5), (1.5, 2), ("1024", "768"), (True, True), 1024, {}, b"1:1"],
)  # fmt: skip
def test_a_wrong_size_is_refused_and_the_message_shows_right_ones(size: Any) -> None:
    message = refusal(size=size)
    assert f"size is {size!r}" in message
    assert '"16:9", "1024x1024", or (width, height)' in message


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.integers(1, 99999), st.integers(1, 99999))
def test_any_pair_of_pixels_is_written_with_an_x(width: int, height: int) -> None:
    assert body(size=(width, height)) == body(size=f"{width}x{height}") == {"size": f"{width}x{height}"}


@pytest.mark.parametrize("n", [1, 6, np.int64(3), Level.HIGH])
def test_n_is_a_whole_number_within_the_contract(n: Any) -> None:
    assert body(n=n) == {"n": int(n)}


@pytest.mark.parametrize("n", [0, 7, -1, 1.0, 2.5, "2", True, False, [1], math.nan, 10**30])
def test_a_wrong_n_is_refused(n: Any) -> None:
    message = refusal(n=n)
    assert message.startswith(f"n is {n!r}")
    assert "a whole number from 1 to 6" in message


@pytest.mark.parametrize("n", [0, 7])
@pytest.mark.parametrize("helper", ["image_to_image", "replace_background"])
def test_n_has_the_same_bounds_where_the_contract_forgets_them(n: int, helper: str) -> None:
    assert "a whole number from 1 to 6" in refusal(f"images.{helper}", PNG, "a hat", n=n)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.one_of(st.integers(), st.floats(), st.booleans(), st.text(max_size=3), st.lists(st.integers())))
def test_a_random_n_is_sent_right_or_refused(n: Any) -> None:
    allowed = type(n) is int and 1 <= n <= 6
    if allowed:
        assert body(n=n) == {"n": n}
    else:
        refusal(n=n)


@pytest.mark.parametrize(
    ("strength", "sent"),
    [(0, b"0"), (1, b"1"), (0.5, b"0.5"), (np.float32(0.5), b"0.5"), (Decimal("0.25"), b"0.25"), (Fraction(1, 2), b"0.5")],
)  # fmt: skip
def test_strength_is_any_number_from_0_to_1(strength: Any, sent: bytes) -> None:
    request = Wire("sync").request("images.image_to_image", PNG, "a hat", strength=strength)
    assert {part.name: part.content for part in parts_of(request)}["strength"] == sent


@pytest.mark.parametrize("strength", [-0.01, 1.01, math.nan, math.inf, -math.inf, "0.5", True, (0.5,), 1j])
def test_a_wrong_strength_is_refused(strength: Any) -> None:
    assert "a number from 0 to 1" in refusal("images.image_to_image", PNG, "a hat", strength=strength)


@pytest.mark.parametrize("level", [-1, 6, 2.0, "3", True])
def test_a_wrong_artistic_level_is_refused(level: Any) -> None:
    assert "a whole number from 0 to 5" in refusal(artistic_level=level)
    assert "a whole number from 0 to 5" in refusal(controls={"artistic_level": level})


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("", "prompt is empty"),
        (" \n\t\u00a0", "prompt is empty"),
        ("x" * 10_001, "prompt has 10001 characters; expected 0 to 10000"),
        (b"a fox", "prompt is bytes"),
        (7, "prompt is int 7"),
        (["a fox"], "prompt is list"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_a_wrong_prompt_is_refused(prompt: Any, words: str) -> None:
    assert words in refusal("images.generate", prompt)


def test_a_missing_prompt_is_refused_by_python_itself_or_by_name(wire: Wire) -> None:
    with pytest.raises((TypeError, InputError), match="prompt"):
        wire.call("images.generate")
    with pytest.raises(InputError, match="needs prompt"):
        wire.call("images.generate", None)
    assert wire.requests == []


def test_the_longest_prompt_goes_through() -> None:
    Wire("sync").request("images.generate", "🦊" * 10_000)


@pytest.mark.parametrize("style_id", [ID, ID.upper(), ID.replace("-", ""), f"{{{ID}}}", f"urn:uuid:{ID}", UUID(ID)])
def test_a_style_id_in_any_spelling_is_sent_in_the_usual_one(style_id: Any) -> None:
    assert body(style_id=style_id) == {"style_id": ID}


@pytest.mark.parametrize("style_id", ["", "my style", 7, b"0" * 16, ID + "0", "../" + ID, object()])
def test_a_wrong_style_id_is_refused(style_id: Any) -> None:
    assert "expected a UUID such as" in refusal(style_id=style_id)
    assert "expected a UUID such as" in refusal("styles.get", style_id)


def test_what_an_operation_cannot_do_without_is_named() -> None:
    assert refusal("styles.get", None) == "getStyle needs style_id."
    assert "inpaintImage needs" in refusal("images.inpaint", PNG, None, "a hat")


@pytest.mark.parametrize("value", ["True", 1, 0, "no", [True]])
def test_a_switch_is_true_or_false_and_nothing_like_it(value: Any) -> None:
    assert "expected True or False" in refusal(no_text=value)


def test_numpy_booleans_are_refused_rather_than_sent_as_something_else() -> None:
    assert "expected True or False" in refusal(no_text=np.bool_(True))


def test_unknown_enum_values_go_through(wire: Wire) -> None:
    request = wire.request("images.generate", "a fox", model="recraftv9", response_format="avif", creativity="wild")
    expected = {"prompt": "a fox", "model": "recraftv9", "response_format": "avif", "creativity": "wild"}
    assert json.loads(request.content) == expected


@pytest.mark.parametrize("value", [7, None.__class__, ["recraftv3"], b"recraftv3"])
def test_an_enum_value_that_is_no_string_is_refused(value: Any) -> None:
    assert "model is" in refusal(model=value)


@pytest.mark.parametrize(
    ("helper", "args", "option", "suggestion"),
    [
        ("images.generate", ("a fox",), {"negativ_prompt": "x"}, "Did you mean negative_prompt?"),
        ("images.generate", ("a fox",), {"colours": []}, "Did you mean colors?"),
        ("images.generate", ("a fox",), {"zzz": 1}, "It takes: "),
        ("images.vectorize", (PNG,), {"respons_format": "url"}, "Did you mean response_format?"),
        ("prompts.enhance", ("a fox",), {"modell": "x"}, "Did you mean model?"),
        ("images.generate", ("a fox",), {"image_id": "x"}, "createImage has no option 'image_id'"),
    ],
)
def test_an_unknown_keyword_is_refused_with_the_nearest_name(
    helper: str, args: tuple[Any, ...], option: dict[str, Any], suggestion: str
) -> None:
    message = refusal(helper, *args, **option)
    assert repr(next(iter(option))) in message
    assert suggestion in message


def test_an_unknown_keyword_may_be_a_member_of_controls(wire: Wire) -> None:
    request = wire.request("images.generate", "a fox", controls={"glow": 3, "no_text": True})
    assert json.loads(request.content)["controls"] == {"glow": 3, "no_text": True}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"controls": "#fff"}, "controls is '#fff'; expected a dict"),
        ({"controls": [1]}, "expected a dict"),
        ({"controls": [1], "no_text": True}, "expected a dict"),
        ({"controls": {"colors": "#fff"}}, "controls.colors is '#fff'; expected a list"),
        ({"colors": "#fff"}, "expected a list"),
        ({"colors": 7}, "expected a list"),
        ({"colors": {"rgb": [1, 2, 3]}}, "expected a list"),
        ({"text_layout": {"text": "HI"}}, "text_layout is"),
        ({"text_layout": ["HI"]}, "text_layout[0] is 'HI'; expected a dict"),
        ({"text_layout": [{"text": 7}]}, "text_layout[0].text is int 7; expected a string"),
        ({"text_layout": [{"bbox": "0,0,1,1"}]}, "text_layout[0].bbox is"),
        ({"text_layout": [{"bbox": ["a"]}]}, "text_layout[0].bbox[0] is 'a'"),
        ({"text_layout": [{"bbox": [[1, 2, 3]]}]}, "has 3 items; expected 2"),
        ({"random_seed": -1}, "random_seed is -1"),
        ({"random_seed": 2**32}, "from 0 to 4294967295"),
    ],
    ids=str,
)
def test_a_wrong_shape_is_refused_at_its_place(options: dict[str, Any], words: str) -> None:
    assert words in refusal(**options)


@pytest.mark.parametrize(
    ("bbox", "sent"),
    [
        ([0.1, 0.2, 0.8, 0.9], [0.1, 0.2, 0.8, 0.9]),
        ([(0.1, 0.2), (0.8, 0.9)], [[0.1, 0.2], [0.8, 0.9]]),
        (np.array([[0.5, 0.25]]), [[0.5, 0.25]]),
    ],
    ids=["numbers", "points", "array"],
)
def test_text_layout_takes_a_box_as_numbers_or_as_points(bbox: Any, sent: Any) -> None:
    assert body(text_layout=({"text": "HI", "bbox": bbox},)) == {"text_layout": [{"text": "HI", "bbox": sent}]}


@pytest.mark.parametrize("pixels", [-1, 1.5, "10", True])
def test_a_wrong_edge_is_refused(pixels: Any) -> None:
    assert f"left is {pixels!r}; expected a whole number of pixels" in refusal("images.outpaint", PNG, left=pixels)


@pytest.mark.parametrize(
    ("palette", "words"),
    [([], "colors has 0 items"), (["#xyz"], "colors[0]"), ("#fff", "expected a list"), ([{"weight": 1}], "lacks hex")],
)
def test_a_wrong_palette_is_refused(palette: Any, words: str) -> None:
    assert words in refusal("colors.optimize", palette, 2)


JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.binary(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
OPTIONS = [
    "model",
    "style",
    "substyle",
    "style_id",
    "size",
    "n",
    "response_format",
    "negative_prompt",
    "controls",
    "text_layout",
    "colors",
    "background_color",
    "no_text",
    "artistic_level",
    "random_seed",
    "image_format",
    "block_nsfw",
    "creativity",
]


@settings(derandomize=True, deadline=None, max_examples=200)
@given(options=st.dictionaries(st.sampled_from(OPTIONS), JUNK, max_size=3), prompt=JUNK)
def test_junk_is_sent_as_json_or_refused_and_nothing_else_is_raised(options: dict[str, Any], prompt: Any) -> None:
    wire = Wire("sync")
    try:
        wire.call("images.generate", prompt, **options)
    except InputError:
        assert wire.requests == []
    except RecraftError as error:
        raise AssertionError("it was sent and could not be read") from error
    else:
        assert json.loads(wire.requests[0].content)["prompt"] == prompt


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"controls": {"colour": ["#111"]}}, "controls has no member 'colour'. Did you mean colors?"),
        ({"text_layout": [{"txt": "Hi"}]}, r"text_layout\[0\] has no member 'txt'. Did you mean text?"),
    ],
)
def test_a_typo_inside_a_dict_is_refused_before_it_is_paid_for(options: dict[str, Any], words: str) -> None:
    wire = Wire("sync")

    with pytest.raises(InputError, match=words):
        wire.run(lambda client: client.images.generate("a fox", **options))

    assert wire.requests == []


def test_a_member_that_is_like_nothing_known_goes_through() -> None:
    wire = Wire("sync")

    wire.run(lambda client: client.images.generate("a fox", controls={"humidity": 3}))

    assert json.loads(wire.requests[0].content)["controls"] == {"humidity": 3}
