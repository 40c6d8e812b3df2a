"""From a finished request to its spans, named as OpenTelemetry's GenAI conventions say. Pure.

https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans. The server's span is the request;
below it are how long the caller's credential took and each attempt at an upstream. No span has a
word of a prompt, a person's name, a key or an address: the request's id leads to the log.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Literal

from gateway.tracing.context import Trace
from gateway.usage.record import Record

type Attribute = str | int | float | bool
type Facts = dict[str, Any]

OPERATIONS = {"chat/completions": "chat", "completions": "text_completion"}
# LiteLLM's prefixes that the conventions know by another name.
PROVIDERS = {
    "azure": "azure.ai.openai",
    "azure_ai": "azure.ai.inference",
    "bedrock": "aws.bedrock",
    "gemini": "gcp.gemini",
    "mistral": "mistral_ai",
    "moonshot": "moonshot_ai",
    "sagemaker": "aws.sagemaker",
    "vertex_ai": "gcp.vertex_ai",
    "watsonx": "ibm.watsonx.ai",
    "xai": "x_ai",
}
# More would not fit the line that a trace is handed over in; the last ones tell how it ended.
MOST_ATTEMPTS = 8
SERVER_FAILED = 500
CALLER_FAILED = 400


@dataclass(frozen=True)
class Span:
    """One stretch of a trace, in Unix seconds. `error` is OpenTelemetry's `error.type`."""

    trace_id: str
    span_id: str
    parent_id: str
    name: str
    kind: Literal["server", "client", "internal"]
    began: float
    ended: float
    attributes: Mapping[str, Attribute]
    error: str = ""


def facts(record: Record, trace: Trace) -> Facts:
    """What spans are made from, ready for JSON; times are seconds since the request came."""
    told = {name: getattr(record, name) for name in FROM_RECORD}
    tokens = record.tokens
    return told | {
        "tokens": [tokens.prompt, tokens.completion, tokens.cached],
        "trace_id": trace.trace_id,
        "span_id": trace.span_id,
        "parent_id": trace.parent_id,
        "authenticated": _since(trace.authenticated, trace.began),
        "attempts": [
            asdict(attempt)
            | {
                "began": _since(attempt.began, trace.began),
                "answered": _since(attempt.answered, trace.began),
                "ended": _since(attempt.ended, trace.began),
            }
            for attempt in trace.attempts[-MOST_ATTEMPTS:]
        ],
    }


FROM_RECORD = (
    *("request_id", "at", "model", "served", "operation", "status", "streamed"),
    *("milliseconds", "first_token"),
)


def _since(moment: float, began: float) -> float:
    """0 for what did not happen."""
    return round(moment - began, 6) if moment else 0.0


def spans(told: Facts) -> list[Span]:
    """The server's span first, then those below it in the order in which they began."""
    operation = str(OPERATIONS.get(told["operation"], told["operation"]))
    name = f"{operation} {told['model']}".strip()
    server = Span(
        told["trace_id"],
        told["span_id"],
        told["parent_id"],
        name,
        "server",
        told["at"],
        told["at"] + told["milliseconds"] / 1000,
        _served(told, operation),
        str(told["status"]) if told["status"] >= SERVER_FAILED else "",
    )
    below = [_authentication(told)] if told["authenticated"] else []
    return [server, *below, *_attempts(told, operation)]


def _served(told: Facts, operation: str) -> dict[str, Attribute]:
    prompt, completion, cached = told["tokens"]
    first = told["first_token"]
    named: dict[str, Attribute | None] = {
        "gen_ai.operation.name": operation or None,
        "gen_ai.request.model": told["model"] or None,
        "gen_ai.response.model": told["served"] or None,
        "gen_ai.usage.input_tokens": prompt,
        "gen_ai.usage.output_tokens": completion,
        "gen_ai.usage.cache_read.input_tokens": cached,
        "gen_ai.response.time_to_first_chunk": first / 1000 if first is not None else None,
        "http.response.status_code": told["status"],
        "lisa.request.id": told["request_id"],
        "lisa.streamed": told["streamed"],
    }
    return {name: value for name, value in named.items() if value is not None}


def _authentication(told: Facts) -> Span:
    # Its id follows from its parent's, so that telling a trace twice tells the same.
    span_id = sha256(f"{told['span_id']} authenticate".encode()).hexdigest()[:16]
    began, ended = told["at"], told["at"] + told["authenticated"]
    parent = told["span_id"]
    return Span(told["trace_id"], span_id, parent, "authenticate", "internal", began, ended, {})


def _attempts(told: Facts, operation: str) -> Iterator[Span]:
    """An attempt that nobody ended ends with its answer, and the last one with the request's."""
    attempts = told["attempts"]
    for number, attempt in enumerate(attempts, start=1):
        last = number == len(attempts)
        end = attempt["ended"] or (not last and attempt["answered"]) or told["milliseconds"] / 1000
        yield _attempt(told, attempt, operation, told["at"] + end)


def _attempt(told: Facts, attempt: Facts, operation: str, ended: float) -> Span:
    status, provider = attempt["status"], attempt["provider"]
    attributes: dict[str, Attribute] = {
        "gen_ai.operation.name": operation,
        "gen_ai.request.model": attempt["model"],
        "gen_ai.provider.name": str(PROVIDERS.get(provider, provider)),
    }
    if status:
        attributes["http.response.status_code"] = status
    if attempt["answered"]:
        attributes["lisa.answered_after"] = round(attempt["answered"] - attempt["began"], 6)
    return Span(
        told["trace_id"],
        attempt["span_id"],
        told["span_id"],
        f"{operation} {attempt['model']}",
        "client",
        told["at"] + attempt["began"],
        ended,
        attributes,
        attempt["cause"] or (str(status) if status >= CALLER_FAILED else ""),
    )
