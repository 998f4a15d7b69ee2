"""What a run found, as Markdown for people and as JSON for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import attrs

Verdict = Literal["confirmed", "different", "not checked"]
VERDICTS: tuple[Verdict, ...] = ("different", "confirmed", "not checked")


@attrs.frozen
class Finding:
    id: str
    assumed: str
    source: str
    units: float
    verdict: Verdict
    seen: str


@attrs.define
class Report:
    """Written anew after each finding, so that a run that ends early leaves what it found."""

    folder: Path
    made: str
    package: str
    host: str
    limit: float
    findings: list[Finding] = attrs.field(factory=list)
    spent: float = 0.0
    requests: int = 0
    ended: str = "stopped early"

    def count(self, verdict: Verdict) -> int:
        return sum(finding.verdict == verdict for finding in self.findings)

    def write(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        facts: dict[str, Any] = attrs.asdict(self, filter=lambda attribute, _: attribute.name != "folder")
        (self.folder / "live-report.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
        (self.folder / "live-report.md").write_text(self.markdown(), encoding="utf-8")

    def markdown(self) -> str:
        lines = [
            "# The live service, compared with what is assumed of it",
            "",
            f"recraft-sdk {self.package} against {self.host}, {self.made}: {self.ended}. {self.requests} requests, "
            f"{self.spent:g} of at most {self.limit:g} units counted.",
        ]
        for verdict in VERDICTS:
            found = [finding for finding in self.findings if finding.verdict == verdict]
            lines += ["", f"## {verdict.capitalize()} ({len(found)})", ""]
            lines += [_line(finding) for finding in found] or ["None."]
        return "\n".join(lines) + "\n"


def _line(finding: Finding) -> str:
    what = "why" if finding.verdict == "not checked" else "seen"
    cost = f"; {finding.units:g} units" if finding.units else ""
    seen = finding.seen.replace("`", "'")
    return f"- **{finding.id}**: {finding.assumed} ({finding.source}{cost}). {what.capitalize()}: `{seen}`"
