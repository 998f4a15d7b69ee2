"""OpenTelemetry: one span for each call, its attempts and waits as events; and metrics. Needs the extra `[otel]`.

The metrics, each with the attributes `recraft.operation`, `recraft.helper` and `recraft.model` of the call, and with
`http.response.status_code` and `error.type` of its outcome (no `error.type` is a success):

| Metric | Kind | Unit | What |
|---|---|---|---|
| `recraft.client.calls` | counter | `{call}` | calls that ended, with whatever outcome |
| `recraft.client.attempts` | counter | `{attempt}` | requests that they sent |
| `recraft.client.images` | counter | `{image}` | images that came |
| `recraft.client.units` | counter | `{unit}` | API units that the service reported as their cost |
| `recraft.client.in_doubt` | counter | `{call}` | calls that may have been charged although no result was handed over |
| `recraft.client.call.duration` | histogram | `s` | how long a call took, waits included |
| `recraft.client.limiter.duration` | histogram | `s` | how long a call waited for the rate limit, of those that did |
"""

from __future__ import annotations

import time
from collections.abc import Mapping

try:
    from opentelemetry import metrics, trace
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


def measure_events(meter: metrics.Meter | None = None, *, attributes: Mapping[str, str] | None = None) -> Listener:
    """A listener that counts and times calls when they end; the table above says what.

    `attributes` are added to each measurement, such as `{"team": "ads"}`.
    """
    meter = meter or metrics.get_meter("recraft")
    calls = meter.create_counter("recraft.client.calls", "{call}", "Calls that ended.")
    attempts = meter.create_counter("recraft.client.attempts", "{attempt}", "Requests that calls sent.")
    images = meter.create_counter("recraft.client.images", "{image}", "Images that came.")
    units = meter.create_counter("recraft.client.units", "{unit}", "API units that calls cost, as reported.")
    doubts = meter.create_counter("recraft.client.in_doubt", "{call}", "Calls that may have cost and gave no result.")
    took = meter.create_histogram(
        "recraft.client.call.duration", "s", "How long calls took.", explicit_bucket_boundaries_advisory=_SECONDS
    )
    waited = meter.create_histogram(
        "recraft.client.limiter.duration",
        "s",
        "How long calls waited for the rate limit.",
        explicit_bucket_boundaries_advisory=_SECONDS,
    )

    def listen(event: Event) -> None:
        if event.kind != "outcome":
            return
        about = {**_about(event), **(attributes or {})}
        counts = {calls: 1, attempts: event.attempt, images: event.images, units: event.credits or 0}
        counts[doubts] = int(event.maybe_charged)
        for counter, count in counts.items():
            if count > 0:  # no series of zeros for calls that make no images
                counter.add(count, about)
        took.record(event.seconds, about)
        if event.waited > 0:
            waited.record(event.waited, about)

    return listen


def observe_events(
    tracer: trace.Tracer | None = None,
    meter: metrics.Meter | None = None,
    *,
    attributes: Mapping[str, str] | None = None,
) -> Listener:
    """A listener that does what `trace_events` and `measure_events` do."""
    listeners = trace_events(tracer), measure_events(meter, attributes=attributes)

    def listen(event: Event) -> None:
        for each in listeners:
            each(event)

    return listen


#: Bounds of the histograms, in seconds: a picture takes from seconds to minutes.
_SECONDS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60, 120, 300, 600)


def _about(event: Event) -> dict[str, str | int]:
    """What a call was and how it ended: few values each, for a metric keeps a series for each set of them."""
    facts: dict[str, str | int | None] = {
        "recraft.operation": event.operation,
        "recraft.helper": event.helper,
        "recraft.model": event.model,
        "http.response.status_code": event.status,
        "error.type": event.error,
    }
    return {key: value for key, value in facts.items() if value is not None}


def _attributes(event: Event) -> dict[str, str | int | float]:
    facts: dict[str, str | int | float | None] = {
        **_about(event),
        "recraft.attempt": event.attempt,
        "recraft.seconds": event.seconds,
        "recraft.reason": event.reason,
        "recraft.request_id": event.request_id,
    }
    if event.kind == "outcome":
        facts |= {
            "recraft.units": event.credits,
            "recraft.images": event.images,
            "recraft.waited": event.waited,
            "recraft.maybe_charged": event.maybe_charged,
        }
    return {key: value for key, value in facts.items() if value is not None}
