"""The question before a dear call, to whoever sits at the client: models do not answer it.

Clients of the newest protocol are asked with an answer that wants more input, and send the call again with it; older
ones are asked while the call waits.
"""

from __future__ import annotations

from typing import Any

from mcp.server.mcpserver import Context
from mcp.shared.exceptions import MCPError
from mcp_types import ElicitRequest, ElicitRequestFormParams, ElicitResult, InputRequiredResult
from mcp_types.version import is_version_at_least
from pydantic import BaseModel, Field

from recraft import InputError

#: Where the answer to the question stands.
KEY = "go_on"


class Answer(BaseModel):
    """What is asked for."""

    go_on: bool = Field(description="Make this call and pay for it.")


class Declined(InputError):
    """Somebody was asked, and did not agree. Nothing was sent."""


async def confirmed(context: Context[Any, Any], question: str, most: str) -> InputRequiredResult | None:
    """Ask; None when the answer was yes. Raises Declined when it was not, or nobody can be asked.

    `most` says what is agreed to: an answer counts for no call that may cost more, or makes more.
    """
    capability = context.client_capabilities.elicitation if context.client_capabilities else None
    if capability is None or (capability.form is None and capability.url is not None):
        raise Declined(
            f"{question} The operator wants somebody to be asked, and this client cannot ask. Ask for less, or ask for "
            "another --ask-above or --ask-images."
        )
    if not is_version_at_least(context.protocol_version or "", "2026-07-28"):
        await _asked_now(context, question)
        return None
    answer = (context.input_responses or {}).get(KEY)
    if answer is None or context.request_state != most:
        schema: dict[str, Any] = Answer.model_json_schema()
        request = ElicitRequest(params=ElicitRequestFormParams(message=question, requested_schema=schema))
        return InputRequiredResult(input_requests={KEY: request}, request_state=most)
    if not isinstance(answer, ElicitResult) or answer.action != "accept" or (answer.content or {}).get(KEY) is not True:
        raise Declined("somebody was asked, and did not agree.")
    return None


async def _asked_now(context: Context[Any, Any], question: str) -> None:
    try:
        answer = await context.elicit(question, Answer)
    except (MCPError, ValueError):
        raise Declined("somebody was to be asked, and the client gave no answer that can be read.") from None
    if answer.action != "accept" or not answer.data.go_on:
        raise Declined("somebody was asked, and did not agree.")
