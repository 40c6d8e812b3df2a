"""Whether a task serves: its port is open and, behind a load balancer, its health check passes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

TIMEOUT = 2.0


@dataclass(frozen=True)
class HealthCheck:
    """A target group's check. Without a path, an open port is enough."""

    path: str = ""
    accepted: str = "200"

    def accepts(self, status: int) -> bool:
        """Whether a status is within `200`, `200,202` or `200-299`."""
        for part in self.accepted.split(","):
            low, _, high = part.strip().partition("-")
            if low.isdigit() and int(low) <= status <= int(high or low):
                return True
        return False


async def serves(port: int, check: HealthCheck) -> bool:
    """Ask once."""
    try:
        async with asyncio.timeout(TIMEOUT):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                return not check.path or check.accepts(await _status(reader, writer, check.path))
            finally:
                writer.close()
    except (OSError, ValueError):
        return False


async def _status(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> int:
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    writer.write(request.encode())
    words = (await reader.readline()).split()
    return int(words[1]) if len(words) > 1 else 0


async def until_it_serves(port: int, check: HealthCheck) -> None:
    """Ask until it does: often at first, then five times a second."""
    pause = 0.05
    while not await serves(port, check):
        await asyncio.sleep(pause)
        pause = min(0.2, pause * 1.3)
