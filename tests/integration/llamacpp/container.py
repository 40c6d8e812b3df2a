"""The container's start script as a process, started as a task of the scheduler would be."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

CONTAINERS = Path(__file__).parents[3] / "containers"
START = CONTAINERS / "llamacpp/start.py"
PATIENCE = 60  # seconds; a quiet machine needs one


def interpreter(variable: str, environment: str) -> str:
    """The Python that runs the program under test: it is not the Python of the tests."""
    python = os.environ.get(variable, "")
    if not python:
        pytest.fail(
            f"{variable} is not set, so the real program cannot be started. "
            f"Set it to the output of: python3 -m local.toolchain --path {environment}"
        )
    return python


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class Container:
    """One running start script; `url` is where it serves."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = folder / f"{self.port}.log"
        local = {"HOST": "127.0.0.1", "PORT": str(self.port), "WEIGHTS_DIR": str(folder)}
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [interpreter("LLAMACPP_PYTHON", "llamacpp"), str(START)],
                cwd=folder,
                env={"PATH": os.environ["PATH"], "THREADS": "1"}
                | {"PYTHONPATH": str(CONTAINERS / "serving")}
                | local
                | environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @property
    def log(self) -> str:
        return self._log.read_text(errors="replace")

    def health(self) -> int:
        """The status of `/health`; 0 while nothing listens."""
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=5) as reply:
                return int(reply.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def wait_until_healthy(self) -> "Container":
        deadline = time.monotonic() + PATIENCE
        while self.health() != 200:
            assert self._process.poll() is None, f"It ended instead of serving:\n{self.log}"
            assert time.monotonic() < deadline, f"Not healthy in {PATIENCE} s:\n{self.log}"
            time.sleep(0.05)
        return self

    def exit_code(self) -> int:
        return self._process.wait(PATIENCE)

    def end(self) -> float:
        """SIGTERM, and how many seconds it took."""
        started = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(PATIENCE)
        return time.monotonic() - started

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
