"""Server-sent events, cut out of bytes as they come."""

from __future__ import annotations

from lisapy.errors import UnexpectedAnswer

_MOST = 16 * 1024 * 1024


class Events:
    """Takes bytes in any pieces and gives the data of every event that is complete."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._rest = b""
        self._data: list[bytes] = []

    def feed(self, piece: bytes) -> list[str]:
        """Return the data of the events that end in this piece."""
        *lines, self._rest = (self._rest + piece).split(b"\n")
        if len(self._rest) > _MOST:
            raise UnexpectedAnswer("A line of the stream has more than 16 MB.")
        found = []
        for line in lines:
            text = line.rstrip(b"\r")
            if text.startswith(b"data:"):
                self._data.append(text[5:].removeprefix(b" "))
            elif not text and self._data:
                found.append(b"\n".join(self._data).decode("utf-8", "replace"))
                self._data = []
        return found
