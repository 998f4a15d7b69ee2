"""Making prompts richer: `client.prompts`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ._binding import Call, ClientT_co, Namespace, operation
from ._requests import call
from .results import EnhancedPrompt, read_prompt

if TYPE_CHECKING:
    from recraft_api import options as opt


class Prompts(Namespace[ClientT_co]):
    """Make prompts richer."""

    @operation
    @staticmethod
    def enhance(prompt: str, **options: Unpack[opt.EnhancePromptOptions]) -> Call[EnhancedPrompt]:
        """Expand a short prompt with visual context. `str()` of the result is the new prompt."""
        return call("enhancePrompt", read_prompt, {"prompt": prompt, **options})
