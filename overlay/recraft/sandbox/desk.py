"""Where a request meets its fault, the service and the book. Both wires, socket and httpx transport, come through here.

A request is met in two steps, because some faults strike before it was read: `open` needs the request line only,
`serve` has all of it.
"""

from __future__ import annotations

import itertools

from attrs import evolve, frozen

from recraft.sandbox.delivery import Delivery, Stage, deliver, drop_stage, replacement
from recraft.sandbox.faults import Fault, FaultScript
from recraft.sandbox.ledger import Charge, Ledger, Received, without_secrets
from recraft.sandbox.links import shown
from recraft.sandbox.service import Outcome, Service
from recraft.sandbox.wire import Problem, Request


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
    """Receives requests for a service."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.ledger = Ledger()
        self.script = FaultScript(None)
        self._unbooked = itertools.count(1)

    def open(self, method: str, target: str) -> Ticket:
        """Take the fault, if any, for a request line."""
        operation = self.service.operation(method, target)
        return Ticket(operation, self.script.take(operation))

    def drop(self, ticket: Ticket, request: Request) -> None:
        """Book a request that gets no answer; it is served first when the fault says so."""
        index = self._enter(ticket, request)
        served = ticket.fault is not None and ticket.fault.serves
        outcome = self.service.handle(request) if served else None
        self.ledger.settle(index, None, self._charge(index, ticket, outcome))

    def serve(self, ticket: Ticket, request: Request) -> Delivery:
        """Answer a request. The book is complete before the first byte leaves."""
        index, fault = self._enter(ticket, request), ticket.fault
        if fault is None or fault.serves:
            outcome = self.service.handle(request)
            delivery = deliver(outcome.reply, fault, self.service.dialect)
        else:
            outcome = None
            delivery = deliver(replacement(fault, request.now, self.service.dialect), None, self.service.dialect)
        self.ledger.settle(index, delivery.reply.status, self._charge(index, ticket, outcome))
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

    def _charge(self, index: int, ticket: Ticket, outcome: Outcome | None) -> Charge | None:
        if outcome is None or not outcome.units:
            return None
        return Charge(index, ticket.operation or "", outcome.units, outcome.images)
