"""What every result is: a value that knows the call it came from, and that travels as plain data."""

from __future__ import annotations

import base64
import importlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar, Self
from uuid import UUID

import attrs

from ._linked import linked
from ._portable import Portable
from .errors import InputError, reason, shown

#: The key in a field's metadata for the function that reads its value from plain data.
READ = "recraft"

#: Metadata of fields that hold no plain data.
A_UUID, A_TIME = {READ: UUID}, {READ: datetime.fromisoformat}

#: API units for one US dollar, from the specification.
UNITS_PER_USD = 1000


def usd(units: float | None) -> float | None:
    return None if units is None else units / UNITS_PER_USD


class Headers(Mapping[str, str]):
    """The headers of an answer, read-only, by their names in lower case; any case finds them. No cookies."""

    __slots__ = ("_given", "_read")

    def __init__(self, given: Mapping[str, Any] = MappingProxyType({})) -> None:
        self._given = given  # read when somebody asks, as few callers do
        self._read: dict[str, str] | None = None

    def _items(self) -> dict[str, str]:
        if self._read is None:
            found: dict[str, str] = {}
            given = self._given
            for name, value in getattr(given, "multi_items", given.items)():
                key = str(name).lower()
                if key not in ("set-cookie", "set-cookie2", "cookie"):
                    found[key] = f"{found[key]}, {value}" if key in found else str(value)
            self._read, self._given = found, {}
        return self._read

    def __getitem__(self, name: str) -> str:
        return self._items()[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items())

    def __len__(self) -> int:
        return len(self._items())

    def __repr__(self) -> str:
        return f"<Headers: {', '.join(self)}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Headers, (dict(self._items()),)


def _headers(given: Any) -> Headers:
    if isinstance(given, Headers):
        return given
    if not isinstance(given, Mapping):
        raise InputError(f"headers is a {type(given).__name__}; expected a mapping of names to values.")
    return Headers(given)


#: Of a result that came from no call.
NONE = Headers()


_kinds: dict[str, type[Value]] = {}


@attrs.frozen
class Value(Portable):
    """Base of all that stands in a result."""

    #: The generated model it is read from, and the members of that which have an attribute of the same name and value.
    _model: ClassVar[str] = ""
    _shared: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        _kinds[cls.__name__] = cls

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain JSON data: `type` (the name of the class), then every attribute by its name. Times are
        ISO 8601, bytes base64. `raw` is what the service said: the name of its `model`, the members that are the `same`
        as the attributes of those names, and the `rest`.
        """
        own: dict[str, Any] = {"type": type(self).__name__}
        for field in attrs.fields(type(self)):
            if field.name != "raw":
                own[field.name] = plain(getattr(self, field.name))
        if any(field.name == "raw" for field in attrs.fields(type(self))):
            raw = getattr(self, "raw", None)
            own["raw"] = None if raw is None else self._raw_to_dict(raw, own)
        return own

    def to_jsonld(self) -> dict[str, Any]:
        """It as JSON-LD with its context inside, in the terms of schema.org where it has one: what was made, how and
        when. No address of an image (whoever has one has the image), nothing of the image itself, and nothing of the
        call is in it. `from_dict` takes it.
        """
        return linked(self.to_dict())

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """What `to_dict` was asked of. What is left out has its default. Raises InputError for the dict of anything
        else.
        """
        check_type(cls, data)
        given: dict[str, Any] = {}
        try:
            for field in attrs.fields(cls):
                if field.name != "raw" and data.get(field.name) is not None:
                    read: Callable[[Any], Any] | None = field.metadata.get(READ)
                    given[field.name] = read(data[field.name]) if read else data[field.name]
            if isinstance(parts := data.get("raw"), Mapping):
                raw = cls._raw_from_dict(parts, data, given)
                given |= {} if raw is None else {"raw": raw}
            return cls(**given)
        except (TypeError, ValueError, LookupError, AttributeError) as wrong:
            why = reason(wrong)
        raise InputError(f"{cls.__name__}.from_dict takes what its to_dict gave, and this is not: {why}")

    def _made(self) -> Any:
        """`raw` of one that was made by hand: the model of an answer that says the same."""
        return model(self._model, self._said())

    def _said(self) -> dict[str, Any]:
        """What an answer would have said to give this."""
        said = {name: plain(getattr(self, name)) for name in self._shared}
        return {name: value for name, value in said.items() if value is not None}

    def _raw_to_dict(self, raw: Any, own: Mapping[str, Any]) -> dict[str, Any]:
        whole = raw.to_dict()
        same = [name for name in self._shared if name in whole and _equal(whole[name], own[name])]
        rest = {name: value for name, value in whole.items() if name not in same}
        return {"model": type(raw).__name__, "same": same, "rest": rest}

    @classmethod
    def _raw_from_dict(cls, parts: Mapping[str, Any], data: Mapping[str, Any], given: Mapping[str, Any]) -> Any:
        """`raw` again. None when this version has no such model or cannot read it; then it is made as by hand."""
        return model(parts["model"], {**{name: data[name] for name in parts["same"]}, **parts["rest"]})


#: Default of `raw`.
MADE: Any = attrs.Factory(lambda self: self._made(), takes_self=True)


class FromCall(Portable):
    """What a call gives."""

    __slots__ = ()

    @property
    def _spent(self) -> tuple[float | None, int]:
        """What it cost in API units, when it says so, and how many images it holds."""
        return getattr(self, "credits", None), 0

    def _came_from(self, request_id: str | None, attempts: int | None, seconds: float | None, headers: Any) -> None:
        """Say which call it came from: once, before anybody else has seen it."""
        keep = object.__setattr__
        keep(self, "request_id", request_id)
        keep(self, "attempts", attempts)
        keep(self, "seconds", seconds)
        keep(self, "headers", Headers(headers))


@attrs.frozen
class Result(Value, FromCall):
    """Base of what calls return. What is said of the call counts neither for equality nor for the hash.

    Attributes:
        request_id: The service's id for the request, for its support. None when it is not known.
        attempts: How often the call was sent. None when it is not known, as for a result made by hand.
        seconds: How long the call took, waits included. None when it is not known.
        headers: The answer's headers, a read-only mapping, without cookies.
    """

    request_id: str | None = attrs.field(default=None, kw_only=True, eq=False, repr=False)
    attempts: int | None = attrs.field(default=None, kw_only=True, eq=False, repr=False)
    seconds: float | None = attrs.field(default=None, kw_only=True, eq=False, repr=False)
    headers: Mapping[str, str] = attrs.field(default=NONE, converter=_headers, kw_only=True, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class Origin(Value):
    """How an image came to be.

    Attributes:
        operation: The operation's id in the specification.
        model: The model that was asked for, None when the service chose.
        prompt: What was asked for in words.
        at: When, in UTC.
        credits: What the whole call cost in API units (1,000 are 1 US dollar), None when the service did not say.
        images: How many images the call made.
    """

    operation: str
    model: str | None = None
    prompt: str | None = attrs.field(default=None, repr=False)
    at: datetime | None = attrs.field(default=None, repr=str, metadata=A_TIME)
    credits: float | None = None
    images: int | None = None


def check_type(kind: type, data: Any) -> None:
    """Refuse what is not the dict of such a result."""
    if not isinstance(data, Mapping):
        raise InputError(f"{kind.__name__}.from_dict takes a dict, not {shown(data)}.")
    if data.get("type") != kind.__name__:
        name = kind.__name__
        raise InputError(f"{name}.from_dict takes a dict of type {name!r}, not {shown(data.get('type'))}.")


def value_from_dict(data: Any) -> Value:
    """The value, of whichever class, that gave this dict."""
    name = data.get("type") if isinstance(data, Mapping) else None
    kind = _kinds.get(name) if isinstance(name, str) else None
    if kind is None:
        raise InputError(f"there is no result of the type {shown(name)}.")
    return kind.from_dict(data)


def plain(value: Any) -> Any:
    """A value of a result as JSON data."""
    match value:
        case Portable():
            return value.to_dict()
        case tuple():
            return [plain(item) for item in value]
        case Mapping():
            return dict(value)
        case bytes():
            return base64.b64encode(value).decode()
        case UUID():
            return str(value)
        case datetime():
            return value.isoformat()
    return value


def model(name: str | None, data: Mapping[str, Any]) -> Any:
    """A generated model, None when there is none of this name, or it cannot be read from this."""
    models = importlib.import_module("recraft_api.models")  # late: it brings httpx with it, which results do without
    try:
        return getattr(models, name or "").from_dict(data)
    except Exception:  # whatever generated code raises; the fields are there all the same
        return None


def _equal(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)
