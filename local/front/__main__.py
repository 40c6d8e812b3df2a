"""`python -m local.front`: what it needs is in the variables that the supervisor sets."""

import asyncio
import os
import signal
import socket
from pathlib import Path

from frontend.site.headers import Headers
from local.front.backends import Backend, Backends
from local.front.server import Front
from local.front.site import Site
from local.supervisor.environment import STACK
from local.supervisor.state import REPOSITORY

_TABLE = REPOSITORY / "frontend" / "headers.json"


async def main() -> None:
    """Serve until a signal says stop."""
    emulator, serve = int(os.environ["EMULATOR_PORT"]), int(os.environ["SERVE_PORT"])
    # Sign-in and uploads go to AWS itself; the gateway is behind the page's own address.
    aws = f"http://127.0.0.1:{emulator}"
    origins = {"called": aws, "storage": aws}
    site = Site(Path(os.environ["SITE"]), Headers.read(_TABLE, origins))
    api = Backend(emulator, f"/_aws/execute-api/{STACK}")
    listener = socket.socket(fileno=int(os.environ["LISTEN_FD"]))
    front = Front(site, Backends(api, Backend(serve)))
    serving = asyncio.create_task(front.serve(listener))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, serving.cancel)
    await asyncio.gather(serving, return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(main())
