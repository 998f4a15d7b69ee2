"""Tokens and profiles: where they come from, where `recraft login` keeps them, and that nobody else sees them."""

from __future__ import annotations

import os
import sys
import tomllib
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from recraft import InputError, MemoryStore, RedisStore, SQLiteStore
from recraft.cli.clients import limiter
from recraft.cli.login import store
from recraft.cli.profiles import access, config_file
from recraft.sandbox import Sandbox

CONFIG = """
[default]
token = "default-token"

[studio]
token = "studio-token"
base_url = "https://studio.example/v1"
limiter = "redis://limits.example"
"""

SHELL = {"RECRAFT_API_TOKEN": "shell-token", "RECRAFT_BASE_URL": "https://shell.example/v1"}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(CONFIG)
    return file


@pytest.mark.parametrize(
    ("profile", "base_url", "environment", "expected"),
    [
        (None, None, {}, ("default-token", None, None)),
        (None, None, SHELL, ("shell-token", "https://shell.example/v1", None)),
        ("studio", None, SHELL, ("studio-token", "https://studio.example/v1", "redis://limits.example")),
        (None, None, {"RECRAFT_PROFILE": "studio"}, ("studio-token", "https://studio.example/v1", "redis://limits.example")),
        (None, None, {"RECRAFT_PROFILE": "studio", **SHELL}, ("shell-token", "https://shell.example/v1", "redis://limits.example")),
        ("studio", "https://flag.example", SHELL, ("studio-token", "https://flag.example", "redis://limits.example")),
        ("default", None, SHELL, ("default-token", "https://shell.example/v1", None)),
    ],
)  # fmt: skip
def test_flags_go_before_the_environment_and_that_before_the_default_profile(
    profile: str | None, base_url: str | None, environment: dict[str, str], expected: tuple[Any, ...], config: Path
) -> None:
    found = access(profile, base_url, environment, config)
    assert (found.token, found.base_url, found.limiter) == expected
    assert "token" not in repr(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('token = "secret-1"\n[default]', "token in .* is in no profile; expected .default. in a line above"),
        ('[default]\ntokn = "secret-1"', "'tokn' of the profile default"),
        ("[default]\ntoken = 17", "token of the profile default .* is no str"),
        ("[default]\ntoken = secret-1", "is no TOML"),
        ('default = "secret-1"', "default in .* is in no profile"),
    ],
)
def test_what_is_wrong_with_the_configuration_is_said_without_its_values(text: str, said: str, config: Path) -> None:
    config.write_text(text)
    with pytest.raises(InputError, match=said) as caught:
        access("default", None, {}, config)
    assert "secret-1" not in str(caught.value)


def test_a_profile_that_is_not_there_names_those_that_are(config: Path) -> None:
    with pytest.raises(InputError, match=r"no profile 'home' .*it has default, studio\. Make it with recraft login"):
        access("home", None, {}, config)
    with pytest.raises(InputError, match="expected letters"):
        access("../home", None, {}, config)


def test_login_keeps_a_token_that_works_for_this_user_alone(recraft: Callable[..., Any], sandbox: Sandbox) -> None:
    ran = recraft("login", "--profile", "studio", stdin=f"{sandbox.token}\n".encode())
    assert (ran.code, ran.err) == (0, "")
    assert "10,000 units left" in ran.out
    assert sandbox.token not in ran.out
    assert config_file().stat().st_mode & 0o777 == 0o600
    assert tomllib.loads(config_file().read_text()) == {"studio": {"token": sandbox.token}}


def test_a_kept_token_is_called_with(
    recraft: Callable[..., Any], sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    recraft("login", "--base-url", sandbox.base_url, stdin=sandbox.token.encode())
    monkeypatch.delenv("RECRAFT_API_TOKEN")
    monkeypatch.delenv("RECRAFT_BASE_URL")
    assert recraft("account").code == 0


def test_login_keeps_no_token_that_the_service_refuses(recraft: Callable[..., Any], sandbox: Sandbox) -> None:
    ran = recraft("login", stdin=b"wrong-token")
    assert ran.code == 3
    assert "wrong-token" not in ran.err
    assert not config_file().exists()


def test_login_puts_the_token_into_the_keyring_where_there_is_one(
    recraft: Callable[..., Any], sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[tuple[str, str], str] = {}
    keyring = types.SimpleNamespace(
        set_password=lambda service, name, token: kept.update({(service, name): token}),
        get_password=lambda service, name: kept.get((service, name)),
    )
    monkeypatch.setitem(sys.modules, "keyring", keyring)  # type: ignore[arg-type]
    assert recraft("login", stdin=sandbox.token.encode()).code == 0
    assert kept == {("recraft-sdk", "default"): sandbox.token}
    assert sandbox.token not in config_file().read_text()
    monkeypatch.delenv("RECRAFT_API_TOKEN")
    assert recraft("account").code == 0


def test_a_keyring_that_does_not_work_leaves_the_token_to_the_file(
    recraft: Callable[..., Any], sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: str) -> None:
        raise RuntimeError("locked")

    monkeypatch.setitem(sys.modules, "keyring", types.SimpleNamespace(set_password=broken))  # type: ignore[arg-type]
    ran = recraft("login", stdin=sandbox.token.encode())
    assert ran.code == 0
    assert "RuntimeError" in ran.err
    assert tomllib.loads(config_file().read_text())["default"]["token"] == sandbox.token


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[p]\ntoken = "new"\n'),
        ("# mine\n[other]\nx = 1", '# mine\n[other]\nx = 1\n\n[p]\ntoken = "new"\n'),
        ('[p]\ntoken = "old"\nlimiter = "none" # kept\n', '[p]\ntoken = "new"\nlimiter = "none" # kept\n'),
        ("[p]\nkeyring = true\n[q]\nkeyring = true\n", '[p]\ntoken = "new"\n[q]\nkeyring = true\n'),
        ('[p] # here\ntoken = "old"', '[p] # here\ntoken = "new"\n'),
    ],
)
def test_the_rest_of_the_configuration_stays_as_it_is(before: str, after: str, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(before)
    store(file, "p", {"keyring": None, "token": "new"})
    assert file.read_text() == after


@pytest.mark.parametrize("before", ['p = {token = "old"}', "p.limiter = 'none'", '[p]\ntoken = """old\n[q]\n"""'])
def test_a_configuration_written_in_another_way_is_left_alone(before: str, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(before)
    with pytest.raises(InputError):
        store(file, "p", {"token": "new"})
    assert file.read_text() == before


@pytest.mark.parametrize("command", ["generate", "login", "account"])
def test_no_option_takes_a_token(command: str, recraft: Callable[..., Any], home: Path) -> None:
    ran = recraft(command, "--token", "secret-1", *(["x"] if command == "generate" else []))
    assert ran.code == 2
    assert "Unknown option" in ran.err


def test_shells_share_the_limits_of_an_account(recraft: Callable[..., Any], home: Path) -> None:
    made = limiter(None)
    assert made is not None
    assert isinstance(made.store, SQLiteStore)
    assert made.store.path.parent.stat().st_mode & 0o777 == 0o700
    assert isinstance(limiter("redis://localhost").store, RedisStore)  # type: ignore[union-attr]
    assert isinstance(limiter("memory").store, MemoryStore)  # type: ignore[union-attr]
    assert limiter("none") is None


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_a_token_that_others_can_read_is_warned_of(
    recraft: Callable[..., Any], sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RECRAFT_API_TOKEN")
    file = config_file()
    file.parent.mkdir(parents=True)
    file.write_text(f'[default]\ntoken = "{sandbox.token}"\n')
    file.chmod(0o644)
    ran = recraft("account")
    assert ran.code == 0
    assert "others can read" in ran.err
    assert sandbox.token not in ran.err
    file.chmod(0o600)
    assert recraft("account").err == ""


@pytest.mark.usefixtures("sandbox")
def test_a_limiter_whose_package_is_missing_is_named(
    recraft: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECRAFT_LIMITER", "redis://127.0.0.1:1")
    monkeypatch.setitem(sys.modules, "redis", None)
    ran = recraft("account")
    assert ran.code == 2
    assert "pip install 'recraft-sdk[redis]'" in ran.err
