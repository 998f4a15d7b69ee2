"""The service without any wire: a `Request` value in, an `Outcome` (reply and charge) out.

The order of the checks is that of a gateway: who asks, for what, how often, how well, and can it be paid.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Literal

from attrs import field, frozen

from recraft.sandbox.account import Account
from recraft.sandbox.behaviours import behaviour_of
from recraft.sandbox.contract import Contract, Operation
from recraft.sandbox.gallery import Gallery, is_download
from recraft.sandbox.job import Job, World
from recraft.sandbox.schema import Schema
from recraft.sandbox.wire import MAX_BODY, Problem, Reply, Request, path_of

Answers = Literal["vendored", "live"]
DOWNLOAD = "download"
"""The name of a request for an image URL, which is no operation of the spec."""


@frozen
class Outcome:
    """A reply and what it cost: `units` were taken for `images` pictures (both 0 unless it succeeded)."""

    reply: Reply
    units: int = 0
    images: int = 0


@frozen
class Service:
    """The API: the contract, the account and everything that was made so far."""

    token: str = field(repr=False)
    account: Account
    world: World

    @classmethod
    def create(
        cls, spec: Schema, token: str, account: Account, *, answers: Answers, url_lifetime: float, seed: int
    ) -> Service:
        secret = hashlib.sha256(f"sandbox/{seed}/{token}".encode()).digest()
        world = World(Contract(spec), Gallery(secret, url_lifetime), answers == "live", seed)
        return cls(token, account, world)

    def operation(self, method: str, target: str) -> str | None:
        """The operationId a request line asks for, "download" for an image URL, None when it leads nowhere."""
        if is_download(path_of(target)):
            return DOWNLOAD
        try:
            return self.world.contract.find(method, target).id
        except Problem:
            return None

    def authorized(self, request: Request) -> bool:
        """Whether the request carries this sandbox's token."""
        scheme, _, token = (request.header("authorization") or "").partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(token.strip().encode(), self.token.encode())

    def handle(self, request: Request) -> Outcome:
        """Answer one request. Never raises: what goes wrong in here is a 500 that names the error's type."""
        try:
            if is_download(request.path):
                return Outcome(self.world.gallery.download(request))
            return self._call(request)
        except Problem as problem:
            return Outcome(problem.reply())
        except Exception as error:
            return Outcome(
                Problem(500, "sandbox_bug", f"the sandbox failed with {type(error).__name__}: {error}").reply()
            )

    def _call(self, request: Request) -> Outcome:
        operation = self._admit(request)
        call = self.world.contract.read(operation, request)
        behaviour = behaviour_of(call)
        images, units = behaviour.images(call), behaviour.units(call)
        self.account.reserve(images, units, request.now)
        try:
            body = behaviour.run(Job(self.world, call, request, units, self.account.balance))
        except BaseException:
            self.account.refund(units)
            raise
        reply = Reply(operation.answer_status) if body is None else Reply.json(operation.answer_status, body)
        return Outcome(reply, units, images)

    def _admit(self, request: Request) -> Operation:
        if len(request.body) > MAX_BODY:
            raise Problem(413, "request_too_large", f"the body is larger than {MAX_BODY} bytes")
        try:
            operation = self.world.contract.find(request.method, request.target)
        except Problem:
            self._authenticate(request)  # strangers are not told which paths there are
            raise
        if operation.secured:
            self._authenticate(request)
        self.account.count_request(request.now)
        return operation

    def _authenticate(self, request: Request) -> None:
        if not self.authorized(request):
            what = (
                "the token is not valid" if request.header("authorization") else "the Authorization header is missing"
            )
            raise Problem(401, "unauthorized", what, {"WWW-Authenticate": "Bearer"})
