"""What the overlay package relies on in the generated one; an upgrade of the generator has to keep it."""

from __future__ import annotations

import copy
import importlib
import inspect
import os
import pickle
import pkgutil
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest

import recraft_api
from recraft_api import AuthenticatedClient, api, models
from recraft_api.operations import OPERATIONS
from recraft_api.types import UNSET

ENDPOINTS = [
    name for _, name, package in pkgutil.walk_packages(api.__path__, f"{api.__name__}.") if not package
]  # fmt: skip


def test_there_is_one_endpoint_module_for_each_operation() -> None:
    assert sorted(ENDPOINTS) == sorted(f"recraft_api.api.{facts['module']}" for facts in OPERATIONS.values())


@pytest.mark.parametrize("name", ENDPOINTS)
def test_an_endpoint_module_has_its_two_pure_halves(name: str) -> None:
    module = importlib.import_module(name)
    assert not inspect.iscoroutinefunction(module._get_kwargs)
    assert list(inspect.signature(module._parse_response).parameters) == ["client", "response"]
    for function in (module.sync_detailed, module.asyncio_detailed):
        assert "client" in inspect.signature(function).parameters


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_table_of_operations_names_what_was_generated(operation: str) -> None:
    facts = OPERATIONS[operation]
    module = importlib.import_module(f"recraft_api.api.{facts['module']}")
    taken = inspect.signature(module._get_kwargs).parameters.keys()
    assert set(facts["parameters"]) | ({"body"} if facts["bodies"] else set()) == set(taken)
    for body in facts["bodies"].values():
        fields = inspect.signature(getattr(models, body["model"])).parameters
        assert set(body["attributes"].values()) == set(fields)
    if facts["answer"]:
        assert hasattr(getattr(models, facts["answer"]), "from_dict")


@pytest.mark.parametrize("operation", [name for name, facts in OPERATIONS.items() if facts["answer"]])
@pytest.mark.parametrize("status", [400, 429, 500, 520, 529])
def test_an_error_is_parsed_without_raising_whatever_its_status(operation: str, status: int) -> None:
    module = importlib.import_module(f"recraft_api.api.{OPERATIONS[operation]['module']}")
    client = AuthenticatedClient(base_url="https://api.test", token="t")
    parsed = module._parse_response(client=client, response=httpx.Response(status, json={"message": "no", "code": 7}))
    assert parsed.to_dict() == {"message": "no", "code": 7}


ANSWER_MODELS = sorted({facts["answer"] for facts in OPERATIONS.values() if facts["answer"]} | {"Image", "ApiError"})


@pytest.mark.parametrize("name", ANSWER_MODELS)
def test_an_answer_with_nothing_in_it_parses(name: str) -> None:
    assert getattr(models, name).from_dict({}).to_dict() == {}


@pytest.mark.parametrize("name", ANSWER_MODELS)
def test_an_answer_that_is_all_null_parses(name: str) -> None:
    model = getattr(models, name)
    fields = {attribute.name.rstrip("_") for attribute in model.__attrs_attrs__ if attribute.init}
    parsed = model.from_dict(dict.fromkeys(fields))
    assert set(parsed.to_dict().values()) <= {None}


@pytest.mark.parametrize("name", ANSWER_MODELS)
def test_an_answer_with_unknown_fields_keeps_them(name: str) -> None:
    unknown = {"brand_new": {"deep": [1, None]}, "another": None}
    parsed = getattr(models, name).from_dict(unknown)
    assert parsed.to_dict() == unknown
    assert parsed.additional_properties == unknown
    assert getattr(models, name).from_dict(parsed.to_dict()) == parsed


def test_an_unknown_enum_value_is_sent_as_it_is() -> None:
    request = models.GenerationRequest.from_dict({"prompt": "a", "model": "recraftv9", "response_format": "avif"})
    assert request.to_dict() == {"prompt": "a", "model": "recraftv9", "response_format": "avif"}


ENUMS = [name for name in models.__all__ if not hasattr(getattr(models, name), "from_dict")]


@pytest.mark.parametrize("name", ENUMS)
def test_an_enum_is_open(name: str) -> None:
    assert {str, int} & set(get_args(getattr(models, name)))


@pytest.mark.parametrize("name", sorted(set(models.__all__) - set(ENUMS)))
def test_no_model_shows_its_values(name: str) -> None:
    model = getattr(models, name)
    assert "to_dict" in inspect.getsource(model.__repr__)


@pytest.mark.parametrize("twin", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_an_absent_field_stays_absent_in_a_copy(twin: Any) -> None:
    assert twin(UNSET) is UNSET
    image = models.Image.from_dict({"url": "https://img.test/a"})
    assert twin(image) == image
    assert twin(image).to_dict() == {"url": "https://img.test/a"}


def test_the_generated_client_shows_neither_token_nor_headers() -> None:
    client = AuthenticatedClient(base_url="https://api.test", token="s3cr3t", headers={"x-key": "hidden"})
    client.get_httpx_client()
    for text in (repr(client), str(client)):
        assert "s3cr3t" not in text
        assert "hidden" not in text


def test_nothing_generated_sets_a_multipart_boundary() -> None:
    for path in Path(recraft_api.__file__).parent.rglob("*.py"):
        assert "boundary" not in path.read_text("utf-8"), path.name


def interpreters() -> list[str]:
    """This Python, and every other supported one that can be found."""
    found = [sys.executable]
    homes = [Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"]
    for version in ("3.12", "3.13"):
        pyenv = [str(path) for home in homes for path in sorted(home.glob(f"{version}.*/bin/python{version}"))]
        direct = shutil.which(f"python{version}")
        found.append(next(iter([*pyenv, *([direct] if direct else [])]), f"python{version}"))
    return found


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_everything_generated_imports_without_a_warning(version: str, tmp_path: Path) -> None:
    this = f"{sys.version_info.major}.{sys.version_info.minor}"
    python = sys.executable if version == this else next((p for p in interpreters() if p.endswith(version)), "")
    paths = [str(Path(recraft_api.__file__).parent.parent), sysconfig.get_paths()["purelib"]]
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONDONTWRITEBYTECODE": "1",
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([python, *arguments], env=environment, cwd=tmp_path, capture_output=True, text=True)

    try:
        usable = run("-c", "import httpx, attrs, dateutil").returncode == 0
    except OSError:
        usable = False
    if not usable:
        pytest.skip(f"no Python {version} here that can import httpx and attrs")
    code = (
        "import warnings, importlib, pkgutil, httpx, attrs, dateutil.parser; warnings.simplefilter('error');"
        "import recraft_api;"
        "names = [name for _, name, _ in pkgutil.walk_packages(recraft_api.__path__, 'recraft_api.')];"
        "[importlib.import_module(name) for name in names]; print(len(names) > 40)"
    )
    done = run("-c", code)
    assert (done.returncode, done.stdout.strip()) == (0, "True"), done.stderr
