"""What a new specification means, without touching anything: validation, findings, overlay documents, helpers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import attrs

import generate
import helpers
import overlays
import releases
import specdiff
import specfile
from audience import Audience
from schemas import operations


@attrs.frozen
class Judgement:
    """What a new document means, compared with what was released.

    Attributes:
        raw: Findings between the vendored file and the new one, under our names.
        effective: Findings between the released effective specification and the new one.
        known: Those of them that the checkout has already, by earlier bumps and overlay documents.
        warnings: What validation let through in the new document.
        stale: A sentence for each overlay action that no longer fits, with the change that made it so.
        specification: The new effective specification.
        fits: Whether the overlay documents could be applied; otherwise the findings are those between the files.
        audience: Those who use `recraft`.
        lines: The line of each place of the new file, as it is under our names; none where it is several files.
    """

    raw: list[specdiff.Finding]
    effective: list[specdiff.Finding]
    known: frozenset[specdiff.Finding]
    warnings: list[str]
    stale: list[str]
    specification: dict[str, Any]
    fits: bool
    audience: Audience
    lines: Mapping[str, int]

    @property
    def verdicts(self) -> dict[str, specdiff.Level]:
        """A verdict for each question: what happens on the wire, to users of `recraft`, to users of generated names."""
        wire, names = specdiff.verdicts(self.effective).items()
        return dict([wire, ("users of recraft", self.users), names])

    @property
    def users(self) -> specdiff.Level:
        """What it means for those who use `recraft`, which the version follows."""
        return specdiff.worst(map(self.audience.level, self.effective))

    @property
    def judged(self) -> specdiff.Level:
        """The same of what rules know; a person has said what the rest means, now or at an earlier bump."""
        levels = map(self.audience.level, self.effective)
        return specdiff.worst(level for level in levels if level != "unclassified")

    @property
    def undecided(self) -> bool:
        """Whether a person has to say what it means, and has not said so before."""
        return any(f.level == "unclassified" and f not in self.known for f in self.effective)

    def line(self, finding: specdiff.Finding) -> int | None:
        """The line of the new file where a finding stands, or would stand."""
        place = finding.pointer
        if place in self.lines:
            return self.lines[place]
        return self.lines.get(place.rpartition("/")[0]) if "removed" in finding.code else None


@attrs.frozen
class Reach:
    """How far the overlay package covers a specification.

    Attributes:
        missing: Operations without a helper; they work through `client.raw`.
        stale: Helpers whose operation is gone.
        unreachable: Request properties that no helper can send.
    """

    missing: list[str]
    stale: list[str]
    unreachable: list[str]


def judge(new: Path, root: Path, release: releases.Release) -> Judgement:
    """Compare the specification at `new` with the one that was released, as both take effect.

    The released one is taken as it was generated: today's overlay documents are for today's file. The files are
    compared under our names. Raises SpecError, or Unfit where the names do not fit.
    """
    spec, overlay_dir = generate.read(new), root / "spec" / "overlays"
    theirs = generate.named(spec, overlay_dir)
    vendored = generate.read(specfile.vendored(root / "spec"))
    met: overlays.Met = {}
    before = release.specification()
    ours = before  # where the names are for the new file only
    with suppress(generate.Unfit):  # the overlay documents need not fit the file they were not written for
        ours = generate.named(vendored, overlay_dir).specification
        generate.applied(vendored, overlay_dir, met=met)
    raw = specdiff.diff(ours, theirs.specification)
    now = json.loads((root / releases.PACKAGE / "openapi.json").read_text("utf-8"))
    try:
        found = generate.applied(spec, overlay_dir, met=met)
        specification, warnings, stale = found.specification, found.warnings, [because(a, raw) for a in found.stale]
    except generate.Unfit as error:  # the file itself is valid, as was seen above
        specification, warnings, before, now = theirs.specification, [], ours, ours
        stale = [*(because(action, raw) for action in error.stale), f"the overlay documents do not fit: {error.reason}"]
        found = None
    audience = Audience(
        helpers=helpers.helpers(root / "overlay" / "recraft"),
        tags=tags(before) | tags(specification),
        before=before,
        after=specification,
    )
    return Judgement(
        raw=raw,
        effective=specdiff.diff(before, specification),
        known=frozenset(specdiff.diff(before, now)),
        warnings=warnings,
        stale=stale,
        specification=specification,
        fits=found is not None,
        audience=audience,
        lines={theirs.moved.pointer(place): line for place, line in specfile.lines(new).items()},
    )


def because(action: overlays.Stale, raw: list[specdiff.Finding]) -> str:
    """A stale action with the changes that made it stale."""
    places = [specfile.pointer(place) for place in action.places]

    def touched(finding: specdiff.Finding) -> bool:
        at = finding.pointer
        if finding.code == "schema-renamed":
            at = specfile.pointer(("components", "schemas", finding.old))
        return any(f"{at}/".startswith(f"{other}/") or f"{other}/".startswith(f"{at}/") for other in places if at)

    groups = specdiff.grouped(raw)
    found = [group.text for group in groups if any(map(touched, group.members))]
    if not found:  # what an operation refers to is another schema now, which stands elsewhere
        operations = {f"{str(at[2]).upper()} {at[1]}" for at in action.places if at[:1] == ("paths",) and len(at) > 2}
        found = [group.text for group in groups if any(finding.method_path in operations for finding in group.members)]
    named = [text for text in found if any(word in text for word in re.findall(r"\w{3,}", action.problem)[:20])]
    causes = named or found
    more = f" And {len(causes) - 3} more." if len(causes) > 3 else ""
    return f"{action}{' Made so by: ' if causes else ''}{' '.join(causes[:3])}{more}"


def reach(generated: Path, root: Path) -> Reach:
    """Ask the overlay package at `root` what it reaches of the specification that the package in `generated` was made
    from.
    """
    run = subprocess.run(
        [sys.executable, str(root / "scripts" / "reach.py"), "--json"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(generated), str(root / "overlay")])},
        capture_output=True,
        text=True,
        check=False,
    )
    if not run.stdout:  # it failed; finding something is no failure
        raise generate.GenerateError(
            f"the overlay package does not work with this specification:\n{run.stderr.strip()}"
        )
    return Reach(**json.loads(run.stdout))


def reach_of(specification: dict[str, Any], root: Path) -> Reach:
    """`reach` for a specification that nothing was generated from yet."""
    with tempfile.TemporaryDirectory(prefix="recraft-reach-") as scratch:
        generate.generate(specification, root / "spec", Path(scratch) / generate.PACKAGE)
        return reach(Path(scratch), root)


def tags(specification: dict[str, Any]) -> dict[str, str]:
    """The module group of each operation."""
    return {item["operationId"]: (item.get("tags") or ["default"])[0] for _, _, item in operations(specification)}
