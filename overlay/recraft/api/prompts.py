"""Making prompts richer: `client.prompts`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from recraft_api import marks

from .._core.binding import K_co, Namespace, operation
from .._core.call import Call, call
from ..results import EnhancedPrompt, read_prompt

if TYPE_CHECKING:
    from recraft_api import options as opt


class Prompts(Namespace[K_co]):
    """Make prompts richer."""

    @operation
    @staticmethod
    @marks.enhance_prompt
    def enhance(prompt: str, **options: Unpack[opt.EnhancePromptOptions]) -> Call[EnhancedPrompt]:
        """Expand a short prompt with visual context. `str()` of the result is the new prompt.

        By the documentation of 2026-11 `prompt` has up to 2,000 characters.
        """
        return call("enhancePrompt", read_prompt, {"prompt": prompt, **options})
