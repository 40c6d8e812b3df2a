"""One JSON object per line on standard output; no credential, prompt or upstream address."""

import os
import time

from gateway.payloads import dump
from gateway.tracing.context import Trace
from gateway.usage.record import Record

STANDARD_OUTPUT = 1


def say(event: str, **facts: object) -> None:
    put(dump({"time": round(time.time(), 3), "event": event, **facts}) + b"\n")


def put(line: bytes) -> None:
    # One write, because the edge, the lane and the parent share this stream.
    os.write(STANDARD_OUTPUT, line)


def access_line(record: Record, trace: Trace) -> bytes:
    """The one line that tells of a request; `put` it. Durations are in milliseconds.

    `token` names an API token without telling it. `balancer` is the load balancer's own trace id
    where that is not the request's: the one to search in the balancer's log. `passages` is there
    when a repository was asked.
    """
    tokens = record.tokens
    grounded = {} if record.passages is None else {"passages": record.passages}
    return (
        dump(
            {
                "time": round(record.at, 3),
                "event": "request",
                "request": record.request_id,
                "trace": trace.trace_id,
                "traced": trace.recorded,
                "balancer": trace.balancer,
                "user": record.user,
                "token": record.token_id,
                "operation": record.operation,
                "model": record.model,
                "served": record.served,
                "status": record.status,
                "streamed": record.streamed,
                "milliseconds": round(record.milliseconds, 1),
                "first_token": record.first_token and round(record.first_token, 1),
                "prompt_tokens": tokens.prompt,
                "completion_tokens": tokens.completion,
                "cached_tokens": tokens.cached,
                "attempts": len(trace.attempts),
                **grounded,
            }
        )
        + b"\n"
    )
