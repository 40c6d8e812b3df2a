"""Spans in OpenTelemetry's protocol over HTTP, encoded as JSON. Pure.

https://opentelemetry.io/docs/specs/otlp/#otlphttp. The SDK would bring a dozen packages and a
thread to do this; our spans are whole when they come, and need no more than this form.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from gateway.tracing.spans import Attribute, Span

KINDS = {"internal": 1, "server": 2, "client": 3}
FAILED = 2
SCOPE = "lisa.gateway"

type Json = dict[str, Any]


def request(traces: Iterable[Iterable[Span]], deployment: str) -> Json:
    """The body of one export request."""
    of_whom = {"service.name": "lisa-gateway", "deployment.environment.name": deployment}
    spans = [_span(span) for trace in traces for span in trace]
    scope = {"scope": {"name": SCOPE}, "spans": spans}
    resource = {"attributes": _attributes(of_whom)}
    return {"resourceSpans": [{"resource": resource, "scopeSpans": [scope]}]}


def _span(span: Span) -> Json:
    attributes = dict(span.attributes)
    told: Json = {
        "traceId": span.trace_id,
        "spanId": span.span_id,
        "name": span.name,
        "kind": KINDS[span.kind],
        # 64-bit numbers are strings in this encoding.
        "startTimeUnixNano": str(int(span.began * 1e9)),
        "endTimeUnixNano": str(int(span.ended * 1e9)),
    }
    if span.parent_id:
        told["parentSpanId"] = span.parent_id
    if span.error:
        attributes["error.type"] = span.error
        told["status"] = {"code": FAILED}
    return told | {"attributes": _attributes(attributes)}


def _attributes(named: Mapping[str, Attribute]) -> list[Json]:
    return [{"key": name, "value": _value(value)} for name, value in named.items()]


def _value(value: Attribute) -> Json:
    match value:
        case bool():
            return {"boolValue": value}
        case int():
            return {"intValue": str(value)}
        case float():
            return {"doubleValue": value}
    return {"stringValue": value}
