"""The stamped events of the fake upstream: written by it, read back by the load generator. Pure.

Every content says to whom it belongs, which of his it is, how long the upstream had waited since it
was asked and when it let go of it: so loss, mix-ups and transit need no second baseline. Times are
microseconds of the machine's monotonic clock, which all its processes share.
"""

import time
from dataclasses import dataclass

HEAD = (
    b'data: {"id":"c-1","object":"chat.completion.chunk","created":1,"model":"bench",'
    b'"choices":[{"index":0,"delta":{"content":"'
)
TAIL = b'"},"finish_reason":null}]}\n\n'
MARK = b"@s="
STAMP = MARK + b"%04d n=%06d w=%09d t=%016d"
LENGTH = len(STAMP % (0, 0, 0, 0))
STOP = (
    b'data: {"id":"c-1","object":"chat.completion.chunk","created":1,"model":"bench",'
    b'"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'
)
USAGE = (
    b'data: {"id":"c-1","object":"chat.completion.chunk","created":1,"model":"bench",'
    b'"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":%d,"total_tokens":%d}}\n\n'
)
DONE = b"data: [DONE]\n\n"
END_OF_EVENT = b"\n\n"


def microseconds() -> int:
    return time.monotonic_ns() // 1000


@dataclass(frozen=True, slots=True)
class Stamp:
    """Stream, number in it, microseconds since its request, and the moment of sending."""

    stream: int
    number: int
    waited: int
    sent: int


def event(stream: int, number: int, waited: int, sent: int) -> bytes:
    return HEAD + STAMP % (stream, number, waited, sent) + TAIL


def stamp_of(written: bytes) -> Stamp | None:
    """What an event says of itself, however a gateway wrote it anew; None without a stamp."""
    at = written.find(MARK)
    if at < 0:
        return None
    text = written[at + len(MARK) : at + LENGTH]
    try:
        return Stamp(int(text[:4]), int(text[7:13]), int(text[16:25]), int(text[28:44]))
    except ValueError:
        return None


def usage(count: int) -> bytes:
    return USAGE % (count, 7 + count)
