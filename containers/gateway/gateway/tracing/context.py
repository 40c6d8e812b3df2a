"""Which trace a request belongs to, and what its upstreams are told of it. Pure but for the dice.

A caller's W3C `traceparent` (https://www.w3.org/TR/trace-context) comes first, then the
`X-Amzn-Trace-Id` of the load balancer, which is a trace without a parent span. A trace id of our
own begins with the time, as X-Ray wants it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import getrandbits
from typing import NamedTuple

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
class Attempt:
    """One try to get an upstream's answer. Times are of `Trace.began`'s clock, 0 for never.

    `provider` is LiteLLM's prefix of the model, such as `bedrock`. `answered` is when the
    upstream's status came, `cause` why there was no whole answer, in one of a few words.
    """

    model: str
    provider: str
    span_id: str
    began: float
    answered: float = 0.0
    ended: float = 0.0
    status: int = 0
    cause: str = ""

    def took(self, status: int, now: float) -> None:
        """The upstream answers, with this status; that it did not at first is forgotten."""
        self.status = status
        self.answered = now
        self.cause, self.ended = "", 0.0

    def failed(self, cause: str, now: float) -> None:
        """There is no answer, or not the rest of it; `cause` becomes a label, so it is short."""
        self.cause = cause
        self.ended = now


@dataclass(slots=True)
class Trace:
    """One request's place in its trace; the ids are lower-case hex as W3C writes them.

    `recorded` says whether spans are made of it; `flags` is what upstreams are told, which is
    the caller's wish even where we record nothing. `began` and `authenticated` are seconds of one
    clock that only runs forward.
    """

    request_id: str
    trace_id: str
    span_id: str
    parent_id: str
    recorded: bool
    flags: str
    balancer: str
    state: bytes
    began: float
    authenticated: float = 0.0
    attempts: list[Attempt] = field(default_factory=list)

    def attempt(self, model: str, provider: str, now: float) -> Attempt:
        """One that begins now: `took` or `failed` are to be told of it, or both."""
        span_id = f"{getrandbits(64):016x}" if self.recorded else self.span_id
        attempt = Attempt(model, provider, span_id, now)
        self.attempts.append(attempt)
        return attempt

    def lines(self, attempt: Attempt) -> bytes:
        """The header lines by which the upstream's log and spans can be found."""
        trace_id, span_id, flags = self.trace_id, attempt.span_id, self.flags
        lines = (
            f"traceparent: 00-{trace_id}-{span_id}-{flags}\r\n"
            f"x-amzn-trace-id: Root=1-{trace_id[:8]}-{trace_id[8:]}"
            f";Parent={span_id};Sampled={flags[1]}\r\n"
        ).encode()
        return lines + b"tracestate: %b\r\n" % self.state if self.state else lines


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


class Origin(NamedTuple):
    """What a request says of its trace. `wish` is its caller's decision, None without one."""

    trace_id: str
    parent_id: str
    wish: bool | None


def begin(headers: Headers, sampler: Sampler, at: float, began: float) -> Trace:
    """The trace of a request that came `at` Unix seconds, `began` on the clock of its times."""
    found = {name: value for name, value in headers if name in READ and len(value) <= LONGEST}
    # Ids name things and keep nothing secret, so a system call for better dice would be waste.
    dice = getrandbits(160)
    noise = f"{dice:040x}"
    second = int(at)
    given, balancer, stated = None, None, b""
    if found:
        balancer = amazon(found[AMAZON]) if AMAZON in found else None
        given = w3c(found[TRACEPARENT]) if TRACEPARENT in found else None
        stated = found.get(TRACESTATE, b"") if given else b""
    trace_id, parent_id, wish = given or balancer or (f"{second:08x}{noise[:24]}", "", None)
    recorded = sampler.decide(wish, dice & 0xFFFF_FFFF, second)
    return Trace(
        request_id=given_id(found[REQUEST_ID], noise) if REQUEST_ID in found else own_id(noise),
        trace_id=trace_id,
        # Where we record nothing, an upstream's span is the child of our caller's.
        span_id=noise[24:] if recorded or not parent_id else parent_id,
        parent_id=parent_id,
        recorded=recorded,
        flags="01" if recorded or wish else "00",
        balancer=balancer.trace_id if balancer and given else "",
        state=stated,
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
    return f"req_{noise[:24]}"
