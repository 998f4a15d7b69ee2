"""Every error this package raises, and the one warning it gives.

    RecraftError
    ├── InputError                 a value was refused before anything was sent (also a ValueError)
    ├── APIError                   the service, or what stands in front of it, refused the call
    │   ├── InvalidRequestError        400, 413, 422
    │   ├── AuthenticationError        401
    │   ├── InsufficientCreditsError   402, or 400 with the code `not_enough_credits`
    │   ├── PermissionDeniedError      403
    │   ├── NotFoundError              404
    │   ├── RateLimitError             429
    │   └── ServerError                5xx, and any status not listed here
    ├── ConnectionFailed           no connection, or it broke
    ├── TimedOut                   a timeout or the deadline passed
    ├── UnexpectedResponse         a success that cannot be read: HTML, broken JSON, wrong types, too large
    ├── DownloadError              an image could not be fetched
    │   └── ExpiredURLError            its signed URL is no longer valid
    └── FileExists                 a file of that name is there already, and `overwrite` was not asked for

    RecraftWarning                 the service's documentation says something against a call, which is sent all the same

All of them travel with all they know: pickled, copied, as JSON (`to_dict`), and made again as `kind(*error.args)`, as
Celery does. None carries a token, or more of a URL than its host and an image's id.

A traceback ends at the helper that was called: the frames below it are cut, with all their variables. With
RECRAFT_LOG=debug in the environment they stay, and the log says where the transport broke.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar, Self, TypeVar

from ._portable import Portable
from ._words import MESSAGE_LENGTH as MESSAGE_LENGTH
from ._words import VALUE_LENGTH as VALUE_LENGTH
from ._words import forgotten_await as forgotten_await
from ._words import presentable as presentable
from ._words import reason as reason
from ._words import redacted as redacted
from ._words import shown as shown

E = TypeVar("E", bound="RecraftError")


class RecraftError(Portable, Exception):
    """Base of every error of this package, with what is known about the call.

    A fact that cannot be known is None, `maybe_charged` too: an error that was rebuilt from its message alone says
    neither that the call was charged nor that it was not.

    Attributes:
        message: What was wrong, what was expected, what to do.
        operation: The operation's id in the specification, such as `createImage`.
        status: HTTP status, None when no answer was read.
        code: The service's own reason, a string or a number, None when it gave none.
        request_id: The service's id for the request, for its support.
        attempts: How often the call was sent. 0 means it never left.
        retry_after: Seconds the service asked to wait, None when it did not say.
        maybe_charged: True when the call may have been served and charged although no result was read. An error of
            `save` or `fetch` is about an image that a call before made, and was charged for: sending that call again
            pays again.
        saved: What `save` had written when it failed; these files stay.
    """

    #: Whether an error of this kind says by itself that nothing was sent that could be charged.
    _costs_nothing: ClassVar[bool] = False

    saved: tuple[Path, ...] = ()

    def __init__(
        self,
        message: str,
        facts: Mapping[str, Any] | None = None,
        /,
        *,
        operation: str | None = None,
        status: int | None = None,
        code: str | int | None = None,
        request_id: str | None = None,
        attempts: int | None = None,
        retry_after: float | None = None,
        maybe_charged: bool | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.operation = operation
        self.status = status
        self.code = code
        self.request_id = request_id
        self.attempts = 0 if attempts is None and self._costs_nothing else attempts
        self.retry_after = retry_after
        self.maybe_charged = False if maybe_charged is None and self._costs_nothing else maybe_charged
        if isinstance(facts, Mapping):
            self.__dict__.update(_told(facts))

    @property
    def args(self) -> tuple[Any, ...]:  # pyright: ignore[reportIncompatibleVariableOverride]
        """The message, and the facts as plain data: `type(error)(*error.args)` is the same error, whoever does it."""
        facts = {name: value for name, value in self.to_dict().items() if name not in ("type", "message")}
        return self.message, facts

    @args.setter
    def args(self, given: tuple[Any, ...]) -> None:  # pyright: ignore[reportIncompatibleVariableOverride]
        if given:
            self.message = str(given[0])

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[Callable[..., RecraftError], tuple[Any, ...]]:
        return _rebuild, (type(self), dict(self.__dict__))

    def to_dict(self) -> dict[str, Any]:
        """All it knows as plain JSON data: `type` (the name of its class), the attributes by their names, and
        `notes`.
        """
        return {
            "type": type(self).__name__,
            "message": self.message,
            **{name: getattr(self, name) for name in _FACTS},
            "saved": [str(path) for path in self.saved],
            "notes": list(getattr(self, "__notes__", ())),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The error that `to_dict` was asked of: `RecraftError.from_dict` makes one of whichever class it was."""
        name = data.get("type") if isinstance(data, Mapping) else None
        kind = next((kind for kind in _kinds(cls) if kind.__name__ == name), None)
        if kind is None or not isinstance(data.get("message"), str):
            said = f"its type is {shown(name)}" if isinstance(data, Mapping) else f"this is a {type(data).__name__}"
            raise InputError(f"{cls.__name__}.from_dict takes what to_dict of such an error gave; {said}.")
        return kind(data["message"], data)


class InputError(RecraftError, ValueError):  # pyright: ignore[reportIncompatibleVariableOverride]
    """A value was refused before anything was sent. Nothing was charged."""

    _costs_nothing = True


class APIError(RecraftError):
    """An answer that is an error. Units are deducted on success only (the vendor's pricing page, 2026), so an error of
    the service's own cost nothing. A gateway's 502, 504, 520 or 524 says nothing of the service behind it:
    `maybe_charged` tells.
    """


class InvalidRequestError(APIError):
    """400, 413 or 422: the service does not accept the request as it is."""


class AuthenticationError(APIError):
    """401: the token is missing, wrong or revoked."""


class InsufficientCreditsError(APIError):
    """No API units left: 402, or 400 with the code `not_enough_credits`."""


class PermissionDeniedError(APIError):
    """403: the account may not do this."""


class NotFoundError(APIError):
    """404: there is nothing under this id or path."""


class RateLimitError(APIError):
    """429: more than 5 requests in a second or 100 images in a minute, counted over all tokens of the user.

    Those are the limits of 2026-11.
    """


class ServerError(APIError):
    """5xx, or a status that means nothing to this package. See `maybe_charged`: it may be a gateway's."""


class ConnectionFailed(RecraftError):
    """No connection could be made, or it broke. See `maybe_charged` for whether the request may have been served."""


class TimedOut(RecraftError):
    """A timeout or the deadline passed. See `maybe_charged` for whether the request may have been served."""


class UnexpectedResponse(RecraftError):
    """The service reported success, and its answer cannot be read."""


class DownloadError(RecraftError):
    """An image could not be fetched: not an image, empty, cut short, too large, or refused. No file was left behind."""

    _costs_nothing = True


class ExpiredURLError(DownloadError):
    """The image's signed URL is no longer valid; it lives about 24 hours."""


class FileExists(RecraftError):
    """A file of that name is there already. Nothing was overwritten."""

    _costs_nothing = True


#: What an error knows beside its message, each a plain value.
_FACTS = ("operation", "status", "code", "request_id", "attempts", "retry_after", "maybe_charged")


class RecraftWarning(UserWarning):
    """The service's documentation says that a call does not fit its model. It is sent as it is.

    The documentation may be older than the service. `warnings.simplefilter("error", RecraftWarning)` raises it instead,
    before anything is sent; with "ignore" nothing is said.
    """


#: The error for a status, and for a code of the service's own that says more than its status: an empty balance comes
#: as a 400 (seen in autumn 2026).
_CLASSES: dict[str | int, type[APIError]] = {
    400: InvalidRequestError,
    401: AuthenticationError,
    402: InsufficientCreditsError,
    403: PermissionDeniedError,
    404: NotFoundError,
    413: InvalidRequestError,
    422: InvalidRequestError,
    429: RateLimitError,
    "not_enough_credits": InsufficientCreditsError,
    "rate_limit_exceeded": RateLimitError,
}


def error_for(status: int, code: str | int | None = None) -> type[APIError]:
    """The error class for an answer that is not a success. A code it does not know leaves it to the status."""
    by_code = _CLASSES.get(code) if isinstance(code, str) else None
    return by_code or _CLASSES.get(status, ServerError)


def _rebuild(kind: type[RecraftError], attributes: dict[str, Any]) -> RecraftError:
    error = kind(attributes["message"])
    error.__dict__.update(attributes)
    return error


def _told(facts: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The attributes of an error from plain data. What is not there, or is not for it, stays as it is."""
    yield from ((name, facts[name]) for name in _FACTS if name in facts)
    if facts.get("saved"):
        yield "saved", tuple(map(Path, facts["saved"]))
    if facts.get("notes"):
        yield "__notes__", list(facts["notes"])


def _kinds(kind: type[E]) -> Iterator[type[E]]:
    yield kind
    for inner in kind.__subclasses__():
        yield from _kinds(inner)
