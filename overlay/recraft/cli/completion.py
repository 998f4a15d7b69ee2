"""`recraft completion`: TAB for bash, zsh and fish."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from .telling import write


def completion(shell: Annotated[Literal["bash", "zsh", "fish"], Parameter(help="Which shell.")], /) -> int:
    """Write the completion script for a shell: commands, options, their known values, and file names.

    bash: recraft completion bash > ~/.local/share/bash-completion/completions/recraft

    zsh: recraft completion zsh > a folder of $fpath, as _recraft

    fish: recraft completion fish > ~/.config/fish/completions/recraft.fish
    """
    from .app import build

    write(build().generate_completion(prog_name="recraft", shell=shell))
    return 0
