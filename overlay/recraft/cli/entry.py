"""From the words of a command line to an exit code. All that goes wrong on the way is told here."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from cyclopts import CycloptsError

from recraft import RecraftError

from .app import arranged, build, leading
from .exits import Exit, exit_of
from .telling import complain, tell_error

#: Words that show what options know.
_DESCRIBING = {"--help", "-h", "completion", "__complete"}


def run(tokens: Sequence[str]) -> int:
    """Run a command line; its exit code."""
    debug = "--debug" in tokens
    app = build(leading(tokens)[1], known=not _DESCRIBING.isdisjoint(tokens))
    try:
        code = app(arranged(app, tokens), exit_on_error=False, print_error=False, result_action="return_value")
        sys.stdout.flush()
        return int(code or Exit.OK)
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
        if debug:
            raise
        return Exit.INTERRUPTED
    except BrokenPipeError:  # whoever reads the output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    except Exception as error:
        if debug or isinstance(error, ModuleNotFoundError):
            raise
        complain(f"this is a mistake of the program itself: {type(error).__name__}. Run it again with --debug.")
        return Exit.BUG
