"""The result of a call that lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self, TypeVar, cast

from ._linked import linked
from ._record import FromCall, Headers, check_type, plain, value_from_dict
from .errors import InputError, shown

T_co = TypeVar("T_co", covariant=True)


class Listing(tuple[T_co, ...], FromCall):
    """The results of one call that lists: a tuple that knows the call it came from.

    Attributes:
        request_id: The service's id for the request, for its support. None when it is not known.
        attempts: How often the call was sent. None when it is not known.
        seconds: How long the call took, waits included. None when it is not known.
        headers: The answer's headers, a read-only mapping, without cookies.
    """

    request_id: str | None = None
    attempts: int | None = None
    seconds: float | None = None
    headers: Mapping[str, str] = Headers()

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a Listing cannot be changed: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a Listing cannot be changed: {name}")

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain JSON data: `type`, `items` as each says it itself, and what is known of the call."""
        about = {name: plain(getattr(self, name)) for name in ("request_id", "attempts", "seconds", "headers")}
        return {"type": "Listing", "items": [plain(item) for item in self], **about}

    def to_jsonld(self) -> dict[str, Any]:
        """It as JSON-LD: see `Image.to_jsonld`."""
        return linked(self.to_dict())

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The listing that `to_dict` was asked of. Raises InputError for the dict of anything else."""
        check_type(cls, data)
        items = data.get("items")
        if not isinstance(items, list):
            raise InputError(f"the items of a Listing are a list, not {shown(items)}.")
        read = cls(cast("Iterable[T_co]", map(value_from_dict, items)))
        read._came_from(data.get("request_id"), data.get("attempts"), data.get("seconds"), data.get("headers") or {})
        return read
