"""An answer with its citations: a stream gets one more chunk, a document its annotations. Pure."""

from collections.abc import Mapping
from typing import Any

import orjson

from gateway.event_stream import EVENT, Events, data_of, document_of
from gateway.grounding.annotations import annotations
from gateway.grounding.grounds import Grounds
from gateway.payloads import dump

# What a whole answer may be, in bytes; a longer one goes on as it is.
LONGEST_DOCUMENT = 4 * 1024 * 1024
# Of one choice, in characters; more is not searched for citations.
LONGEST_TEXT = 1024 * 1024
DONE = b"[DONE]"
# What every chunk of a stream says of itself.
COMMON = ("id", "object", "created", "model", "system_fingerprint")

type Json = Mapping[str, Any]


class CitedStream:
    """A stream of chunks, passed on as they come, with one more before its end.

    One that tells of an error gets none: nobody reads on after that.
    """

    __slots__ = ("_common", "_events", "_grounds", "_texts", "_told")

    def __init__(self, grounds: Grounds) -> None:
        self._grounds = grounds
        self._events = Events()
        self._texts: dict[int, list[str]] = {}
        self._common: dict[str, Any] = {}
        self._told = False

    def feed(self, chunk: bytes) -> bytes:
        """What may be passed on now."""
        return b"".join(self._passed(event) for event in EVENT.findall(self._events.feed(chunk)))

    def rest(self) -> bytes:
        """What is left when the stream ends, and the citations if nothing announced its end."""
        rest = b"".join(self._passed(event) for event in EVENT.findall(self._events.rest()))
        return rest if self._told or not self._common else rest + self._citations()

    def _passed(self, event: bytes) -> bytes:
        if not self._told and self._common and data_of(event) == DONE:
            return self._citations() + event
        document = document_of(event)
        if isinstance(document, Mapping):
            self._read(document)
        return event

    def _read(self, document: Json) -> None:
        if "error" in document:
            self._told = True
        if isinstance(document.get("choices"), list):
            self._common = {name: document[name] for name in COMMON if name in document}
            for choice in document["choices"]:
                if isinstance(choice, Mapping):
                    self._hear(choice)

    def _hear(self, choice: Json) -> None:
        index, delta = choice.get("index"), choice.get("delta")
        if type(index) is not int or not isinstance(delta, Mapping):
            return
        texts, said = self._texts.setdefault(index, []), delta.get("content")
        if isinstance(said, str):
            texts.append(said)

    def _citations(self) -> bytes:
        self._told = True
        choices = [
            {
                "index": index,
                "delta": {"annotations": annotations(_text(texts), self._grounds)},
                "finish_reason": None,
            }
            for index, texts in sorted(self._texts.items())
        ]
        return b"data: %b\n\n" % dump({**self._common, "choices": choices})


class CitedDocument:
    """A whole answer, held until it is complete."""

    __slots__ = ("_grounds", "_held", "_too_long")

    def __init__(self, grounds: Grounds) -> None:
        self._grounds = grounds
        self._held = bytearray()
        self._too_long = False

    def feed(self, part: bytes) -> bytes:
        """Nothing, or all of it once it is known to be too long."""
        self._held += part
        self._too_long = self._too_long or len(self._held) > LONGEST_DOCUMENT
        return self._all() if self._too_long else b""

    def rest(self) -> bytes:
        """The answer with its citations; one that is no chat completion as it came."""
        body = self._all()
        try:
            document = orjson.loads(body)
        except orjson.JSONDecodeError:
            return body
        if not isinstance(document, dict) or not isinstance(document.get("choices"), list):
            return body
        for choice in document["choices"]:
            self._annotate(choice)
        return dump(document)

    def _annotate(self, choice: object) -> None:
        message = choice.get("message") if isinstance(choice, dict) else None
        if isinstance(message, dict):
            text = message.get("content")
            text = text[:LONGEST_TEXT] if isinstance(text, str) else ""
            # A model that searched by itself has citations of its own.
            own = message.get("annotations") or []
            message["annotations"] = [*own, *annotations(text, self._grounds)]

    def _all(self) -> bytes:
        held = bytes(self._held)
        self._held.clear()
        return held


def _text(parts: list[str]) -> str:
    return "".join(parts)[:LONGEST_TEXT]
