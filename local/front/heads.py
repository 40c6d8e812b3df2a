"""Heads of HTTP/1.1 messages: read, asked and changed, nothing more."""

from __future__ import annotations

from dataclasses import dataclass


class Malformed(Exception):
    """These bytes are no head."""


@dataclass(frozen=True)
class Head:
    """A start line and header lines, as they came."""

    start: str
    lines: tuple[str, ...]

    @classmethod
    def parsed(cls, text: bytes) -> Head:
        """A head with the empty line at its end."""
        start, *lines = text.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
        if len(start.split(" ", 2)) < len(("GET", "/")) or any(":" not in line for line in lines):
            raise Malformed
        return cls(start, tuple(lines))

    def value(self, name: str) -> str:
        """The first value of a header, or nothing."""
        found = (line.split(":", 1)[1] for line in self.lines if _named(line, name))
        return next(found, "").strip()

    def without(self, *names: str) -> Head:
        """The same with some headers left out."""
        kept = (line for line in self.lines if not any(_named(line, name) for name in names))
        return Head(self.start, tuple(kept))

    def having(self, name: str, value: str) -> Head:
        """The same with a header that has this value alone."""
        return Head(self.start, (*self.without(name).lines, f"{name}: {value}"))

    def to(self, target: str) -> Head:
        """The same request for another target."""
        method, _, version = self.start.split(" ", 2)
        return Head(f"{method} {target} {version}", self.lines)

    @property
    def method(self) -> str:
        return self.start.split(" ", 1)[0]

    @property
    def target(self) -> str:
        return self.start.split(" ", 2)[1]

    @property
    def status(self) -> int:
        """Of an answer."""
        code = self.start.split(" ", 2)[1]
        if not code.isdecimal():
            raise Malformed
        return int(code)

    def encoded(self) -> bytes:
        return "\r\n".join((self.start, *self.lines, "", "")).encode("latin-1")


def _named(line: str, name: str) -> bool:
    return line.split(":", 1)[0].strip().lower() == name.lower()
