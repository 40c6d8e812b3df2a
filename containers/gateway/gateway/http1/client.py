"""The upstream's side: connections that wait for work, and new ones where none waits."""

import asyncio
import ssl
from collections import defaultdict, deque

from gateway.http1.answer import Answer
from gateway.http1.heads import Address
from gateway.http1.upstream import Connection


class Pool:
    """Connections to upstreams; those that wait for work are used again. One per event loop."""

    def __init__(
        self, connect_seconds: float, idle_seconds: float, silence: float, socket: str = ""
    ) -> None:
        """`socket` names a unix socket that stands behind every address."""
        self._connect_seconds = connect_seconds
        self._idle_seconds = idle_seconds
        self._silence = silence
        self._socket = socket
        self._idle: dict[Address, deque[Connection]] = defaultdict(deque)
        self._all: set[Connection] = set()
        self._tls: ssl.SSLContext | None = None

    async def ask(self, where: Address, request: bytes) -> Answer:
        """The head of the answer; its body follows as `Answer.relay` or `read` ask for it.

        OSError: no connection. TimeoutError: none in time. Broken, Silent: no answer on it.
        """
        connection = self._kept(where) or await self._connect(where)
        return await connection.ask(request, self._silence)

    def sweep(self, now: float) -> None:
        for connection in [one for one in self._all if one.deadline <= now]:
            connection.expire()

    def close(self) -> None:
        for connection in list(self._all):
            connection.abort()

    def keep(self, connection: Connection) -> None:
        connection.wait(self._idle_seconds)
        self._idle[connection.where].append(connection)

    def forget(self, connection: Connection) -> None:
        self._all.discard(connection)
        idle = self._idle.get(connection.where)
        if idle and connection in idle:
            idle.remove(connection)
        if idle is not None and not idle:
            del self._idle[connection.where]

    def _kept(self, where: Address) -> Connection | None:
        idle = self._idle.get(where)
        while idle:
            # The one used last is the least likely to be closed by the other side.
            connection = idle.pop()
            if connection.usable():
                return connection
        return None

    async def _connect(self, where: Address) -> Connection:
        loop = asyncio.get_running_loop()

        def made() -> Connection:
            return Connection(self, where)

        async with asyncio.timeout(self._connect_seconds):
            if self._socket:
                _, connection = await loop.create_unix_connection(made, self._socket)
            else:
                tls, name = (self._context(), where.host) if where.tls else (None, None)
                _, connection = await loop.create_connection(
                    made, where.host, where.port, ssl=tls, server_hostname=name
                )
        self._all.add(connection)
        return connection

    def _context(self) -> ssl.SSLContext:
        # Made once and late: reading the system's certificates takes tens of milliseconds.
        self._tls = self._tls or ssl.create_default_context()
        return self._tls
