"""A call: an operation with its arguments, every value checked, and how it becomes one request.

Pure but for the files it opens.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import quote, urlencode

import attrs

from .._images import adopt
from ..errors import InputError, presentable, shown
from ..inputs import Upload, is_url, upload
from .advice import advice, deprecations
from .body import Body
from .content import Content
from .elsewhere import hint
from .extra import Extra, extra_of
from .multipart import Multipart
from .outgoing import Outgoing, json_of, readable
from .settings import Settings
from .values import check_count, to_wire

if TYPE_CHECKING:
    from recraft_api.inputs import ImageInput

T = TypeVar("T")

JSON, MULTIPART = "application/json", "multipart/form-data"


@attrs.frozen(kw_only=True)
class Call(Generic[T]):
    """One operation with its arguments, ready to be sent.

    Attributes:
        operation: The operation's id in the specification.
        facts: What `recraft_api.operations` says of it.
        path: Where it is sent, below the base URL, parameters filled in and encoded.
        media_type: How the body is written. None when there is none.
        fields: The values of the body, by property, as plain JSON data.
        files: The files of the body, by property.
        images: How many images the call makes; what the rate limit counts.
        read: How the generated model of the answer becomes the result.
        advice: What the service's documentation says against it, to be warned of before it is sent.
        deprecated: What of it the specification calls deprecated, to be warned of as well.
    """

    operation: str
    facts: Mapping[str, Any] = attrs.field(repr=False)  # it is long, and the same for every call
    path: str
    media_type: str | None
    fields: Mapping[str, Any] = attrs.field(repr=False)
    files: Mapping[str, Upload | list[Upload]]
    images: int
    read: Callable[[Any], T]
    advice: list[str]
    deprecated: list[str]

    def outgoing(self, settings: Settings, helper: str | None = None) -> Outgoing[T]:
        """The call as one request; `helper` is the method that was called."""
        headers, body = settings.headers_out, Body(b"")
        if self.media_type == MULTIPART:
            form = Multipart(self.fields, self.files)
            body = Body(form, blocks=form.blocks)
            headers = [*headers, (b"content-type", form.content_type), (b"content-length", b"%d" % form.length)]
        elif self.media_type is not None:
            content = json_of(self.fields)
            body = Body(content)
            headers = [*headers, (b"content-type", JSON.encode()), (b"content-length", b"%d" % len(content))]
        form_of_images = self.fields.get("response_format")
        return Outgoing(
            operation=self.operation,
            method=self.facts["method"],
            url=settings.url(self.path, root=self.facts["root"]),
            headers=headers,
            body=body,
            timeouts=settings.timeouts,
            images=self.images,
            answered=self.facts["answer"] is not None,
            read=self._result,
            decodes=form_of_images == "b64_json",
            spool=settings.spool if form_of_images in ("b64_json", "multipart") else None,
            helper=helper,
            model=self.fields.get("model"),
        )

    def said(self) -> tuple[str | None, str | None]:
        """The model and the prompt that it asks for."""
        properties = self.facts["bodies"][self.media_type]["properties"] if self.media_type else {}
        prompts = [value for key, value in self.fields.items() if properties.get(key, {}).get("x-role") == "prompt"]
        model = self.fields.get("model")  # which may come as an extra field, of any type
        return model if isinstance(model, str) else None, next(iter(prompts), None)

    def close(self) -> None:
        """Close the files that this call opened."""
        for each in _uploads(self.files):
            each.close()

    def _result(self, data: Any, content: Content) -> T:
        model, answer = None, self.facts["answer"]
        if answer is not None:
            model = readable(answer, data)[0]
            if content.encoded and not adopt(model, content.encoded):  # in a place where nobody expects an image
                model = readable(answer, json.loads(content.whole()))[0]
        read: Callable[..., T] = self.read  # one that can take images from beside the answer is given them
        return read(model, content.files) if content.files else read(model)


def call(
    operation: str,
    read: Callable[[Any], T],
    values: Mapping[str, Any] | None = None,
    images: Mapping[str, ImageInput | Sequence[ImageInput] | None] | None = None,
) -> Call[T]:
    """Build the call of an operation; what is None was not given.

    `values` are request properties and parameters by name, `images` those that hold image data. Raises InputError when
    the operation does not know a name, lacks one it requires, or a value does not fit. What is in the value `extra` it
    need not know.
    """
    facts = facts_of(operation)
    given = {key: value for key, value in (values or {}).items() if value is not None}
    extra = extra_of(given.pop("extra", None), operation, facts)
    pictures = {key: value for key, value in (images or {}).items() if value is not None}
    _refuse_unknown(operation, facts, given, pictures)
    asked = dict(given)
    path = _address(operation, facts, given, extra)
    fields: dict[str, Any] = {}
    files: dict[str, Upload | list[Upload]] = {}
    media_type = None
    if facts["bodies"]:
        media_type = _media_type(operation, facts["bodies"], given, {**pictures, **extra.images})
        fields, files = _fill(operation, facts, media_type, given, pictures)
    count = facts["images"]
    objections = advice(operation, facts["by_model"], fields, files)
    deprecated = deprecations(operation, facts, media_type, asked, {**fields, **files})
    if media_type == MULTIPART:
        more, uploads = extra.form()
        fields, files = {**fields, **more}, {**files, **uploads}
    elif media_type is not None:
        extra.refuse_images(f"{operation} is sent as {media_type} here, which")
        fields = {**fields, **extra.values}
    return Call(
        operation=operation,
        facts=facts,
        path=path,
        media_type=media_type,
        fields=fields,
        files=files,
        images=fields.get(count, 1) if isinstance(count, str) else count,
        read=read,
        advice=objections,
        deprecated=deprecated,
    )


@functools.cache
def operations() -> dict[str, dict[str, Any]]:
    """Every operation of the effective specification as data."""
    from recraft_api.operations import OPERATIONS  # late: it is large, and importing this package costs nothing

    return OPERATIONS


def facts_of(operation: str) -> dict[str, Any]:
    if operation not in operations():
        raise InputError(f"the specification this package was generated from has no operation {operation}.")
    return operations()[operation]


def _refuse_unknown(
    operation: str, facts: Mapping[str, Any], given: Mapping[str, Any], pictures: Mapping[str, Any]
) -> None:
    bodies = facts["bodies"].values()
    for key in pictures:
        if not any(key in body["images"] for body in bodies):
            takes = ", ".join(dict.fromkeys(name for body in bodies for name in body["properties"])) or "nothing"
            raise InputError(f"{operation} takes no {key} in this version of the API. It takes: {takes}.")
    for key in given:
        if key not in facts["parameters"] and not any(
            key in body["properties"] or key in body["spread"] for body in bodies
        ):
            properties = (name for body in bodies for name in body["properties"])
            known = dict.fromkeys([*facts["keywords"], *facts["parameters"], *properties])
            known.pop("extra")
            instead = hint(key, known) or (
                f"It takes: {', '.join(known) or 'none'}. What this version does not know is sent by "
                f"extra={{{key!r}: ...}}."
            )
            raise InputError(f"{operation} has no option {key!r}. {instead}")


def _address(operation: str, facts: Mapping[str, Any], given: dict[str, Any], extra: Extra) -> str:
    """The path with its parameters filled in; takes them out of `given`. Without a body, `extra` goes there too."""
    path, query = facts["path"], []
    for key, item in facts["parameters"].items():
        if key in given:
            value = to_wire(given.pop(key), item["schema"], key)
            text = value if isinstance(value, str) else json.dumps(value)
            if item["in"] == "path":
                path = path.replace("{" + item["name"] + "}", quote(text, safe=""))
            else:
                query.append((item["name"], text))
        elif item["required"]:
            raise InputError(f"{operation} needs {key}.")
    if not facts["bodies"]:
        query += extra.query(operation)
    return f"{path}?{urlencode(query)}" if query else str(path)


def _media_type(
    operation: str, bodies: Mapping[str, Any], given: Mapping[str, Any], pictures: Mapping[str, Any]
) -> str:
    """The media type to send: files as multipart, URLs as JSON where the operation takes them, else whatever the values
    fit.
    """
    if len(bodies) == 1 and not pictures:
        return next(iter(bodies))
    items = [item for value in pictures.values() for item in (value if isinstance(value, list | tuple) else [value])]
    urls = [item for item in items if is_url(item)]
    takes_urls = JSON in bodies and pictures.keys() <= bodies[JSON]["images"].keys()
    if (remote := [url for url in urls if not _is_data(url)]) and not takes_urls:
        raise InputError(
            f"{operation} takes no web address ({presentable(remote[0])}): the API accepts files here. "
            "Download the image and pass its bytes or path."
        )
    if pictures and takes_urls and (urls or MULTIPART not in bodies):
        return JSON
    if pictures and MULTIPART in bodies:
        return MULTIPART
    fitting = [
        name
        for name, body in bodies.items()
        if set(body["required"]) <= given.keys() <= body["properties"].keys() | body["spread"].keys()
    ]
    return (fitting or list(bodies))[0]


def _fill(
    operation: str, facts: Mapping[str, Any], media_type: str, given: dict[str, Any], pictures: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Upload | list[Upload]]]:
    """The values and the files of the body, by property, checked and converted."""
    body = facts["bodies"][media_type]
    properties = body["properties"]
    _spread(body["spread"], given)
    if misplaced := [key for key in given if key not in properties]:
        raise InputError(f"{operation} does not take {', '.join(misplaced)} when sent as {media_type}.")
    for key, value in facts["always_send"].items():
        given.setdefault(key, value)
    for copy, original in body["copies"].items():  # one thing under two names: the contract's and the live service's
        if original in given:
            given.setdefault(copy, given[original])
    fields: dict[str, Any] = {}
    files: dict[str, Upload | list[Upload]] = {}
    single: dict[str, Upload] = {}  # by what the helper calls it
    for key, schema in properties.items():
        if key not in given:
            continue
        if _holds_files(schema):
            pictures[key] = given[key]
        else:
            fields[key] = to_wire(given[key], schema, key)
    for key, value in pictures.items():
        name = body["images"].get(key, key)
        schema = properties[name]
        many = schema.get("type") == "array"
        items = several(value, key) if many else [value]
        if media_type == MULTIPART:
            check_count(len(items), schema, key)
            opened = [upload(item, f"{key}[{index}]" if many else key) for index, item in enumerate(items)]
            files[name] = opened if many else single.setdefault(key, opened[0])
        else:
            links = [_link(item, key) for item in items]
            fields[name] = to_wire(links if many else links[0], schema, key)
    if missing := [key for key in body["required"] if key not in fields and key not in files]:
        raise InputError(f"{operation} needs {', '.join(missing)}.")
    check_mask(single.get("image"), single.get("mask"))
    return fields, files


def _spread(members: Mapping[str, str], given: dict[str, Any]) -> None:
    """Move keywords such as `colors` into the object they are members of."""
    for member, name in members.items():
        if member in given:
            if not isinstance(given.get(name, {}), Mapping):
                raise InputError(f"{name} is {shown(given[name])}; expected a dict.")
            given[name] = {**given.get(name, {}), member: given.pop(member)}


def _holds_files(schema: Mapping[str, Any]) -> bool:
    return "binary" in (schema.get("format"), schema.get("items", {}).get("format"))


def _link(image: Any, key: str) -> str:
    """An image as a URL: a web address as it stands, for the service to fetch; anything else as a data URL."""
    return str(image) if is_url(image) and not _is_data(image) else upload(image, key).data_url()


def _is_data(url: str) -> bool:
    return url[:5].lower() == "data:"


def several(images: Any, key: str) -> list[Any]:
    """The images of a property that takes several."""
    one = isinstance(images, str | bytes | bytearray | memoryview) or not isinstance(images, Iterable)
    if one or hasattr(images, "read") or hasattr(images, "__array_interface__"):
        raise InputError(f"{key} takes a list of images, not one {type(images).__name__}: put it in a list.")
    return list(images)


def check_mask(image: Upload | None, mask: Upload | None) -> None:
    if image is not None and mask is not None:
        sizes = image.pixels(), mask.pixels()
        if None not in sizes and sizes[0] != sizes[1]:
            raise InputError(
                f"the mask is {_by(sizes[1])} pixels, the image {_by(sizes[0])}. "
                "Make the mask a grey image of the image's size, white where it is to be edited."
            )


def _by(size: tuple[int, int] | None) -> str:
    return f"{size[0]} x {size[1]}" if size else "?"


def _uploads(files: Mapping[str, Upload | list[Upload]]) -> Iterator[Upload]:
    for each in files.values():
        yield from each if isinstance(each, list) else [each]
