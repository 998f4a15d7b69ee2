"""What calls return: read from every shape the service answers in, immutable, picklable, and careful with what it
shows.
"""

from __future__ import annotations

import base64
import copy
import json
import math
import pickle
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import attrs
import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recraft import EnhancedPrompt, Image, ImageResult, Style, UnexpectedResponse, User, _repair, results
from recraft_api.models import ImageSet

from .support import ID, PNG, SVG, Wire

CREATED = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
SECRET_URL = "https://img.test/a.png?Signature=s3cr3t"
IMAGE = {"image_id": ID, "url": SECRET_URL, "revised_prompt": "a <b>fox</b>"}
ANSWER = {"created": 1_700_000_000, "credits": 40, "data": [IMAGE, {**IMAGE, "image_id": None}]}


def read(answer: Any, helper: str = "images.generate", *args: Any, kind: str = "sync") -> Any:
    """The result of a call that the service answers so."""
    wire = Wire(kind)
    wire.reply = lambda request: httpx.Response(200, content=json.dumps(answer).encode())
    alone = {"styles.list", "styles.list_basic", "models.list"}
    return wire.call(helper, *(args or (() if helper in alone else ("a fox",))))


def result() -> ImageResult:
    found = read(ANSWER)
    assert isinstance(found, ImageResult)
    return found


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_result_is_a_sequence_of_images_with_its_cost(kind: str) -> None:
    found = read(ANSWER, kind=kind)
    assert isinstance(found, ImageResult)
    assert (len(found), found.credits, found.cost_usd, found.created) == (2, 40, 0.04, CREATED)
    assert [image.image_id for image in found] == [UUID(ID), None]
    assert found[0] is found.images[0]
    assert found[-1:] == found.images[1:]
    assert found[0].url == SECRET_URL
    assert found[0].revised_prompt == "a <b>fox</b>"
    assert found.raw.to_dict()["credits"] == 40


@pytest.mark.parametrize("helper", ["vectorize", "remove_background", "crisp_upscale", "creative_upscale"])
def test_one_image_and_a_list_of_one_are_the_same_result(helper: str) -> None:
    rest = {"created": 1_700_000_000, "credits": 4}
    single = read({**rest, "image": IMAGE}, f"images.{helper}", PNG)
    listed = read({**rest, "data": [IMAGE]}, f"images.{helper}", PNG)
    assert single.images == listed.images
    assert (single.credits, single.created) == (listed.credits, listed.created)


def test_one_image_is_read_also_where_the_specification_promises_a_list() -> None:
    assert read({"image": IMAGE}).images == read({"data": [IMAGE]}).images


def test_an_empty_list_is_an_empty_result() -> None:
    assert len(read({"data": [], "credits": 0})) == 0


@pytest.mark.parametrize(
    ("query", "expires"),
    [
        ("X-Amz-Date=20240102T030405Z&X-Amz-Expires=60&X-Amz-Signature=x", datetime(2024, 1, 2, 3, 5, 5, tzinfo=UTC)),
        ("X-Goog-Date=20240102T030405Z&X-Goog-Expires=3600", datetime(2024, 1, 2, 4, 4, 5, tzinfo=UTC)),
        ("Expires=1704164645&Signature=x&Key-Pair-Id=k", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("expires=1704164645", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("se=2024-01-02T03%3A04%3A05Z&sig=x", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("se=2024-01-02T05%3A04%3A05%2B02%3A00", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("Expires=soon", CREATED + timedelta(hours=24)),
        ("Expires=99999999999999999999", CREATED + timedelta(hours=24)),
        ("X-Amz-Date=20240102T030405Z&X-Amz-Expires=99999999999999", CREATED + timedelta(hours=24)),
        ("X-Amz-Date=x&X-Amz-Expires=60", CREATED + timedelta(hours=24)),
        ("se=x", CREATED + timedelta(hours=24)),
        ("", CREATED + timedelta(hours=24)),
    ],
)
def test_expiry_is_read_from_the_url_or_is_24_hours_after_creation(query: str, expires: datetime) -> None:
    found = read({**ANSWER, "data": [{"url": f"https://img.test/a.png?{query}"}]})
    assert found[0].expires_at == expires
    assert found[0].expires_at.tzinfo is UTC


def test_expiry_is_unknown_without_a_time_of_creation() -> None:
    assert read({"data": [{"url": "https://img.test/a.png"}]})[0].expires_at is None


def test_an_image_in_base64_does_not_expire() -> None:
    image = read({**ANSWER, "data": [{"b64_json": base64.b64encode(PNG).decode()}]})[0]
    assert (image.expires_at, image.url) == (None, None)


def test_a_url_that_is_none_has_no_expiry_of_its_own() -> None:
    assert read({**ANSWER, "data": [{"url": "http://[::1"}]})[0].expires_at == CREATED + timedelta(hours=24)


@pytest.mark.parametrize("credits", [0, 40, 12.5])
def test_cost_is_what_the_service_reported(credits: float) -> None:
    found = read({"data": [], "credits": credits})
    assert (found.credits, found.cost_usd) == (credits, credits / 1000)


def test_cost_is_unknown_when_the_service_does_not_say() -> None:
    found = read({"data": []})
    assert (found.credits, found.cost_usd, found.created) == (None, None, None)


def test_a_prompt_is_read_under_both_names_it_has_had() -> None:
    old, new = (read({key: "a fox at dawn"}, "prompts.enhance") for key in ("prompt", "enhanced_prompt"))
    assert isinstance(old, EnhancedPrompt)
    assert str(old) == str(new) == "a fox at dawn"
    assert read({"enhanced_prompt": "a", "credits": 4}, "prompts.enhance").cost_usd == 0.004


def test_a_style_is_read_with_what_the_service_says_besides() -> None:
    answer = {"id": ID, "credits": 40, "style": "icon", "creation_time": "2024-01-02T03:04:05Z", "new": [1]}
    style = read(answer, "styles.create", "icon", [PNG])
    assert isinstance(style, Style)
    assert (style.id, style.cost_usd) == (UUID(ID), 0.04)
    assert style.raw.to_dict()["new"] == [1]


def test_a_user_has_a_balance() -> None:
    wire = Wire("sync")
    user = wire.call("users.me")
    assert isinstance(user, User)
    assert (user.id, user.email, user.credits, user.balance_usd) == ("u1", "a@b.test", 900, 0.9)


def test_the_palette_says_what_becomes_of_each_colour() -> None:
    assert Wire("sync").call("colors.optimize", ["#fff"], 1).raw.to_dict() == {
        "credits": 1,
        "mapping": [{"from": "#112233", "to": "#ff8800"}],
    }


@pytest.mark.parametrize(
    "change",
    [
        {"brand_new": {"deep": [1, None]}},
        {"data": [{**IMAGE, "brand_new": 1}]},
        {"data": [{**IMAGE, "revised_prompt": None, "b64_json": None, "image_id": None}]},
        {"credits": None},
        {"created": None},
        {"image": None},
        {"data": None, "image": IMAGE},
    ],
    ids=str,
)
def test_what_the_specification_does_not_know_still_parses(change: dict[str, Any]) -> None:
    assert read({**ANSWER, **change})[0].url == SECRET_URL


def test_a_field_that_only_the_service_knows_is_in_raw() -> None:
    found = read({**ANSWER, "data": [{**IMAGE, "seed": 9}], "queue": "fast"})
    assert found.raw["queue"] == "fast"
    assert found[0].raw["seed"] == 9


@pytest.mark.parametrize(
    "answer",
    [
        {"data": [{**IMAGE, "image_id": "not a uuid"}]},
        {"data": [{**IMAGE, "image_id": 7}]},
        {"data": [{**IMAGE, "revised_prompt": {}}]},
        {"data": [IMAGE], "credits": "forty"},
        {"data": [IMAGE], "credits": True},
        {"data": [IMAGE], "created": "today"},
        {"data": [IMAGE], "created": 10**20},
        {"data": [IMAGE, {}]},
        {"data": [None, IMAGE]},
        {"data": [1, None, [], IMAGE]},
        {"data": [{**IMAGE, "image_id": ""}]},
        {"data": [{**IMAGE, "b64_json": 5}]},
        {"data": [IMAGE], "created": 253_402_300_799},
        {"data": [IMAGE], "credits": 10**400},
        {"data": [IMAGE], "created": 10**400},
        {"data": [IMAGE], "credits": math.inf},
        {"data": [IMAGE], "created": math.nan},
        {"data": [IMAGE], "image": 5},
        {"data": 5, "image": IMAGE},
        {"data": [], "image": IMAGE},
        {"data": [{}], "image": IMAGE},
    ],
    ids=lambda value: repr(value)[-60:],
)
def test_what_is_wrong_beside_a_paid_picture_does_not_cost_the_picture(answer: Any) -> None:
    wire = Wire("sync")
    wire.reply = lambda request: httpx.Response(200, content=json.dumps(answer).encode())

    result = wire.run(lambda client: client.images.generate("a"))

    assert [image.url for image in result] == [IMAGE["url"]]
    assert result.cost_usd is None
    assert pickle.loads(pickle.dumps(result)).images == copy.deepcopy(result).images == result.images


@pytest.mark.parametrize(
    ("helper", "args", "answer"),
    [
        ("prompts.enhance", ("a",), {"prompt": "a fox"}),
        ("styles.create", ("icon", [PNG]), {"id": ID}),
        ("colors.optimize", (["#fff"], 1), {"mapping": []}),
    ],
)
@pytest.mark.parametrize("credits", ["4", True, [], 10**400, math.nan])
def test_a_price_that_cannot_be_read_does_not_cost_what_was_paid(
    helper: str, args: tuple[Any, ...], answer: dict[str, Any], credits: Any
) -> None:
    found = read({**answer, "credits": credits}, helper, *args)
    assert (found.credits, found.cost_usd) == (None, None)


def nested(levels: int, inside: Any = 1) -> Any:
    for level in range(levels):
        inside = {"a": inside} if level % 2 else [inside]
    return inside


def modelled(answer: Any) -> ImageResult:
    """The result of an answer as it was parsed."""
    return results.read_images(ImageSet.from_dict(_repair.repaired(answer)))


@pytest.mark.parametrize("levels", [64, 900, 5_000])
def test_what_is_nested_without_end_beside_a_paid_picture_is_left_out(levels: int) -> None:
    deep = nested(levels)
    found = modelled({"data": [{**IMAGE, "new": deep, "seed": 9}], "image": deep, "queue": "fast", "new": deep})
    assert pickle.loads(pickle.dumps(found)) == copy.deepcopy(found) == found
    assert copy.deepcopy(found.raw.to_dict()) == found.raw.to_dict()
    assert json.loads(json.dumps(found.raw.to_dict()))["queue"] == "fast"
    assert (found[0].url, found[0].raw["seed"]) == (SECRET_URL, 9)


def test_an_answer_is_kept_as_deep_as_can_be_copied_and_no_deeper() -> None:
    kept = nested(64)
    assert _repair.bounded(kept) is kept
    assert _repair.bounded({"a": kept, "b": [1]}) == {"a": nested(62, inside={}), "b": [1]}
    for plain in (None, 1, "x", [], {}, ANSWER):
        assert _repair.bounded(plain) is plain


@pytest.mark.parametrize(
    "answer",
    [
        ANSWER,
        {"image": IMAGE},
        {"data": [IMAGE], "image": None, "credits": None, "created": None},
        {"data": [], "credits": 0},
        {"data": [{"b64_json": "AAAA", "url": None, "image_id": None, "seed": [1]}], "queue": {"fast": True}},
        {},
    ],
    ids=repr,
)
def test_a_good_answer_is_not_touched(answer: Any) -> None:
    before = copy.deepcopy(answer)
    assert _repair.repaired(answer) is answer
    assert answer == before


@pytest.mark.parametrize("answer", [{"data": [1, None, {**IMAGE, "image_id": 7}], "image": 5, "credits": "4"}])
def test_repairing_leaves_what_it_was_given_as_it_was(answer: Any) -> None:
    before = copy.deepcopy(answer)
    assert _repair.repaired(answer) == {
        "data": [{k: IMAGE[k] for k in ("url", "revised_prompt")}],
        "image": None,
        "credits": None,
    }
    assert answer == before


@pytest.mark.parametrize(
    "answer", [[], None, "x", 5, {"data": 5}, {"data": [1, None]}, {"image": 5}, {"data": "x", "image": []}]
)
def test_an_answer_that_can_hold_no_image_cannot_be_repaired(answer: Any) -> None:
    with pytest.raises(UnexpectedResponse, match="the answer"):
        _repair.repaired(answer)


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(250_000_000_000, 260_000_000_000),
    st.just(10**400),
    st.floats(),
    st.text(max_size=9),
    st.sampled_from([ID, "https://img.test/a?Expires=253402300799", "https://img.test/a?se=9999-12-31"]),
)
MEMBERS = ["data", "image", "image_id", "url", "b64_json", "revised_prompt", "created", "credits", "new"]
JSON = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(MEMBERS), inner, max_size=5)),
    max_leaves=25,
)
PICTURES = st.dictionaries(st.sampled_from(MEMBERS), SCALARS, max_size=5)
SETS = st.fixed_dictionaries(
    {},
    optional={
        "data": st.lists(st.one_of(PICTURES, JSON), max_size=4),
        "image": st.one_of(PICTURES, JSON),
        "created": JSON,
        "credits": JSON,
    },
)


@settings(derandomize=True, deadline=None, max_examples=500)
@given(st.one_of(JSON, SETS))
def test_any_answer_becomes_a_result_that_works_or_an_unexpected_response(answer: Any) -> None:
    before = repr(answer)
    try:
        found = modelled(answer)
    except UnexpectedResponse:
        pass
    else:
        twin = pickle.loads(pickle.dumps(found))
        assert (twin.images, twin.created, twin.credits) == (found.images, found.created, found.credits)
        assert found.cost_usd is None or math.isfinite(found.cost_usd)
        assert found._repr_html_()
        assert _repair.repaired(_repair.repaired(answer)) is not None
    assert repr(answer) == before


@pytest.mark.parametrize(
    ("helper", "args", "answer"),
    [
        ("images.generate", ("a",), {}),
        ("images.generate", ("a",), {"data": None}),
        ("images.generate", ("a",), {"data": "x"}),
        ("images.generate", ("a",), {"data": 7}),
        ("images.generate", ("a",), {"data": [7]}),
        ("images.generate", ("a",), {"data": [None]}),
        ("images.generate", ("a",), {"data": [{}]}),
        ("images.generate", ("a",), {"data": [{"url": 7}]}),
        ("images.generate", ("a",), {"data": [{"url": ""}]}),
        ("images.generate", ("a",), {"data": {"url": "x"}}),
        ("images.generate", ("a",), {"image": [IMAGE]}),
        ("images.generate", ("a",), []),
        ("images.generate", ("a",), None),
        ("images.generate", ("a",), "ok"),
        ("images.generate", ("a",), 7),
        ("prompts.enhance", ("a",), {}),
        ("prompts.enhance", ("a",), {"prompt": ""}),
        ("prompts.enhance", ("a",), {"prompt": ["a"]}),
        ("styles.create", ("icon", [PNG]), {}),
        ("styles.create", ("icon", [PNG]), {"id": "x"}),
        ("styles.create", ("icon", [PNG]), {"id": None}),
        ("styles.create", ("icon", [PNG]), {"id": ID, "creation_time": "yesterday"}),
    ],
    ids=lambda value: repr(value)[:60],
)
def test_an_answer_of_another_shape_is_an_unexpected_response_that_may_have_cost(
    helper: str, args: tuple[Any, ...], answer: Any
) -> None:
    for kind in ("sync", "async"):
        with pytest.raises(UnexpectedResponse) as caught:
            read(answer, helper, *args, kind=kind)
        assert caught.value.maybe_charged
        assert (caught.value.status, caught.value.attempts) == (200, 1)
        assert caught.value.operation in str(caught.value)
        assert "s3cr3t" not in str(caught.value)


@pytest.mark.parametrize("answer", [{"credits": []}, {"email": 7}, [], None])
def test_reading_the_account_costs_nothing_even_when_the_answer_is_unreadable(answer: Any) -> None:
    wire = Wire("sync")
    wire.reply = lambda request: httpx.Response(200, content=json.dumps(answer).encode())
    with pytest.raises(UnexpectedResponse) as caught:
        wire.call("users.me")
    assert not caught.value.maybe_charged


RESULTS = {
    "images": lambda: read(ANSWER),
    "one image": lambda: read(ANSWER)[0],
    "prompt": lambda: Wire("sync").call("prompts.enhance", "a"),
    "style": lambda: Wire("sync").call("styles.create", "icon", [PNG]),
    "user": lambda: Wire("sync").call("users.me"),
    "palette": lambda: Wire("sync").call("colors.optimize", ["#fff"], 1),
}
each_result = pytest.mark.parametrize("make", RESULTS.values(), ids=RESULTS)


@each_result
def test_results_pickle_and_copy(make: Any) -> None:
    original = make()
    for twin in (
        *(pickle.loads(pickle.dumps(original, protocol)) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)),
        copy.copy(original),
        copy.deepcopy(original),
    ):
        assert twin == original
        assert type(twin) is type(original)
        assert twin.raw.to_dict() == original.raw.to_dict()


@each_result
def test_results_cannot_be_changed(make: Any) -> None:
    original = make()
    for name in attrs.fields_dict(type(original)):
        with pytest.raises(AttributeError):
            setattr(original, name, None)
        with pytest.raises(AttributeError):
            delattr(original, name)
    with pytest.raises(AttributeError):
        original.something_else = 1


def test_the_images_of_a_result_cannot_be_changed() -> None:
    assert isinstance(result().images, tuple)
    with pytest.raises(TypeError):
        result()[0] = None  # type: ignore[index]


@pytest.mark.parametrize("show", [repr, str, "{}".format, lambda value: f"{value!r:.9999}"])
def test_no_repr_shows_a_url_or_the_image(show: Any) -> None:
    encoded = base64.b64encode(PNG).decode()
    found = read({**ANSWER, "data": [IMAGE, {"b64_json": encoded}]})
    for value in (found, found.images, found[0], found[1], found.raw, found[0].raw, [found], {"a": found}):
        text = show(value)
        assert "img.test" not in text
        assert "s3cr3t" not in text
        assert encoded[:40] not in text
    assert ID in show(found)


def test_the_repr_of_an_account_does_not_show_whose_it_is() -> None:
    assert "a@b.test" not in repr(Wire("sync").call("users.me"))


# In a notebook.


def test_what_the_server_says_cannot_break_out_of_the_html() -> None:
    evil = '"><script>alert(1)</script>'
    found = read({"data": [{"url": f"https://img.test/{evil}", "revised_prompt": evil}]})
    assert "<script" not in found._repr_html_()
    assert found._repr_html_().count('"') % 2 == 0


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", " javascript:alert(1)"])
def test_only_a_web_address_is_shown(url: str) -> None:
    assert "src=" not in read({"data": [{"url": url}]})[0]._repr_html_()


@pytest.mark.parametrize(("data", "kind"), [(PNG, "image/png"), (SVG, "image/svg+xml")])
def test_an_image_in_base64_shows_itself_from_its_own_bytes(data: bytes, kind: str) -> None:
    encoded = base64.b64encode(data).decode()
    html = read({"data": [{"b64_json": encoded}]})[0]._repr_html_()
    assert f'src="data:{kind};base64,{encoded}"' in html


@pytest.mark.parametrize("broken", ["@@@", "abc", 'AAAA"><script>', "ä"])
def test_broken_base64_shows_something_harmless(broken: str) -> None:
    html = read({"data": [{"b64_json": broken}]})[0]._repr_html_()
    assert "<script" not in html


def test_a_set_shows_a_grid_of_its_images() -> None:
    html = result()._repr_html_()
    assert "display: grid" in html
    assert html.count("<div>") == 2


def test_an_image_made_by_hand_without_anything_shows_that() -> None:
    from recraft_api.models import Image as Model

    image = Image(url=None, b64_json=None, image_id=None, revised_prompt=None, expires_at=None, raw=Model())
    assert "there is no image" in image._repr_html_()


# Lists.


def test_the_styles_of_the_account_are_a_tuple() -> None:
    made = "2024-01-02T03:04:05Z"
    styles = read({"styles": [{"id": ID, "style": "icon", "creation_time": made, "is_private": True}]}, "styles.list")
    assert isinstance(styles, tuple)
    assert (styles[0].id, styles[0].style, styles[0].is_private) == (UUID(ID), "icon", True)
    assert styles[0].created == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_what_a_basic_style_and_a_model_leave_out_is_none() -> None:
    (style,) = read({"styles": [{"style": "icon"}]}, "styles.list_basic")
    assert (style.style, style.substyle, style.model_id, style.id) == ("icon", None, None, None)
    (model,) = read({"data": [{"id": "recraftv9", "price": 4}]}, "models.list")
    assert (model.id, model.name, model.description, model.raw["price"]) == ("recraftv9", None, None, 4)


@pytest.mark.parametrize("helper", ["styles.list", "styles.list_basic", "models.list"])
@pytest.mark.parametrize("answer", [{"styles": 7, "data": 7}, {"styles": [7], "data": [7]}, []])
def test_a_list_of_another_shape_is_an_unexpected_response_that_cost_nothing(helper: str, answer: Any) -> None:
    wire = Wire("sync")
    wire.reply = lambda request: httpx.Response(200, content=json.dumps(answer).encode())
    with pytest.raises(UnexpectedResponse) as caught:
        wire.call(helper)
    assert not caught.value.maybe_charged


def test_an_empty_list_is_nothing_and_a_missing_one_is_an_error() -> None:
    for helper in ("styles.list", "styles.list_basic", "models.list"):
        assert read({"styles": [], "data": []}, helper) == ()
        with pytest.raises(UnexpectedResponse, match="holds no"):
            read({}, helper)


def test_a_smaller_palette_names_each_colour_once() -> None:
    pairs = [{"from": "#111111", "to": "#000000"}, {"from": "#222222", "to": "#000000"}]
    palette = read({"mapping": pairs, "credits": 2}, "colors.optimize", ["#111", "#222"], 1)
    assert palette.mapping == {"#111111": "#000000", "#222222": "#000000"}
    assert (palette.colors, palette.cost_usd) == (("#000000",), 0.002)


@pytest.mark.parametrize("status", [200, 201, 202, 203])
def test_every_success_is_read_like_any_other(wire: Wire, status: int) -> None:
    wire.reply = lambda request: httpx.Response(status, json=ANSWER)
    assert len(wire.call("images.generate", "a fox")) == 2
    wire.reply = lambda request: httpx.Response(status, json={"id": ID})
    assert wire.call("styles.create", "icon", [PNG]).id == UUID(ID)


def test_deleting_a_style_gives_nothing_whatever_the_answer(wire: Wire) -> None:
    for reply in (httpx.Response(204), httpx.Response(200), httpx.Response(200, json={"ok": True})):
        wire.reply = lambda request, reply=reply: httpx.Response(reply.status_code, content=reply.content)
        assert wire.call("styles.delete", ID) is None


@pytest.mark.parametrize(("said", "known"), [(ID, UUID(ID)), (None, None), (7, None), ("a style", None), ({}, None)])
def test_a_style_id_of_no_use_loses_no_images(said: object, known: UUID | None) -> None:
    found = read({**ANSWER, "style_id": said})
    assert (len(found), found.style_id) == (2, known)


@pytest.mark.parametrize("said", [7, "none", [], None, {"nsfw_score": "high"}])
def test_features_of_no_use_lose_no_images(said: object) -> None:
    found = read({**ANSWER, "data": [{**IMAGE, "features": said}]})
    assert [str(image.image_id) for image in found] == [ID]
