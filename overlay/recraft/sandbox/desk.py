"""Where a request meets its fault, the service and the book. Both wires, socket and httpx transport, come through here.

A request is met in two steps, because some faults strike before it was read: `open` needs the request line only,
`serve` has all of it.
"""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Callable

from attrs import evolve, frozen

from recraft.sandbox.delivery import Delivery, Stage, deliver, drop_stage, replacement
from recraft.sandbox.faults import Fault, FaultScript
from recraft.sandbox.ledger import Charge, Ledger, Received, without_secrets
from recraft.sandbox.links import shown
from recraft.sandbox.service import DOWNLOAD, Outcome, Service
from recraft.sandbox.wire import Problem, Request

Watch = Callable[[int, Request, Outcome | None], None]
"""Takes a request's index, the request, and what the service made of it (None: it did not get there)."""


@frozen
class Ticket:
    """A request that has shown its first line: its operation, and the fault that waits for it."""

    operation: str | None
    fault: Fault | None

    @property
    def drop(self) -> Stage | None:
        """How far to read before the connection is reset; None when there will be an answer."""
        return drop_stage(self.fault)


class Desk:
    """Receives requests for a service. `watch` is told of each that is done, just before the book says so."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.ledger = Ledger()
        self.script = FaultScript(None)
        self.watch: Watch | None = None
        self._unbooked = itertools.count(1)

    def check(self, rule: Fault) -> None:
        """Raise ValueError for a rule that could never fire: a test with it would prove nothing."""
        known = [operation.id for operation in self.service.world.contract.operations]
        if rule.operation in (None, DOWNLOAD, *known):
            return
        close = difflib.get_close_matches(rule.operation or "", known, 1)
        hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(known)} and {DOWNLOAD!r}"
        raise ValueError(f"there is no operation {rule.operation!r}: {hint}")

    def open(self, method: str, target: str) -> Ticket:
        """Take the fault, if any, for a request line."""
        operation = self.service.operation(method, target)
        return Ticket(operation, self.script.take(operation))

    def drop(self, ticket: Ticket, request: Request) -> None:
        """Book a request that gets no answer; it is served first when the fault says so."""
        index = self._enter(ticket, request)
        served = ticket.fault is not None and ticket.fault.serves
        outcome = self.service.handle(request) if served else None
        self._settle(index, ticket, request, None, outcome)

    def serve(self, ticket: Ticket, request: Request) -> Delivery:
        """Answer a request. The book is complete before the first byte leaves."""
        index, fault = self._enter(ticket, request), ticket.fault
        if fault is None or fault.serves:
            outcome = self.service.handle(request)
            delivery = deliver(outcome.reply, fault, self.service.dialect)
        else:
            outcome = None
            delivery = deliver(replacement(fault, request.now, self.service.dialect), None, self.service.dialect)
        self._settle(index, ticket, request, delivery.reply.status, outcome)
        return self._named(delivery, self.service.dialect.request_id(index))

    def refuse(self, problem: Problem) -> Delivery:
        """The answer to what is no proper HTTP request, and so is not in the book."""
        dialect = self.service.dialect
        reply = dialect.refusal(problem)
        return self._named(deliver(reply, None, dialect), dialect.request_id(-next(self._unbooked)))

    def _named(self, delivery: Delivery, request_id: str) -> Delivery:
        headers = (*delivery.reply.headers, *self.service.dialect.name(request_id))
        return evolve(delivery, reply=evolve(delivery.reply, headers=headers))

    def _enter(self, ticket: Ticket, request: Request) -> int:
        return self.ledger.enter(
            Received(
                index=0,
                at=request.now,
                method=request.method,
                path=shown(request.target),
                operation=ticket.operation,
                headers=without_secrets(request.headers),
                authorized=self.service.authorized(request),
                had_authorization=request.header("authorization") is not None,
                body=request.body,
                fault=ticket.fault.kind if ticket.fault else None,
            ),
            self.service.dialect.request_id,
        )

    def _settle(
        self, index: int, ticket: Ticket, request: Request, status: int | None, outcome: Outcome | None
    ) -> None:
        charge = None
        if outcome is not None and outcome.units:
            charge = Charge(index, ticket.operation or "", outcome.units, outcome.images)
        if self.watch is not None:
            self.watch(index, request, outcome)
        self.ledger.settle(index, status, charge)
