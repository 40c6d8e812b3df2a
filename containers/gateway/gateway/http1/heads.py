"""The first lines of requests and answers, as bytes. Pure."""

import re
from collections.abc import Iterable
from functools import lru_cache
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlsplit

type Pair = tuple[bytes, bytes]
type Pairs = Iterable[Pair]

VISIBLE = re.compile(r"[!-~]{1,2048}")
PORTS = {"http": 80, "https": 443}


class Address(NamedTuple):
    """Where an upstream listens, and below which path. `tls` also says that names are checked."""

    host: str
    port: int
    tls: bool
    path: str


@lru_cache(maxsize=4096)
def address(base: str) -> Address:
    """The address of `http(s)://host[:port]/path`; ValueError if it is none."""
    # Before it is taken apart: the standard library drops line breaks without a word.
    if not VISIBLE.fullmatch(base):
        raise ValueError("not a web address")
    url = urlsplit(base)
    if url.scheme not in PORTS or not url.hostname:
        raise ValueError("not a web address")
    port = PORTS[url.scheme] if url.port is None else url.port
    return Address(url.hostname, port, url.scheme == "https", url.path.rstrip("/"))


@lru_cache(maxsize=4096)
def request_line(method: str, base: str, path: str) -> bytes:
    """The first two lines of a request to `path` below `base`; ValueError if it is no address.

    The path comes from our own table of operations, never from a client.
    """
    where = address(base)
    host = f"[{where.host}]" if ":" in where.host else where.host
    port = "" if where.port == PORTS["https" if where.tls else "http"] else f":{where.port}"
    return f"{method} {where.path}/{path} HTTP/1.1\r\nhost: {host}{port}\r\n".encode("ascii")


def fields(pairs: Pairs) -> bytes:
    """Header lines. Values come from parsed heads or from us, so they hold no line break."""
    return b"".join([b"%b: %b\r\n" % pair for pair in pairs])


@lru_cache(maxsize=1024)
def status_line(status: int) -> bytes:
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Unknown"
    return f"HTTP/1.1 {status} {phrase}\r\n".encode()


def refusal(status: int, reason: bytes) -> bytes:
    """A whole answer to what is not even a request; its connection's last."""
    length = (b"content-length", b"%d" % len(reason))
    lines = fields([(b"content-type", b"text/plain"), length, (b"connection", b"close")])
    return status_line(status) + lines + b"\r\n" + reason


def bodiless(status: int) -> bool:
    """Whether answers of this status have no body (RFC 9110, section 6.4.1)."""
    return status < 200 or status in (204, 304)


def value_of(pairs: Pairs, name: bytes) -> bytes | None:
    """The first value of a header; names are compared as they are, in lower case."""
    for key, value in pairs:
        if key == name:
            return value
    return None
