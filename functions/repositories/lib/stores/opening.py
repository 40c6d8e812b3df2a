"""From an address to its store. Only the driver that is needed gets imported."""

from collections.abc import Callable
from typing import Protocol

from stores.addresses import Address, PostgresAddress
from stores.port import VectorStore


class Credentials(Protocol):
    """AWS credentials, as botocore's sessions have them."""

    def get_frozen_credentials(self) -> object:
        """Key, secret and token of one moment."""


class OpenStore(VectorStore, Protocol):
    """A store with connections that are closed when nobody asks any more."""

    def close(self) -> None:
        """Close them. The next call opens them again."""


def open_store(
    address: Address, password: Callable[[], str], credentials: Credentials | None = None
) -> OpenStore:
    """Make the store of an address. It connects with the first call.

    `password` is asked with each connection and gives a secret's, or an IAM token for RDS;
    OpenSearch asks it for the service `basic` alone, and signs with `credentials` for the others.
    """
    if isinstance(address, PostgresAddress):
        return _pgvector(address, password)
    from stores.opensearch.store import OpenSearchStore

    return OpenSearchStore(address, password, credentials)


def _pgvector(address: PostgresAddress, password: Callable[[], str]) -> OpenStore:
    from stores.pgvector.connecting import connector
    from stores.pgvector.store import PgVectorStore

    return PgVectorStore(connector(address, password))
