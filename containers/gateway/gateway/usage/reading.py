"""Read the tokens out of an answer while it passes: kept cheap, parsed once, at its end. Pure.

An answer says its usage near one of its ends: OpenAI's at the last event or field, Anthropic's half
at the first event and half at the last, some servers of embeddings before their results. So the two
ends are kept, whatever the dialect, and nothing between.
"""

from collections import deque
from collections.abc import Mapping
from typing import Any

import orjson

from gateway.usage.record import Tokens

HEAD = 4 * 1024
TAIL = 8 * 1024
# A usage object is a few hundred bytes; what is longer is somebody's text.
LONGEST = 2 * 1024
# Between a name and its value there is a colon, and some space where people read along.
LONGEST_GAP = 16
# Who writes the name more often than this is not telling usage.
MOST_PLACES = 100
# More than any model takes or says in one request: beyond it, a count is nonsense.
MOST_TOKENS = 1_000_000_000

USAGE = b'"usage"'
# Where rerankers of Cohere's dialect say what they read.
BY_RERANKERS = (b'"tokens"', b'"billed_units"')
CACHED = "cached_tokens"

type Json = Mapping[str, Any]


class Meter:
    """Is fed an answer's bytes as they pass, in any pieces, and knows its tokens at the end."""

    __slots__ = ("_head", "_size", "_tail")

    def __init__(self) -> None:
        self._head = b""
        self._tail: deque[bytes] = deque()
        self._size = 0

    def feed(self, chunk: bytes) -> None:
        if len(self._head) < HEAD:
            self._head += chunk[: HEAD - len(self._head)]
        tail = self._tail
        tail.append(chunk if len(chunk) <= TAIL else chunk[-TAIL:])
        self._size += len(tail[-1])
        while self._size - len(tail[0]) >= TAIL:
            self._size -= len(tail.popleft())

    def tokens(self) -> Tokens:
        """What the answer said, as far as it came; what its end leaves out, its beginning said."""
        tail = b"".join(self._tail)[-TAIL:]
        last = _last(tail, USAGE)
        if last is None or last.prompt is None:
            last = _completed(last, _first(self._head, USAGE))
        return last or self._reranked(tail) or Tokens()

    def _reranked(self, tail: bytes) -> Tokens | None:
        ends = [(end, name) for end in (self._head, tail) for name in BY_RERANKERS]
        found = next(filter(None, (_last(end, name) for end, name in ends)), None)
        return found and Tokens(found.prompt)


def tokens_of(usage: Json) -> Tokens | None:
    """The counts of a usage object: of OpenAI, of its Responses, or of Anthropic."""
    prompt, completion = _count(usage, "prompt_tokens"), _count(usage, "completion_tokens")
    if prompt is not None or completion is not None:
        return Tokens(prompt, completion, _count(usage.get("prompt_tokens_details"), CACHED))
    read, written = _count(usage, "input_tokens"), _count(usage, "output_tokens")
    if read is not None or written is not None:
        return _of_input_and_output(usage, read, written)
    # Who only reads says one number.
    total = _count(usage, "total_tokens")
    return None if total is None else Tokens(total)


def _of_input_and_output(usage: Json, read: int | None, written: int | None) -> Tokens:
    cached = _count(usage, "cache_read_input_tokens")
    if cached is None:
        return Tokens(read, written, _count(usage.get("input_tokens_details"), CACHED))
    if read is not None:
        # Anthropic counts what it read from its cache, or wrote to it, beside the input.
        read += cached + (_count(usage, "cache_creation_input_tokens") or 0)
    return Tokens(read, written, cached)


def _count(counts: Json | None, name: str) -> int | None:
    value = counts.get(name) if type(counts) is dict else None
    return value if type(value) is int and 0 <= value <= MOST_TOKENS else None


def _completed(last: Tokens | None, first: Tokens | None) -> Tokens | None:
    if last is None or first is None:
        return last or first
    completion = first.completion if last.completion is None else last.completion
    return Tokens(first.prompt, completion, first.cached if last.cached is None else last.cached)


def _last(text: bytes, name: bytes) -> Tokens | None:
    """What the last object under a name counts, of those that count anything.

    Inside a JSON string every quote is escaped, so no text of a prompt or an answer looks like a
    name; a tool with a parameter of this name stands before the usage, and counts nothing.
    """
    at = len(text)
    for _ in range(MOST_PLACES):
        at = text.rfind(name, 0, at)
        if at < 0:
            break
        if found := _counts(text, at + len(name)):
            return found
    return None


def _first(text: bytes, name: bytes) -> Tokens | None:
    """What the first object under a name counts, of those that count anything."""
    after = 0
    for _ in range(MOST_PLACES):
        at = text.find(name, after)
        if at < 0:
            break
        after = at + len(name)
        if found := _counts(text, after):
            return found
    return None


def _counts(text: bytes, after: int) -> Tokens | None:
    """What the value after a name counts, if it is an object: most chunks of a stream say null."""
    start = text.find(b"{", after, after + LONGEST_GAP)
    if start < 0 or text[after:start].strip() != b":":
        return None
    # The end is where as many braces have closed as opened: a usage has no braces in its texts.
    most = start + LONGEST
    end = text.find(b"}", start, most) + 1
    while end and text.count(b"{", start, end) > text.count(b"}", start, end):
        end = text.find(b"}", end, most) + 1
    try:
        return tokens_of(orjson.loads(text[start:end]))
    except orjson.JSONDecodeError:
        return None
