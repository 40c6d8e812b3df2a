"""PostgreSQL with pgvector for a test session: a conftest imports `postgres` and `database`."""

import itertools
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pg8000.exceptions
import pg8000.native
import pytest

from local.postgres.cluster import USER, Cluster, end

# A test's data need not survive the machine.
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "log_min_messages=fatal")
_LONGEST_START = 30.0
_NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Postgres:
    """A running server; `user` may do everything."""

    host: str
    port: int
    user: str
    password: str

    def connect(self, database: str = "lisa") -> pg8000.native.Connection:
        """Open a connection, which the caller closes."""
        return pg8000.native.Connection(
            self.user,
            host=self.host,
            port=self.port,
            password=self.password,
            database=database,
            timeout=60,
        )

    def run(self, statement: str, database: str = "lisa") -> list[list[object]]:
        """The rows of a statement in a connection of its own."""
        connection = self.connect(database)
        try:
            return list(connection.run(statement) or [])
        finally:
            connection.close()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A server of its own for this session."""
    folder = tmp_path_factory.mktemp("postgres")
    cluster = Cluster(folder / "data", folder / "password")
    port = free_port()
    server = cluster.serve(port, _FAST)
    try:
        yield awaited(Postgres("127.0.0.1", port, USER, cluster.password()))
    finally:
        end(server)


@pytest.fixture
def database(postgres: Postgres) -> Iterator[str]:
    """The name of an empty database of this test."""
    name = f"test_{next(_NUMBERS)}"
    postgres.run(f"create database {name}")
    yield name
    postgres.run(f"drop database {name} with (force)")


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def awaited(server: Postgres) -> Postgres:
    """Return the server when it takes connections."""
    deadline = time.monotonic() + _LONGEST_START
    while True:
        try:
            server.connect().close()
            return server
        except (pg8000.exceptions.Error, OSError) as error:
            # Refused while nobody listens, then told that the server is starting up.
            if time.monotonic() > deadline or "authentication" in str(error):
                raise
            time.sleep(0.05)
