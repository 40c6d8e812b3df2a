"""What is changed of an answer while it passes; most are not. Pure."""

from typing import Protocol

from gateway import headers
from gateway.grounding.cited import CitedDocument, CitedStream
from gateway.grounding.grounds import Grounds
from gateway.http1.heads import Pairs, value_of
from gateway.usage.including import WithoutUsage


class Rewriter(Protocol):
    """Is fed an answer's bytes, in any pieces, and says what is passed on instead."""

    def feed(self, part: bytes, /) -> bytes: ...

    def rest(self) -> bytes:
        """What is still held when the answer has ended. Not for one that broke off."""


class Both:
    """One after the other."""

    __slots__ = ("_first", "_second")

    def __init__(self, first: Rewriter, second: Rewriter) -> None:
        self._first = first
        self._second = second

    def feed(self, part: bytes) -> bytes:
        return self._second.feed(self._first.feed(part))

    def rest(self) -> bytes:
        return self._second.feed(self._first.rest()) + self._second.rest()


def rewriter(answered: Pairs, without_usage: bool, grounds: Grounds | None) -> Rewriter | None:
    """What changes an answer with these headers; None for nothing.

    `without_usage`: a stream says its usage because we asked, and not the caller.
    """
    stream = headers.is_event_stream(answered)
    plain = WithoutUsage() if without_usage and stream else None
    if grounds is None:
        return plain
    if stream:
        cited = CitedStream(grounds)
        return Both(plain, cited) if plain else cited
    # What comes compressed cannot be read.
    return None if value_of(answered, b"content-encoding") else CitedDocument(grounds)
