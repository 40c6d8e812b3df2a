"""The vector store of a laptop, on a server of its own: what benchmarks measure."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from local.postgres.cluster import USER, Cluster, end
from stores.addresses import PostgresAddress
from stores.pgvector.connecting import Connect, connector
from tests.support.postgres import Postgres, awaited, free_port

_SETTINGS = (
    *("fsync=off", "synchronous_commit=off", "log_min_messages=fatal"),
    *("shared_buffers=512MB", "max_wal_size=4GB"),
)


@contextmanager
def running() -> Iterator[Postgres]:
    """A server with a new cluster, gone afterwards."""
    with TemporaryDirectory() as folder:
        cluster = Cluster(Path(folder) / "data", Path(folder) / "password")
        port = free_port()
        process = cluster.serve(port, _SETTINGS)
        try:
            yield awaited(Postgres("127.0.0.1", port, USER, cluster.password()))
        finally:
            end(process)


def connecting(server: Postgres) -> Connect:
    """What opens connections to it."""
    address = PostgresAddress(server.host, "lisa", USER, server.port, tls="off")
    return connector(address, lambda: server.password)
