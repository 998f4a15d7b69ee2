"""Write what agents and platforms read of the package: JSON Schemas and the JSON-LD context of results, capability
files for the ikanos engine, and OpenAPI files of what those serve.

python scripts/agents.py            write overlay/recraft/agents
python scripts/agents.py --check    fail with a diff when a file is not what this would write
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

import generate
from agentfiles import ikanos, jsonschemas, linked, served

ROOT = Path(__file__).resolve().parent.parent
#: What is written, below the root: each folder holds nothing else.
SCHEMAS, CAPABILITIES = "overlay/recraft/agents/schemas", "overlay/recraft/agents/capabilities"
FOLDERS = (SCHEMAS, CAPABILITIES)


def files(root: Path) -> dict[str, str]:
    """Every file there is to write, by its path below the root."""
    specification = json.loads((root / "generated" / "recraft_api" / "openapi.json").read_text("utf-8"))
    schemas = {**jsonschemas.documents(specification), "context.jsonld": linked.context()}
    found = {f"{SCHEMAS}/{name}": _json(document) for name, document in schemas.items()}
    found |= {f"{CAPABILITIES}/{name}.yaml": _yaml(each) for name, each in ikanos.files(specification).items()}
    served_ = served.files(specification)
    return found | {f"{CAPABILITIES}/openapi/{name}.yaml": _yaml(each) for name, each in served_.items()}


def _json(document: Any) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _yaml(document: Any) -> str:
    writer = YAML()
    writer.width = 120
    writer.representer.ignore_aliases = lambda data: True
    stream = io.StringIO()
    writer.dump(document, stream)
    return f"# Written by scripts/agents.py from the effective specification. Do not edit.\n{stream.getvalue()}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare instead of writing; exit 1 when they differ")
    check = parser.parse_args(arguments).check
    with tempfile.TemporaryDirectory(prefix="recraft-agents-") as scratch:
        fresh = Path(scratch)
        for name, text in files(ROOT).items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_text(text, "utf-8")
        found = [line for folder in FOLDERS for line in generate.differences(fresh / folder, ROOT / folder)]
        if not check:
            for folder in FOLDERS:
                generate.replace(fresh / folder, ROOT / folder)
            return 0
    sys.stdout.writelines(found)
    if found:
        print("What agents read is not what the specification and the helpers say. Run `make generate`.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
