"""`recraft completion`: TAB for bash, zsh and fish."""

from __future__ import annotations

import functools
import re
from typing import Annotated, Literal

from cyclopts import Parameter

from .catalogue import helpers
from .common import documented
from .shape import shape
from .telling import write

#: How cyclopts asks bash for file names: a name with blanks comes apart.
_BASH_FILES = re.compile(r"^( *)COMPREPLY=\( (\$\(compgen -f -- .*\)) \)$", re.M)

#: How cyclopts gives fish the values of an option: those with blanks and signs come apart.
_FISH_VALUES = re.compile(r"(?<= -a )'(?:[^']|'\\'')+'")

#: cyclopts only defines a function, whose name is not that of the file: the first TAB would do nothing, nor the second.
_BY_ZSH = """
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _cyclopts_recraft "$@"
else
  compdef _cyclopts_recraft recraft
fi
"""

_FILES_WITH_BLANKS = r"\1local IFS=$'\\n'; COMPREPLY=( \2 ); compopt -o filenames 2>/dev/null"


@documented
def completion(shell: Annotated[Literal["bash", "zsh", "fish"], Parameter(help="Which shell.")], /) -> int:
    """Write the completion script for a shell: commands, options, their known values, and file names.

    bash: recraft completion bash > ~/.local/share/bash-completion/completions/recraft

    zsh: recraft completion zsh > a folder of $fpath, as _recraft

    fish: recraft completion fish > ~/.config/fish/completions/recraft.fish
    """
    write(script(shell))
    return 0


def script(shell: Literal["bash", "zsh", "fish"]) -> str:
    """The completion script for a shell."""
    from .app import build

    text = build().generate_completion(prog_name="recraft", shell=shell)
    if shell == "bash":
        return _BASH_FILES.sub(_FILES_WITH_BLANKS, text)
    if shell == "zsh":
        return text.rstrip() + _BY_ZSH
    return _FISH_VALUES.sub(functools.partial(_apart, _values_by_text()), text)


def _values_by_text() -> dict[str, tuple[str, ...]]:
    """The known values of every option, by how cyclopts writes them for fish: with nothing but blanks between them."""
    options = (option for helper in helpers().values() for option in shape(helper).options)
    return {"'{}'".format(" ".join(each.values).replace("'", r"'\''")): each.values for each in options if each.values}


def _apart(known: dict[str, tuple[str, ...]], written: re.Match[str]) -> str:
    """Values as fish reads them one by one. It reads the list as it reads a line of its own."""
    values = known.get(written[0])
    return written[0] if values is None else _in_fish(" ".join(map(_in_fish, values)))


def _in_fish(text: str) -> str:
    return "'{}'".format(text.replace("\\", r"\\").replace("'", r"\'"))
