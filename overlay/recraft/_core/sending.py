"""The rules of one call: wait for its turn, send it, judge what came of it, wait, and again.

Written once for both clients (see `io`).
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import math
import random
from collections.abc import Callable
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from ..errors import ConnectionFailed, InputError, RecraftError, TimedOut
from ..events import Event
from ..limiter import LimiterUnavailable, Ticket
from . import logs
from .clock import Deadline, clock
from .content import Content
from .exchange import Exchange, Held
from .io import IO
from .judging import Failed, Judge
from .outgoing import Answer, Outgoing
from .settings import Settings

#: The largest answer that is read, in bytes after decompression: six images of 30 MB as base64 fit, a gzip bomb does
#: not.
MAX_ANSWER = 256 * 2**20

#: Seconds by which a wait for the rate limit has to turn out longer than it was told, to be told again.
MUCH_LONGER = 5.0

T = TypeVar("T")
Kind: TypeAlias = Literal["attempt", "wait", "outcome"]

_calls = itertools.count(1)


class Sending(Generic[T]):
    """One call on its way: what happened so far, and what to do next."""

    def __init__(self, io: IO, settings: Settings, call: Outgoing[T]) -> None:
        self.io, self.settings, self.call = io, settings, call
        self.policy, self.limiter = settings.policy, settings.limiter
        self.number = next(_calls)
        self.started = clock.now()
        self.deadline = Deadline(self.policy.deadline)
        self.sent = 0
        self.free = 0  # attempts that a 429 did not use up
        self.throttled_since: float | None = None
        self.request_id: str | None = None
        self.waited = 0.0  # seconds, for the rate limit
        self.lost = False  # whether an attempt may have been served whose answer was not read
        self.under_way: Exchange | None = None

    async def run(self) -> Answer[T]:
        """Send until the request is answered, refused for good, in doubt, or out of attempts or time."""
        try:
            answer = await self._run()
        except RecraftError as caught:
            error = caught
        except BaseException as left:  # cancelled or interrupted: nobody will hear of this call again
            lost = self.lost or (self.under_way is not None and self.under_way.may_have_arrived)
            self._outcome(error=type(left).__name__, maybe_charged=lost and not self.call.idempotent)
            raise
        else:
            self._outcome(answer, status=answer.status)
            return answer
        error.maybe_charged = bool(error.maybe_charged) or (self.lost and not self.call.idempotent)
        self._outcome(status=error.status, error=type(error).__name__, maybe_charged=error.maybe_charged)
        # Without the chain: what httpx raised holds the request, and with it the token.
        error.__cause__ = error.__context__ = None
        raise error.with_traceback(None)

    async def _run(self) -> Answer[T]:
        ticket: Ticket | None = None
        while True:
            ticket = await self._wait_for_turn(ticket)
            outcome = await self._attempt(ticket)
            if isinstance(outcome, Answer):
                return outcome
            if outcome.status != 429:
                ticket = None  # one that met a 429 keeps its place in the queue
            wait = self._wait_before_retry(outcome, ticket)
            if wait is None:
                raise outcome.error
            if wait > 0:
                self._tell("wait", seconds=wait, reason="retry")
                await self.io.sleep(wait)

    async def _wait_for_turn(self, ticket: Ticket | None) -> Ticket | None:
        """Wait until the limiter lets this attempt go.

        Leaving early, for whatever reason, gives the reservation back.
        """
        limiter = self.limiter
        if limiter is None:
            return None
        try:
            ticket = ticket or limiter.ticket(self.settings.key, images=self.call.images)
        except ValueError as impossible:
            raise self._unsent(InputError, str(impossible)) from None
        # A call is counted when it is let go, so it must leave at once. Where hundreds of tasks start together, all of
        # them first come this far: otherwise the first would be counted, and then wait for the others to build their
        # requests.
        await self.io.sleep(0.0)
        began, until = clock.now(), -math.inf
        try:
            while (delay := await self.io.run(ticket.ask, blocks=limiter.blocking)) > 0:
                if delay > self.deadline.left():
                    raise self._held(delay)
                if clock.now() + delay > until:  # the first time, and when it turns out much longer
                    self._tell("wait", seconds=delay, reason="rate limit")
                    until = clock.now() + delay + MUCH_LONGER
                await self.io.sleep(limiter.renew(delay))
        except LimiterUnavailable as broken:
            raise self._without_limiter(broken) from None
        except BaseException:
            self._give_back(ticket)  # at once: a cancelled task cannot wait for a thread
            raise
        finally:
            if until > 0:
                self.waited += clock.now() - began
        return ticket

    async def _attempt(self, ticket: Ticket | None) -> Answer[T] | Failed:
        """Send once, sort what came of it, and tell the limiter."""
        began = clock.now()
        self.sent += 1
        content = Content(decodes=self.call.decodes, spool=self.call.spool)
        self.under_way = exchange = self._exchange(ticket, content)
        judge = functools.partial(Judge, self.call, self.settings.token, self.sent, self.lost)
        try:
            head = await self.io.exchange(exchange)
        except (Held, LimiterUnavailable) as caught:  # it was about to leave, and must not
            self._give_back(ticket)
            self.sent -= 1
            if isinstance(caught, Held):
                raise self._held(caught.seconds) from None
            raise self._without_limiter(caught) from None
        except Exception as caught:
            logs.transport_failed(caught, self.settings.token)
            outcome = judge(clock.now() - self.started).broken(caught, exchange, content)
        except BaseException:
            if ticket:
                self._give_back(ticket) if exchange.has_not_left else self._settle(ticket)
            raise
        else:
            outcome = judge(clock.now() - self.started).answered(head, content)
        self.under_way, self.request_id = None, outcome.request_id
        self.lost |= (
            isinstance(outcome, Answer) or outcome.lost
        )  # a result that is cancelled before it is handed over is lost too
        error = outcome.failure.reason if isinstance(outcome, Failed) else None
        self._tell("attempt", status=outcome.status, error=error, seconds=clock.now() - began)
        if ticket and self.limiter:
            with contextlib.suppress(Exception):  # what came of the call matters more, whatever a store raises
                await self.io.run(self._report(ticket, outcome), blocks=self.limiter.blocking)
        return outcome

    def _exchange(self, ticket: Ticket | None, content: Content) -> Exchange:
        left = self.deadline.left()
        return Exchange(
            self.call.request(self.deadline.shorten(self.call.timeouts)),
            self.call.body,
            content,
            limit=MAX_ANSWER,
            seconds=left,
            secret=self.settings.token,
            leave=functools.partial(self._leave, ticket) if ticket else None,
            leaving_blocks=self.limiter is not None and self.limiter.blocking,
            taking_blocks=self.call.spool is not None,
        )

    def _leave(self, ticket: Ticket) -> float:
        """Seconds that a call whose connection is ready has to wait there: making it may have taken longer than its
        turn lasts.
        """
        delay = ticket.leave()
        if delay > self.deadline.left():
            raise Held(delay)
        if delay > 0:
            self.waited += delay
            self._tell("wait", listening=False, seconds=delay, reason="rate limit")  # maybe from a worker thread
        return delay

    def _report(self, ticket: Ticket, outcome: Answer[T] | Failed) -> Callable[[], None]:
        if outcome.status != 429 or not isinstance(outcome, Failed):
            return ticket.settled
        pause = outcome.failure.retry_after
        return functools.partial(ticket.rejected, pause if pause is None else min(pause, self.policy.longest_wait))

    def _wait_before_retry(self, failed: Failed, ticket: Ticket | None) -> float | None:
        """Seconds until the next attempt, None when this failure stands."""
        left = self.deadline.left()
        if failed.status == 429 and ticket is not None:
            self.throttled_since = clock.now() if self.throttled_since is None else self.throttled_since
            patient = clock.now() - self.throttled_since < self.policy.rate_limit_patience
            if patient and (failed.failure.retry_after or 0.0) <= min(self.policy.longest_wait, left):
                self.free += 1
                return 0.0  # the limiter has paused everyone on this account, this call included
        wait = self.policy.wait_before_retry(
            failed.failure, attempts=self.sent - self.free, idempotent=self.call.idempotent, jitter=random.random()
        )
        return wait if wait is not None and wait < left else None

    def _held(self, delay: float) -> RecraftError:
        past = f"past its deadline of {self.policy.deadline} s"
        return self._unsent(TimedOut, f"the rate limit holds this call for {delay:.1f} s more, {past}")

    def _without_limiter(self, broken: Exception) -> RecraftError:
        return self._unsent(ConnectionFailed, f"the rate limiter's store failed, so nothing was sent: {broken}")

    def _unsent(self, kind: type[RecraftError], text: str) -> RecraftError:
        operation = self.call.operation
        return kind(
            f"{operation}: {text}",
            operation=operation,
            attempts=self.sent,
            request_id=self.request_id,
            maybe_charged=False,
        )

    def _give_back(self, ticket: Ticket | None) -> None:
        if ticket:
            with contextlib.suppress(LimiterUnavailable):  # the reason for leaving matters more
                ticket.cancel()

    def _settle(self, ticket: Ticket) -> None:
        with contextlib.suppress(LimiterUnavailable):
            ticket.settled()

    def _outcome(self, answer: Answer[T] | None = None, **facts: Any) -> None:
        self._tell("outcome", answer, seconds=clock.now() - self.started, waited=self.waited, **facts)

    def _tell(self, kind: Kind, answer: Answer[T] | None = None, *, listening: bool = True, **facts: Any) -> None:
        """Tell the listener and the log. Where neither wants to know, it costs next to nothing."""
        listener = self.settings.on_event if listening else None
        level = logs.level(kind, self.sent, facts) if self.settings.logs else 0
        logged = level and logs.LOGGER.isEnabledFor(level)
        if listener is None and not logged:
            return
        if answer is not None:
            facts["credits"], facts["images"] = answer.spent
        event = self._event(kind, **facts)
        if logged:
            logs.write(event, level)
        if listener is not None:
            try:
                listener(event)
            except Exception:  # a paid result must not be lost to a broken listener
                logs.LOGGER.exception("the on_event listener failed")

    def _event(self, kind: Kind, **facts: Any) -> Event:
        call = self.call
        return Event(
            kind=kind,
            call=self.number,
            operation=call.operation,
            helper=call.helper,
            model=call.model if isinstance(call.model, str) else None,
            attempt=self.sent,
            request_id=self.request_id,
            **facts,
        )
