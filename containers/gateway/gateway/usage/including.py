"""Have a stream say its usage, and keep that from a caller who did not ask for it. Pure.

Only OpenAI's chat and text completions have to be asked; all other operations always say it.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from gateway.bodies import Asked
from gateway.event_stream import END, EVENT, Events, document_of
from gateway.payloads import dump

OPERATIONS = frozenset({"chat/completions", "completions"})
OPTIONS, INCLUDE = "stream_options", "include_usage"
A_USAGE = re.compile(rb'"usage"\s*:\s*\{')

type Json = Mapping[str, Any]


def must_ask(operation: str, payload: Json) -> bool:
    """Whether the stream says its usage only if we ask, and so has to be given without it."""
    if not payload.get("stream") or operation not in OPERATIONS:
        return False
    options = payload.get(OPTIONS)
    # Options that are no object are for the upstream to refuse.
    return options is None or (isinstance(options, Mapping) and options.get(INCLUDE) is not True)


def asking(payload: Json) -> dict[str, Any]:
    """The payload with the wish for usage; every other option stays."""
    return {**payload, OPTIONS: {**(payload.get(OPTIONS) or {}), INCLUDE: True}}


def asking_in(body: bytes, payload: Json) -> bytes | None:
    """The very bytes of the caller with the wish added at their end.

    None when there are options already: then `asking(payload)` has to be written anew.
    """
    if OPTIONS in payload:
        return None
    end = body.rindex(b"}")
    return b"".join((memoryview(body)[:end], b',"stream_options":{"include_usage":true}}'))


def asked_for(asked: Asked) -> Callable[[str], bytes]:
    """The body of a request, with the wish, for an upstream that knows the model by a name."""
    payload = asked.payload or {}

    def body_for(name: str) -> bytes:
        if name != asked.written:
            return dump({**asking(payload), "model": name})
        return asking_in(asked.body, payload) or dump(asking(payload))

    return body_for


class WithoutUsage:
    """A stream of events without the one that only says the usage; all other bytes as they came.

    An event is passed on when it is complete, as nobody can read it before; so a stream that breaks
    off ends between two events, and the event that says so is understood.
    """

    __slots__ = ("_events",)

    def __init__(self) -> None:
        self._events = Events()

    def feed(self, chunk: bytes) -> bytes:
        """What may be passed on now; often the chunk itself, sometimes nothing."""
        if not self._events and chunk.endswith(END) and not A_USAGE.search(chunk):
            return chunk
        events = self._events.feed(chunk)
        if not A_USAGE.search(events):
            return events
        return b"".join(event for event in EVENT.findall(events) if not says_only_usage(event))

    def rest(self) -> bytes:
        """What is left when a stream ends without an empty line. Not for one that broke off."""
        rest = self._events.rest()
        return b"" if says_only_usage(rest) else rest


def says_only_usage(event: bytes) -> bool:
    """Whether it has a usage and no choice that says anything.

    OpenAI sends no choices then, LiteLLM one with nothing in it.
    """
    if not A_USAGE.search(event):
        return False
    data = document_of(event)
    if not isinstance(data, dict) or "error" in data or not isinstance(data.get("usage"), dict):
        return False
    choices = data.get("choices")
    return isinstance(choices, list) and not any(map(_says_something, choices))


def _says_something(choice: object) -> bool:
    if not isinstance(choice, Mapping):
        return True
    said = {**choice, "index": None}
    delta = said.pop("delta", None)
    if isinstance(delta, Mapping):
        said |= delta
    return any(said.values())
