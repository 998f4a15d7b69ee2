"""Run openapi-python-client with our edits to its templates, in this process: it is imported once."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import openapi_python_client
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser.errors import GeneratorError
from pydantic import BaseModel
from ruamel.yaml import YAML

from schemas import operations
from specfile.naming import module_name


class GenerateError(Exception):
    """The pipeline stopped; nothing was written."""


def write(specification: dict[str, Any], document: str, spec_dir: Path, scratch: Path, package: Path) -> None:
    """Write the package for a specification, whose text is `document`, with the settings and the edits that are in
    `spec_dir`. Raises GenerateError for whatever the generator complains of.
    """
    (scratch / "openapi.json").write_text(document, "utf-8")
    write_templates(YAML(typ="safe").load((spec_dir / "templates.yaml").read_text("utf-8")), scratch / "templates")
    _operation_ids(specification, scratch / "templates")
    _run(scratch / "openapi.json", spec_dir / "generator.yaml", scratch / "templates", package)


def write_templates(edits: list[dict[str, Any]], target: Path) -> None:
    """Copy the generator's templates to `target` with our edits made; a `find` that no longer fits is an error."""
    upstream = Path(openapi_python_client.__file__).parent / "templates"
    for edit in edits:
        path = target / edit["file"]
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(upstream / edit["file"], path)
        text = path.read_text("utf-8")
        if text.count(edit["find"]) != edit.get("times", 1):
            raise GenerateError(
                f"spec/templates.yaml: {edit['file']}: found {text.count(edit['find'])} times "
                f"instead of {edit.get('times', 1)}: "
                f"{edit['find']!r}. The generator's template has changed: adapt the edit."
            )
        path.write_text(text.replace(edit["find"], edit["replace"]), "utf-8")


def _operation_ids(specification: dict[str, Any], target: Path) -> None:
    """Give the templates each operation's id as the specification has it, by the name the generator makes of it."""
    ids = {
        module_name(item["operationId"]): json.dumps(item["operationId"]) for _, _, item in operations(specification)
    }
    (target / "operation_ids.jinja").write_text(f"{{% set operation_ids = {ids!r} %}}\n", "utf-8")


def _run(document: Path, settings: Path, templates: Path, package: Path) -> None:
    """Write the package as openapi-python-client makes it. Whatever it complains of is an error."""
    output = io.StringIO()
    try:
        config = Config.from_sources(
            ConfigFile.load_from_path(settings), MetaType.NONE, document, "utf-8", overwrite=False, output_path=package
        )
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            complaints = openapi_python_client.generate(config=config, custom_template_path=templates)
    except Exception as error:
        raise GenerateError(f"openapi-python-client failed:\n{output.getvalue()}{error!r}") from error
    if complaints:
        texts = [f"{each.header}\n{each.detail or ''}\n{_about(each)}".rstrip() for each in complaints]
        raise GenerateError("\n".join(["openapi-python-client failed:", *texts]))


def _about(complaint: GeneratorError) -> str:
    """The part of the document that the generator cannot read."""
    data = getattr(complaint, "data", None)
    return data.model_dump_json(indent=2, exclude_unset=True, by_alias=True) if isinstance(data, BaseModel) else ""


def tidy(package: Path) -> None:
    """Format the package, by the ruff of this environment: what comes out depends on which one runs. Of what it finds
    only imports are mended: the generator's default rules rewrite annotations in ways mypy --strict rejects.
    """
    ruff = str(Path(sys.executable).parent / "ruff")
    rules = ["--isolated", "--no-cache", "--target-version", "py311", "--line-length", "120"]
    for arguments in (["check", "--fix-only", "--select=F,I"], ["format"]):
        run = subprocess.run([ruff, *arguments, ".", *rules], cwd=package, capture_output=True, text=True, check=False)
        if run.returncode != 0:
            raise GenerateError(f"ruff {arguments[0]} failed:\n{run.stdout}{run.stderr}".rstrip())
