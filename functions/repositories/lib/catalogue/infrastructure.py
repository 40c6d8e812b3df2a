"""A database that LISA makes for a repository, as people ask for it. Pure."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag

from catalogue.base import Payload
from catalogue.connection import RdsConfig

type InstanceClass = Annotated[str, StringConstraints(pattern=r"^db\.[a-z0-9-]+\.[a-z0-9]+$")]


class NewDatabase(Payload):
    """A PostgreSQL of RDS: `rdsConfig` without a host. `storage` is in GiB.

    `version` is a major one. The names are those that RDS gives, and may be said.
    """

    db_host: None = None
    db_port: Literal[5432] = 5432
    db_name: Literal["postgres"] = "postgres"
    username: Literal["postgres"] = "postgres"
    instance_class: InstanceClass = "db.t4g.medium"
    storage: Annotated[int, Field(ge=20, le=16384)] = 20
    multi_az: bool = False
    version: Literal["16", "17"] = "17"

    def reached_at(self, host: str, secret: str) -> RdsConfig:
        """Return how it is reached when it stands, with the password in a secret."""
        return RdsConfig(
            db_host=host,
            db_port=self.db_port,
            db_name=self.db_name,
            username=self.username,
            password_secret_id=secret,
        )


def _age(config: Any) -> str:
    """Return whether a database is there, which is so when it is said where."""
    if isinstance(config, dict):
        return "existing" if config.get("dbHost", config.get("db_host")) else "new"
    return "new" if isinstance(config, NewDatabase) else "existing"


type AnyRdsConfig = Annotated[
    Annotated[RdsConfig, Tag("existing")] | Annotated[NewDatabase, Tag("new")], Discriminator(_age)
]
