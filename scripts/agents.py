"""Write what agents and platforms read of the package: JSON Schemas and the JSON-LD context of results, capability
files for the ikanos engine, OpenAPI files of what those serve, references of the Agent Skill, and llms.txt.

python scripts/agents.py            write all of it
python scripts/agents.py --check    fail with a diff when a file is not what this would write
python scripts/agents.py --schema ikanos-schema.json    hold the capability files against the schema of the engine,
                                    which its repository has (modules/ikanos-spec)
"""

from __future__ import annotations

import argparse
import difflib
import io
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

import helpers
from agentfiles import ikanos, jsonschemas, linked, llms, served, skill

ROOT = Path(__file__).resolve().parent.parent
AGENTS = "overlay/recraft/agents"
SCHEMAS, CAPABILITIES, REFERENCES = f"{AGENTS}/schemas", f"{AGENTS}/capabilities", f"{AGENTS}/skill/recraft/references"
#: Folders that hold nothing but what is written.
WHOLE = (SCHEMAS, CAPABILITIES)


def files(root: Path) -> dict[str, str]:
    """Every file there is to write, by its path below the root."""
    specification = json.loads((root / "generated" / "recraft_api" / "openapi.json").read_text("utf-8"))
    schemas = {**jsonschemas.documents(specification), "context.jsonld": linked.context()}
    made_by = helpers.helpers(root / "overlay" / "recraft")
    return {
        **{f"{SCHEMAS}/{name}": _json(each) for name, each in schemas.items()},
        **{f"{CAPABILITIES}/{name}.yaml": _yaml(each) for name, each in ikanos.files(specification).items()},
        **{f"{CAPABILITIES}/openapi/{name}.yaml": _yaml(each) for name, each in served.files(specification).items()},
        **{f"{REFERENCES}/{name}": text for name, text in skill.files(specification, made_by).items()},
        **{f"docs/{name}": text for name, text in llms.files(root).items()},
    }


def _json(document: Any) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _yaml(document: Any) -> str:
    writer = YAML()
    writer.width = 120
    writer.representer.ignore_aliases = lambda data: True
    stream = io.StringIO()
    writer.dump(document, stream)
    return f"# Written by scripts/agents.py from the effective specification. Do not edit.\n{stream.getvalue()}"


def differences(root: Path, wanted: dict[str, str]) -> Iterator[str]:
    """A readable diff from what is there to what should be."""
    there = {path.relative_to(root).as_posix() for name in WHOLE for path in (root / name).rglob("*") if path.is_file()}
    yield from (f"stray file: {name}\n" for name in sorted(there - wanted.keys()))
    for name, text in wanted.items():
        path = root / name
        have = path.read_text("utf-8") if path.exists() else ""
        if have != text:
            old, new = have.splitlines(keepends=True), text.splitlines(keepends=True)
            yield from difflib.unified_diff(old, new, f"{name} (as it is)", f"{name} (as it is written)")


def write(root: Path, wanted: dict[str, str]) -> None:
    """Write every file, and leave no other in the folders that hold nothing else."""
    for name in WHOLE:
        shutil.rmtree(root / name, ignore_errors=True)
    for name, text in wanted.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")


def invalid(root: Path, schema: Path) -> Iterator[str]:
    """What the schema of the engine has against each capability file."""
    import jsonschema

    validator = jsonschema.Draft202012Validator(json.loads(schema.read_text("utf-8")))
    for path in sorted((root / CAPABILITIES).glob("*.yaml")):
        for error in validator.iter_errors(YAML(typ="safe").load(path.read_text("utf-8"))):
            yield f"{path.name}: {error.json_path}: {error.message[:300]}\n"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare instead of writing; exit 1 when they differ")
    parser.add_argument("--schema", type=Path, help="hold the capability files against this schema; exit 1 for faults")
    options = parser.parse_args(arguments)
    if options.schema:
        faults = list(invalid(ROOT, options.schema))
        sys.stdout.writelines(faults)
        return 1 if faults else 0
    if not options.check:
        write(ROOT, files(ROOT))
        return 0
    found = list(differences(ROOT, files(ROOT)))
    sys.stdout.writelines(found)
    if found:
        print("What agents read is not what the specification and the helpers say. Run `make generate`.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
