"""Where a store is and how it is entered; no secret, so a row of a table may hold it."""

from dataclasses import dataclass
from typing import Literal

# `require` encrypts, `verify` also checks who answers, `off` is for a database on this machine.
type Tls = Literal["off", "require", "verify"]


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """A database of PostgreSQL.

    `ca_bundle` is the path of a file with the authorities that `verify` trusts (for RDS its
    bundle); None are the system's.
    """

    host: str
    database: str
    user: str
    port: int = 5432
    tls: Tls = "require"
    ca_bundle: str | None = None


@dataclass(frozen=True, slots=True)
class OpenSearchAddress:
    """A domain or a Serverless collection of OpenSearch.

    `service` is the name that requests are signed for: `es` a managed domain, `aoss` Serverless;
    `basic` is a user with a password (a domain with an internal user, a node on a laptop).
    `engine` makes the index of vectors: `faiss`, or `lucene` on a node without native libraries.
    """

    endpoint: str
    service: Literal["es", "aoss", "basic"] = "es"
    region: str = ""
    user: str = ""
    engine: Literal["faiss", "lucene"] = "faiss"
    ca_bundle: str | None = None


type Address = PostgresAddress | OpenSearchAddress
