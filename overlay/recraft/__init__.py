"""Python SDK for the Recraft Images API: typed, sync and async, and safe to pay with.

    from recraft import Recraft

    with Recraft() as client:  # the token is in RECRAFT_API_TOKEN
        result = client.images.generate("a red fox, flat colours", size="1:1")
        client.save(result, "pictures")

Importing this package costs next to nothing: each name is loaded when it is first used.
"""

TYPE_CHECKING = (
    False  # type checkers take it for True by its name; importing it from typing would cost more than all the rest
)

if TYPE_CHECKING:
    from ._client import AsyncRecraft, Recraft
    from ._version import __version__
    from .errors import (
        APIError,
        AuthenticationError,
        ConnectionFailed,
        DownloadError,
        ExpiredURLError,
        FileExists,
        InputError,
        InsufficientCreditsError,
        InvalidRequestError,
        NotFoundError,
        PermissionDeniedError,
        RateLimitError,
        RecraftError,
        ServerError,
        TimedOut,
        UnexpectedResponse,
    )
    from .events import Event, log_events
    from .limiter import Limit, MemoryStore, RateLimiter, RedisStore, SQLiteStore
    from .results import BasicStyle, EnhancedPrompt, Image, ImageResult, Model, OptimizedColors, Style, User
    from .retry import RetryPolicy

_HOMES = {
    "_client": ("AsyncRecraft", "Recraft"),
    "_version": ("__version__",),
    "errors": (
        "APIError",
        "AuthenticationError",
        "ConnectionFailed",
        "DownloadError",
        "ExpiredURLError",
        "FileExists",
        "InputError",
        "InsufficientCreditsError",
        "InvalidRequestError",
        "NotFoundError",
        "PermissionDeniedError",
        "RateLimitError",
        "RecraftError",
        "ServerError",
        "TimedOut",
        "UnexpectedResponse",
    ),
    "events": ("Event", "log_events"),
    "limiter": ("Limit", "MemoryStore", "RateLimiter", "RedisStore", "SQLiteStore"),
    "results": ("BasicStyle", "EnhancedPrompt", "Image", "ImageResult", "Model", "OptimizedColors", "Style", "User"),
    "retry": ("RetryPolicy",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "APIError",
    "AsyncRecraft",
    "AuthenticationError",
    "BasicStyle",
    "ConnectionFailed",
    "DownloadError",
    "EnhancedPrompt",
    "Event",
    "ExpiredURLError",
    "FileExists",
    "Image",
    "ImageResult",
    "InputError",
    "InsufficientCreditsError",
    "InvalidRequestError",
    "Limit",
    "MemoryStore",
    "Model",
    "NotFoundError",
    "OptimizedColors",
    "PermissionDeniedError",
    "RateLimitError",
    "RateLimiter",
    "Recraft",
    "RecraftError",
    "RedisStore",
    "RetryPolicy",
    "SQLiteStore",
    "ServerError",
    "Style",
    "TimedOut",
    "UnexpectedResponse",
    "User",
    "__version__",
    "log_events",
]


if not TYPE_CHECKING:

    def __getattr__(name):
        if name not in _HOME_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        import importlib

        value = getattr(importlib.import_module(f".{_HOME_OF[name]}", __name__), name)
        globals()[name] = value  # found at once the next time
        return value

    def __dir__():
        return sorted(__all__)
