"""File names from a template: never outside the folder, safe on every file system, different from each other."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from recraft import InputError
from recraft.errors import shown

from .manifest import Job

#: The name of an image unless another template is given.
USUAL = "{id}-{index}"

#: How long a name may be without its extension, in bytes: file systems end at 255.
LONGEST = 200

#: How many characters of a value a slug keeps.
SLUG = 60

#: Stands for the image's id while that is not known.
UNKNOWN = "00000000-0000-4000-8000-000000000000"

_SAFE = re.compile(r"[\w.@+=,()' -]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_EXTENSION = re.compile(r"\.(png|webp|jpe?g|gif|avif|svg)", re.IGNORECASE)


class _Template(string.Formatter):
    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        if field_name not in kwargs:
            known = ", ".join(f"{{{name}}}" for name in kwargs)
            raise InputError(f"name uses {{{field_name}}}, which this job does not have. It may use {known}.")
        return kwargs[field_name], field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "slug":
            return slug(str(value))
        if re.fullmatch(r"0?\d{0,2}d?", format_spec):
            return format(value, format_spec)
        raise InputError(f"name has the format {shown(format_spec)}; expected slug, or a width such as 04.")


_TEMPLATE = _Template()


def slug(text: str) -> str:
    """Text as a part of a file name: its letters and digits, of any script, with hyphens between its words."""
    words = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", text).casefold()).strip("-")
    while len(words.encode(errors="replace")) > 2 * SLUG or len(words) > SLUG:
        words = words[:-1]
    return words.strip("-") or "untitled"


def check_template(template: Any) -> None:
    """Raise InputError for what no job could be named by."""
    try:
        found = [name for _, name, _, _ in _TEMPLATE.parse(template) if name is not None]
    except (ValueError, TypeError) as error:
        raise InputError(f"name is {shown(template)}; expected a template such as {USUAL!r}: {error}.") from None
    if not {"id", "image_id", "prompt", "index"} & set(found):
        raise InputError(f"name is {shown(template)}: every image would have it. Use {{id}} and {{index}}.")


def stem(template: str, job: Job, index: int, image_id: str = UNKNOWN) -> str:
    """The name, without its extension, of an image of a job. Raises InputError when it is no name."""
    values: Mapping[str, Any] = {**job.arguments, "operation": job.operation, "line": job.line}
    try:
        name = _TEMPLATE.vformat(template, (), {**values, "id": job.id, "index": index, "image_id": image_id})
    except InputError:
        raise
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise InputError(f"name {shown(template)} does not fit this job: {error}.") from None
    name = unicodedata.normalize("NFC", name)
    if not _SAFE.fullmatch(name) or name != name.strip(" .") or _RESERVED.fullmatch(name):
        raise InputError(
            f"name gives {shown(name)}, which is no file name everywhere. Use letters, digits, '-', '_' and '.'; "
            "{id:slug} makes such a name of any text."
        )
    if len(name.encode()) > LONGEST:
        raise InputError(f"name gives {shown(name)}, which is longer than {LONGEST} bytes. {{id:slug}} cuts it.")
    if _EXTENSION.fullmatch(Path(name).suffix):
        raise InputError(f"name gives {shown(name)}; leave the extension out, it follows from the content.")
    return name


def stems(template: str, job: Job) -> Iterator[str]:
    """The names that a job will take, as far as they can be known before its call."""
    if "{image_id" not in template:
        yield from (stem(template, job, index) for index in range(1, job.images + 1))
    else:
        stem(template, job, 1)


def key(name: str) -> str:
    """What two names have in common that some file system takes for one."""
    return unicodedata.normalize("NFC", name).casefold()


def taken(folder: Path) -> set[int]:
    """The names, as hashes of their keys, that files of a folder have: a hundred thousand of them stay small."""
    if not folder.is_dir():
        return set()
    names = (path.stem if _EXTENSION.fullmatch(path.suffix) else path.name for path in folder.iterdir())
    return {hash(key(name)) for name in names}
