"""Images come out of the allowed folders and from nowhere else, whatever a path looks like."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from recraft import InputError
from recraft.agents.mcp.roots import Roots

from .server_support import World, words

pytestmark = pytest.mark.anyio


@pytest.fixture
def secret(world: World) -> Path:
    """An image beside the allowed folders."""
    path = world.folder / "secret.png"
    Image.new("RGB", (300, 300), "red").save(path)
    return path


async def vectorized(world: World, image: Any) -> Any:
    async with world.client() as client:
        return await client.call_tool("vectorize", {"image": image})


@pytest.mark.parametrize(
    "given",
    ["photo.png", "./photo.png", "{photos}/photo.png", "file://{photos}/photo.png", "{photos}/../photos/photo.png"],
)
async def test_a_file_in_an_allowed_folder_is_read(world: World, given: str) -> None:
    result = await vectorized(world, given.format(photos=world.photos))
    assert not result.is_error, words(result)
    (request,) = [each for each in world.sandbox.ledger.requests if each.operation == "vectorizeImage"]
    assert (world.photos / "photo.png").read_bytes() in request.body


@pytest.mark.parametrize(
    "given",
    [
        "{secret}",
        "../secret.png",
        "{photos}/../secret.png",
        "{photos}/link.png",
        "link.png",
        "{photos}/folder/secret.png",
        "folder/secret.png",
        "file://{secret}",
        "file://{photos}/%2e%2e/secret.png",
        "FILE://localhost{secret}",
        "//{secret}",
        "/proc/self/cwd/secret.png",
        "/etc/passwd",
        "~/secret.png",
    ],
)
async def test_what_is_elsewhere_is_not_read_however_it_is_named(
    world: World, secret: Path, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(world.folder)
    monkeypatch.setenv("HOME", str(world.folder))
    (world.photos / "link.png").symlink_to(secret)
    (world.photos / "folder").symlink_to(world.folder)
    result = await vectorized(world, given.format(secret=secret, photos=world.photos))
    assert result.is_error
    assert "is no file in the allowed folders" in words(result)
    assert world.sandbox.ledger.requests == ()


async def test_nothing_is_said_of_whether_there_is_a_file_elsewhere(world: World, secret: Path) -> None:
    assert secret.exists()
    there, missing = [words(await vectorized(world, name)) for name in ("../secret.png", "../absent.png")]
    assert there.replace("secret.png", "absent.png") == missing


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("absent.png", "no file in the allowed folders"),
        ("{photos}/absent.png", "No such file"),
        ("{photos}", "no file in the allowed folders"),
        ("{photos}/sub", "is no file"),
        ("{photos}/pipe", "is no file"),
        ("{photos}/words.png", "not an image"),
        ("a\0b", "expected the path"),
        ("", "no file in the allowed folders"),
        ("x" * 5000, "File name too long"),
        ("\ud800.png", "this is no path"),
        ("file://elsewhere/photo.png", "a file of this machine"),
        ("data:image/png;base64,AAAA", "save the image in an allowed folder"),
        (7, "expected a path"),
        (["photo.png"], "expected a path"),
        ({"path": "photo.png"}, "expected a path"),
        ("recraft://results/1/1", "nothing was made yet"),
        ("recraft://account", "allowed folders"),
    ],
)
async def test_what_is_no_image_is_refused_before_anything_is_sent(world: World, given: Any, said: str) -> None:
    (world.photos / "sub").mkdir()
    os.mkfifo(world.photos / "pipe")
    (world.photos / "words.png").write_text("words")
    given = given.format(photos=world.photos) if isinstance(given, str) else given
    result = await vectorized(world, given)
    assert result.is_error
    assert said in words(result)
    assert "Nothing was charged." in words(result)
    assert world.sandbox.ledger.requests == ()


def test_a_link_that_takes_the_place_of_a_folder_is_not_followed(
    world: World, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at the path and the opening."""
    inner = world.photos / "inner"
    inner.mkdir()
    Image.new("RGB", (300, 300)).save(inner / "secret.png")
    roots = Roots([world.photos])
    look = os.path.realpath

    def swap(path: Any, **options: Any) -> str:
        found = look(path, **options)
        if found.endswith("inner/secret.png"):
            inner.rename(world.photos / "moved")
            inner.symlink_to(world.folder)
        return found

    monkeypatch.setattr(os.path, "realpath", swap)
    with pytest.raises(InputError, match="cannot read"):
        roots.open("inner/secret.png", "image")
    assert (inner / "secret.png").read_bytes() == secret.read_bytes()  # it would have been read


async def test_a_link_into_another_allowed_folder_is_followed(world: World) -> None:
    world.output.mkdir()
    (world.output / "here.png").symlink_to(world.photos / "photo.png")
    assert not (await vectorized(world, str(world.output / "here.png"))).is_error


async def test_the_id_of_an_earlier_image_is_that_image(world: World) -> None:
    async with world.client() as client:
        await client.call_tool("generate", {"prompt": "a fox", "n": 2})
        result = await client.call_tool("remove_background", {"image": "recraft://results/1/2"})
        assert not result.is_error
        for wrong, said in (
            ("recraft://results/1", "name one of them"),
            ("recraft://results/1/3", "there is none of the number 3"),
            ("recraft://results/1/0", "there is none of the number 0"),
            ("recraft://results/9/1", "the last one is recraft://results/2"),
            ("recraft://results/../secret", "there is no result"),
        ):
            assert said in words(await client.call_tool("remove_background", {"image": wrong}))
    second = sorted(world.output.glob("generate-*"))[1].read_bytes()
    (request,) = [each for each in world.sandbox.ledger.requests if each.operation == "removeBackground"]
    assert second in request.body


async def test_an_address_is_left_to_the_service(world: World) -> None:
    async with world.client() as client:
        made = await client.call_tool("generate", {"prompt": "a fox"})
        assert made.structured_content is not None
        result = await client.call_tool("vectorize", {"image": made.structured_content["images"][0]["url"]})
    assert not result.is_error, words(result)


async def test_pictures_never_take_the_place_of_a_file(world: World) -> None:
    async with world.client() as client:
        for _ in range(3):
            await client.call_tool("generate", {"prompt": "../../x", "n": 2})
    assert len(list(world.output.iterdir())) == 6
    assert {path.name for path in world.folder.iterdir()} == {"out", "photos"}
