"""`recraft login`: a token, tried and kept where nobody else reads it."""

from __future__ import annotations

import importlib
import json
import os
import re
import secrets
import sys
import tomllib
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from recraft import InputError

from .common import Common, documented
from .profiles import DEFAULT, KEYRING, Access, check_name, config_file, read
from .telling import is_terminal, say, write


@documented
def login(*, common: Annotated[Common | None, Parameter("*")] = None) -> int:
    """Keep an API token in a profile, after trying it.

    The token is asked for without showing it, or read from standard input: recraft login < token.txt. It goes into the
    system's keyring where the package keyring is installed, else into config.toml, which nobody else may read then.
    --base-url is kept with it. No command line option takes a token: other users of the machine could see it.
    """
    common = common or Common()
    profile = common.profile or os.environ.get("RECRAFT_PROFILE") or DEFAULT
    check_name(profile)
    token = _ask()
    if common.dry_run:
        write(f"would try the token, and keep it in the profile {profile} of {config_file()}")
        return 0
    from .clients import client_of

    file = config_file()
    base_url = common.base_url or read(profile, file, required=False).get("base_url")
    with client_of(token, Access(token, base_url, None), common) as client:
        user = client.users.me()
    kept = _into_keyring(profile, token)
    entries = {"keyring": kept, "token": None if kept else token, "base_url": common.base_url}
    store(file, profile, {name: value for name, value in entries.items() if value or name != "base_url"})
    where = "the system's keyring" if kept else str(file)
    write(f"The token works: {user.credits or 0:,.10g} units left. It is kept in {where}, as the profile {profile}.")
    return 0


def _ask() -> str:
    if is_terminal(sys.stdin):
        import getpass

        token = getpass.getpass("API token: ")
    else:
        token = sys.stdin.read()
    if not token.strip():
        raise InputError("no token was given.")
    return token.strip()


def _into_keyring(profile: str, token: str) -> bool:
    """Whether the token is in the system's keyring now: not where there is none, or one that does not work."""
    try:
        importlib.import_module("keyring").set_password(KEYRING, profile, token)
    except ImportError:
        return False
    except Exception as error:  # whatever a backend raises
        say(f"the system's keyring did not take the token ({type(error).__name__}); it goes into a file.")
        return False
    return True


def store(file: Path, profile: str, entries: dict[str, str | bool | None]) -> None:
    """Set entries of a profile, leave out those that are None or False, and leave everything else as it is."""
    try:
        text = file.read_text("utf-8") if file.exists() else ""
        before = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise InputError(f"{str(file)!r} cannot be read as TOML. Mend it, or move it away.") from None
    wanted = {name: value for name, value in before.get(profile, {}).items() if name not in entries}
    wanted |= {name: value for name, value in entries.items() if value}
    text = _with_table(text, profile, entries)
    if _read(text) != {**before, profile: wanted}:
        raise InputError(
            f"{str(file)!r} is written in a way that this cannot change. Set the profile {profile} by hand."
        )
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as new:
            new.write(text)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _read(text: str) -> Any:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _with_table(text: str, profile: str, entries: dict[str, str | bool | None]) -> str:
    lines = [f"{name} = {json.dumps(value)}" for name, value in entries.items() if value]
    header = re.search(rf"^\[\s*{re.escape(profile)}\s*\][^\n]*\n?", text, re.M)
    if header is None:
        gap = "\n\n" if text.strip() else ""
        return "\n".join([f"{text.rstrip()}{gap}[{profile}]", *lines, ""])
    end = re.search(r"^\[", text[header.end() :], re.M)
    stop = header.end() + end.start() if end else len(text)
    names = "|".join(map(re.escape, entries))
    rest = re.sub(rf"^({names})\s*=[^\n]*\n?", "", text[header.end() : stop], flags=re.M)
    start = text[: header.end()].rstrip("\n")
    return "\n".join([start, *lines, ""]) + rest + text[stop:]
