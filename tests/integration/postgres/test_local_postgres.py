"""`python -m local.postgres`, as the supervisor runs it."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pg8000.exceptions
import pytest

from local.postgres.cluster import USER
from tests.emulator.running import eventually
from tests.support.postgres import Postgres, awaited, free_port

REPOSITORY = Path(__file__).parents[3]


class Child:
    """The command on one folder, started again and again."""

    def __init__(self, folder: Path) -> None:
        self._data, self._port = folder / "data", free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Postgres:
        where = ["--data", str(self._data), "--port", str(self._port)]
        command = [sys.executable, "-m", "local.postgres", *where]
        self.process = subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.DEVNULL)
        password_file = self._data.with_name("data.password")
        eventually(password_file.exists)
        password = password_file.read_text()
        return awaited(Postgres("127.0.0.1", self._port, USER, password))

    def stop(self, number: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(20)

    def listens(self) -> bool:
        with socket.socket() as asking:
            return asking.connect_ex(("127.0.0.1", self._port)) == 0


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Child]:
    child = Child(tmp_path)
    yield child
    if child.process:
        child.process.kill()
        child.process.wait()


def test_what_was_committed_is_there_after_a_stop_and_a_start(child: Child) -> None:
    server = child.start()
    server.run("create extension vector")
    server.run("create table kept as select '[1,2]'::vector as value")
    assert child.stop(signal.SIGTERM) == 0
    assert not child.listens()
    assert child.start().run("select value::text from kept") == [["[1,2]"]]


def test_a_connected_client_does_not_hold_the_end_up(child: Child) -> None:
    server = child.start()
    client = server.connect()
    began = time.monotonic()
    assert child.stop(signal.SIGTERM) == 0
    assert time.monotonic() - began < 5
    with pytest.raises(pg8000.exceptions.InterfaceError):
        client.run("select 1")
    with pytest.raises(pg8000.exceptions.InterfaceError):
        client.close()


def test_the_server_ends_with_a_killed_command_and_starts_again(child: Child) -> None:
    server = child.start()
    server.run("create table kept as select 1 as value")
    child.stop(signal.SIGKILL)
    eventually(lambda: not child.listens())
    assert child.start().run("select value from kept") == [[1]]


def test_a_wrong_password_is_refused(child: Child) -> None:
    server = child.start()
    stranger = Postgres(server.host, server.port, server.user, "guess")
    with pytest.raises(pg8000.exceptions.DatabaseError, match="password authentication failed"):
        stranger.run("select 1")
