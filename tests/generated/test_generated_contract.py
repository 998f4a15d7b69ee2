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
from uuid import UUID

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


def least(schema: dict[str, Any]) -> Any:
    """The least value of a property, as the generated model reads it."""
    formats = {"binary": b"x", "uuid": str(UUID(int=7))}
    return formats.get(schema.get("format", "")) or {"array": [], "integer": 1, "string": "x"}[schema["type"]]


def example(operation: str, media_type: str | None) -> dict[str, Any]:
    """Arguments of `_get_kwargs`: the least that an operation takes."""
    facts = OPERATIONS[operation]
    given = {key: least(item["schema"]) for key, item in facts["parameters"].items() if item["required"]}
    if media_type:
        body = facts["bodies"][media_type]
        fields = {key: least(body["properties"][key]) for key in body["required"]}
        given["body"] = getattr(models, body["model"]).from_dict(fields)
    return given


@pytest.mark.parametrize(
    ("operation", "media_type"),
    [(name, media_type) for name, facts in OPERATIONS.items() for media_type in facts["bodies"] or [None]],
)
def test_a_request_tells_its_operation_and_its_body(operation: str, media_type: str | None) -> None:
    module = importlib.import_module(f"recraft_api.api.{OPERATIONS[operation]['module']}")
    given = example(operation, media_type)
    kwargs = module._get_kwargs(**given)
    assert kwargs["extensions"]["recraft"] == {
        "operation": operation,
        **({"body": given["body"]} if media_type else {}),
    }

    sent: list[httpx.Request] = []
    transport = httpx.MockTransport(lambda request: sent.append(request) or httpx.Response(200, json={}))
    client = AuthenticatedClient(base_url="https://api.test", token="t", httpx_args={"transport": transport})
    module.sync_detailed(client=client, **given)
    assert sent[0].extensions["recraft"] == kwargs["extensions"]["recraft"]


@pytest.mark.parametrize("operation", [name for name, facts in OPERATIONS.items() if len(facts["bodies"]) > 1])
def test_a_request_without_the_body_it_may_have_tells_so(operation: str) -> None:
    module = importlib.import_module(f"recraft_api.api.{OPERATIONS[operation]['module']}")
    assert module._get_kwargs()["extensions"]["recraft"] == {"operation": operation, "body": None}


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("status", [200, 201, 202, 204, 206, 299])
def test_any_success_is_read_as_the_documented_one(operation: str, status: int) -> None:
    facts = OPERATIONS[operation]
    module = importlib.import_module(f"recraft_api.api.{facts['module']}")
    client = AuthenticatedClient(base_url="https://api.test", token="t")
    content = b'{"brand_new": 1}' if facts["answer"] else b"Deleted."
    parsed = module._parse_response(client=client, response=httpx.Response(status, content=content))
    if facts["answer"]:
        assert type(parsed) is getattr(models, facts["answer"])
        assert parsed.to_dict() == {"brand_new": 1}
    else:
        assert parsed is None, "an answer that is not promised is not read"


@pytest.mark.parametrize("operation", [name for name, facts in OPERATIONS.items() if facts["answer"]])
@pytest.mark.parametrize("status", [100, 301, 304])
def test_what_is_no_success_is_not_read_as_one(operation: str, status: int) -> None:
    module = importlib.import_module(f"recraft_api.api.{OPERATIONS[operation]['module']}")
    client = AuthenticatedClient(base_url="https://api.test", token="t")
    assert isinstance(module._parse_response(client=client, response=httpx.Response(status, json={})), models.ApiError)


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
def test_a_generated_enum_takes_values_it_does_not_know(name: str) -> None:
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
    for version in ("3.12", "3.13", "3.14"):
        pyenv = [str(path) for home in homes for path in sorted(home.glob(f"{version}.*/bin/python{version}"))]
        direct = shutil.which(f"python{version}")
        found.append(next(iter([*pyenv, *([direct] if direct else [])]), f"python{version}"))
    return found


THIS = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.mark.parametrize(
    "version",
    [
        pytest.param(version, marks=[] if version == THIS else [pytest.mark.slow])
        for version in ("3.11", "3.12", "3.13", "3.14")
    ],
)
def test_everything_generated_imports_without_a_warning(version: str, tmp_path: Path) -> None:
    python = sys.executable if version == THIS else next((p for p in interpreters() if p.endswith(version)), "")
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
