"""The database that runs beside the product: its process, and how it is reached."""

import socket
import sys

from local.postgres.cluster import DATABASE, USER, Cluster
from local.seed.repository import Database
from local.supervisor.ports import Ports
from local.supervisor.state import State

HOST = "127.0.0.1"


def cluster(state: State) -> Cluster:
    """The data of this state folder, and the file with the password beside it."""
    folder = state.folder / "postgres"
    return Cluster(folder / "data", folder / "password")


def command(state: State, ports: Ports) -> list[str]:
    """What serves it in the foreground."""
    here = cluster(state)
    files = ["--data", str(here.data), "--password-file", str(here.password_file)]
    return [sys.executable, "-m", "local.postgres", *files, "--port", str(ports.database)]


def takes_connections(ports: Ports) -> bool:
    """Whether somebody listens. PostgreSQL does not mention those who leave without a word."""
    try:
        socket.create_connection((HOST, ports.database), timeout=5).close()
    except OSError:
        return False
    return True


def running_database(state: State, ports: Ports) -> Database:
    """How it is reached, by its owner."""
    return Database(HOST, ports.database, DATABASE, USER, cluster(state).password())
