"""How a request becomes an answer: addresses, credential, patience, and what an answer may be."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from lisapy.credentials import Anonymous, Credential
from lisapy.errors import ApiError, NotConfigured, UnexpectedAnswer, Unreachable, refusal
from lisapy.places import Places
from lisapy.steps import Pause, Reply, Request, Send, Steps

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")

_NEEDS = {
    "api": "The address of the admin API is missing: give api_url, or LISA_API_URL.",
    "serve": "The address of the gateway is missing: give serve_url, or LISA_SERVE_URL.",
}
# Nothing was done with it (429), or whoever answered is only in front of what does (the others).
_NOT_NOW = (429, 502, 503, 504)
_LONGEST = 20.0
_THINKING = 600.0


@dataclass
class Exchange:
    """Makes steps of requests.

    `places` are where requests go; the credential is sent there, and nowhere else. What is only
    read is asked for again up to `retries` times after failures that pass; everything else only
    if nobody can have acted upon it.
    """

    places: Places = field(default_factory=Places)
    credential: Credential = field(default_factory=Anonymous)
    retries: int = 3

    def answer(self, request: Request[T]) -> Steps[T]:
        """Return the parsed answer, or raise an ApiError."""
        reply = yield from self._replied(request, streamed=False)
        found: T = _parsed(reply)
        return found

    def opened(self, request: Request[Any]) -> Steps[Reply]:
        """Return the reply whose body is then read by Read, or raise an ApiError."""
        return (yield from self._replied(request, streamed=True))

    def _replied(self, request: Request[Any], streamed: bool) -> Steps[Reply]:
        reply = yield from self._patiently(request, streamed)
        if reply.status == 401 and (yield from self.credential.renew()):
            reply = yield from self._patiently(request, streamed)
        if reply.status >= 300:
            raise _refused(reply)
        return reply

    def _patiently(self, request: Request[Any], streamed: bool) -> Steps[Reply]:
        safe = request.method == "GET"
        for attempt in range(self.retries + 1):
            last = attempt == self.retries
            send = yield from self._send(request, streamed)
            try:
                reply: Reply = yield send
            except Unreachable as error:
                if last or (error.sent and not safe):
                    raise
                yield Pause(_delay(attempt))
                continue
            if last or reply.status not in _NOT_NOW or not (safe or reply.status == 429):
                return reply
            yield Pause(_delay(attempt, reply.headers.get("retry-after")))
        raise AssertionError("the last attempt returns or raises")

    def _send(self, request: Request[Any], streamed: bool) -> Steps[Send]:
        base = self.places.api_url if request.at == "api" else self.places.serve_url
        if not base:
            raise NotConfigured(_NEEDS[request.at])
        headers = {"accept": "text/event-stream" if streamed else "application/json"}
        bearer = yield from self.credential.bearer()
        if bearer:
            headers["authorization"] = f"Bearer {bearer}"
        content = None
        if request.body is not None:
            content = json.dumps(request.body).encode()
            headers["content-type"] = "application/json"
        url = base.rstrip("/") + request.target + _query(request.query)
        # A model may think for minutes before it says a word.
        patience = None if request.at == "api" else _THINKING
        return Send(request.method, url, headers, content, streamed=streamed, timeout=patience)


def _query(query: Mapping[str, Any]) -> str:
    told = {key: _written(value) for key, value in query.items() if value is not None}
    return f"?{urlencode(told)}" if told else ""


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _delay(attempt: int, wish: str | None = None) -> float:
    """Return the seconds until the next attempt: as the server wishes, or 0.25, 0.5, 1, ..."""
    asked = float(wish) if wish and wish.isdigit() else 0.25 * 2**attempt
    return min(asked, _LONGEST)


def _parsed(reply: Reply) -> Any:
    if not reply.body:
        return None
    try:
        return json.loads(reply.body)
    except ValueError:
        raise UnexpectedAnswer(
            "The answer is not JSON: this is not LISA's address, or a proxy answered for it. "
            f"It begins with {reply.body[:80]!r}."
        ) from None


def _refused(reply: Reply) -> ApiError | UnexpectedAnswer:
    if reply.status < 400:
        return UnexpectedAnswer(
            f"The answer is a redirection to {reply.headers.get('location', 'nowhere')}, which is "
            "not followed: give the address that it leads to."
        )
    try:
        body = json.loads(reply.body)
    except ValueError:
        body = {"message": reply.body[:200].decode("utf-8", "replace").strip()}
    error = refusal(reply.status, body)
    error.request_id = reply.headers.get("x-request-id", "")
    return error
