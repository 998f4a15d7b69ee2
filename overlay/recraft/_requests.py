"""From a helper's arguments to a `Call`: which media type, which fields, and every value checked before anything is sent."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ._binding import Call
from ._values import check_count, to_wire
from .errors import InputError
from .inputs import Upload, is_url, upload

if TYPE_CHECKING:
    from recraft_api.inputs import ImageInput

T = TypeVar("T")

JSON, MULTIPART = "application/json", "multipart/form-data"

#: How a body that takes URLs instead of files calls an image.
URL_FIELDS = {"image": "image_url", "mask": "mask_url", "file": "image_urls", "images": "image_urls"}


def call(
    operation: str,
    read: Callable[[Any], T],
    values: Mapping[str, Any] | None = None,
    images: Mapping[str, ImageInput | Sequence[ImageInput] | None] | None = None,
) -> Call[T]:
    """Build the call of an operation; what is None was not given.

    `values` are request properties and parameters by name, `images` those that hold image data. Raises InputError when the operation
    does not know a name, lacks one it requires, or a value does not fit.
    """
    facts = _facts(operation)
    given = {key: value for key, value in (values or {}).items() if value is not None}
    pictures = {key: value for key, value in (images or {}).items() if value is not None}
    arguments = {
        key: to_wire(given.pop(key), item["schema"], key) for key, item in facts["parameters"].items() if key in given
    }
    if missing := [key for key, item in facts["parameters"].items() if item["required"] and key not in arguments]:
        raise InputError(f"{operation} needs {', '.join(missing)}.")
    _spread(facts, given)
    known = [*facts["parameters"], *(key for body in facts["bodies"].values() for key in body["properties"])]
    if unknown := [key for key in given if key not in known]:
        raise InputError(_unknown(operation, unknown[0], [*facts["keywords"], *known]))
    uploads: list[Upload] = []
    if facts["bodies"]:
        try:
            arguments["body"] = _body(operation, facts, given, pictures, uploads)
        except BaseException:
            for opened in uploads:
                opened.close()
            raise
    return Call(operation, facts["module"], arguments, read, tuple(uploads))


def _facts(operation: str) -> dict[str, Any]:
    from recraft_api.operations import OPERATIONS

    if operation not in OPERATIONS:
        raise InputError(f"the specification this package was generated from has no operation {operation}.")
    return OPERATIONS[operation]


def _spread(facts: dict[str, Any], given: dict[str, Any]) -> None:
    """Move keywords such as `colors` into the object they are members of."""
    for body in facts["bodies"].values():
        schema = body["properties"].get("controls")
        members = {
            key for key in given if schema and key not in body["properties"] and key in schema.get("properties", {})
        }
        if members:
            if not isinstance(given.get("controls", {}), Mapping):
                raise InputError(f"controls is {given['controls']!r:.80}; expected a dict.")
            given["controls"] = {**given.get("controls", {}), **{key: given.pop(key) for key in members}}


def _body(
    operation: str, facts: dict[str, Any], given: dict[str, Any], pictures: dict[str, Any], uploads: list[Upload]
) -> Any:
    media_type = _media_type(operation, facts["bodies"], given, pictures)
    body = facts["bodies"][media_type]
    if misplaced := [key for key in given if key not in body["properties"]]:
        raise InputError(f"{operation} does not take {', '.join(misplaced)} when sent as {media_type}.")
    for key, value in facts["always_send"].items():
        given.setdefault(key, value)
    for key, schema in body["properties"].items():
        if schema.get("x-same-as") in given:  # one thing under two names: the contract's and the live service's
            given.setdefault(key, given[schema["x-same-as"]])
    files: dict[str, Upload | list[Upload]] = {}
    fields: dict[str, Any] = {}
    for key, schema in body["properties"].items():
        if key in given and schema.get("format") != "binary":
            fields[key] = to_wire(given[key], _bounded(key, schema), key)
    for key, value in {**pictures, **{key: given[key] for key in given if key not in fields}}.items():
        name = _part(body, key) if media_type == MULTIPART else URL_FIELDS[key]
        schema = body["properties"][name]
        many = schema.get("type") == "array"
        items = _several(value, key) if many else [value]
        if media_type == MULTIPART:
            check_count(len(items), schema, key)
            opened = []
            for index, item in enumerate(items):
                opened.append(upload(item, f"{key}[{index}]" if many else key))
                uploads.append(opened[-1])
            files[name] = opened if many else opened[0]
            fields[name] = [b""] * len(opened) if many else b""
        else:
            links = [_link(item, key) for item in items]
            fields[name] = to_wire(links if many else links[0], schema, key)
    if missing := [key for key in body["required"] if key not in fields]:
        raise InputError(f"{operation} needs {', '.join(missing)}.")
    _check_mask(files)
    return _model(facts, body, fields, files)


def _media_type(operation: str, bodies: dict[str, Any], given: Mapping[str, Any], pictures: Mapping[str, Any]) -> str:
    """The media type to send: files as multipart, URLs as JSON where the operation takes them, else whatever the values fit."""
    items = [item for value in pictures.values() for item in (value if isinstance(value, list | tuple) else [value])]
    urls = [item for item in items if is_url(item)]
    takes_urls = JSON in bodies and all(URL_FIELDS[key] in bodies[JSON]["properties"] for key in pictures)
    if (remote := [url for url in urls if not _is_data(url)]) and not takes_urls:
        shown = remote[0].partition("?")[0]
        raise InputError(
            f"{operation} takes no web address ({shown}): the API accepts files here. Download the image and pass its bytes or path."
        )
    if pictures and takes_urls and (urls or MULTIPART not in bodies):
        return JSON
    if pictures and MULTIPART in bodies:
        return MULTIPART
    fitting = [
        name for name, body in bodies.items() if set(body["required"]) <= given.keys() <= body["properties"].keys()
    ]
    return (fitting or list(bodies))[0]


def _link(image: Any, key: str) -> str:
    """An image as a URL: a web address as it stands, for the service to fetch; anything else as a data URL."""
    return str(image) if is_url(image) and not _is_data(image) else upload(image, key).data_url()


def _is_data(url: str) -> bool:
    return url[:5].lower() == "data:"


def _several(images: Any, key: str) -> list[Any]:
    """The images of a property that takes several."""
    one = isinstance(images, str | bytes | bytearray | memoryview) or not isinstance(images, Iterable)
    if one or hasattr(images, "read") or hasattr(images, "__array_interface__"):
        raise InputError(f"{key} takes a list of images, not one {type(images).__name__}: put it in a list.")
    return list(images)


def _part(body: dict[str, Any], key: str) -> str:
    """The multipart field for an image; the reference images of a style have had two names."""
    return key if key in body["properties"] else {"images": "file"}.get(key, key)


def _bounded(key: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """How many images is one concept, but only some of the request schemas give its bounds."""
    if key == "n" and "maximum" not in schema:
        bounds = _facts("createImage")["bodies"][JSON]["properties"].get("n", {})
        return {**{name: bounds[name] for name in ("minimum", "maximum") if name in bounds}, **schema}
    return schema


def _check_mask(files: Mapping[str, Any]) -> None:
    if isinstance(image := files.get("image"), Upload) and isinstance(mask := files.get("mask"), Upload):
        sizes = image.pixels(), mask.pixels()
        if None not in sizes and sizes[0] != sizes[1]:
            raise InputError(
                f"the mask is {_by(sizes[1])} pixels, the image {_by(sizes[0])}. "
                "Make the mask a grey image of the image's size, white where it is to be edited."
            )


def _by(size: tuple[int, int] | None) -> str:
    return f"{size[0]} x {size[1]}" if size else "?"


def _model(facts: dict[str, Any], body: dict[str, Any], fields: dict[str, Any], files: Mapping[str, Any]) -> Any:
    """The generated request model; files take their place in it after it has been built from plain data."""
    from recraft_api.types import File

    models = importlib.import_module("recraft_api.models")
    try:
        model = getattr(models, body["model"]).from_dict(fields)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(f"a value does not have the shape the API describes: {error}") from None

    def part(item: Upload) -> File:
        return File(payload=cast("Any", item), file_name=item.name, mime_type=item.media_type)

    for key, value in files.items():
        setattr(
            model, body["attributes"][key], [part(item) for item in value] if isinstance(value, list) else part(value)
        )
    return model


def _unknown(operation: str, name: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    hint = f" Did you mean {close[0]}?" if close else f" It takes: {', '.join(dict.fromkeys(known)) or 'none'}."
    return f"{operation} has no option {name!r}.{hint}"
