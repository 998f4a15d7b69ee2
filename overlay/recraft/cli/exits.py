"""What a command ends with: its exit code, which scripts rely on."""

from __future__ import annotations

from enum import IntEnum

from recraft import errors


class Exit(IntEnum):
    """The exit codes. They do not change their meaning."""

    OK = 0
    BUG = 1
    USAGE = 2
    AUTHENTICATION = 3
    NO_UNITS = 4
    REFUSED = 5
    UNREACHABLE = 6
    IN_DOUBT = 7
    SOME_FAILED = 8
    INTERRUPTED = 130


#: What each means, in words.
MEANINGS = {
    Exit.OK: "done",
    Exit.BUG: "a mistake in the program itself; please report it with what --debug shows",
    Exit.USAGE: "the command line or a value is wrong, or a file is in the way; nothing was sent",
    Exit.AUTHENTICATION: "no token, or one that the service does not accept",
    Exit.NO_UNITS: "no API units left",
    Exit.REFUSED: "the service refused the call; it cost nothing",
    Exit.UNREACHABLE: "the network or the service failed; nothing was charged that is not told",
    Exit.IN_DOUBT: "the call may have been served and charged, and its result was lost",
    Exit.SOME_FAILED: "some of several calls failed; those that worked are kept",
    Exit.INTERRUPTED: "interrupted with Ctrl-C",
}


class Broken(errors.RecraftError):
    """A batch that had begun cannot go on. What it paid is in its journal."""


class NoToken(errors.InputError):
    """There is no token to call with."""


_BY_ERROR: list[tuple[type[errors.RecraftError], Exit]] = [
    (Broken, Exit.SOME_FAILED),
    (NoToken, Exit.AUTHENTICATION),
    (errors.InputError, Exit.USAGE),
    (errors.FileExists, Exit.USAGE),
    (errors.AuthenticationError, Exit.AUTHENTICATION),
    (errors.InsufficientCreditsError, Exit.NO_UNITS),
    (errors.RateLimitError, Exit.UNREACHABLE),
    (errors.ServerError, Exit.UNREACHABLE),
    (errors.APIError, Exit.REFUSED),
]

#: After these every other call would fail alike.
HOPELESS = (Exit.AUTHENTICATION, Exit.NO_UNITS)


def exit_of(error: errors.RecraftError) -> Exit:
    """The exit code of a command that ends with this error."""
    if error.maybe_charged:
        return Exit.IN_DOUBT
    return next((code for kind, code in _BY_ERROR if isinstance(error, kind)), Exit.UNREACHABLE)


def exit_of_several(codes: list[Exit]) -> Exit:
    """The exit code of a command that made several calls, which ended with these."""
    return codes[0] if len(set(codes)) == 1 else Exit.SOME_FAILED
