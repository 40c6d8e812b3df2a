"""One load balancer: listens, finds a living target for each connection, joins the two."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from local.balancer.ends import Caller, Target

if TYPE_CHECKING:
    import socket

    from local.balancer.targets import Targets

PATIENCE = 30.0
CONNECT_TIMEOUT = 2.0
# A refused connection means that a process has just died: its end is noticed within moments.
AGAIN_AFTER = 0.1
BACKLOG = 1024


def nobody_answers(name: str) -> bytes:
    """What a caller reads whose patience has ended, in the words a load balancer has for it."""
    message = (
        f"No target of the load balancer {name} has answered for {PATIENCE:.0f} seconds. "
        "The server behind it is still starting or keeps failing: look into .local/logs."
    )
    body = json.dumps({"error": "ServiceUnavailable", "message": message}).encode()
    head = (
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


class Balancer:
    """A listening socket in front of targets that come and go."""

    def __init__(self, name: str, targets: Targets, patience: float = PATIENCE) -> None:
        self.name = name
        self.targets = targets
        self._patience = patience
        self._server: asyncio.Server | None = None
        self._callers: set[asyncio.Task[None]] = set()

    async def listen(self, listener: socket.socket) -> None:
        """Serve the connections that arrive on the socket."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._caller, sock=listener, backlog=BACKLOG)

    def close(self) -> None:
        """Accept no more; joined connections go on until their ends are closed."""
        if self._server is not None:
            self._server.close()

    def _caller(self) -> Caller:
        return Caller(self.welcome)

    def welcome(self, caller: Caller) -> None:
        """Look for a target, next to everything else."""
        task = asyncio.get_running_loop().create_task(self._serve(caller))
        self._callers.add(task)
        task.add_done_callback(self._callers.discard)

    async def _serve(self, caller: Caller) -> None:
        deadline = asyncio.get_running_loop().time() + self._patience
        target = await self._reach(caller, deadline)
        if target is not None:
            caller.meet(target)
        elif caller.transport is not None and not caller.transport.is_closing():
            caller.transport.write(nobody_answers(self.name))
            caller.transport.close()

    async def _reach(self, caller: Caller, deadline: float) -> Target | None:
        loop = asyncio.get_running_loop()
        while caller.transport is not None and not caller.transport.is_closing():
            addresses = self.targets.in_turn()
            for host, port in addresses:
                target = await _connect(host, port)
                if target is not None:
                    return target
            left = deadline - loop.time()
            if left <= 0:
                return None
            await self.targets.another(min(left, AGAIN_AFTER) if addresses else left)
        return None


async def _connect(host: str, port: int) -> Target | None:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(CONNECT_TIMEOUT):
            _, target = await loop.create_connection(Target, host, port)
    except OSError:
        return None
    return target
