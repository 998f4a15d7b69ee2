"""Errors that know what was meant: keywords of other packages, a forgotten await, an address without its version."""

from __future__ import annotations

import inspect
import re
import warnings
from typing import Any

import httpx
import pytest

import recraft
from recraft import (
    AsyncRecraft,
    ImageResult,
    InputError,
    MemoryStore,
    NotFoundError,
    RateLimiter,
    Recraft,
    SQLiteStore,
)
from recraft._core.elsewhere import HERE
from recraft.sandbox import Sandbox

from .support import PNG, TOKEN, Wire

WORDS = {
    "timeout": "client.with_options(timeout=...)",
    "headers": "client.with_options(headers={...})",
    "extra_headers": "client.with_options(headers={...})",
    "api_key": "Recraft(token=...)",
    "token": "Recraft(token=...)",
    "base_url": "Recraft(base_url=...)",
    "max_retries": "client.with_options(retry=RetryPolicy(max_attempts=...))",
    "proxies": "HTTPS_PROXY",
    "proxy": "HTTPS_PROXY",
    "extra_body": "extra={...}",
    "extra_query": "extra={...}",
}


@pytest.mark.parametrize("keyword", WORDS)
@pytest.mark.parametrize("helper", ["images.generate", "styles.list"])
def test_a_setting_passed_to_a_helper_is_told_where_it_belongs(wire: Wire, helper: str, keyword: str) -> None:
    with pytest.raises(InputError, match=f"has no option '{keyword}'") as caught:
        wire.call(helper, *(("a fox",) if helper == "images.generate" else ()), **{keyword: 1})
    assert WORDS[keyword] in str(caught.value)
    assert wire.requests == []


@pytest.mark.parametrize("kind", [Recraft, AsyncRecraft])
@pytest.mark.parametrize("keyword", [each for each in WORDS if each not in ("timeout", "headers", "token", "base_url")])
def test_a_setting_of_another_package_is_told_what_it_is_called_here(kind: Any, keyword: str) -> None:
    if keyword in inspect.signature(kind).parameters:
        pytest.skip("it is called so here as well")
    with pytest.raises(TypeError, match=f"{kind.__name__} has no setting '{keyword}'") as caught:
        kind(TOKEN, **{keyword: "secret-of-somebody"})
    assert WORDS[keyword] in str(caught.value)
    assert "secret-of-somebody" not in str(caught.value)


def test_every_setting_that_a_hint_names_is_there() -> None:
    for text in HERE.values():
        for name, arguments in re.findall(r"(Recraft|AsyncRecraft|client\.with_options)\((\w+)=", text):
            function = recraft.Recraft.with_options if name.startswith("client") else getattr(recraft, name)
            assert arguments in inspect.signature(function).parameters, text


def test_an_unknown_setting_is_compared_with_those_there_are() -> None:
    with pytest.raises(TypeError, match=r"Recraft has no setting 'time_out'. Did you mean timeout\?"):
        Recraft(TOKEN, time_out=5)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"AsyncRecraft has no setting 'verify'. It takes: token, base_url, timeout,"):
        AsyncRecraft(TOKEN, verify=False)  # type: ignore[call-arg]
    with (
        Recraft(TOKEN) as client,
        pytest.raises(TypeError, match=r"with_options has no setting 'max_retries'. client"),
    ):
        client.with_options(max_retries=2)  # type: ignore[call-arg]


def test_the_signature_of_a_client_is_its_own() -> None:
    assert list(inspect.signature(Recraft).parameters)[:3] == ["token", "base_url", "timeout"]
    assert "retry" in inspect.signature(Recraft.with_options).parameters


def forgotten() -> Any:
    async def generate() -> bytes:
        return PNG

    return generate()


@pytest.mark.parametrize(
    ("helper", "arguments", "options"),
    [
        ("images.vectorize", (0,), {}),
        ("images.generate", (0,), {}),
        ("images.generate", ("a fox",), {"style_id": 0}),
        ("images.generate", ("a fox",), {"style_references": [0]}),
        ("images.generate", ("a fox",), {"controls": {"colors": [0]}}),
        ("images.generate", ("a fox",), {"extra": {"x": 0}}),
        ("styles.create", ("icon", [0]), {}),
        ("styles.delete", (0,), {}),
    ],
)
def test_what_should_have_been_awaited_is_told_so_wherever_it_is_passed(
    wire: Wire, helper: str, arguments: Any, options: Any
) -> None:
    coroutine = forgotten()

    def meant(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: meant(item) for key, item in value.items()}
        if isinstance(value, list):
            return [meant(item) for item in value]
        return coroutine if value == 0 else value

    with pytest.raises(InputError, match=r"Did you forget await\?"):
        wire.call(helper, *map(meant, arguments), **meant(options))
    coroutine.close()


@pytest.mark.parametrize("action", ["save", "save a list", "fetch", "from_raw"])
def test_a_result_that_should_have_been_awaited_is_told_so(wire: Wire, action: str) -> None:
    coroutine = forgotten()
    actions = {
        "save": lambda client: client.save(coroutine),
        "save a list": lambda client: client.save([coroutine]),
        "fetch": lambda client: client.fetch(coroutine),
        "from_raw": lambda client: ImageResult.from_raw(coroutine),
    }
    with pytest.raises(InputError, match=r"Did you forget await\?"):
        wire.run(actions[action])
    coroutine.close()


def test_an_ordinary_mistake_says_nothing_of_await(wire: Wire) -> None:
    for wrong in (7, object(), [7]):
        with pytest.raises(InputError) as caught:
            wire.call("images.vectorize", wrong)
        assert "await" not in str(caught.value)


def test_a_missing_token_says_where_tokens_are_made() -> None:
    with pytest.raises(
        InputError, match=r"RECRAFT_API_TOKEN\. Tokens are made at https://app\.recraft\.ai/profile/api\."
    ):
        Recraft()


def test_a_store_in_the_place_of_a_limiter_is_told_how_to_pass_it(tmp_path: Any) -> None:
    for store in (SQLiteStore(tmp_path / "limits.db"), MemoryStore()):
        with pytest.raises(InputError, match=rf"pass it as RateLimiter\(store={type(store).__name__}\(...\)\)"):
            Recraft(TOKEN, limiter=store)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="expected a RateLimiter or None"):
        Recraft(TOKEN, limiter=5)  # type: ignore[arg-type]
    Recraft(TOKEN, limiter=RateLimiter(store=MemoryStore())).close()


def test_an_address_without_its_version_is_told_so() -> None:
    with Sandbox() as sandbox:
        short = sandbox.base_url.removesuffix("/v1")
        assert short != sandbox.base_url
        with Recraft(sandbox.token, base_url=short) as client, pytest.raises(NotFoundError) as caught:
            client.users.me()
    assert "there is no /v1 in the address of this call" in str(caught.value)
    assert "https://external.api.recraft.ai/v1" in str(caught.value)


@pytest.mark.parametrize(
    ("base_url", "answer"),
    [
        ("https://api.test/v1", httpx.Response(404, text="404 page not found")),
        ("https://api.test/proxy/v1", httpx.Response(404, text="404 page not found")),
        ("https://api.test", httpx.Response(404, json={"code": "not_found", "message": "no such style"})),
        ("https://api.test", httpx.Response(400, text="bad")),
    ],
)
def test_an_address_with_its_version_and_an_answer_of_the_service_are_told_nothing(
    wire: Wire, base_url: str, answer: httpx.Response
) -> None:
    wire.reply = lambda request: answer
    with pytest.raises(recraft.APIError) as caught:
        wire.run(lambda client: client.users.me(), base_url=base_url)
    assert "base_url" not in str(caught.value)


def test_each_client_says_how_the_other_ones_method_is_called() -> None:
    with pytest.raises(AttributeError, match=r"AsyncRecraft has no close\(\): use `await client.aclose\(\)`"):
        AsyncRecraft(TOKEN).close()  # type: ignore[attr-defined]
    with Recraft(TOKEN) as client, pytest.raises(AttributeError, match=r"Recraft has no aclose\(\): use `client.close"):
        client.aclose()  # type: ignore[attr-defined]
    assert not hasattr(AsyncRecraft(TOKEN), "close")
    with pytest.raises(AttributeError, match="no attribute 'closed'"):
        AsyncRecraft(TOKEN).closed  # type: ignore[attr-defined]  # noqa: B018


def test_an_error_inside_a_property_of_a_client_stays_what_it_is() -> None:
    class Mine(Recraft):
        @property
        def budget(self) -> int:
            return self.nothing_such  # type: ignore[attr-defined,no-any-return]

    with Mine(TOKEN) as client, pytest.raises(AttributeError, match="nothing_such"):
        client.budget  # noqa: B018


def test_a_coroutine_that_was_refused_is_left_to_its_owner() -> None:
    coroutine = forgotten()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(InputError):
            Wire("sync").call("images.vectorize", coroutine)
    assert inspect.getcoroutinestate(coroutine) == inspect.CORO_CREATED
    coroutine.close()
