"""Image URLs with their signature in the query: for everybody, and only for a while."""

from __future__ import annotations

import httpx
import pytest
from sandbox_support import Clock, client_for, message, send

from recraft.sandbox import Sandbox


def url_of(client: httpx.Client) -> str:
    url: str = send(client, "createImage", size="16x16").json()["data"][0]["url"]
    return url


def test_a_link_works_without_a_token_until_its_last_second(either: httpx.Client, clock: Clock) -> None:
    url = url_of(either)
    clock.advance(86_399)
    assert either.get(url, headers={"Authorization": ""}).status_code == 200
    clock.advance(1)
    assert "expired" in message(either.get(url), 403)


def test_a_link_says_when_it_expires(api: httpx.Client, clock: Clock) -> None:
    assert f"Expires={int(clock.now) + 86_400}&" in url_of(api)


@pytest.mark.parametrize(
    "change", [("Expires=", "Expires=1"), ("Signature=", "Signature=0"), ("&Signature", "&S"), ("?", "?x&")]
)
def test_a_link_that_was_changed_is_a_403(api: httpx.Client, change: tuple[str, str]) -> None:
    changed = url_of(api).replace(*change)
    assert api.get(changed).status_code == (200 if change[0] == "?" else 403)


def test_a_signature_is_good_for_one_picture_only(api: httpx.Client) -> None:
    first, second = url_of(api), url_of(api)
    mixed = first.split("?")[0] + "?" + second.split("?")[1]
    assert message(api.get(mixed), 403)


def test_a_link_can_only_be_read(api: httpx.Client) -> None:
    url = url_of(api)
    assert api.head(url).headers["Content-Length"] == str(len(api.get(url).content))
    assert api.head(url).content == b""
    assert message(api.post(url), 405)


def test_an_image_can_be_read_as_webp(inside: httpx.Client) -> None:
    download = inside.get(send(inside, "createImage", size="16x16", image_format="webp").json()["data"][0]["url"])
    assert download.headers["Content-Type"] == "image/webp"
    assert download.content[8:12] == b"WEBP"


def test_the_lifetime_of_a_link_is_a_parameter(clock: Clock) -> None:
    with Sandbox(answers="vendored", clock=clock, url_lifetime=0) as sandbox, client_for(sandbox) as client:
        assert message(client.get(url_of(client)), 403)
