"""`recraft completion`: TAB for bash, zsh and fish."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from cyclopts import Parameter

from .common import documented
from .telling import write

#: How cyclopts asks bash for file names: a name with blanks comes apart.
_BASH_FILES = re.compile(r"^( *)COMPREPLY=\( (\$\(compgen -f -- .*\)) \)$", re.M)

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
    return _BASH_FILES.sub(_FILES_WITH_BLANKS, text) if shell == "bash" else text
