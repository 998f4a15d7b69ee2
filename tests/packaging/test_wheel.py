"""What is shipped: a wheel that holds all it needs, nothing more, and works with its declared dependencies alone."""

from __future__ import annotations

import email
import re
import runpy
import subprocess
import sys
import tarfile
import textwrap
import tomllib
import zipfile
from pathlib import Path

import pytest
from environments import ROOT, build, environment, run

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

pytestmark = pytest.mark.xdist_group("packaging")  # what is built is built once


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def contents(wheel: Path) -> set[str]:
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an empty environment with the wheel and, of everything else, only what the wheel declares."""
    return environment(tmp_path_factory.mktemp("environment"), wheel, PROJECT["dependencies"])


def test_the_wheel_holds_both_packages_and_the_files_they_read(contents: set[str]) -> None:
    assert {
        "recraft/__init__.py",
        "recraft/py.typed",
        "recraft/limiter/reserve.lua",
        "recraft/sandbox/__init__.py",
        "recraft/sandbox/__main__.py",
        "recraft/testing.py",
        "recraft_api/__init__.py",
        "recraft_api/openapi.json",
        "recraft_api/operations.py",
        "recraft_api/py.typed",
    } <= contents


def test_the_wheel_holds_every_source_file_of_the_two_packages(contents: set[str]) -> None:
    for home in (ROOT / "overlay", ROOT / "generated"):
        files = [path for path in home.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        assert {path.relative_to(home).as_posix() for path in files} <= contents


def test_the_wheel_holds_nothing_else(contents: set[str]) -> None:
    tops = {name.partition("/")[0] for name in contents}
    parts = {f"recraft_sdk-{PROJECT['version']}.{part}" for part in ("dist-info", "data")}
    assert tops == {"recraft", "recraft_api"} | parts
    manual = f"recraft_sdk-{PROJECT['version']}.data/data/share/man/man1/recraft.1"
    assert {name for name in contents if ".data/" in name} == {manual}


def test_the_licence_and_the_pytest_plugin_are_declared(wheel: Path, contents: set[str]) -> None:
    information = f"recraft_sdk-{PROJECT['version']}.dist-info"
    assert f"{information}/licenses/LICENSE" in contents
    assert "recraft = recraft.testing" in zipfile.ZipFile(wheel).read(f"{information}/entry_points.txt").decode()


def test_the_description_of_the_package_has_no_link_that_an_index_cannot_follow(wheel: Path, tmp_path: Path) -> None:
    """And each file that it names is in the source distribution."""
    metadata = zipfile.ZipFile(wheel).read(f"recraft_sdk-{PROJECT['version']}.dist-info/METADATA").decode()
    shown = str(email.message_from_string(metadata).get_payload())
    assert "# recraft-sdk" in shown
    assert [target for target in re.findall(r"\]\(([^)]+)\)", shown) if not target.startswith("https://")] == []
    with tarfile.open(build("sdist", tmp_path / "sdist")) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    named = re.findall(r"docs/[\w./-]+\.md|\b[A-Z]+\.md", shown)
    assert {"docs/reference.md", "CHANGELOG.md"} <= set(named) <= held


def test_with_an_address_of_the_source_the_links_of_the_description_lead_there() -> None:
    description = runpy.run_path(str(ROOT / "hatch_build.py"))["description"]
    page = (
        "[limits](docs/limits.md#stores) and [`make live`](docs/live.md), [below](#below), [all](https://example.com/a)"
    )
    kept = ", [below](#below), [all](https://example.com/a)"

    there = description(page, "https://code.example/recraft-sdk/", "1.2.0")
    base = "https://code.example/recraft-sdk/blob/v1.2.0/docs"
    assert there == f"[limits]({base}/limits.md#stores) and [`make live`]({base}/live.md){kept}"

    nowhere = description(page, None, "1.2.0")
    assert nowhere == f"limits (`docs/limits.md`) and `make live` (`docs/live.md`){kept}"


def test_the_source_distribution_builds_the_same_package(wheel: Path, tmp_path: Path, contents: set[str]) -> None:
    source = build("sdist", tmp_path / "sdist")
    with tarfile.open(source) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
        archive.extractall(tmp_path / "unpacked", filter="data")
    assert {"pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "spec/provenance.json"} <= names
    assert {"hatch_build.py", "docs/README.md", "docs/reference.md"} <= names
    assert not {name for name in names if name.startswith(("tests", ".venv", "demo-out"))}
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(unpacked)])
    (again,) = tmp_path.glob("*.whl")
    assert set(zipfile.ZipFile(again).namelist()) == contents


def test_the_installed_package_makes_a_call_and_saves_its_picture(python: Path, tmp_path: Path) -> None:
    script = """
        import base64, json, struct, zlib
        import httpx
        from recraft import Recraft

        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
        picture = b"\\x89PNG\\r\\n\\x1a\\n" + header + chunk(b"IDAT", zlib.compress(b"\\0\\x80")) + chunk(b"IEND", b"")

        def answer(request):
            assert request.url.path.endswith("/images/generations"), request.url
            assert json.loads(request.content) == {"prompt": "a fox", "response_format": "b64_json"}
            assert request.headers["authorization"] == "Bearer secret"
            image = {"b64_json": base64.b64encode(picture).decode()}
            return httpx.Response(200, json={"created": 1, "credits": 40, "data": [image]})

        with Recraft("secret", transport=httpx.MockTransport(answer)) as client:
            result = client.images.generate("a fox", response_format="b64_json")
            (path,) = client.save(result, ".", name="fox")
        assert path.read_bytes() == picture
        print(path.name, result.credits)
    """
    assert run([str(python), "-I", "-c", textwrap.dedent(script)], cwd=tmp_path).split() == ["fox.png", "40"]


def test_every_module_imports_there_or_names_the_extra_it_needs(python: Path, contents: set[str]) -> None:
    """Nothing but the declared dependencies is needed; the rest says what to install."""
    modules = sorted(
        name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for name in contents
        if name.endswith(".py") and name.startswith("recraft") and not name.endswith("__main__.py")
    )
    script = """
        import importlib, sys
        for name in sys.argv[1:]:
            try:
                importlib.import_module(name)
            except ImportError as error:
                print(name, "|", error)
    """
    printed = run([str(python), "-I", "-W", "error", "-c", textwrap.dedent(script), *modules])
    failed = dict(line.split(" | ", 1) for line in printed.splitlines())
    sandbox = {name for name in modules if name.startswith("recraft.sandbox")}
    command = {name for name in failed if name.startswith("recraft.cli.")}  # what `recraft` imports when it runs
    tools = {name for name in failed if name.startswith("recraft.agents.mcp.")}  # what `recraft-mcp` imports
    lone = {"recraft.otel", "recraft._core.on_aiohttp", "recraft._core.answers_on_aiohttp"}
    assert set(failed) - {"recraft.testing"} == sandbox | command | tools | lone  # pytest runs that one
    assert {failed[name] for name in tools} <= {f"No module named '{name}'" for name in ("mcp", "mcp_types")}
    assert {failed[name] for name in command} <= {
        f"No module named '{name}'" for name in ("cyclopts", "rich", "platformdirs")
    }
    assert all("recraft-sdk[sandbox]" in failed[name] for name in sandbox)
    assert "recraft-sdk[otel]" in failed["recraft.otel"]
    assert "recraft-sdk[aiohttp]" in failed["recraft._core.on_aiohttp"]


def test_the_command_line_without_its_extra_lists_the_commands_and_names_the_extra(python: Path) -> None:
    assert "vectorize" in run([str(python), "-I", "-m", "recraft.cli"])
    done = subprocess.run([python, "-I", "-m", "recraft.cli", "account"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "recraft: cyclopts is not installed: pip install 'recraft-sdk[cli]'\n"


def test_the_mcp_server_without_its_extra_names_it(python: Path) -> None:
    done = subprocess.run([python, "-I", "-m", "recraft.agents.mcp"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "recraft-mcp: mcp is not installed: pip install 'recraft-sdk[mcp]'\n"


@pytest.mark.parametrize(
    ("statement", "extra"),
    [
        ("from recraft.sandbox import Sandbox", "sandbox"),
        ("from recraft.otel import trace_events", "otel"),
        ("from recraft import RedisStore; RedisStore('redis://localhost')", "redis"),
    ],
)
def test_what_needs_an_extra_names_it(python: Path, statement: str, extra: str) -> None:
    script = f"try:\n    {statement}\nexcept ImportError as error:\n    print(error)"
    assert f"pip install 'recraft-sdk[{extra}]'" in run([str(python), "-I", "-c", script])


def test_importing_recraft_loads_neither_httpx_nor_attrs(python: Path) -> None:
    heavy = "('httpx', 'attr', 'attrs', 'recraft_api', 'dateutil')"
    script = f"import sys, recraft; print([name for name in {heavy} if name in sys.modules])"
    assert run([str(python), "-I", "-c", script]).strip() == "[]"


def test_the_version_is_the_same_everywhere(python: Path) -> None:
    script = "import importlib.metadata, recraft; print(recraft.__version__, importlib.metadata.version('recraft-sdk'))"
    assert run([str(python), "-I", "-c", script]).split() == [PROJECT["version"]] * 2
