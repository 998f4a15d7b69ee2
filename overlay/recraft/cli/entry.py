"""From the words of a command line to an exit code. All that goes wrong on the way is told here."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Sequence
from typing import Any

from cyclopts import CycloptsError

from recraft import RecraftError, RecraftWarning

from .app import arranged, build, leading
from .exits import Exit, exit_of
from .telling import complain, say, tell_error

#: Whose calls the service's deprecations are told of: those of commands, which no other package makes.
OWN = r"recraft\.cli\."

#: Words that show what options know.
_DESCRIBING = {"--help", "-h", "completion", "__complete"}


def run(tokens: Sequence[str]) -> int:
    """Run a command line; its exit code."""
    debug = "--debug" in tokens
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", RecraftWarning)
            warnings.filterwarnings("always", category=DeprecationWarning, module=OWN)
            warnings.showwarning = _warn(warnings.showwarning)
            return _run(tokens)
    except CycloptsError as error:
        words = " ".join(["recraft", *(error.command_chain or ()), "--help"])
        complain(f"{str(error).strip()} See {words}.")
        return Exit.USAGE
    except RecraftError as error:
        if debug:
            raise
        tell_error(error)
        return exit_of(error)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:  # whoever reads the output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    except ModuleNotFoundError:
        raise
    except OSError as error:
        if debug:
            raise
        complain(f"the system refuses: {error}.")
        return Exit.BUG
    except Exception as error:
        if debug:
            raise
        complain(f"this is a mistake of the program itself: {type(error).__name__}. Run it again with --debug.")
        return Exit.BUG


def _run(tokens: Sequence[str]) -> int:
    words = leading(tokens)[1]
    if set(words) <= {"--help", "-h"}:
        from .front import page  # late: it is read seldom

        print(page())
        return Exit.OK
    app = build(words, known=not _DESCRIBING.isdisjoint(tokens))
    code = app(arranged(app, tokens), exit_on_error=False, print_error=False, result_action="return_value")
    sys.stdout.flush()
    return int(code or Exit.OK)


def _warn(otherwise: Callable[..., None]) -> Callable[..., None]:
    """Shows a warning of the package in a line, once, and any other as ever."""
    told: set[str] = set()

    def show(message: Warning | str, category: type[Warning], *place: Any) -> None:
        if not issubclass(category, RecraftWarning | DeprecationWarning):
            otherwise(message, category, *place)
        elif str(message) not in told:
            told.add(str(message))
            say(str(message), "warning:", "yellow")

    return show
