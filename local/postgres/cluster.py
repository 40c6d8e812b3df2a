"""A folder with a database cluster: made once, then served by one `postgres` at a time."""

from __future__ import annotations

import ctypes
import os
import secrets
import shutil
import signal
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from local.postgres.binaries import binaries, unprivileged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

USER = "lisa"
DATABASE = "lisa"
_PR_SET_PDEATHSIG = 1
# Characters are classified by Unicode on every system, and sorted by their bytes.
_LOCALE = ("--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
# A laptop runs it beside a browser and a model: little memory, few processes.
_SETTINGS = {
    "shared_buffers": "128MB",
    "maintenance_work_mem": "256MB",
    "max_connections": "60",
    "max_wal_size": "512MB",
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
    "logging_collector": "off",
    "log_checkpoints": "off",
}


class PostgresFailed(Exception):
    """PostgreSQL could not be set up."""


@dataclass(frozen=True)
class Cluster:
    """The data of one PostgreSQL, and the file with the password of its user `lisa`."""

    data: Path
    password_file: Path

    def password(self) -> str:
        """The password of the user `lisa`, made when there is none."""
        if not self.password_file.exists():
            self.password_file.parent.mkdir(parents=True, exist_ok=True)
            made = os.open(self.password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(made, "w") as file:
                file.write(secrets.token_urlsafe(24))
        return self.password_file.read_text().strip()

    def make(self) -> None:
        """Make the cluster with its user and database; nothing happens when it is there."""
        if (self.data / "PG_VERSION").exists():
            return
        self.password()
        # Whoever is killed in between leaves a folder that nobody takes for a cluster.
        beside = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(beside, ignore_errors=True)
        self.data.parent.mkdir(parents=True, exist_ok=True)
        access = ("-A", "scram-sha-256", f"--pwfile={self.password_file}", "-U", USER)
        _run(["initdb", "-E", "UTF8", *_LOCALE, *access, "-D", str(beside)])
        _run(["postgres", "--single", "-D", str(beside), "postgres"], f"create database {DATABASE}")
        beside.rename(self.data)

    def serve(self, port: int, settings: Sequence[str] = ()) -> subprocess.Popen[bytes]:
        """Start the server on 127.0.0.1; it ends with the process that started it."""
        self.make()
        options = [f"{name}={value}" for name, value in _SETTINGS.items()]
        switches = [part for option in (*options, *settings) for part in ("-c", option)]
        command = ["postgres", "-D", str(self.data), "-p", str(port), *switches]
        return subprocess.Popen(_command(command), preexec_fn=_end_with_parent)


def end(server: subprocess.Popen[bytes], seconds: float = 10.0) -> None:
    """Disconnect whoever is connected and stop; what was committed is on the disk."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(seconds)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def _run(command: list[str], told: str = "") -> None:
    done = subprocess.run(
        _command(command), input=told, capture_output=True, text=True, check=False
    )
    # A server on its own answers errors on its output and ends well.
    if done.returncode or "ERROR:" in done.stderr:
        said = (done.stderr or done.stdout).strip()
        raise PostgresFailed(f"{command[0]} failed: {said}")


def _command(command: list[str]) -> list[str]:
    program, *arguments = command
    return [*unprivileged(), str(binaries() / program), *arguments]


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
