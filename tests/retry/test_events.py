"""What `on_event`, the logging listener and the OpenTelemetry listener tell about a call, and what they never tell."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

import anyio
import httpx
import pytest
from opentelemetry import trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from recraft import AsyncRecraft, Recraft, otel
from recraft.events import Event, log_events
from recraft.limiter import Limit, MemoryStore, RateLimiter
from recraft.otel import measure_events, observe_events, trace_events
from recraft_api import models
from recraft_api.api.images import create_image
from recraft_api.api.users import get_current_user

from .test_attempts import BASE, TOKEN, Service, Step, told, watch

PROMPT = "a very private fox"


def seen(events: list[Event]) -> list[tuple[object, ...]]:
    return [(event.kind, event.attempt, event.status, event.error, event.reason) for event in events]


def test_a_call_tells_its_attempts_its_waits_and_its_outcome_in_order() -> None:
    watched = watch(told(503, "7"), httpx.ConnectError("refused"))
    watched.client.images.generate(PROMPT)
    assert seen(watched.events) == [
        ("attempt", 1, 503, "503", None),
        ("wait", 1, None, None, "retry"),
        ("attempt", 2, None, "ConnectError", None),
        ("wait", 2, None, None, "retry"),
        ("attempt", 3, 200, None, None),
        ("outcome", 3, 200, None, None),
    ]
    assert {event.operation for event in watched.events} == {"createImage"}
    assert len({event.call for event in watched.events}) == 1
    assert watched.events[1].seconds == 7.0
    assert watched.events[-1].seconds >= 7.0, "the whole call, waits included"


def test_an_event_names_the_method_and_the_model_that_were_asked_for() -> None:
    watched = watch(503)
    watched.client.images.generate(PROMPT, model="recraftv4")
    watched.client.users.me()
    assert [(event.helper, event.model) for event in watched.events] == [
        *[("images.generate", "recraftv4")] * 4,
        *[("users.me", None)] * 2,
    ]


def test_an_outcome_says_what_was_paid_for() -> None:
    watched = watch(503)
    watched.client.images.generate(PROMPT)
    watched.client.users.me()
    paid = [(event.kind, event.credits, event.images) for event in watched.events if event.credits or event.images]
    assert paid == [("outcome", 40, 1)], "the balance of an account is not what it paid"
    failing = watch(httpx.ReadTimeout("slow"))
    failing.fails(lambda: failing.client.images.generate(PROMPT))
    assert (failing.events[-1].credits, failing.events[-1].images) == (None, 0)


def test_a_generated_function_tells_the_same() -> None:
    watched = watch(503)
    body = models.GenerationRequest(prompt=PROMPT, model="recraftv4")
    create_image.sync(client=watched.client.raw, body=body)
    get_current_user.sync(client=watched.client.raw)
    first, second = (event for event in watched.events if event.kind == "outcome")
    assert (first.operation, first.helper, first.model) == ("createImage", None, "recraftv4")
    assert (first.credits, first.images, second.credits, second.images) == (40, 1, None, 0)


def test_each_event_carries_the_id_of_its_own_request() -> None:
    watched = watch(503, httpx.ConnectError("refused"))
    watched.client.users.me()
    attempts = [event for event in watched.events if event.kind == "attempt"]
    assert [event.request_id for event in attempts] == ["wrong-503", None, "right"]
    assert watched.events[-1].request_id == "right"


@pytest.mark.parametrize(
    ("script", "error", "status"),
    [
        ([400], "InvalidRequestError", 400),
        ([503] * 4, "ServerError", 503),
        ([httpx.ReadTimeout("slow")], "TimedOut", None),
        ([httpx.ReadError("reset")], "ConnectionFailed", None),
        ([httpx.Response(200, text="<html>")], "UnexpectedResponse", 200),
    ],
)
def test_an_outcome_names_the_error(script: list[Step], error: str, status: int | None) -> None:
    watched = watch(*script)
    watched.fails(lambda: watched.client.images.generate(PROMPT))
    assert [event.kind for event in watched.events].count("outcome") == 1
    assert (watched.events[-1].error, watched.events[-1].status) == (error, status)


def test_waiting_for_the_rate_limit_is_told_once() -> None:
    limiter = RateLimiter((Limit(1, per=45.0, of="requests"),), margin=0.0, store=MemoryStore())
    watched = watch(limiter=limiter)
    watched.client.users.me()
    watched.events.clear()
    watched.client.users.me()
    assert seen(watched.events) == [
        ("wait", 0, None, None, "rate limit"),
        ("attempt", 1, 200, None, None),
        ("outcome", 1, 200, None, None),
    ]
    assert 44 < watched.events[0].seconds <= 45
    assert 44 < watched.events[-1].waited < watched.events[-1].seconds


def test_an_interrupted_call_has_an_outcome_too() -> None:
    class Interrupted(Service):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if not self.script:
                raise KeyboardInterrupt
            return super().handle_request(request)

    watched = watch(transport=Interrupted([503]))
    with pytest.raises(KeyboardInterrupt):
        watched.client.users.me()
    assert [event.kind for event in watched.events] == ["attempt", "wait", "outcome"]
    assert watched.events[-1].error == "KeyboardInterrupt"


@pytest.mark.anyio
async def test_a_cancelled_call_has_an_outcome_too() -> None:
    events: list[Event] = []

    class Cancelling(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            scope.cancel()
            await anyio.sleep_forever()
            raise AssertionError

    transport = Cancelling()
    async with AsyncRecraft(TOKEN, base_url=BASE, limiter=None, transport=transport, on_event=events.append) as client:
        with anyio.CancelScope() as scope:
            await client.users.me()
    assert [event.kind for event in events] == ["outcome"]
    assert "Cancel" in str(events[0].error)


def test_events_of_different_calls_are_told_apart() -> None:
    watched = watch()
    watched.client.users.me()
    watched.client.users.me()
    assert len({event.call for event in watched.events}) == 2


def test_one_call_can_have_a_listener_of_its_own() -> None:
    watched, own = watch(), list[Event]()
    watched.client.with_options(on_event=own.append).users.me()
    watched.client.with_options(on_event=None).users.me()
    assert len(own) == 2
    assert watched.events == []


def test_a_listener_that_breaks_costs_no_result(caplog: pytest.LogCaptureFixture) -> None:
    def broken(event: Event) -> None:
        raise ZeroDivisionError("of the listener")

    assert len(watch(503, on_event=broken).client.images.generate(PROMPT)) == 1
    assert "the on_event listener failed" in caplog.text
    assert "ZeroDivisionError" in caplog.text


LEAKY = [
    httpx.Response(503, json={"message": f"{TOKEN} {PROMPT}"}, headers={"X-Request-Id": TOKEN}),
    httpx.Response(
        503, json={}, headers={"X-Request-Id": "https://i.invalid/1?Signature=abc", "Location": f"{BASE}?Signature=abc"}
    ),
    httpx.ConnectError(f"cannot reach https://i.invalid/1?Signature=abc with Bearer {TOKEN}"),
    httpx.Response(400, json={"code": TOKEN, "message": f"{PROMPT} {TOKEN}"}),
]


def assert_nothing_private(text: str) -> None:
    assert text
    for private in (TOKEN, PROMPT, "Signature", "http", "api.invalid"):
        assert private not in text


def test_no_event_holds_a_token_a_url_or_a_body() -> None:
    watched = watch(*LEAKY)
    watched.fails(lambda: watched.client.images.generate(PROMPT))
    assert len(watched.events) == 8
    assert_nothing_private(repr(watched.events).replace("https://i.invalid/...'", "'"))


# --- logging ----------------------------------------------------------------------------------------------------------


def test_the_log_has_failures_as_warnings_and_success_as_information(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "recraft"):
        watch(told(503, "7"), on_event=log_events()).client.images.generate(PROMPT)
        failing = watch(400, on_event=log_events(logging.getLogger("recraft.mine")))
        failing.fails(lambda: failing.client.users.me())
    lines = [
        (record.name, record.levelname, record.getMessage().rpartition(" in ")[0] or record.getMessage())
        for record in caplog.records
    ]
    assert lines[:2] == [
        ("recraft", "DEBUG", "createImage: attempt 1: 503"),
        ("recraft", "WARNING", "createImage: waiting 7.00 s (retry)"),
    ]
    assert [(name, level) for name, level, _ in lines[2:]] == [
        ("recraft", "DEBUG"),
        ("recraft", "INFO"),
        ("recraft.mine", "DEBUG"),
        ("recraft.mine", "WARNING"),
    ]
    assert "getCurrentUser: InvalidRequestError after 1 attempt(s)" in lines[-1][2]


def test_the_log_holds_nothing_private(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "recraft"):
        watched = watch(*LEAKY, on_event=log_events())
        watched.fails(lambda: watched.client.images.generate(PROMPT))
    assert_nothing_private("\n".join(record.getMessage() for record in caplog.records if record.name == "recraft"))


# --- OpenTelemetry ----------------------------------------------------------------------------------------------------


class Spans:
    """A tracer of our own, and what it was given."""

    def __init__(self) -> None:
        self._exporter = InMemorySpanExporter()
        self._provider = TracerProvider()
        self._provider.add_span_processor(SimpleSpanProcessor(self._exporter))
        self.tracer = self._provider.get_tracer("test")
        self.listener = trace_events(self.tracer)

    @property
    def all(self) -> tuple[ReadableSpan, ...]:
        return self._exporter.get_finished_spans()

    @property
    def only(self) -> ReadableSpan:
        (span,) = self.all
        return span

    def close(self) -> None:
        self._provider.shutdown()


@pytest.fixture
def spans() -> Iterator[Spans]:
    spans = Spans()
    yield spans
    spans.close()


def attributes(of: Any) -> dict[str, Any]:
    return dict(of.attributes or {})


def test_a_call_is_one_span_with_its_attempts_as_events(spans: Spans) -> None:
    watch(told(503, "7"), on_event=spans.listener).client.images.generate(PROMPT)
    span = spans.only
    assert (span.name, span.kind, span.status.status_code) == ("recraft createImage", SpanKind.CLIENT, StatusCode.UNSET)
    assert [event.name for event in span.events] == ["attempt", "wait", "attempt"]
    assert attributes(span)["recraft.attempt"] == 2
    assert attributes(span)["http.response.status_code"] == 200
    assert attributes(span.events[0])["error.type"] == "503"
    assert attributes(span.events[1])["recraft.reason"] == "retry"
    assert attributes(span.events[1])["recraft.seconds"] == 7.0
    assert span.start_time is not None
    assert span.end_time is not None
    assert span.start_time <= span.events[0].timestamp <= span.events[-1].timestamp <= span.end_time


def test_a_failed_call_is_a_span_with_an_error(spans: Spans) -> None:
    watched = watch(400, on_event=spans.listener)
    watched.fails(lambda: watched.client.users.me())
    assert spans.only.status.status_code is StatusCode.ERROR
    assert spans.only.status.description == "InvalidRequestError"
    assert attributes(spans.only)["error.type"] == "InvalidRequestError"


def test_a_span_is_a_child_of_the_one_around_the_call(spans: Spans) -> None:
    with spans.tracer.start_as_current_span("parent") as parent:
        watch(on_event=spans.listener).client.users.me()
    child = next(span for span in spans.all if span.name == "recraft getCurrentUser")
    assert child.parent is not None
    assert child.parent.span_id == parent.get_span_context().span_id
    assert child.context.trace_id == parent.get_span_context().trace_id


def test_calls_at_the_same_time_have_a_span_each(spans: Spans) -> None:
    first, second = watch(503, on_event=spans.listener), watch(on_event=spans.listener)
    first.service.script.insert(0, 503)
    first.client.users.me()
    second.client.images.generate(PROMPT)
    assert [(span.name, len(span.events)) for span in spans.all] == [
        ("recraft getCurrentUser", 5),
        ("recraft createImage", 1),
    ]


@pytest.mark.anyio
async def test_an_awaited_call_is_a_span_under_its_own_parent(spans: Spans) -> None:
    async with AsyncRecraft(
        TOKEN, base_url=BASE, limiter=None, transport=Service([503]), on_event=spans.listener
    ) as client:
        with spans.tracer.start_as_current_span("parent") as parent:
            await client.users.me()
    child = spans.all[0]
    assert child.parent is not None
    assert child.parent.span_id == parent.get_span_context().span_id
    assert len(child.events) == 3


def test_spans_hold_nothing_private(spans: Spans) -> None:
    watched = watch(*LEAKY, on_event=spans.listener)
    watched.fails(lambda: watched.client.images.generate(PROMPT))
    assert_nothing_private(spans.only.to_json().replace("https://i.invalid/...", "").replace("http.response", ""))


def test_a_span_says_what_was_paid_for_and_what_may_have_been(spans: Spans) -> None:
    watch(on_event=spans.listener).client.images.generate(PROMPT, model="recraftv4")
    lost = watch(httpx.ReadTimeout("slow"), on_event=spans.listener)
    lost.fails(lambda: lost.client.images.generate(PROMPT))
    first, second = (attributes(span) for span in spans.all)
    assert (first["recraft.helper"], first["recraft.model"]) == ("images.generate", "recraftv4")
    assert (first["recraft.units"], first["recraft.images"], first["recraft.maybe_charged"]) == (40, 1, False)
    assert second["recraft.maybe_charged"] is True


class Metrics:
    """A meter of our own, and what it measured: by name, with the attributes of each series."""

    def __init__(self) -> None:
        self._reader = InMemoryMetricReader()
        self._provider = MeterProvider(metric_readers=[self._reader])
        self.meter = self._provider.get_meter("test")

    def read(self) -> dict[str, tuple[str, list[tuple[dict[str, Any], Any]]]]:
        data = self._reader.get_metrics_data()
        assert data is not None
        return {
            metric.name: (
                metric.unit,
                [(dict(p.attributes or {}), getattr(p, "value", p)) for p in metric.data.data_points],
            )
            for metric in data.resource_metrics[0].scope_metrics[0].metrics
        }

    def total(self, name: str, **where: Any) -> Any:
        points = self.read()[name][1]
        return sum(value for about, value in points if where.items() <= about.items())


def test_metrics_count_calls_attempts_images_units_and_doubts() -> None:
    metrics = Metrics()
    listener = measure_events(metrics.meter, attributes={"team": "ads"})
    watch(503, on_event=listener).client.images.generate(PROMPT, model="recraftv4")
    watch(on_event=listener).client.images.generate(PROMPT)
    watch(on_event=listener).client.users.me()
    lost = watch(httpx.ReadTimeout("slow"), on_event=listener)
    lost.fails(lambda: lost.client.images.generate(PROMPT))
    totals = {name: metrics.total(f"recraft.client.{name}", team="ads") for name in ("calls", "attempts", "images")}
    assert totals == {"calls": 4, "attempts": 5, "images": 2}
    assert metrics.total("recraft.client.units") == 80
    assert metrics.total("recraft.client.units", **{"recraft.model": "recraftv4"}) == 40
    assert metrics.total("recraft.client.units", **{"recraft.helper": "users.me"}) == 0, "a balance is no cost"
    ((about, doubts),) = metrics.read()["recraft.client.in_doubt"][1]
    assert doubts == 1
    assert about == {
        "team": "ads",
        "recraft.operation": "createImage",
        "recraft.helper": "images.generate",
        "error.type": "TimedOut",
    }


def test_metrics_time_calls_and_their_waits_for_the_rate_limit() -> None:
    metrics = Metrics()
    limiter = RateLimiter((Limit(1, per=45.0, of="requests"),), margin=0.0, store=MemoryStore())
    watched = watch(limiter=limiter, on_event=observe_events(None, metrics.meter))
    watched.client.users.me()
    watched.client.users.me()
    (_, took), (_, waited) = (metrics.read()[f"recraft.client.{name}.duration"][1][0] for name in ("call", "limiter"))
    assert (took.count, waited.count) == (2, 1)
    assert 44 < waited.sum <= took.sum < 60
    assert 300 in took.explicit_bounds


def test_the_metrics_are_those_of_the_documented_table() -> None:
    table = re.findall(r"^\| `([\w.]+)` \| (\w+) \| `([^`]+)` \|", otel.__doc__ or "", re.MULTILINE)
    metrics = Metrics()
    limiter = RateLimiter((Limit(1, per=45.0, of="requests"),), margin=0.0, store=MemoryStore())
    watched = watch(200, httpx.ReadTimeout("slow"), limiter=limiter, on_event=measure_events(metrics.meter))
    watched.client.images.generate(PROMPT)
    watched.fails(lambda: watched.client.images.generate(PROMPT))
    found = {
        (name, "histogram" if name.endswith("duration") else "counter", unit)
        for name, (unit, _) in metrics.read().items()
    }
    assert found == set(table)


def test_metrics_hold_nothing_private() -> None:
    metrics = Metrics()
    watched = watch(*LEAKY, on_event=measure_events(metrics.meter))
    watched.fails(lambda: watched.client.images.generate(PROMPT))
    assert_nothing_private(repr(metrics.read()).replace("http.response", ""))


def test_without_a_tracer_the_global_one_is_taken() -> None:
    assert trace.get_tracer_provider() is not None
    client = Recraft(TOKEN, base_url=BASE, limiter=None, transport=Service(), on_event=trace_events())
    assert client.users.me().credits == 7
