"""Which trace a request belongs to, and what its upstreams are told of it. Pure but for the dice.

A caller's W3C `traceparent` (https://www.w3.org/TR/trace-context) comes first, then the
`X-Amzn-Trace-Id` of the load balancer, which is a trace without a parent span. A trace id of our
own begins with the time, as X-Ray wants it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import getrandbits

TRACEPARENT, TRACESTATE = b"traceparent", b"tracestate"
AMAZON, REQUEST_ID = b"x-amzn-trace-id", b"x-request-id"
READ = frozenset({TRACEPARENT, TRACESTATE, AMAZON, REQUEST_ID})
LONGEST = 512
# The first of these per second and worker; whoever sends more traced requests gets no more spans.
MOST_PER_SECOND = 50

W3C = re.compile(rb"(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?=-|$)")
ROOT = re.compile(rb"Root=1-([0-9a-f]{8})-([0-9a-f]{24})(?=;|$)")
PARENT = re.compile(rb"Parent=([0-9a-f]{16})(?=;|$)")
SAMPLED = re.compile(rb"Sampled=([01])(?=;|$)")
GIVEN_ID = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._:-]{7,127}")
NO_TRACE, NO_SPAN = "0" * 32, "0" * 16

type Headers = Iterable[tuple[bytes, bytes]]


@dataclass(slots=True)
class Call:
    """One call of an upstream. Times are monotonic seconds, 0 for what did not happen.

    `provider` is LiteLLM's prefix of the model, such as `bedrock`. `answered` is when the
    upstream's status came, `cause` why it gave no whole answer, in one of a few words.
    """

    model: str
    provider: str
    span_id: str
    began: float
    answered: float = 0.0
    ended: float = 0.0
    status: int = 0
    cause: str = ""


@dataclass(slots=True)
class Trace:
    """One request's place in its trace; the ids are lower-case hex as W3C writes them.

    `recorded` says whether spans are made of it; `flags` is what upstreams are told, which is
    the caller's wish even where we record nothing. `began` is in monotonic seconds.
    """

    request_id: str
    trace_id: str
    span_id: str
    parent_id: str
    recorded: bool
    flags: str
    balancer: str
    state: str
    began: float
    authenticated: float = 0.0
    calls: list[Call] = field(default_factory=list)

    def call(self, model: str, provider: str, now: float) -> Call:
        """A call that begins now; its `answered`, `status`, `ended` and `cause` are to be set."""
        span_id = f"{getrandbits(64):016x}" if self.recorded else self.span_id
        call = Call(model, provider, span_id, now)
        self.calls.append(call)
        return call

    def headers(self, call: Call) -> dict[str, str]:
        """What this call's request carries, so that the upstream's log and spans can be found."""
        trace_id, span_id = self.trace_id, call.span_id
        sent = {
            "x-request-id": self.request_id,
            "traceparent": f"00-{trace_id}-{span_id}-{self.flags}",
            "x-amzn-trace-id": f"Root=1-{trace_id[:8]}-{trace_id[8:]};Parent={span_id};"
            f"Sampled={self.flags[1]}",
        }
        if self.state:
            sent["tracestate"] = self.state
        return sent


class Sampler:
    """Whether to record a request: as its caller wishes, else by the dice; within a budget."""

    def __init__(self, ratio: float, most_per_second: int = MOST_PER_SECOND) -> None:
        """`ratio` of the requests whose callers have no wish; 0 for `most_per_second` is off."""
        self._below = int(ratio * 0x1_0000_0000)
        self._most = most_per_second
        self._second = 0
        self._count = 0

    def decide(self, wish: bool | None, dice: int, second: int) -> bool:
        """`dice` is uniform below 2^32, `second` the Unix time that the budget is counted by."""
        if not (dice < self._below if wish is None else wish):
            return False
        if second != self._second:
            self._second, self._count = second, 0
        self._count += 1
        return self._count <= self._most


@dataclass(slots=True)
class Origin:
    """What a request says of its trace. `wish` is its caller's decision, None without one."""

    trace_id: str
    parent_id: str
    wish: bool | None


def begin(headers: Headers, sampler: Sampler, at: float, began: float) -> Trace:
    """The trace of a request that came `at` Unix seconds, `began` in monotonic ones."""
    found = {name: value for name, value in headers if name in READ and len(value) <= LONGEST}
    # Ids name things and keep nothing secret, so a system call for better dice would be waste.
    noise = f"{getrandbits(256):064x}"
    second = int(at)
    balancer = amazon(found[AMAZON]) if AMAZON in found else None
    origin = w3c(found[TRACEPARENT]) if TRACEPARENT in found else None
    stated = found.get(TRACESTATE, b"") if origin else b""
    origin = origin or balancer or Origin(f"{second:08x}{noise[:24]}", "", None)
    recorded = sampler.decide(origin.wish, int(noise[24:32], 16), second)
    return Trace(
        request_id=given_id(found[REQUEST_ID], noise) if REQUEST_ID in found else own_id(noise),
        trace_id=origin.trace_id,
        # Where we record nothing, an upstream's span is the child of our caller's.
        span_id=noise[:16] if recorded or not origin.parent_id else origin.parent_id,
        parent_id=origin.parent_id,
        recorded=recorded,
        flags="01" if recorded or origin.wish else "00",
        balancer=balancer.trace_id if balancer and balancer is not origin else "",
        state=stated.decode("latin-1"),
        began=began,
    )


def w3c(value: bytes) -> Origin | None:
    """The origin that a `traceparent` tells; None for one that is malformed."""
    match = W3C.match(value)
    if match is None or (value.startswith(b"00") and len(value) != match.end()):
        return None
    trace_id, parent_id, flags = (part.decode() for part in match.groups())
    if trace_id == NO_TRACE or parent_id == NO_SPAN:
        return None
    return Origin(trace_id, parent_id, bool(int(flags, 16) & 1))


def amazon(value: bytes) -> Origin | None:
    """The origin that an `X-Amzn-Trace-Id` tells; None for one without a well-formed root."""
    root = ROOT.search(value)
    if root is None:
        return None
    if root.end() - root.start() == len(value):
        return Origin((root[1] + root[2]).decode(), "", None)
    parent, sampled = PARENT.search(value), SAMPLED.search(value)
    return Origin(
        (root[1] + root[2]).decode(),
        parent[1].decode() if parent else "",
        sampled[1] == b"1" if sampled else None,
    )


def given_id(value: bytes, noise: str) -> str:
    """The caller's own name of the request if it is one, else ours."""
    return value.decode() if GIVEN_ID.fullmatch(value) else own_id(noise)


def own_id(noise: str) -> str:
    return f"req_{noise[-24:]}"
