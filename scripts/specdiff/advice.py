"""What a change that breaks something asks of those who call the SDK, and of those who maintain it."""

from __future__ import annotations

import re
from typing import Final

from specdiff.findings import Finding

_RANGE = r".*-(minimum|maximum|m(in|ax)-(length|items|properties)|pattern|multiple-of|unique-items)-(tightened|changed)"
_NAMES = (
    r"schema-(removed|renamed|title-changed)|model-name-changed|inline-body-renamed|operation-id-changed|tag-changed"
)

#: Codes, what users do, what maintainers do; the first that fits counts.
ADVICE: Final[tuple[tuple[str, str, str], ...]] = (
    (
        r".*-renamed",
        "Write `{new}` instead of `{old}`.",
        "Point overlay actions at the new name; `x-argument` or a `title` there keeps the old one for callers.",
    ),
    (
        r"(request|schema)-property-removed|parameter-removed",
        "Leave it out: the service no longer takes it.",
        "Remove the overlay actions, tests and documentation that name it; a helper's own parameter for it as well.",
    ),
    (
        r"response-(property|header|status|media-type)-removed|.*-became-optional",
        "Do not rely on it in answers; what they still hold is in `.raw`.",
        "See whether `results.py` or `_images.py` read it, and what they hand over without it.",
    ),
    (
        r".*required.*",
        "Pass it in every call.",
        "Give the helper a parameter for it, or a value with `x-always-send`.",
    ),
    (
        r"request-(enum-value-removed|enum-introduced)",
        "Pass one of the values that are left.",
        "Look for the value in tests, README and the table of models.",
    ),
    (
        r".*-enum-dropped",
        "Import the alias of the values no more; the type is the plain one.",
        "Nothing; to keep the alias, name it in an overlay document.",
    ),
    (
        r"response-.*-(relaxed|tightened|changed)|response-union-.*",
        "Expect values that did not come before.",
        "See that results read them: the generated models check no limits, and their types follow.",
    ),
    (
        _RANGE,
        "Pass a value within the new limits.",
        "Nothing in the code: the limits are generated. Change the tests that go beyond them.",
    ),
    (
        r"request-(media-type|body)-.*",
        "Nothing, unless you call through `client.raw`.",
        "See that helpers find a media type for files and for addresses of images.",
    ),
    (
        r".*-(type|format|nullable)-.*",
        "Pass, or expect, a value of the new type.",
        "See that values of the old type are converted or refused before anything is sent.",
    ),
    (
        r"operation-removed",
        "Use another operation: the service no longer has this one.",
        "Take away its helper, its overlay actions, its tests and its row in the README.",
    ),
    (
        r"operation-(path|servers)-.*|server-url-changed|base-path-moved|parameter-serialisation-changed",
        "Nothing, unless you set `base_url` or write URLs by hand.",
        "Overlay actions address by path: point them at the new one.",
    ),
    (
        r"security-.*",
        "See that your token is still accepted, and for what.",
        "See what `settings.py` sends to authenticate.",
    ),
    (_NAMES, "Import the generated name anew.", "Nothing; an overlay `title`, id or tag keeps the old name."),
    (
        r".*-union-.*",
        "Pass a value that fits exactly one of the alternatives.",
        "See which alternative the helpers send.",
    ),
    (
        r".*-additional-properties-closed",
        "Pass known keywords only.",
        "See that nothing unlisted is sent.",
    ),
    (
        r".*-(read|write)-only-changed",
        "Do not send what is read-only, nor expect what is write-only.",
        "Give a helper's parameter for it up.",
    ),
    (
        r"unclassified-change",
        "Nothing is known yet.",
        "Look at the place, then say which part of the version it raises: PART=major, minor or patch.",
    ),
)  # fmt: skip


OTHERWISE: Final = (
    "See whether your calls rely on it.",
    "Look at it: nothing is written down for this kind of change.",
)


def advice(finding: Finding) -> tuple[str, str] | None:
    """What users and what maintainers must do about a finding; None where nobody must do anything."""
    if finding.level not in ("breaking", "sdk-breaking", "unclassified"):
        return None
    for codes, users, maintainers in ADVICE:
        if re.fullmatch(codes, finding.code):
            return users.replace("{old}", finding.old).replace("{new}", finding.new), maintainers
    return OTHERWISE
