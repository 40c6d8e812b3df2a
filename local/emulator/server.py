"""The HTTP server around ministack's application."""

import asyncio
import os
from typing import TYPE_CHECKING

from hypercorn.asyncio import serve as run_server
from hypercorn.config import Config
from ministack.app import app

from local.emulator.ending import process_ends

if TYPE_CHECKING:
    import socket


def serve(listener: "socket.socket") -> None:
    """Answer on the listener until a signal ends the process."""
    config = Config()
    config.bind = [f"fd://{listener.detach()}"]
    config.keep_alive_timeout = 75
    config.loglevel = os.environ.get("LOG_LEVEL", "INFO")
    asyncio.run(_run(config))


async def _run(config: Config) -> None:
    try:
        await run_server(app, config)
    finally:
        # State is saved by now. Threads that wait for something would hold up the end.
        process_ends.set()
