"""What both clients tell httpx, and how its errors are told to people."""

from __future__ import annotations

import ssl
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

import httpx

from lisapy.errors import LisaError, UnexpectedAnswer, Unreachable
from lisapy.steps import Reply, Send

if TYPE_CHECKING:
    from collections.abc import Iterator

Verify = Union[bool, str, ssl.SSLContext]
MOST = 64 * 1024 * 1024
_CONNECT = 10.0
_AGENT = {"user-agent": "lisapy"}
# Raised before the first byte of the request has left.
_BEFORE = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


def settings(verify: Verify, timeout: float) -> dict[str, Any]:
    """Return how an httpx client is made. `verify` may be the path of a certificate."""
    trust: Any = verify
    if isinstance(verify, str):
        if not Path(verify).exists():
            raise LisaError(f"There is no certificate at {verify}, which `verify` names.")
        trust = ssl.create_default_context(cafile=verify)
    return {"verify": trust, "timeout": httpx.Timeout(timeout, connect=_CONNECT), "headers": _AGENT}


def request(client: httpx.Client | httpx.AsyncClient, send: Send) -> httpx.Request:
    """Return httpx's request of a step."""
    told: dict[str, Any] = {"headers": dict(send.headers), "content": send.content}
    if send.form is not None:
        told = {"headers": dict(send.headers), "data": dict(send.form)}
    if send.file is not None:
        told["files"] = {"file": send.file}
    if send.timeout is not None:
        told["timeout"] = httpx.Timeout(send.timeout, connect=_CONNECT)
    return client.build_request(send.method, send.url, **told)


def reply(response: httpx.Response, body: bytes) -> Reply:
    """Return what the steps are told of a response."""
    return Reply(response.status_code, response.headers, body)


def streams(send: Send, response: httpx.Response) -> bool:
    """Return whether the body is left to be read step by step; that of an error never is."""
    return send.streamed and response.status_code < 300


class Bounded:
    """A body as it comes in, refused when it becomes too long."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._pieces: list[bytes] = []
        self._size = 0

    def add(self, piece: bytes) -> None:
        """Take the next bytes."""
        self._size += len(piece)
        if self._size > MOST:
            raise UnexpectedAnswer(f"The answer is longer than {MOST >> 20} MB.")
        self._pieces.append(piece)

    def whole(self) -> bytes:
        """Return all there is."""
        return b"".join(self._pieces)


@contextmanager
def told_to_people(url: str) -> Iterator[None]:
    """Turn httpx's errors into ours."""
    try:
        yield
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise LisaError(f"{url!r} is no address: it begins with https:// or http://.") from error
    except httpx.TimeoutException as error:
        sent = not isinstance(error, _BEFORE)
        raise Unreachable(f"{_host(url)} did not answer in time.", sent) from error
    except httpx.RequestError as error:
        raise Unreachable(_why(url, error), not isinstance(error, _BEFORE)) from error


def _why(url: str, error: httpx.RequestError) -> str:
    words = str(error) or type(error).__name__
    if "CERTIFICATE_VERIFY_FAILED" in words:
        return (
            f"The certificate of {_host(url)} is not trusted ({words}). If it is self-signed, give "
            "its file as `verify` (the command line: --verify)."
        )
    return f"{_host(url)} cannot be reached: {words}. Check the address and the network."


def _host(url: str) -> str:
    return httpx.URL(url).netloc.decode() or url
