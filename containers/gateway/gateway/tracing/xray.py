"""Spans as X-Ray's segment documents: a request is a segment, what is below it subsegments. Pure.

https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
"""

import re
from collections.abc import Sequence
from typing import Any

import orjson

from gateway.tracing.spans import Attribute, Span

# What a name may not hold; annotations are searched by a narrower set.
NOT_IN_NAME = re.compile(r"[^\w .:/%&#=+\\\-@]")
NOT_IN_ANNOTATION = re.compile(r"[^A-Za-z0-9_]")
LONGEST_NAME = 200
THROTTLED, FAILED, REFUSED = 429, 500, 400
STATUS = "http.response.status_code"

type Json = dict[str, Any]


def document(trace: Sequence[Span], deployment: str) -> str:
    """One trace's segment, as PutTraceSegments takes it. The server's span comes first."""
    server, *below = trace
    segment = _part(server, f"{deployment}-gateway") | {
        "trace_id": f"1-{server.trace_id[:8]}-{server.trace_id[8:]}",
        "origin": "AWS::ECS::Fargate",
    }
    if server.parent_id:
        segment["parent_id"] = server.parent_id
    if below:
        segment["subsegments"] = [_subsegment(span) for span in below]
    return orjson.dumps(segment).decode()


def _subsegment(span: Span) -> Json:
    part = _part(span, span.name)
    # Remote, so that the map shows each model beside the gateway.
    return part | {"namespace": "remote"} if span.kind == "client" else part


def _part(span: Span, name: str) -> Json:
    status = int(span.attributes.get(STATUS, 0))
    told: Json = {
        "id": span.span_id,
        "name": NOT_IN_NAME.sub("_", name)[:LONGEST_NAME],
        "start_time": span.began,
        "end_time": span.ended,
        "fault": status >= FAILED or bool(span.error and status < REFUSED),
        "error": REFUSED <= status < FAILED,
        "throttle": status == THROTTLED,
    }
    if status:
        told["http"] = {"response": {"status": status}}
    annotations = _annotations(span)
    return told | {"annotations": annotations} if annotations else told


def _annotations(span: Span) -> dict[str, Attribute]:
    named = {**span.attributes, "error.type": span.error}
    return {
        NOT_IN_ANNOTATION.sub("_", name): value
        for name, value in named.items()
        if name != STATUS and value != ""
    }
