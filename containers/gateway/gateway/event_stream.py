"""A stream's bytes as whole events, whose bytes stay as they came. Pure."""

import re

import orjson

# No event that counts is longer; what is, goes on in parts.
LONGEST_EVENT = 64 * 1024
# How an event ends: with an empty line, whichever line ends the upstream writes.
END = (b"\n\n", b"\n\r\n")
LONGEST_END = 3
# An empty line too many belongs to no event.
EVENT = re.compile(rb"\r?\n|.+?\n\r?\n|.+", re.S)


class Events:
    """Holds an event back until it is complete, as nobody can read it before."""

    __slots__ = ("_held",)

    def __init__(self) -> None:
        self._held = bytearray()

    def __bool__(self) -> bool:
        """Whether a part of an event is held."""
        return bool(self._held)

    def feed(self, chunk: bytes) -> bytes:
        """The events that are complete now, or nothing yet."""
        held = self._held
        # An end may have begun with the last bytes of the chunk before.
        seam = max(0, len(held) - LONGEST_END)
        held += chunk
        whole = max((at + len(end) for end in END if (at := held.rfind(end, seam)) >= 0), default=0)
        if not whole and len(held) > LONGEST_EVENT:
            whole = len(held) - LONGEST_END
        events = bytes(held[:whole])
        del held[:whole]
        return events

    def rest(self) -> bytes:
        """What is left when a stream ends without an empty line."""
        rest = bytes(self._held)
        self._held.clear()
        return rest


def data_of(event: bytes) -> bytes:
    """What an event's data lines say."""
    lines = (line[5:].strip() for line in event.splitlines() if line.startswith(b"data:"))
    return b"\n".join(lines)


def document_of(event: bytes) -> object:
    """An event's data as JSON, None where it is none."""
    return document(data_of(event))


def document(text: bytes) -> object:
    """The JSON of a text, None where it is none."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
