"""Errors: the class for each failure, a short readable message, and nothing in them that should not be."""

from __future__ import annotations

import copy
import json
import pickle
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import recraft
from recraft import (
    APIError,
    AuthenticationError,
    ConnectionFailed,
    InputError,
    InsufficientCreditsError,
    InvalidRequestError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    RecraftError,
    ServerError,
    UnexpectedResponse,
    errors,
)

from .support import ID, TOKEN, Wire


def failing(reply: httpx.Response, *, kind: str = "sync", helper: str = "images.generate") -> RecraftError:
    """The error of a call that the service answers so."""
    wire = Wire(kind)
    wire.reply = lambda request: reply
    with pytest.raises(RecraftError) as caught:
        wire.call(helper, *(("a fox",) if helper != "users.me" else ()))
    assert len(wire.requests) == 1
    return caught.value


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, InvalidRequestError),
        (401, AuthenticationError),
        (402, InsufficientCreditsError),
        (403, PermissionDeniedError),
        (404, NotFoundError),
        (405, ServerError),
        (413, InvalidRequestError),
        (418, ServerError),
        (422, InvalidRequestError),
        (429, RateLimitError),
        (500, ServerError),
        (502, ServerError),
        (503, ServerError),
        (504, ServerError),
        (520, ServerError),
        (529, ServerError),
        (599, ServerError),
        (302, ServerError),
        (307, ServerError),
        (304, ServerError),
        (999, ServerError),
    ],
)
def test_each_status_has_its_class(wire: Wire, status: int, kind: type[RecraftError]) -> None:
    answer = {"code": "some_code", "message": "Some reason."}
    error = failing(httpx.Response(status, json=answer, headers={"x-request-id": "r-1"}), kind=wire.kind)
    assert type(error) is kind
    assert isinstance(error, APIError)
    assert (error.status, error.code, error.request_id, error.attempts) == (status, "some_code", "r-1", 1)
    assert error.operation == "createImage"
    assert not error.maybe_charged, "an answer other than success costs nothing"
    assert str(status) in str(error)
    if not 300 <= status < 400:
        assert "Some reason." in str(error)


BODIES: dict[str, tuple[bytes, str]] = {
    "message": (b'{"code": 7, "message": "Too long."}', "Too long."),
    "nested error": (b'{"error": {"code": "x", "message": "Too long."}}', "Too long."),
    "error as text": (b'{"error": "Too long."}', "Too long."),
    "detail": (b'{"detail": "Too long."}', "Too long."),
    "HTML": (b"<html><body><h1>502 Bad Gateway</h1></body></html>", "no readable message"),
    "empty": (b"", "no readable message"),
    "truncated": (b'{"code": "x", "mess', "no readable message"),
    "a list": (b'["Too long."]', "no readable message"),
    "a string": (b'"Too long."', "no readable message"),
    "null": (b"null", "no readable message"),
    "wrong types": (b'{"code": {}, "message": ["x"]}', "no readable message"),
    "not UTF-8": (b'{"message": "\xff\xfe"}', "no readable message"),
    "deeply nested": (b"[" * 100_000, "no readable message"),
    "UTF-16": ('{"message": "Too long."}'.encode("utf-16"), "Too long."),
    "control characters": (b'{"message": "Too\\n\\u001b[31m long.\\u0000"}', "Too [31m long."),
    "very long": (b'{"message": "' + b"x" * 10_000 + b'"}', "xxx"),
}


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("status", [400, 500])
def test_any_error_body_gives_a_short_readable_message(status: int, body: str) -> None:
    content, words = BODIES[body]
    for kind in ("sync", "async"):
        message = str(failing(httpx.Response(status, content=content), kind=kind))
        assert message.startswith(f"createImage: {status}: ")
        assert words in message
        assert "<" not in message
        assert len(message) < 400
        assert message.isprintable()


@pytest.mark.parametrize("code", [7, "invalid", None])
def test_the_code_of_the_service_is_kept_as_it_is(code: Any) -> None:
    assert failing(httpx.Response(400, json={"code": code, "message": "x"})).code == code


SUCCESSES: dict[str, httpx.Response] = {
    "HTML": httpx.Response(200, html="<html>hello</html>"),
    "empty": httpx.Response(200),
    "truncated": httpx.Response(200, content=b'{"data": [{"url": "https://img.t'),
    "not UTF-8": httpx.Response(200, content=b"\xff\xfe\xfd"),
    "deeply nested": httpx.Response(200, content=b"[" * 100_000),
    "no content": httpx.Response(204),
}


@pytest.mark.parametrize("what", SUCCESSES)
def test_a_success_that_cannot_be_read_may_have_cost(wire: Wire, what: str) -> None:
    reply = SUCCESSES[what]
    error = failing(httpx.Response(reply.status_code, content=reply.content, headers=reply.headers), kind=wire.kind)
    assert type(error) is UnexpectedResponse
    assert error.maybe_charged
    assert error.status == reply.status_code
    assert "img.t" not in str(error)


def test_an_unreadable_account_costs_nothing(wire: Wire) -> None:
    assert not failing(httpx.Response(200, html="<html>"), kind=wire.kind, helper="users.me").maybe_charged


ODD = [
    httpx.HTTPError("odd"),
    httpx.TransportError("odd"),
    httpx.RequestError("odd"),
    httpx.ProtocolError("odd"),
    httpx.LocalProtocolError("odd"),
    httpx.RemoteProtocolError("odd"),
    httpx.UnsupportedProtocol("odd"),
    httpx.ProxyError("odd"),
    httpx.DecodingError("odd"),
    httpx.TooManyRedirects("odd"),
    httpx.ConnectError("odd"),
    httpx.ReadError("odd"),
    httpx.WriteError("odd"),
    httpx.CloseError("odd"),
    httpx.ConnectTimeout("odd"),
    httpx.PoolTimeout("odd"),
    httpx.InvalidURL("odd"),
    httpx.CookieConflict("odd"),
    httpx.StreamError("odd"),
    httpx.StreamConsumed(),
    httpx.ResponseNotRead(),
    OSError(104, "odd"),
    ValueError("odd"),
    RuntimeError("odd"),
    KeyError("odd"),
    UnicodeError("odd"),
]


@pytest.mark.parametrize("raised", ODD, ids=lambda error: type(error).__name__)
def test_whatever_a_transport_raises_comes_out_as_an_error_of_this_package(wire: Wire, raised: Exception) -> None:
    def explode(request: httpx.Request) -> httpx.Response:
        raise raised

    wire.reply = explode
    with pytest.raises(RecraftError) as caught:
        wire.call("images.generate", "a fox")
    assert caught.value.operation == "createImage"
    assert caught.value.attempts == 1
    pickle.loads(pickle.dumps(caught.value))


def test_no_error_holds_on_to_the_request_and_with_it_the_token(wire: Wire) -> None:
    def explode(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError(f"Bearer {TOKEN} at https://api.test/v1?sig=s3cr3t", request=request)

    wire.reply = explode
    with pytest.raises(ConnectionFailed) as caught:
        wire.call("images.generate", "a fox")
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    for text in (str(caught.value), repr(caught.value), str(caught.value.__dict__)):
        assert TOKEN not in text
        assert "s3cr3t" not in text


@pytest.mark.parametrize(
    "message",
    [f"token {TOKEN} is wrong", f"Authorization: Bearer {TOKEN}", f"see https://x.test/a?token={TOKEN}&sig=s3cr3t"],
)
def test_a_server_that_repeats_the_token_does_not_get_it_into_an_error(wire: Wire, message: str) -> None:
    reply = httpx.Response(401, json={"message": message, "code": TOKEN}, headers={"x-request-id": f"r-{TOKEN}"})
    error = failing(reply, kind=wire.kind)
    for text in (str(error), repr(error), str(error.__dict__)):
        assert TOKEN not in text
        assert "s3cr3t" not in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("see https://h.test/p?sig=1&x=2 now", "see https://h.test/... now"),
        ("see HTTP://h.test/p#frag", "see HTTP://h.test/..."),
        ("'https://h.test/p?sig=1', then", "'https://h.test/...', then"),
        ("see https://h.test.", "see https://h.test."),
        ("at http://[::1]:80/x and http://h.test:port/x", "at http://[::1]:80/... and http://h.test/..."),
        ("Bearer abc.def", "[token]"),
        ("BEARER\tabc", "[token]"),
        ("my secret here", "my [token] here"),
        ("a\nb\tc\x00d\x1b[0m", "a b c d [0m"),
        ("  much   space  ", "much space"),
        ("", ""),
    ],
)
def test_text_is_made_fit_to_be_shown(text: str, shown: str) -> None:
    assert errors.presentable(text, "secret", "") == shown


S = "s3cr3tSignature0"

#: Ways to write an address, or a part of one, that nobody but its owner may see.
ADDRESSES = {
    "a query with a quote": f"https://h.test/a?x='y&k={S}",
    "a query with a space": f"https://h.test/a?x=y z&X-Amz-Signature={S}",
    "a query with < and >": f"https://h.test/a?<x>={S}",
    "JSON with escaped slashes": rf"{{\"url\": \"https:\/\/h.test\/{S}\/a?k={S}\"}}",
    "JSON with escaped letters": rf"https:\u002f\u002fh.test\u002f{S}\u003fk\u003d{S}",
    "the repr of JSON with escaped slashes": rf"'https:\\/\\/h.test\\/{S}'",
    "percent-encoded": f"next=https%3A%2F%2Fh.test%2Fa%3Fk%3D{S}",
    "percent-encoded twice": f"next=https%253A%252F%252Fh.test%252F{S}",
    "without a scheme": f"//h.test/{S}/a?k={S}",
    "a path with a signature": f"/a/b.png?X-Amz-Signature={S}",
    "a path with an encoded query": f"/a/b.png%3Fk={S}",
    "another scheme": f"s3://bucket/{S}?k={S}",
    "a signature in the path": f"https://img.test/{S}/rs:fit:1024:1024:0/raw:1/plain/abs://external/images/i",
    "a relative path with an address in it": f"/{S}/rs:fit:1024:1024:0/raw:1/plain/abs://external/images/i",
    "a relative redirect": f"[(b'Location', b'/{S}/rs:fit/images/i'), (b'x', b'y')]",
    "a fragment": f"https://h.test/#{S}",
    "a password": f"https://user:{S}@h.test/v1",
    "a password with a slash": f"https://user:{S}/{S}@h.test/v1",
    "a password and a bad port": f"https://user:{S}@h.test:port/v1",
    "half an address": f"https://user:{S}",
    "a name and value": f"X-Goog-Credential={S}, sig={S}, signature={S}; access_token={S}",
}


@pytest.mark.parametrize("form", ADDRESSES)
@pytest.mark.parametrize("around", ["{}", "see '{}', please", "<a href={}>", "no host in {}?", "https://other.test {}"])
def test_nothing_of_an_address_is_repeated_but_where_it_is(form: str, around: str) -> None:
    text = around.format(ADDRESSES[form])
    for show in (errors.presentable, errors.redacted, errors.shown):
        assert S not in show(text)
        assert S not in show(json.dumps(text))
        assert S not in show(repr(text.encode()))
        assert show(show(text)) == show(text) or show is errors.shown


def test_the_id_of_an_image_is_kept_and_its_signature_is_not() -> None:
    address = f"https://img.test/{S}/rs:fit:1024:1024:0/raw:1/plain/abs://external/images/{ID}"
    for text in (address, f"{address}?k={S}", address.replace("/", "\\/"), address.replace("/", "%2F")):
        assert errors.redacted(f"got '{text}', twice") == f"got 'https://img.test/.../{ID}', twice"


@pytest.mark.parametrize(
    "text",
    [
        "prompt length should be in [1, 1000]",
        "What? No. Is it (really?)",
        "text/html; charset=utf-8, and/or a/b.png",
        "[Errno 104] Connection reset by peer: 'x' is <y>",
        "design=1 assignments: tokens of a signature",
    ],
)
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert errors.redacted(text) == errors.presentable(text) == text


def test_a_secret_of_three_characters_is_taken_out_only_where_a_token_is_announced() -> None:
    assert errors.redacted("a cat saw a: 'a', and a key", "a") == "a cat saw a: 'a', and a key"
    assert errors.redacted("it is is: token: is, Token = 'is', bearer \"is\"", "is") == (
        "it is is: token: [token], Token = '[token]', bearer \"[token]\""
    )
    assert errors.redacted("api_key: abc authorization: abc; abc", "abc") == (
        "api_key: [token] authorization: [token]; abc"
    )


def test_a_short_secret_is_taken_out_as_a_word_and_never_out_of_words() -> None:
    assert errors.redacted("token: the token's tokens, 'token'", "token") == "[token]: the token's tokens, '[token]'"
    assert errors.redacted("a sign-in with sign (sign)", "sign") == "a sign-in with [token] ([token])"
    assert errors.redacted("xabcdefghx", "abcdefgh", "abc") == "x[token]x"


@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            ["https:", "/", "//", "\\/", "%2F", "?", "=", "sig", "@", ":", "h.t", " ", "'", ID, "\0", ")", "."]
        )
    )
)
def test_what_was_redacted_once_stays_the_same(pieces: list[str]) -> None:
    once = errors.redacted("".join(pieces))
    assert errors.redacted(once) == once


class Broken:
    def __repr__(self) -> str:
        raise RuntimeError("no")


CIRCLE: list[Any] = []
CIRCLE.append(CIRCLE)


@pytest.mark.parametrize(
    "value",
    [
        10**5000,
        [10**5000],
        Broken(),
        [Broken()],
        CIRCLE,
        "x" * 10**7,
        b"x" * 10**7,
        list(range(10**6)),
        "\ud800",
        "a\nb",
    ],
    ids=lambda value: type(value).__name__,
)
def test_any_value_can_be_shown_in_a_few_characters(value: Any) -> None:
    text = errors.shown(value)
    assert 0 < len(text) <= errors.VALUE_LENGTH
    assert text.isprintable()


@pytest.mark.parametrize("value", ["16:9", b"abc", 7, 0.5, None, {"rgb": [300, 0, 0]}, (1, 2), "line\nbreak"])
def test_a_small_value_is_shown_as_it_is_written(value: Any) -> None:
    assert errors.shown(value) == repr(value)


def test_an_exception_is_named_with_what_it_says() -> None:
    class Mute(Exception):
        def __str__(self) -> str:
            raise RuntimeError("no")

    assert errors.reason(OSError(5, f"at https://h.test/{S}")) == "OSError: [Errno 5] at https://h.test/..."
    assert errors.reason(Mute()) == "Mute"
    assert errors.reason(KeyError()) == "KeyError"


def test_a_long_message_of_the_service_is_cut() -> None:
    assert len(errors.presentable("x" * 10_000)) == errors.MESSAGE_LENGTH


def every_error() -> list[type[RecraftError]]:
    found = [RecraftError]
    for kind in found:
        found += kind.__subclasses__()
    return [kind for kind in dict.fromkeys(found) if kind.__module__.startswith("recraft.")]


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_errors_pickle_and_copy_with_all_they_know(kind: type[RecraftError]) -> None:
    error = kind(
        "what was wrong",
        operation="createImage",
        status=429,
        code="x",
        request_id="r",
        attempts=3,
        retry_after=1.5,
        maybe_charged=True,
    )
    error.saved = (Path("a.png"),)
    error.add_note("seen in a test")
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        twin = pickle.loads(pickle.dumps(error, protocol))
        assert type(twin) is kind
        assert (str(twin), twin.args, twin.__dict__) == (str(error), error.args, error.__dict__)
    for twin in (copy.copy(error), copy.deepcopy(error)):
        assert (type(twin), str(twin), twin.__dict__) == (kind, str(error), error.__dict__)


def test_the_tree_that_is_documented_is_the_tree_there_is() -> None:
    documented = re.findall(r"(\w+)(?: {2,}| *$)", (errors.__doc__ or "").split("\n\n")[1], re.MULTILINE)
    names = [name for name in documented if name[0].isupper() and hasattr(errors, name)]
    defined = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, RecraftError) and not name.startswith("_")
    }
    assert set(names) == defined
    assert defined <= set(recraft.__all__)


def test_an_input_error_is_a_value_error_too() -> None:
    assert issubclass(InputError, ValueError)
    with pytest.raises(ValueError, match="prompt is empty"):
        Wire("sync").call("images.generate", "")


def test_errors_through_raw_are_the_same(wire: Wire) -> None:
    from recraft_api import models
    from recraft_api.api.images import create_image

    wire.reply = lambda request: httpx.Response(402, json={"message": "No units."})
    body = models.GenerationRequest(prompt="a fox")
    function = create_image.sync_detailed if wire.kind == "sync" else create_image.asyncio_detailed
    with pytest.raises(InsufficientCreditsError, match=r"No units\."):
        wire.run(lambda client: function(client=client.raw, body=body))


def test_a_password_of_digits_with_a_slash_is_not_taken_for_a_port() -> None:
    assert "12345" not in errors.redacted("https://user:12345/67@h.test/v1")
    assert errors.redacted("https://user:12345@h.test:8080/a@b") == "https://h.test:8080/..."
