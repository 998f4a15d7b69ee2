"""OpenTelemetry: one span for each call, its attempts and waits as events. Needs the extra `[otel]`."""

from __future__ import annotations

import time

try:
    from opentelemetry import trace
    from opentelemetry.trace import SpanKind, Status, StatusCode
except ImportError as error:
    raise ImportError("recraft.otel needs OpenTelemetry: pip install 'recraft-sdk[otel]'") from error

from .events import Event, Listener


def trace_events(tracer: trace.Tracer | None = None) -> Listener:
    """A listener that makes a span `recraft <operation>` when a call ends, as a child of the span that is current
    then.
    """
    tracer = tracer or trace.get_tracer("recraft")
    open_calls: dict[int, list[tuple[int, Event]]] = {}

    def listen(event: Event) -> None:
        now = time.time_ns()
        if event.kind != "outcome":
            open_calls.setdefault(event.call, []).append((now, event))
            return
        span = tracer.start_span(
            f"recraft {event.operation}",
            kind=SpanKind.CLIENT,
            start_time=now - int(event.seconds * 1e9),
            attributes=_attributes(event),
        )
        for at, past in open_calls.pop(event.call, ()):
            span.add_event(past.kind, _attributes(past), timestamp=at)
        if event.error:
            span.set_status(Status(StatusCode.ERROR, event.error))
        span.end(end_time=now)

    return listen


def _attributes(event: Event) -> dict[str, str | int | float]:
    facts: dict[str, str | int | float | None] = {
        "recraft.operation": event.operation,
        "recraft.attempt": event.attempt,
        "recraft.seconds": event.seconds,
        "recraft.reason": event.reason,
        "recraft.request_id": event.request_id,
        "http.response.status_code": event.status,
        "error.type": event.error,
    }
    return {key: value for key, value in facts.items() if value is not None}
