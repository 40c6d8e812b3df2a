"""One gateway under test, and the processes that test it: started, pinned, stopped by pid."""

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.gateway.measured import cores, on_core
from tests.bench.gateway.orders import Door, Order, Report

READY_SECONDS = 90.0
PAUSE = 0.1
# Below those of outgoing connections.
PORTS = (20000, 30000)
STOP_SECONDS = 15.0
QUESTION = [{"role": "user", "content": "What does a gateway cost?"}]
HERE = "tests.bench.gateway"


@dataclass(frozen=True)
class Place:
    """What contenders are started with: the upstream's port, a folder for logs, and the cores."""

    upstream: int
    folder: Path
    core: int
    other_core: int

    def base(self, behaviour: str = "") -> str:
        """The address of the upstream's API; a behaviour is one that `upstream` knows."""
        return f"http://127.0.0.1:{self.upstream}{behaviour and '/'}{behaviour}/v1"


@contextmanager
def process(
    command: Sequence[str], log: Path, core: int, env: Mapping[str, str] | None = None, fd: int = 0
) -> Iterator["subprocess.Popen[bytes]"]:
    """A process on that core, for the block; asked to end, then made to."""
    with log.open("ab") as out, on_core(core):
        running = subprocess.Popen(
            command, env=env, stdout=out, stderr=out, stdin=subprocess.DEVNULL, pass_fds=[fd]
        )
    try:
        yield running
    finally:
        stop(running)


def ending_cleanly() -> None:
    """So that whoever asks this program to end stops what it has started, too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


def stop(running: "subprocess.Popen[bytes]") -> None:
    running.terminate()
    try:
        running.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()


@contextmanager
def upstream(folder: Path) -> Iterator[tuple[Place, int]]:
    """A running fake model server: the place it makes, and its pid."""
    core, other = cores()
    with socket.create_server(("127.0.0.1", 0), backlog=4096) as listener:
        fd, port = listener.fileno(), listener.getsockname()[1]
        command = [sys.executable, "-m", f"{HERE}.upstream", str(fd)]
        with process(command, folder / "upstream.log", other, fd=fd) as running:
            yield Place(port, folder, core, other), running.pid


class Load:
    """A process that carries out orders: the load generator, or somebody who needs none."""

    def __init__(
        self, place: Place, command: Sequence[str] = (), env: Mapping[str, str] | None = None
    ) -> None:
        core = place.core if command else place.other_core
        with on_core(core), (place.folder / "load.log").open("ab") as log:
            self._process = subprocess.Popen(
                command or [sys.executable, "-m", f"{HERE}.load"],
                env=env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self.pid = self._process.pid

    def __enter__(self) -> "Load":
        return self

    def __exit__(self, *_: object) -> None:
        # The end of its orders is the end of it.
        self._process.communicate(timeout=STOP_SECONDS)

    def carry_out(self, order: Order) -> Report:
        orders, reports = self._process.stdin, self._process.stdout
        assert orders and reports
        orders.write(order.to_json() + "\n")
        orders.flush()
        line = reports.readline()
        if not line:
            raise ChildProcessError("Who carries out the load has died; load.log says why.")
        return Report.from_json(line)


@dataclass(frozen=True)
class Contender:
    """A gateway that answers; `pid` is the root of its processes.

    Where several gateways share processes, `role` names the one whose work is its own. `steps` are
    the loads that one core of it can carry, None meaning all; `driver` is whoever carries them out
    if that is the contender itself.
    """

    name: str
    door: Door
    pid: int
    version: str = ""
    role: str = ""
    steps: frozenset[str] | None = None
    driver: Load | None = None

    def can(self, step: str) -> bool:
        return self.steps is None or step in self.steps


def ready(door: Door, running: "subprocess.Popen[bytes] | None" = None) -> None:
    """Wait until a chat through the door is answered; TimeoutError with the last answer if not."""
    deadline = time.monotonic() + READY_SECONDS
    told = ""
    while time.monotonic() < deadline:
        if running and running.poll() is not None:
            raise ChildProcessError(f"It ended with status {running.returncode}; its log says why.")
        told = asked(door)
        if not told:
            return
        time.sleep(PAUSE)
    raise TimeoutError(f"No answer within {READY_SECONDS:g} s; the last try said: {told}")


def asked(door: Door) -> str:
    """Empty when a chat is answered, else what came instead."""
    body = json.dumps({"model": door.model, "messages": QUESTION}).encode()
    url = f"http://127.0.0.1:{door.port}{door.path}"
    headers = {"Content-Type": "application/json", **door.headers}
    request = urllib.request.Request(url, body, headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return "" if b'"usage"' in answer.read() else "an answer without usage"
    except urllib.error.HTTPError as error:
        with error:
            return f"{error.code}: {error.read(500)!r}"
    except OSError as error:
        return str(error)


def free_port() -> int:
    """For a program that cannot be handed a socket; none that outgoing connections are given."""
    for _ in range(100):
        port = random.randrange(*PORTS)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise OSError(f"No free port was found between {PORTS[0]} and {PORTS[1]}. Stop what has them.")


def plain_environment(**more: str) -> dict[str, str]:
    """What a program needs of ours, so that nobody's settings change what is measured."""
    return {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | more
