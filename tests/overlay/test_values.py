"""Values that callers pass: what they become, and what is refused before anything is sent."""

from __future__ import annotations

import collections
import enum
import itertools
import json
import math
import types
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recraft import InputError, RecraftError
from recraft._core.values import MOST_ITEMS, to_wire

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


@pytest.mark.parametrize("claimed", [2.5, "2", None])
def test_a_whole_number_that_only_claims_to_be_one_is_refused(claimed: Any) -> None:
    class Claiming:
        def __index__(self) -> Any:
            return claimed

    assert "whole number" in refusal(n=Claiming())


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
    ["", "#", "#ff88", "#ff88000", "#gg0000", "##ff8800", "orange", "#ff8800\n", "\u0661\u0661\u0661", (1, 2),
     (1, 2, 3, 4),
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
    [(0, b"0"), (1, b"1"), (0.5, b"0.5"), (np.float32(0.5), b"0.5"), (Decimal("0.25"), b"0.25"),
     (Fraction(1, 2), b"0.5")],
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


# Values that are unusual.


class Hostile:
    """Raises whenever it is looked into."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("go away")

    def __repr__(self) -> str:
        raise RuntimeError("go away")

    def __str__(self) -> str:
        raise RuntimeError("go away")


class Unreadable(Mapping[str, Any]):
    """A dict whose members cannot be had."""

    def __getitem__(self, key: str) -> Any:
        raise OSError(5, "disk error at https://h.test/a?sig=s3cr3t")

    def __iter__(self) -> Iterator[str]:
        return iter(["colors", "new"])

    def __len__(self) -> int:
        return 2


class Whole:
    """What cannot say which number it is."""

    def __index__(self) -> int:
        raise RuntimeError("go away")

    def __float__(self) -> float:
        raise RuntimeError("go away")


def circle() -> Any:
    members: dict[str, Any] = {}
    members["a"] = [members]
    return members


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = {"a": [value]}
    return value


ODD: dict[str, Any] = {
    "a set": {1, 2},
    "bytes": b"abc",
    "bytes in a list": [bytearray(b"abc")],
    "NaN": math.nan,
    "infinity in a dict": {"a": -math.inf},
    "a circle": circle(),
    "3,000 levels": nested(3000),
    "a number of 5,000 digits": 10**5000,
    "a fraction of 5,000 digits": Fraction(10**5000),
    "a decimal that is not finite": Decimal("1e999"),
    "a signalling NaN": Decimal("sNaN"),
    "a complex number": 1j,
    "a number that cannot be told": Whole(),
    "a key that is a number": {1: 2},
    "a key that is nothing": {None: 2},
    "a key that is no text": {"\ud800": 2},
    "half a surrogate pair": "\udfff",
    "an object": object(),
    "a class": int,
    "a function": len,
    "a generator": (number for number in range(3)),
    "hostile": Hostile(),
    "hostile in a list": [Hostile()],
    "an unreadable dict": Unreadable(),
}


@pytest.mark.parametrize("what", ODD)
@pytest.mark.parametrize(
    "inside", [lambda value: value, lambda value: [value], lambda value: {"deep": {"down": value}}]
)
def test_a_member_that_is_newer_than_this_package_goes_through_only_if_json_can_carry_it(
    what: str, inside: Any
) -> None:
    message = refusal(controls={"humidity": inside(ODD[what])})
    assert "controls.humidity" in message
    assert len(message) < 400
    assert "s3cr3t" not in message


@pytest.mark.parametrize("what", ODD)
@pytest.mark.parametrize(
    "option",
    ["n", "size", "model", "style_id", "random_seed", "no_text", "artistic_level", "background_color", "controls"],
)
def test_an_odd_value_is_refused_by_name_wherever_it_stands(what: str, option: str) -> None:
    message = refusal(**{option: ODD[what]})
    assert option in message
    assert len(message) < 400
    assert message.isprintable()
    assert "s3cr3t" not in message


@pytest.mark.parametrize("what", ODD)
def test_an_odd_prompt_or_strength_is_refused_by_name(what: str) -> None:
    assert "prompt" in refusal("images.generate", ODD[what])
    assert "strength" in refusal("images.image_to_image", PNG, "a hat", strength=ODD[what])


@pytest.mark.parametrize(
    "size",
    [
        "1" * 10**6,
        "x" * 10**6,
        (10**5000, 1),
        (1, 10**6),
        (99_999, 100_000),
        range(10**12),
        (Whole(), 1),
        "\u0661:\u0661",
    ],
    ids=range(8),
)
def test_a_huge_size_is_refused_in_few_words(size: Any) -> None:
    message = refusal(size=size)
    assert message.startswith("size ")
    assert len(message) < 200


@pytest.mark.parametrize("colour", [range(10**12), "f" * 10**6, (10**5000, 0, 0), [Whole()] * 3])
def test_a_huge_colour_is_refused_in_few_words(colour: Any) -> None:
    assert len(refusal(background_color=colour)) < 300


def test_a_list_without_end_is_refused() -> None:
    assert "colors has more than 10000 items" in refusal(colors=itertools.repeat("#fff"))


def test_what_was_passed_may_be_of_any_class_that_json_knows() -> None:
    class Text(str):
        def __str__(self) -> str:
            return "something else"

    of_numpy = {"a": np.array([1, 2]), "b": np.float32(0.5)}
    plain = {"c": Level.HIGH, "d": Ratio.WIDE, "e": (1, [None]), "f": Text("x")}
    exact = {"g": Fraction(1, 4), "h": Decimal("0.5"), "i": collections.OrderedDict(j=True)}
    controls = types.MappingProxyType({**of_numpy, **plain, **exact})
    sent = {
        "a": [1, 2],
        "b": 0.5,
        "c": 4,
        "d": "16:9",
        "e": [1, [None]],
        "f": "x",
        "g": 0.25,
        "h": 0.5,
        "i": {"j": True},
    }
    assert body(controls=controls) == {"controls": sent}
    assert body(model=Text("recraftv9"), size=Text("1:1")) == {"model": "recraftv9", "size": "1:1"}


# What a value is comes from the schema, whatever the property is called.

RGB = {
    "x-role": "color-rgb",
    "type": "object",
    "required": ["r"],
    "properties": {"r": {"type": "array"}, "std": {"type": "number"}},
}
HEX = {"x-role": "color-hex", "type": "object", "required": ["h"], "properties": {"h": {"type": "string"}}}
STYLE = {"x-role": "style", "type": "string", "format": "uuid"}


@pytest.mark.parametrize(
    ("schema", "value", "sent"),
    [
        ({"type": "string", "x-role": "size"}, (2, 1), "2x1"),
        ({"x-role": "size", "anyOf": [{"type": "string", "enum": ["1:1"]}, {"type": "string"}]}, [2, 1], "2x1"),
        ({"type": "string", "x-role": "prompt"}, "a fox", "a fox"),
        (RGB, "#f80", {"r": [255, 136, 0]}),
        (RGB, {"r": [1], "std": 2}, {"r": [1], "std": 2}),
        ({"type": "array", "items": HEX}, [(255, 136, 0)], [{"h": "#ff8800"}]),
        (STYLE, types.SimpleNamespace(id=UUID(ID)), ID),
        (STYLE, ID.upper(), ID),
        ({"type": "integer", "x-role": "count", "minimum": 1}, 3, 3),
        ({"type": "string", "x-role": "of a later day"}, "x", "x"),
        ({}, {"a": [1]}, {"a": [1]}),
    ],
)
def test_a_role_says_how_a_value_is_read(schema: dict[str, Any], value: Any, sent: Any) -> None:
    assert to_wire(value, schema, "thing") == sent


@pytest.mark.parametrize(
    ("schema", "value", "words"),
    [
        ({"type": "string", "x-role": "size"}, "big", "thing is 'big'; expected a ratio such as \"16:9\""),
        ({"type": "string", "x-role": "prompt"}, " ", "thing is empty; expected a description of the image"),
        (RGB, "blue", "thing is 'blue'; expected a colour"),
        ({"type": "array", "items": HEX}, [7], r"thing\[0\] is 7; expected a colour"),
        (STYLE, "icon", "thing is 'icon'; expected a UUID"),
        ({"type": "string", "format": "uuid"}, types.SimpleNamespace(id=UUID(ID)), "expected a UUID"),
    ],
)
def test_a_role_says_what_is_expected(schema: dict[str, Any], value: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        to_wire(value, schema, "thing")


TYPES = [{}, {"type": "string"}, {"type": "integer"}, {"type": "number", "minimum": 0}, {"type": "boolean"}]
ROLES = [STYLE, RGB, HEX, {"type": "string", "x-role": "size"}, {"type": "string", "x-role": "prompt"}]
SCHEMAS = st.recursive(
    st.sampled_from([*TYPES, *ROLES, {"type": "string", "format": "uuid"}]),
    lambda inner: st.one_of(
        st.builds(lambda items: {"type": "array", "items": items, "maxItems": 4}, inner),
        st.builds(
            lambda one, two: {"type": "object", "properties": {"a": one, "b": two}, "required": ["a"]}, inner, inner
        ),
        st.builds(lambda one, two: {"anyOf": [one, two]}, inner, inner),
    ),
    max_leaves=4,
)
PLAIN = [st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3), st.sampled_from(["16:9", "#fff"])]
OTHER = [st.binary(max_size=2), st.uuids(), st.dates(), st.decimals(), st.fractions(), st.complex_numbers()]
ANYTHING = st.recursive(
    st.one_of(*PLAIN, *OTHER, st.sampled_from(sorted(ODD)).map(lambda what: ODD[what])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.tuples(inner, inner),
        st.dictionaries(st.sampled_from(["a", "b", "c", "", 1]), inner, max_size=3),
    ),
    max_leaves=8,
)


@settings(derandomize=True, deadline=None, max_examples=500)
@given(ANYTHING, SCHEMAS)
def test_anything_becomes_what_json_can_carry_or_is_refused(value: Any, schema: dict[str, Any]) -> None:
    try:
        sent = to_wire(value, schema, "thing")
    except InputError:
        pass
    else:
        json.dumps(sent, allow_nan=False, ensure_ascii=False).encode()


def test_as_many_items_as_are_allowed_pass_and_one_more_does_not() -> None:
    schema = {"type": "array", "items": {"type": "integer"}}
    assert len(to_wire(range(MOST_ITEMS), schema, "numbers")) == MOST_ITEMS
    with pytest.raises(InputError, match="more than"):
        to_wire(range(MOST_ITEMS + 1), schema, "numbers")
