"""Every number that the gateway tells of itself: its name, its labels and what it means. Pure.

Bucket bounds are those that OpenTelemetry's GenAI conventions advise for the same durations
(https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics), with two more for the 600 s
that an answer may take.
"""

from dataclasses import dataclass
from typing import Literal

PREFIX = "lisa_gateway_"

DURATION_BOUNDS = (
    *(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12),
    *(10.24, 20.48, 40.96, 81.92, 163.84, 327.68),
)
FIRST_TOKEN_BOUNDS = (
    *(0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75),
    *(1.0, 2.5, 5.0, 7.5, 10.0),
)
PER_TOKEN_BOUNDS = (0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5)

# The first is the number's name below, then come the values of its labels. A histogram has one
# key for each bucket that is not empty, with its upper bound last, and one for the sum.
type Key = tuple[str, ...]
type Totals = dict[Key, float]

SUM = "sum"
BEYOND = "+Inf"


@dataclass(frozen=True)
class Family:
    """One name of `/metrics`. `bounds` makes it a histogram."""

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    labels: tuple[str, ...]
    meaning: str
    bounds: tuple[float, ...] = ()


def _counter(name: str, labels: str, meaning: str) -> Family:
    return Family(name, "counter", tuple(labels.split()), meaning)


def _gauge(name: str, labels: str, meaning: str) -> Family:
    return Family(name, "gauge", tuple(labels.split()), meaning)


def _histogram(name: str, bounds: tuple[float, ...], meaning: str) -> Family:
    return Family(name, "histogram", ("model",), meaning, bounds)


REQUESTS = "requests"
TOKENS = "tokens"
DURATION = "request_duration_seconds"
FIRST_TOKEN = "time_to_first_token_seconds"  # noqa: S105  (a name of a duration)
PER_TOKEN = "time_per_output_token_seconds"  # noqa: S105  (likewise)
GROUNDED = "grounded_requests"
RETRIES = "retries"
FALLBACKS = "fallbacks"
FAILURES = "upstream_failures"
REFUSALS = "refusals"
TRACES = "traces"
RESTARTS = "restarts"
IN_FLIGHT = "requests_in_flight"

FAMILIES = (
    _counter(REQUESTS, "model operation status", "Answered requests; 499 is a caller who left"),
    _counter(TOKENS, "model kind", "Tokens that upstreams reported; cached ones are prompt, too"),
    _histogram(DURATION, DURATION_BOUNDS, "From the request to the end of its answer"),
    _histogram(FIRST_TOKEN, FIRST_TOKEN_BOUNDS, "From the request to a stream's first bytes"),
    _histogram(PER_TOKEN, PER_TOKEN_BOUNDS, "Between the tokens of a stream, on average"),
    _counter(GROUNDED, "model", "Requests with passages of a repository in their prompt"),
    _counter(RETRIES, "model", "Calls of an upstream after the first of the same request"),
    _counter(FALLBACKS, "model", "Requests for this model that another one answered"),
    _counter(FAILURES, "model cause", "Upstream calls without a good answer: a cause or a status"),
    _counter(REFUSALS, "code", "Requests that the gateway itself refused, by the error's code"),
    _counter(TRACES, "outcome", "Traces by what became of them: sent or dropped"),
    _counter(RESTARTS, "process", "Processes of the gateway that died and were started again"),
    _gauge(IN_FLIGHT, "", "Requests that are being answered"),
    _gauge("models", "", "Models in the snapshot that is being served"),
    _gauge("snapshot_version", "", "The version of the models that is being served"),
    _gauge("registry_silence_seconds", "", "Since the registry was last read"),
    _gauge("registry_up", "", "1 while the registry can be read"),
    _gauge("lane_up", "", "1 while the LiteLLM lane takes connections"),
    _gauge("process_resident_bytes", "process", "Memory of the processes of this name"),
    _gauge("process_cpu_seconds", "process", "Processor time of those that run now"),
)
