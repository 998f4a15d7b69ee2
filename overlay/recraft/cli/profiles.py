"""What a client is made with: flags, then the environment, then a profile of `config.toml`."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs

from recraft import InputError

from .exits import NoToken
from .telling import say

#: The profile that is used where none is named.
DEFAULT = "default"

#: What a profile may hold, and the kind of each.
KEYS: dict[str, type] = {"token": str, "keyring": bool, "base_url": str, "limiter": str}

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")

#: The service's name in the system keyring.
KEYRING = "recraft-sdk"


class Access(NamedTuple):
    """What a client is made with. `limiter` is a file, a Redis address, `memory` or `none`; None is the usual file."""

    token: str | None
    base_url: str | None
    limiter: str | None

    def __repr__(self) -> str:
        return f"<Access to {self.base_url or 'the service'}>"


def config_file() -> Path:
    return platformdirs.user_config_path("recraft") / "config.toml"


def cache_folder() -> Path:
    """A folder of this user's for what may be forgotten, made when missing."""
    folder = platformdirs.user_cache_path("recraft")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def access(
    profile: str | None, base_url: str | None, environment: Mapping[str, str], file: Path | None = None
) -> Access:
    """What to make a client with. A profile that a flag names goes before the environment; else the environment does.

    Raises InputError for a profile that is not there or says what it cannot.
    """
    file = file or config_file()
    named = profile or environment.get("RECRAFT_PROFILE")
    found = read(named or DEFAULT, file, required=named is not None)
    there = {
        "token": environment.get("RECRAFT_API_TOKEN"),
        "base_url": environment.get("RECRAFT_BASE_URL"),
        "limiter": environment.get("RECRAFT_LIMITER"),
    }
    first, second = (found, there) if profile else (there, found)
    if found.get("token") and os.name == "posix" and file.stat().st_mode & 0o077:
        say(f"others can read {str(file)!r}, which has a token: chmod 600 it.", "warning:", "yellow")
    picked = {name: first.get(name) or second.get(name) for name in there}
    if not picked["token"] and found.get("keyring"):
        picked["token"] = from_keyring(named or DEFAULT)
    return Access(picked["token"], base_url or picked["base_url"], picked["limiter"])


def need_token(access: Access) -> str:
    """The token. Raises NoToken when there is none."""
    if not access.token:
        raise NoToken("there is no API token: neither RECRAFT_API_TOKEN nor a profile of config.toml has one.")
    return access.token


def read(profile: str, file: Path, *, required: bool) -> dict[str, Any]:
    """What a profile says."""
    check_name(profile)
    profiles = _profiles(file)
    if profile not in profiles:
        if required:
            known = f"it has {', '.join(profiles)}" if profiles else "it has none"
            raise InputError(f"there is no profile {profile!r} in {str(file)!r}; {known}. Make it with recraft login.")
        return {}
    found: dict[str, Any] = profiles[profile]
    for name, value in found.items():
        if name not in KEYS:
            raise InputError(
                f"{name!r} of the profile {profile} in {str(file)!r} is unknown; there are {', '.join(KEYS)}."
            )
        if not isinstance(value, KEYS[name]):
            raise InputError(f"{name} of the profile {profile} in {str(file)!r} is no {KEYS[name].__name__}.")
    return found


def _profiles(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    import tomllib  # late: most people have no such file

    try:
        found = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"cannot read {str(file)!r}: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        # What the parser says may quote a line, and with it a token.
        raise InputError(f"{str(file)!r} is no TOML. Mend it, or move it away and use recraft login.") from None
    if loose := [name for name, each in found.items() if not isinstance(each, dict)]:
        raise InputError(f"{loose[0]} in {str(file)!r} is in no profile; expected [{DEFAULT}] in a line above it.")
    return found


def check_name(profile: str) -> None:
    if not _NAME.fullmatch(profile):
        raise InputError(f"profile is {profile[:80]!r}; expected letters, digits, - and _, at most 64.")


def from_keyring(profile: str) -> str | None:
    """The token that `recraft login` put into the system's keyring."""
    try:
        keyring = importlib.import_module("keyring")
    except ImportError:
        raise InputError(
            "the token is in the system's keyring, and the package for it is missing: pip install keyring"
        ) from None
    token: str | None = keyring.get_password(KEYRING, profile)
    return token
