"""How the service words what is not an image: refusals and the name of each answer, in the form that was chosen.

"vendored" keeps to what the vendored document describes: JSON for every refusal. "live" gives the bodies and headers of
the service's own documentation (2026-11-23).
"""

from __future__ import annotations

import hashlib
from uuid import UUID

from attrs import field, frozen

from recraft.sandbox.wire import Headers, Problem, Reply

_PLAIN = {401: "request unauthorized", 404: "404 page not found"}
"""The two refusals that are documented as plain text. They name nothing that could help a stranger."""

_NAMED = frozenset({"style_not_found"})  # a 404 about a thing, not about a path


@frozen
class Dialect:
    """`retry_after`: whether a 429 says when to come back, which the live service was never seen to do."""

    live: bool
    retry_after: bool
    secret: bytes = field(repr=False)

    def refusal(self, problem: Problem) -> Reply:
        """The answer that turns a request down."""
        headers = tuple(pair for pair in problem.headers if self.retry_after or pair[0] != "Retry-After")
        if not self.live:
            return Reply.json(problem.status, problem.body(), headers)
        if problem.status in _PLAIN and problem.code not in _NAMED:
            return Reply.text(problem.status, _PLAIN[problem.status])
        if problem.of_a_file:
            return Reply.text(problem.status, problem.message, headers)
        status = 400 if problem.code == "not_enough_credits" else problem.status
        return Reply.json(status, problem.body(), headers)

    def request_id(self, index: int) -> str:
        """What the answer to the request with this index is called."""
        if not self.live:
            return f"sandbox-{index}"
        digest = hashlib.sha256(self.secret + f"request {index}".encode()).digest()
        return str(UUID(bytes=digest[:16], version=4))

    def name(self, request_id: str) -> Headers:
        """The header that carries a request id."""
        return (("x-recraft-requestid" if self.live else "X-Request-Id", request_id),)
