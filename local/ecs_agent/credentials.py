"""The container credentials endpoint: a task asks for its role's credentials as it would on ECS."""

from __future__ import annotations

import asyncio
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from local.ecs_agent.environment import Grant

if TYPE_CHECKING:
    from collections.abc import Callable

# SDKs ask for fresh credentials when theirs have 15 minutes left; these must have more than that.
REFRESH_BEFORE = timedelta(minutes=20)
LARGEST_REQUEST = 16 * 1024


def utc_now() -> datetime:
    """The time that expiry is measured by."""
    return datetime.now(UTC)


class Unavailable(Exception):
    """AWS did not hand out credentials; the sentence says why."""


@dataclass(frozen=True)
class Credentials:
    """What sts:AssumeRole returns."""

    access_key: str
    secret_key: str
    token: str
    expires: datetime

    def body(self, role: str) -> dict[str, str]:
        """As the container credentials endpoint of ECS writes them."""
        return {
            "RoleArn": role,
            "AccessKeyId": self.access_key,
            "SecretAccessKey": self.secret_key,
            "Token": self.token,
            "Expiration": self.expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }


class Roles(Protocol):
    """Who hands out credentials. Raises Unavailable."""

    async def assume(self, role: str, session: str) -> Credentials: ...


@dataclass
class _Entitlement:
    role: str
    token: str
    held: Credentials | None = None


class CredentialsEndpoint:
    """`GET /credentials/<task>`, answered to whoever shows that task's token."""

    def __init__(self, roles: Roles, now: Callable[[], datetime] = utc_now) -> None:
        self._roles = roles
        self._now = now
        self._entitled: dict[str, _Entitlement] = {}
        self._url = ""

    async def start(self) -> None:
        """Listen on a free port of the loopback interface."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=LARGEST_REQUEST)
        self._url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._server = server

    def grant(self, task: str, role: str) -> Grant:
        """Entitle a task to its role, with a token of its own."""
        token = secrets.token_urlsafe(32)
        self._entitled[task] = _Entitlement(role, token)
        return Grant(f"{self._url}/credentials/{task}", token)

    def revoke(self, task: str) -> None:
        """A stopped task is entitled to nothing."""
        self._entitled.pop(task, None)

    async def answer(self, path: str, authorization: str) -> tuple[int, dict[str, str]]:
        """Status and body of one request."""
        task = path.removeprefix("/credentials/")
        entitled = self._entitled.get(task)
        expected = entitled.token if entitled else secrets.token_urlsafe(32)
        shown = hmac.compare_digest(expected.encode(), authorization.encode())
        if entitled is None or not shown:
            return 401, {"message": "The authorization token is not the one of this task."}
        try:
            held = await self._fresh(task, entitled)
        except Unavailable as error:
            return 503, {"message": str(error)}
        return 200, held.body(entitled.role)

    async def _fresh(self, task: str, entitled: _Entitlement) -> Credentials:
        held, now = entitled.held, self._now()
        if held is not None and held.expires - now > REFRESH_BEFORE:
            return held
        try:
            entitled.held = await self._roles.assume(entitled.role, task)
        except Unavailable:
            if held is None or held.expires <= now:
                raise
            return held
        return entitled.held

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(10):
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            status, body = await self._answer_head(head)
            writer.write(_response(status, body))
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return
        finally:
            writer.close()

    async def _answer_head(self, head: str) -> tuple[int, dict[str, str]]:
        request, *lines = head.split("\r\n")
        method, _, rest = request.partition(" ")
        if method != "GET":
            return 405, {"message": "Only GET is answered here."}
        pairs = (line.partition(":") for line in lines)
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        return await self.answer(rest.partition(" ")[0], headers.get("authorization", ""))


def _response(status: int, body: dict[str, str]) -> bytes:
    payload = json.dumps(body).encode()
    head = (
        f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(payload)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + payload
