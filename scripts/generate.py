"""Write `generated/` from `spec/`: validate, apply the overlay documents, run the generator, emit the option types.
Then write what agents read, as agents.py does.

python scripts/generate.py                              write generated/recraft_api, and what agents read
python scripts/generate.py --check                      fail with a diff when one is not what this would write
python scripts/generate.py --overlays hygiene,helpers --output DIR   only some overlay documents, into another folder
"""

from __future__ import annotations

import argparse
import difflib
import gc
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs

import answers
import capabilities
import facts
import generator
import options
import overlays
import renaming
import specfile
import table
from generator import GenerateError as GenerateError
from schemas import operations

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "recraft_api"


class Unfit(GenerateError):
    """The overlay documents cannot be applied, or what comes out is no valid document, perhaps as some are stale."""

    def __init__(self, reason: str, stale: list[overlays.Stale]) -> None:
        self.reason, self.stale = reason, stale
        super().__init__("\n  ".join([reason, *map(str, stale)]))


@attrs.frozen
class Source:
    """A specification as it was read, and found to be valid.

    Attributes:
        text: All of it as JSON.
        warnings: What validation let through.
    """

    text: str
    warnings: list[str]


@attrs.frozen
class Effective:
    """A specification with overlay documents applied.

    Attributes:
        specification: What came out.
        warnings: What validation let through, and what was changed beside the overlay documents.
        stale: The actions that no longer fit; what they say is not in it, or was there already.
        met: Where each action matched.
        moved: What stands elsewhere than in the file.
    """

    specification: dict[str, Any]
    warnings: list[str]
    stale: list[overlays.Stale]
    met: overlays.Met
    moved: renaming.Moved


def effective(spec: Path, overlay_dir: Path, names: Iterable[str] | None = None) -> tuple[dict[str, Any], list[str]]:
    """The specification at `spec` with the overlay documents applied in the order of their file names, and the
    warnings.

    `names` picks documents by the part of their file name after the number (`hygiene` is `10-hygiene.yaml`), beside
    that of the names, which the others speak; None takes all. Raises SpecError, OverlayError, or GenerateError when an
    action is stale or does not fit.
    """
    found = applied(read(spec), overlay_dir, names)
    if found.stale:
        raise GenerateError("stale overlay actions:\n  " + "\n  ".join(map(str, found.stale)))
    return found.specification, found.warnings


def read(spec: Path) -> Source:
    """The specification at `spec`, which may go without names. Raises SpecError."""
    specification = specfile.load(spec)
    warnings = specfile.lower(specification)
    return Source(json.dumps(specification), [*warnings, *specfile.validate(specification, named=False)])


def applied(
    spec: Source, overlay_dir: Path, names: Iterable[str] | None = None, met: overlays.Met | None = None
) -> Effective:
    """The same of what was read, with the stale actions told instead of raised. Raises OverlayError for an overlay
    document that is none, Unfit where the two do not fit.
    """
    specification = json.loads(spec.text)
    stale: list[overlays.Stale] = []
    met, moved = {} if met is None else met, renaming.Moved()
    documents = [(path.name, overlays.load(path)) for path in _documents(overlay_dir, names)]
    for name, document in documents:
        facts.check_names(document, name)
    try:
        for name, document in documents:
            stale += overlays.apply(specification, document, name, met, moved)
        specification = json.loads(json.dumps(specification))  # no two places share a value, so one can change alone
        specfile.validate(specification)
    except (overlays.OverlayError, specfile.SpecError) as error:
        raise Unfit(str(error), stale) from error
    notes = [*answers.relax(specification), *capabilities.unnamed(specification)]
    return Effective(specification, [*spec.warnings, *notes], stale, met, moved)


def named(spec: Source, overlay_dir: Path) -> Effective:
    """The specification as the publisher has it, with our names. Raises as `applied` does."""
    return applied(spec, overlay_dir, ())


def _documents(overlay_dir: Path, names: Iterable[str] | None) -> list[Path]:
    documents = sorted(overlay_dir.glob("*.yaml"))
    if names is None:
        return documents
    known = {path.stem.partition("-")[2]: path for path in documents}
    if unknown := [name for name in names if name not in known]:
        raise GenerateError(f"no overlay document called {', '.join(unknown)}; there are: {', '.join(known)}")
    return [path for name, path in known.items() if name in (*names, "names")]


def generate(specification: dict[str, Any], spec_dir: Path, target: Path) -> None:
    """Write the package for an effective specification to `target`, which must not exist: the same bytes every time."""
    facts.check(specification)
    document = json.dumps(specification, indent=2, ensure_ascii=False) + "\n"
    written = {
        "openapi.json": document,
        "options.py": options.emit_options(specification),
        "operations.py": table.emit_operations(specification),
        "marks.py": options.emit_marks(specification),
        "inputs.py": (spec_dir / "templates" / "inputs.py").read_text("utf-8"),
        "specification.py": source(specification, spec_dir),
        "py.typed": "",
    }
    with tempfile.TemporaryDirectory(prefix="recraft-generate-") as scratch_name:
        scratch = Path(scratch_name)
        package = scratch / PACKAGE
        generator.write(specification, document, spec_dir, scratch, package)
        for name, text in written.items():
            (package / name).write_text(text, "utf-8")
        generator.tidy(package)
        for cache in package.rglob("__pycache__"):
            shutil.rmtree(cache)
        check_models(package)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(package, target)


def source(specification: dict[str, Any], spec_dir: Path) -> str:
    """The module that says which document this is."""
    return (
        '"""Which document this was generated from: its own version, and the SHA-256 of its file."""\n\n'
        f"SPEC_VERSION = {json.dumps(str(specification['info']['version']))}\n"
        f"SPEC_SHA256 = {json.dumps(specfile.sha256(specfile.vendored(spec_dir)))}\n"
    )


def check_models(package: Path) -> None:
    """Modules, models and ids that operations.py names must be there: the generator's naming is not ours to assume."""
    namespace: dict[str, Any] = {}
    exec((package / "operations.py").read_text("utf-8"), namespace)
    for identifier, operation in namespace["OPERATIONS"].items():
        module = package / "api" / (operation["module"].replace(".", "/") + ".py")
        if not module.exists():
            raise GenerateError(f"{identifier}: the generator wrote no {module.relative_to(package)}")
        text = module.read_text("utf-8")
        if f'"operation": "{identifier}"' not in text:
            raise GenerateError(
                f"{identifier}: {module.relative_to(package)} does not tell its requests which operation they are"
            )
        for model in [*(body["model"] for body in operation["bodies"].values()), operation["answer"]]:
            if model and f"import {model}\n" not in text:
                raise GenerateError(f"{identifier}: {module.relative_to(package)} does not use the model {model}")


def replace(fresh: Path, target: Path) -> None:
    """Put `fresh` in the place of `target`, leaving `target` as it was when the copy fails."""
    staging = target.with_name(f".{target.name}.new")
    shutil.rmtree(staging, ignore_errors=True)
    shutil.copytree(fresh, staging)
    shutil.rmtree(target, ignore_errors=True)
    staging.rename(target)


def differences(expected: Path, actual: Path) -> Iterator[str]:
    """A readable unified diff from `actual` to `expected`, file by file; stray and missing files included."""

    def files(root: Path) -> dict[str, bytes]:
        found = (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}

    want, have = files(expected), files(actual)
    for name in sorted(want.keys() | have.keys()):
        if name not in have:
            yield f"missing file: {actual.name}/{name}\n"
        elif name not in want:
            yield f"stray file: {actual.name}/{name} (the generator does not write it)\n"
        elif want[name] != have[name]:
            old, new = (side[name].decode("utf-8", "replace").splitlines(keepends=True) for side in (have, want))
            yield from difflib.unified_diff(
                old, new, f"{actual.name}/{name} (as it is)", f"{actual.name}/{name} (as generated)"
            )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare instead of writing; exit 1 when they differ")
    parser.add_argument(
        "--overlays", metavar="NAMES", help="overlay documents to apply, comma-separated (default: all)"
    )
    parser.add_argument(
        "--output", metavar="DIR", type=Path, help="folder to write the package into, and nothing else (default: ours)"
    )
    given = parser.parse_args(arguments)
    target = (given.output or ROOT / "generated") / PACKAGE
    try:
        specification, warnings = effective(
            specfile.vendored(ROOT / "spec"),
            ROOT / "spec" / "overlays",
            given.overlays.split(",") if given.overlays else None,
        )
        for warning in warnings:
            print(specfile.printable(f"warning: {warning}"), file=sys.stderr)
        with tempfile.TemporaryDirectory(prefix="recraft-generated-") as scratch:
            fresh = Path(scratch) / PACKAGE
            generate(specification, ROOT / "spec", fresh)
            if not given.check:
                replace(fresh, target)
            elif found := list(differences(fresh, target)):
                sys.stdout.writelines(found)
                print("generated/ is not what the specification generates. Run `make generate`; never edit it by hand.")
                return 1
    except (GenerateError, overlays.OverlayError, specfile.SpecError) as error:
        print(specfile.printable(f"error: {error}"), file=sys.stderr)
        return 1
    if given.check:
        print("generated/ is exactly what the specification generates.")
    else:
        print(f"wrote {target}: {len(list(operations(specification)))} operations")
    return 0 if given.output else _agents(["--check"] if given.check else [])


def _agents(arguments: list[str]) -> int:
    """Write or check what agents read, which is made from the package: it is imported no earlier than now."""
    import agents

    return agents.main(arguments)


if __name__ == "__main__":
    gc.disable()  # in a process of seconds there is next to no garbage, and looking for it takes a tenth of the time
    sys.exit(main())
