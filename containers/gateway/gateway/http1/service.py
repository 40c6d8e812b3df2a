"""Serve an app on a socket until asked to stop, then let its answers end."""

import asyncio
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gateway.http1.hall import Hall
from gateway.http1.server import Connection

SWEEP_SECONDS = 1.0
GLANCE_SECONDS = 0.05
# What the kernel takes in beyond what the client's window admits. By default it is megabytes:
# who reads slowly but steadily would not be seen to do so for minutes, and be left as stalled.
MOST_UNSENT = 128 * 1024
# Connections that are not yet accepted.
MOST_WAITING = 2048

type Sweep = Callable[[float], None]


@dataclass(frozen=True)
class Ending:
    """Seconds after the signal: `accepting` new connections, and `draining` at most.

    A balancer goes on sending for a while to a target that leaves. Where a successor waits at the
    same socket there is nothing to accept: what arrives in between is the successor's.
    """

    accepting: float
    draining: float


def listen_locally(path: Path) -> socket.socket:
    """A unix socket in a folder that only we may enter."""
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(path))
    return listener


async def serve(
    hall: Hall, listener: socket.socket, ending: Ending, sweep: Sweep | None = None
) -> None:
    """Until SIGTERM, SIGINT or the parent's end. `sweep` is called each second with loop time."""
    loop = asyncio.get_running_loop()
    asked_to_end = _told_to_end(loop)
    server = await _accepting(loop, hall, listener)
    sweeping = loop.create_task(_sweep(hall, sweep))
    try:
        await asked_to_end.wait()
        hall.leaving = True
        await asyncio.sleep(ending.accepting)
        # Idle connections only now: a balancer may have been about to send on them.
        hall.leave()
        server.close()
        await _drained(hall, ending.draining - ending.accepting)
    finally:
        sweeping.cancel()


async def _accepting(
    loop: asyncio.AbstractEventLoop, hall: Hall, listener: socket.socket
) -> asyncio.Server:
    def connection() -> Connection:
        return Connection(hall)

    if listener.family == socket.AF_UNIX:
        return await loop.create_unix_server(connection, sock=listener, backlog=MOST_WAITING)
    hold_little_back(listener)
    return await loop.create_server(connection, sock=listener, backlog=MOST_WAITING)


def hold_little_back(listener: socket.socket) -> None:
    """Connections inherit it; set on each, it would cost as much as parsing a request."""
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, MOST_UNSENT)


def _told_to_end(loop: asyncio.AbstractEventLoop) -> asyncio.Event:
    asked_to_end = asyncio.Event()

    def parent_gone() -> None:
        loop.remove_reader(sys.stdin.fileno())
        asked_to_end.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked_to_end.set)
    # Standard input is a pipe held by the parent: its end means that the parent died.
    loop.add_reader(sys.stdin.fileno(), parent_gone)
    return asked_to_end


async def _sweep(hall: Hall, sweep: Sweep | None) -> None:
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        hall.sweep(loop.time())
        if sweep:
            sweep(loop.time())


async def _drained(hall: Hall, patience: float) -> None:
    end = asyncio.get_running_loop().time() + patience
    while hall.busy() and asyncio.get_running_loop().time() < end:
        await asyncio.sleep(GLANCE_SECONDS)
    hall.abandon()
    # One round of the loop, in which what was cancelled says so to its upstream.
    await asyncio.sleep(GLANCE_SECONDS)
