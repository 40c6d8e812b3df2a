"""Requests out of the bytes that a client sends, however it cuts them."""

from typing import Protocol

import httptools

from gateway.http1 import heads
from gateway.http1.exchange import Head

MOST_HEAD = 64 * 1024
MOST_FIELDS = 128
FRAMING = frozenset({b"content-length", b"transfer-encoding"})


class Malformed(Exception):
    """Not what this protocol's requests look like."""


class Excessive(Exception):
    """A head of more bytes or fields than are read."""


class Hearer(Protocol):
    """Whoever is told of requests; `complete` follows each `head`, unless the bytes are wrong."""

    def head(self, head: Head) -> None: ...
    def body(self, part: bytes) -> None: ...
    def complete(self) -> None: ...


class Requests:
    """Parses with llhttp; its callbacks are the methods named `on_...`."""

    __slots__ = ("_declining", "_excessive", "_fields", "_hearer", "_in_body", "_parser", "_url")

    def __init__(self, hearer: Hearer) -> None:
        self._hearer = hearer
        self._parser = httptools.HttpRequestParser(self)
        self._url = b""
        self._fields: list[heads.Pair] = []
        self._in_body = False
        self._declining = False
        self._excessive = False

    def feed(self, data: bytes) -> None:
        """Malformed, Excessive: what is right before that was told; nothing more can be fed."""
        rest: bytes | memoryview = data
        try:
            while True:
                try:
                    return self._parser.feed_data(rest)
                except httptools.HttpParserUpgrade as offer:
                    # Not copied: who offers it a thousand times in one packet costs no more.
                    rest = memoryview(rest)[offer.args[0] :]
                    self._decline()
        except httptools.HttpParserError:
            raise (Excessive if self._excessive else Malformed) from None

    def on_message_begin(self) -> None:
        self._url = b""
        self._fields = []

    def on_url(self, part: bytes) -> None:
        self._url += part

    def on_header(self, name: bytes, value: bytes) -> None:
        # Trailers come after the body, and nobody here reads them.
        if not self._in_body:
            self._fields.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        if self._declining:
            self._declining = False
            return
        parser, size = self._parser, sum([len(name) + len(value) for name, value in self._fields])
        if size + len(self._url) > MOST_HEAD or len(self._fields) > MOST_FIELDS:
            self._excessive = True
            raise Excessive  # It ends the parser's work.
        self._declining = parser.should_upgrade()
        self._in_body = True
        path, _, query = self._url.partition(b"?")
        modern = parser.get_http_version() == "1.1"
        self._hearer.head(
            Head(
                parser.get_method().decode("latin-1"),
                path.decode("latin-1"),
                self._fields,
                modern,
                modern and parser.should_keep_alive(),
                query.decode("latin-1"),
            )
        )

    def on_body(self, part: bytes) -> None:
        self._hearer.body(part)

    def on_message_complete(self) -> None:
        if self._declining:
            return
        self._in_body = False
        self._hearer.complete()

    def _decline(self) -> None:
        """Go on in this protocol with a request that offered another (RFC 9110, section 7.8).

        The parser takes the offer for agreed, and the body for the other protocol's: a new one is
        told how the body is framed, and takes over there. Java's own client offers h2c each time.
        """
        framing = [pair for pair in self._fields if pair[0] in FRAMING]
        self._parser = httptools.HttpRequestParser(self)
        self._parser.feed_data(b"POST / HTTP/1.1\r\n" + heads.fields(framing) + b"\r\n")
