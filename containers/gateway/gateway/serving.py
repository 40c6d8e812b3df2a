"""Run an ASGI app on uvicorn until asked to stop, then let its streams end."""

import asyncio
import signal
import socket
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import uvicorn

type App = Callable[[Any, Any, Any], Coroutine[Any, Any, None]]


async def serve(app: App, listener: socket.socket, drain_seconds: int, keep_alive: int) -> None:
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            loop="uvloop",
            http="httptools",
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=keep_alive,
            timeout_graceful_shutdown=drain_seconds,
        )
    )
    stop_with_parent(server)
    # uvicorn raises the signal again after its drain; by then it has been obeyed.
    signal.signal(signal.SIGTERM, lambda *_: None)
    signal.signal(signal.SIGINT, lambda *_: None)
    await server.serve(sockets=[listener])


def listen(path: Path) -> socket.socket:
    """A unix socket in a folder that only we may enter."""
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(path))
    listener.listen(2048)
    return listener


def stop_with_parent(server: uvicorn.Server) -> None:
    """Standard input is a pipe held by the parent: its end means that the parent died."""

    def parent_gone() -> None:
        asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
        server.should_exit = True

    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), parent_gone)
