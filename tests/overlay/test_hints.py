"""What help(), pydoc and unittest.mock find of a client: its groups, and methods with their signatures."""

from __future__ import annotations

import inspect
import json
import os
import pydoc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args
from unittest.mock import AsyncMock, create_autospec, patch

import anyio
import jedi
import pytest

from recraft import AsyncRecraft, Recraft, testing
from recraft.api.images import Images
from recraft_api import options
from recraft_api.operations import OPERATIONS

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
        text = "".join(shown(group).replace("|", " ").split())  # from 3.13 on, long signatures are broken into lines
        assert "generate(self,/,prompt:str,*,style_references:" in text
        assert "inpaint(self,/,image:ImageInput,mask:ImageInput,prompt:str,*,strength:float" in text


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


# What help() says of an operation.


def told(text: str, title: str) -> dict[str, str]:
    """What a documentation says of each argument or option, on one line."""
    found: dict[str, str] = {}
    name = ""
    for line in text.partition(f"\n{title}")[2].split("\n\n")[0].splitlines()[1:]:
        if line.startswith(" " * 8):
            found[name] += " " + line.strip()
        else:
            name, _, about = line.strip().partition(": ")
            found[name] = about
    return found


def options_of(helper: str) -> dict[str, str]:
    return told(inspect.getdoc(getattr(Recraft(TOKEN).images, helper)) or "", "Options")


def test_every_option_of_every_operation_says_something_in_words() -> None:
    silent = [
        f"{operation}: {name}"
        for operation, facts in OPERATIONS.items()
        for name, (_, about, _) in facts["keywords"].items()
        if not about[:1].isupper() or about.startswith(("From ", "At most", "Known", "By the doc", "Sent in"))
    ]
    assert silent == []


@pytest.mark.parametrize("helper", ["generate", "inpaint", "outpaint", "image_to_image", "replace_background"])
def test_bounds_and_known_values_stand_at_the_options(helper: str) -> None:
    about = options_of(helper)
    for option, words in {
        "n": "From 1 to 6.",
        "random_seed": "From 0 to 4294967295.",
        "artistic_level": "From 0 to 5.",
        "model": "`recraftv4_1`, `recraftv4_1_pro`,",
        "style": "113 more (`recraft_api.options.StyleName`)",
        "substyle": "(`recraft_api.options.SubstyleName`)",
        "image_format": "Known values: `png` and `webp`.",
        "response_format": "Known values: `url`, `b64_json` and `multipart`.",
    }.items():
        assert words in about[option], option


def test_help_says_of_the_size_that_the_service_chooses_and_what_each_model_takes() -> None:
    about = options_of("generate")["size"]
    assert "Where it is left out, the service chooses one that suits the prompt, which is not always square." in about
    assert "recraftv3 and recraftv2 take 1024x1024, 2048x1024," in about
    assert "recraftv4_pro take 2048x2048," in about
    only = options_of("outpaint")["size"]
    assert "recraftv3 take 1024x1024" in only
    assert "recraftv4" not in only
    assert not any("square" in text for name, text in options_of("generate").items() if name != "size")


def test_help_says_of_a_prompt_how_long_it_may_be() -> None:
    about = told(inspect.getdoc(Recraft(TOKEN).images.inpaint) or "", "Arguments")
    assert "V3 models take at most 1,000 characters" in about["prompt"]
    assert "White pixels" in about["mask"]


@both
def test_help_says_what_an_operation_returns_raises_and_costs(kind: Any) -> None:
    text = inspect.getdoc(kind(TOKEN).images.generate) or ""
    assert "ImageResult; its `credits` says what the call cost in API units" in text
    for name in ("InputError", "APIError", "ConnectionFailed, TimedOut, UnexpectedResponse", "`maybe_charged`"):
        assert name in text.partition("Raises:")[2]
    free = inspect.getdoc(kind(TOKEN).users.me) or ""
    assert "User." in free.partition("Returns:")[2]
    assert "`credits`" not in free
    assert "`maybe_charged`" not in free
    assert max(map(len, text.splitlines())) <= 120


# What editors complete.

KNOWN = {"model": options.ModelName, "size": options.Size, "style": options.StyleName, "substyle": options.SubstyleName}


def test_jedi_completes_the_names_of_options_from_a_client_that_is_there() -> None:
    for client in (Recraft(TOKEN), AsyncRecraft(TOKEN)):
        for helper, start in (('generate("a fox", ', "mod"), ('inpaint("a.png", "b.png", "a fox", ', "negative_p")):
            found = jedi.Interpreter(f"client.images.{helper}{start}", [{"client": client}]).complete()
            assert start in {each.name[: len(start)] for each in found}
        (shown, *_) = jedi.Interpreter("client.images.generate(", [{"client": client}]).get_signatures()
        assert "model: ModelName | str=..." in [each.to_string() for each in shown.params]
        assert "Known values: `recraftv4_1`" in shown.docstring()


def test_jedi_completes_the_groups_and_operations_of_a_client_from_its_source_alone() -> None:
    for start, name in (("client.im", "images"), ("client.images.gen", "generate"), ("client.styles.cr", "create")):
        code = f"from recraft import Recraft\nclient = Recraft()\n{start}"
        assert name in {each.name for each in jedi.Script(code).complete()}


class LanguageServer:
    """pyright as an editor runs it."""

    def __init__(self, folder: Path) -> None:
        paths = [str(Path(module.__file__ or "").parents[1]) for module in (sys.modules["recraft"], options)]
        (folder / "pyrightconfig.json").write_text(json.dumps({"extraPaths": paths}), "utf-8")
        self.folder, self.number = folder, 0
        program = Path(sys.executable).with_name("pyright-langserver")
        self.process = subprocess.Popen(
            [str(program), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        where = {"rootUri": folder.as_uri(), "workspaceFolders": [{"uri": folder.as_uri(), "name": "code"}]}
        self.ask("initialize", {"processId": os.getpid(), "capabilities": {}, **where})
        self.send({"method": "initialized", "params": {}})

    def send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin
        text = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(text), text))
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        found: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return found

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        self.number += 1
        self.send({"id": self.number, "method": method, "params": params})
        while True:
            message = self.receive()
            if message.get("id") == self.number and "method" not in message:
                return message["result"]
            if "id" in message:  # a question of the server's
                self.send({"id": message["id"], "result": None})

    def completions(self, code: str) -> set[str]:
        """What may stand at the bar in the code."""
        line, column = code[: code.index("|")].count("\n"), len(code[: code.index("|")].rpartition("\n")[2])
        address = (self.folder / f"code_{self.number}.py").as_uri()
        document = {"uri": address, "languageId": "python", "version": 1, "text": code.replace("|", "")}
        self.send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        place = {"line": line, "character": column}
        found = self.ask("textDocument/completion", {"textDocument": {"uri": address}, "position": place})
        return {item["label"] for item in found["items"]}


@pytest.fixture
def language_server(tmp_path: Path) -> Iterator[LanguageServer]:
    server = LanguageServer(tmp_path)
    try:
        yield server
    finally:
        server.process.kill()
        server.process.communicate()


@pytest.mark.slow
def test_pyright_completes_the_known_values_of_an_option(language_server: LanguageServer) -> None:
    start = "from recraft import Recraft\nclient = Recraft()\nclient.images."
    for option, alias in KNOWN.items():
        for call in ('generate("a fox", ', 'outpaint("a.png", '):
            known = {f'"{value}"' for value in get_args(alias)}
            assert len(known) > 30
            assert language_server.completions(f'{start}{call}{option}="|")\n') == known
    assert {"model=", "size="} <= language_server.completions(f'{start}generate("a fox", |)\n')
