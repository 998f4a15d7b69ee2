"""`recraft skill`: the Agent Skill that comes with the package."""

from __future__ import annotations

import secrets
import shutil
from importlib import resources
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from recraft import FileExists, InputError

from .common import Common, documented, switch
from .exits import Exit
from .telling import write, write_json

NAME = "recraft"
#: Where agents of several makers look for the skills of a project.
USUAL = Path(".agents/skills")


@documented
def install(
    folder: Annotated[Path, Parameter(help="Where an agent looks for skills.")] = USUAL,
    /,
    *,
    force: Annotated[bool, switch("Replace the skill that is there.")] = False,
    common: Annotated[Common | None, Parameter("*")] = None,
) -> int:
    """Put the Agent Skill into a folder where agents look for skills, as the folder recraft in it.

    The usual folders are .agents/skills and .claude/skills of a project, and those in your home. Nothing is sent.
    """
    common = common or Common()
    target = folder / NAME
    if target.exists() and not force:
        raise FileExists(f"{str(target)!r} is there already. Pass --force to replace it, or name another folder.")
    if common.dry_run:
        write(f"would install {target}")
        return Exit.OK
    try:
        _replace(target)
    except OSError as error:
        raise InputError(f"cannot write {str(target)!r}: {error.strerror or error}.") from None
    if common.json:
        write_json(str(target))
    else:
        write(str(target))
    return Exit.OK


def _replace(target: Path) -> None:
    """Put the skill there whole, or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    try:
        with resources.as_file(resources.files("recraft").joinpath("agents", "skill", NAME)) as source:
            shutil.copytree(source, fresh, ignore=shutil.ignore_patterns("__pycache__"))
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)
        fresh.rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
