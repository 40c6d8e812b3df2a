"""The databases of repositories, signed in to by a secret or by IAM."""

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, Protocol

from kernel.observability import client
from repositories.adapters.secrets import password_in
from stores.addresses import OpenSearchAddress, PostgresAddress
from stores.port import VectorStore

if TYPE_CHECKING:
    from catalogue.connection import OpenSearchConfig, RdsConfig
    from catalogue.repository import Repository
    from stores.opensearch.connecting import Signing

# A function that stays warm for many repositories keeps this many stores, each a connection.
MOST_KEPT = 16


class OpenStore(VectorStore, Protocol):
    """A store that holds a connection."""

    def close(self) -> None:
        """Close it; the next use opens another."""


class Databases:
    """The `Stores` port: a store is kept while its repository's connection is the same."""

    def __init__(self, region: str) -> None:
        self._region = region
        self._kept: OrderedDict[str, OpenStore] = OrderedDict()

    def of(self, repository: "Repository") -> VectorStore:
        connection = {"repository_id", "created_at", "rds_config", "opensearch_config"}
        key = repository.model_dump_json(include=connection)
        if key not in self._kept:
            self._kept[key] = self._opened(repository)
        self._kept.move_to_end(key)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)[1].close()
        return self._kept[key]

    def close(self) -> None:
        """Close every connection; later calls open anew."""
        while self._kept:
            self._kept.popitem()[1].close()

    def _opened(self, repository: "Repository") -> OpenStore:
        if repository.opensearch_config is not None:
            return _on_opensearch(repository.opensearch_config, self._region)
        if repository.rds_config is not None:
            return _on_postgres(repository.rds_config, self._region)
        raise ValueError(f"repository {repository.repository_id} names no database")


def _on_postgres(config: "RdsConfig", region: str) -> OpenStore:
    # A function imports the driver of the store that it asks, and no other.
    from stores.pgvector.connecting import connector  # noqa: PLC0415
    from stores.pgvector.store import PgVectorStore  # noqa: PLC0415

    address = PostgresAddress(
        host=config.db_host,
        database=config.db_name,
        user=config.username,
        port=config.db_port,
        tls=config.tls,
    )
    return PgVectorStore(connector(address, _password_of(config, region)))


def _on_opensearch(config: "OpenSearchConfig", region: str) -> OpenStore:
    from stores.opensearch.store import OpenSearchStore  # noqa: PLC0415

    secret = config.password_secret_id
    signed_for: Literal["es", "aoss"] = "aoss" if config.serverless else "es"
    address = OpenSearchAddress(
        endpoint=config.endpoint,
        service=signed_for if secret is None else "basic",
        region=region,
        user=config.username or "",
        engine=config.engine,
    )
    return OpenSearchStore(address, lambda: password_in(secret or ""), _credentials())


def _credentials() -> "Signing | None":
    """Return this function's own credentials, which are read anew before they expire."""
    import boto3  # noqa: PLC0415

    credentials: Signing | None = boto3.Session().get_credentials()
    return credentials


def _password_of(config: "RdsConfig", region: str) -> Callable[[], str]:
    secret = config.password_secret_id
    if secret is not None:
        return lambda: password_in(secret)
    return lambda: _signed(config, region)


def _signed(config: "RdsConfig", region: str) -> str:
    """Return a password that IAM signs, good for 15 minutes."""
    token: str = client("rds").generate_db_auth_token(
        DBHostname=config.db_host,
        Port=config.db_port,
        DBUsername=config.username,
        Region=region,
    )
    return token
