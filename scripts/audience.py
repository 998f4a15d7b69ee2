"""What a finding means to those who use `recraft`: helpers hide some breaks of the wire, and all generated names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import attrs

from schemas import Schema, flatten, operations, request_bodies
from specdiff import Finding, Level

#: Where requests go and how they are written is generated; no caller of a helper writes it.
HIDDEN = frozenset(
    [
        "operation-path-changed",
        "operation-servers-changed",
        "server-url-changed",
        "base-path-moved",
        "parameter-serialisation-changed",
    ]
)


@attrs.frozen
class Audience:
    """Those who call helpers.

    Attributes:
        helpers: The helper of each operation, as `client.images.generate`.
        tags: The module group of each operation.
        before: The specification they have.
        after: The specification they would have.
    """

    helpers: Mapping[str, str]
    tags: Mapping[str, str]
    before: dict[str, Any]
    after: dict[str, Any]

    def level(self, finding: Finding) -> Level:
        """What a finding means to them."""
        if finding.level == "sdk-breaking" or (finding.level == "breaking" and self.spared(finding)):
            return "additive"
        return finding.level

    def spared(self, finding: Finding) -> bool:
        """Whether a break of the wire does not reach them."""
        without = bool(finding.operation) and finding.operation not in self.helpers
        return without or finding.code in HIDDEN or self._still_an_argument(finding)

    def generated_only(self, finding: Finding) -> bool:
        """Whether only those notice who import generated names."""
        without = bool(finding.operation) and finding.operation not in self.helpers
        return finding.level == "sdk-breaking" or (finding.level == "breaking" and without)

    def _still_an_argument(self, finding: Finding) -> bool:
        """Whether what went is an argument that helpers take under their own name, and send as something else now."""
        found = re.fullmatch(r"body\.(\w+)", finding.place)
        if not found or not re.fullmatch(r"request-property-(removed|renamed)", finding.code):
            return False
        argument = _arguments(self.before, finding.operation).get(found.group(1))
        return argument is not None and argument in _arguments(self.after, finding.operation).values()


def _arguments(specification: Schema, identifier: str) -> dict[str, str]:
    """What helpers call the properties of an operation's request, where an overlay document says so."""
    return {
        key: argument
        for _, _, operation in operations(specification)
        if operation["operationId"] == identifier
        for body in request_bodies(specification, operation).values()
        for key, schema in body.get("properties", {}).items()
        if (argument := flatten(specification, schema).get("x-argument"))
    }
