"""What help(), pydoc and unittest.mock find of a client: its groups, and methods with their signatures."""

from __future__ import annotations

import inspect
import pydoc
import subprocess
import sys
from typing import Any
from unittest.mock import AsyncMock, create_autospec, patch

import anyio
import pytest

from recraft import AsyncRecraft, Recraft, testing
from recraft.api.images import Images

from .support import TOKEN

GROUPS = {"images", "prompts", "styles", "models", "colors", "users"}
both = pytest.mark.parametrize("kind", [Recraft, AsyncRecraft])


def shown(thing: Any) -> str:
    return pydoc.render_doc(thing, renderer=pydoc.plaintext)


@both
def test_help_of_a_client_class_shows_its_groups_with_their_operations(kind: type) -> None:
    text = shown(kind)
    for group in GROUPS:
        assert f"\n |  {group}\n" in text
    assert "Operations: generate, generate_raster," in text
    assert "Operations: create, list, get, delete, list_basic." in text


def test_pydoc_on_the_command_line_shows_the_groups() -> None:
    run = subprocess.run([sys.executable, "-m", "pydoc", "recraft.Recraft"], capture_output=True, text=True, check=True)
    assert all(f"\n |  {group}\n" in run.stdout for group in GROUPS)


@both
def test_help_of_a_group_shows_its_operations_with_their_signatures(kind: Any) -> None:
    for group in (kind(TOKEN).images, kind.images):
        text = shown(group)
        assert "generate(self, /, prompt: str, *, style_references:" in text
        assert "inpaint(self, /, image: ImageInput, mask: ImageInput, prompt: str, *, strength: float" in text


@both
def test_a_mock_made_from_a_client_class_has_the_signatures_of_the_operations(kind: Any) -> None:
    client = create_autospec(kind)("t")
    for name in GROUPS:
        assert hasattr(client, name)
    with pytest.raises(TypeError, match="prompt"):
        client.images.generate()
    with pytest.raises(TypeError, match="sizes"):
        client.images.generate("a fox", sizes="1:1")
    with pytest.raises(AttributeError):
        _ = client.images.generatte
    made = client.images.generate("a fox", size="1:1")
    client.images.generate.assert_called_once_with("a fox", size="1:1")
    assert isinstance(client.images.generate, AsyncMock) is (kind is AsyncRecraft)
    if inspect.iscoroutine(made):
        made.close()


def test_an_operation_is_replaced_in_its_group_with_its_signature() -> None:
    result = testing.make_result()
    client = Recraft("t")
    with patch.object(Images, "generate", autospec=True, return_value=result) as fake:
        assert client.images.generate("a fox", n=2) is result
        fake.assert_called_once_with(client.images, "a fox", n=2)
        with pytest.raises(TypeError):
            client.images.generate()  # type: ignore[call-arg]
    assert "prompt: str" in str(inspect.signature(client.images.generate))


def test_an_awaited_operation_is_replaced_in_its_group_with_its_signature() -> None:
    result = testing.make_result()
    client = AsyncRecraft("t")

    async def run() -> None:
        with patch.object(AsyncRecraft.images, "generate", autospec=True, return_value=result) as fake:
            assert await client.images.generate("a fox", n=2) is result
            fake.assert_awaited_once_with(client.images, "a fox", n=2)
            with pytest.raises(TypeError):
                await client.images.generate()  # type: ignore[call-arg]

    anyio.run(run)


def test_what_replaces_an_operation_in_the_common_group_reaches_both_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Images, "generate", lambda self, prompt: (self, prompt))
    for client in (Recraft("t"), AsyncRecraft("t")):
        found: Any = client.images.generate("a fox")
        assert found == (client.images, "a fox")


@both
def test_a_group_of_a_client_class_is_a_class_whose_functions_know_whether_they_are_awaited(kind: Any) -> None:
    assert inspect.isfunction(kind.images.generate)
    assert inspect.iscoroutinefunction(kind.images.generate) is (kind is AsyncRecraft)
    assert inspect.iscoroutinefunction(kind("t").images.generate) is (kind is AsyncRecraft)
    assert isinstance(kind("t").images, kind.images)
    assert isinstance(kind("t").images, Images)
    assert kind.images is kind.images


def test_a_class_derived_from_a_client_has_the_groups_of_its_kind() -> None:
    class Ours(AsyncRecraft): ...

    assert Ours.images is AsyncRecraft.images
    assert inspect.iscoroutinefunction(Ours("t").images.generate)


def test_the_asynchronous_fixture_makes_images_on_asyncio_and_trio(
    recraft_async_client: AsyncRecraft, recraft_sandbox: Any
) -> None:
    async def run() -> None:
        result = await recraft_async_client.images.generate("a fox", model="recraftv3")
        assert (await recraft_async_client.fetch(result[0]))[:4] == b"RIFF"

    for backend in ("asyncio", "trio"):
        anyio.run(run, backend=backend)
    assert recraft_sandbox.ledger.total_units == 80
