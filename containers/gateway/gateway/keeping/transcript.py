"""What a streamed chat said, as its session keeps it. Pure."""

from collections.abc import Mapping
from typing import Any

from gateway.event_stream import EVENT, Events, document, document_of
from gateway.usage.record import Tokens

# In bytes: a message of a session may have 350,000 in all. A longer answer is kept as far as that.
LONGEST, LONGEST_REASONING = 200_000, 100_000

type Json = Mapping[str, Any]


class Transcript:
    """Hears a stream's bytes in any pieces. Reading them waits until somebody asks."""

    __slots__ = ("_parts", "_size", "broken")

    MOST_BYTES = 8 * 1024 * 1024

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0
        self.broken = False

    def hear(self, part: bytes) -> None:
        self._size += len(part)
        if self._size <= self.MOST_BYTES:
            self._parts.append(part)

    def told(self, tokens: Tokens) -> dict[str, Any]:
        """The fields of a message: `status` is complete, or failed where the stream broke off."""
        said = _Said()
        for one in self._documents():
            said.hear(one)
        message = said.message()
        if self.broken or said.error or not said.finished:
            message["status"] = "failed"
            message["error"] = said.error or BROKE_OFF
        if tokens.prompt is not None and tokens.completion is not None:
            message["usage"] = {
                "promptTokens": tokens.prompt,
                "completionTokens": tokens.completion,
                "totalTokens": tokens.prompt + tokens.completion,
            }
        return message

    def _documents(self) -> list[Json]:
        events, heard = Events(), b"".join(self._parts)
        whole = events.feed(heard) + events.rest()
        found = [document_of(event) for event in EVENT.findall(whole)]
        # What refuses a chat is one document, and no stream.
        return [one for one in (*found, document(heard)) if isinstance(one, Mapping)]


BROKE_OFF = {
    "code": "broke_off",
    "message": "The answer broke off before its end. Ask for it again.",
}


class _Said:
    """The first choice of a stream, gathered."""

    def __init__(self) -> None:
        self.error: dict[str, str] | None = None
        self.finished = False
        self._texts: list[str] = []
        self._thoughts: list[str] = []
        self._citations: list[Any] = []

    def hear(self, document: Json) -> None:
        error = document.get("error")
        if isinstance(error, Mapping):
            self.error = {name: str(error.get(name) or "")[:500] for name in ("code", "message")}
        choices = document.get("choices")
        if isinstance(choices, list):
            for choice in choices:
                if isinstance(choice, Mapping) and choice.get("index", 0) == 0:
                    self._choice(choice)

    def message(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "status": "complete",
            "content": _joined(self._texts, LONGEST),
        }
        if self._thoughts:
            found["reasoning"] = _joined(self._thoughts, LONGEST_REASONING)
        if self._citations:
            found["citations"] = self._citations
        return found

    def _choice(self, choice: Json) -> None:
        self.finished = self.finished or choice.get("finish_reason") is not None
        delta = choice.get("delta")
        if not isinstance(delta, Mapping):
            return
        for name, texts in (("content", self._texts), ("reasoning_content", self._thoughts)):
            if isinstance(text := delta.get(name), str):
                texts.append(text)
        if isinstance(cited := delta.get("annotations"), list):
            self._citations += cited


def _joined(texts: list[str], most: int) -> str:
    return "".join(texts).encode()[:most].decode(errors="ignore")
