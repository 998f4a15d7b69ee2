"""The service without any wire: a `Request` value in, an `Outcome` (reply and charge) out.

The order of the checks is that of a gateway: who asks, for what, how often, how well, and can it be paid.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Literal

from attrs import evolve, field, frozen

from recraft.sandbox import behaviours, rules
from recraft.sandbox.account import Account
from recraft.sandbox.contract import Contract, Operation
from recraft.sandbox.dialect import Dialect
from recraft.sandbox.gallery import Gallery, Picture
from recraft.sandbox.job import Job, World
from recraft.sandbox.links import Signer, is_download
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
    pictures: tuple[Picture, ...] = ()


@frozen
class Service:
    """The API: the contract, the account and everything that was made so far."""

    token: str = field(repr=False)
    account: Account
    world: World
    dialect: Dialect

    @classmethod
    def create(
        cls,
        contract: Contract,
        token: str,
        account: Account,
        *,
        answers: Answers,
        strict: bool,
        retry_after: bool | None,
        url_lifetime: float,
        seed: int,
        small_pictures: bool,
    ) -> Service:
        live = answers == "live"
        secret = hashlib.sha256(f"sandbox/{seed}/{token}".encode()).digest()
        gallery = Gallery(Signer(secret, live), url_lifetime)
        world = World(contract, gallery, live, strict and live, seed, small_pictures)
        return cls(token, account, world, Dialect(live, not live if retry_after is None else retry_after, secret))

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
            return Outcome(self.dialect.refusal(problem))
        except Exception as error:
            bug = Problem(500, "sandbox_bug", f"the sandbox failed with {type(error).__name__}: {error}")
            return Outcome(self.dialect.refusal(bug))

    def _call(self, request: Request) -> Outcome:
        operation = self._admit(request)
        job = Job(self.world, self.world.contract.read(operation, request), request)
        rules.check(job)
        images, units = behaviours.images(job), behaviours.units(job)
        self.account.reserve(images, units, request.now)
        try:
            body = behaviours.answer(evolve(job, credits=units, balance=self.account.balance))
        except BaseException:
            self.account.refund(units)
            raise
        if isinstance(body, Reply):
            return Outcome(body, units, images, tuple(job.made))
        reply = Reply(operation.answer_status) if body is None else Reply.json(operation.answer_status, body)
        return Outcome(reply, units, images, tuple(job.made))

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
