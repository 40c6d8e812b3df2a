"""A database that LISA makes for a repository, as people ask for it. Pure."""

from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator

from catalogue.base import Payload
from catalogue.connection import OpenSearchConfig, RdsConfig

type InstanceClass = Annotated[str, StringConstraints(pattern=r"^db\.[a-z0-9-]+\.[a-z0-9]+$")]
type NodeType = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.[a-z0-9]+\.search$")]


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

    def reached_at(self, host: str, secret: str | None) -> RdsConfig:
        """Return how it is reached when it stands, with the password in a secret."""
        return RdsConfig(
            db_host=host,
            db_port=self.db_port,
            db_name=self.db_name,
            username=self.username,
            password_secret_id=secret,
        )


class NewDomain(Payload):
    """An OpenSearch domain: `opensearchConfig` without an endpoint.

    One data node stands in one zone, more of them in two. `volumeSize` is in GiB, of each of them.
    """

    endpoint: None = None
    data_nodes: Annotated[int, Field(ge=1, le=80)] = 2
    data_node_instance_type: NodeType = "r7g.large.search"
    master_nodes: Literal[0, 3, 5] = 0
    master_node_instance_type: NodeType = "m7g.large.search"
    volume_size: Annotated[int, Field(ge=20, le=16384)] = 20

    @model_validator(mode="after")
    def _as_many_nodes_in_each_zone(self) -> Self:
        if self.data_nodes > 1 and self.data_nodes % 2:
            raise ValueError("dataNodes must be 1, or an even number, half of them in each zone")
        return self

    def reached_at(self, host: str, secret: str | None) -> OpenSearchConfig:
        """Return how it is reached when it stands: IAM signs every request, `secret` is none's."""
        return OpenSearchConfig(endpoint=f"https://{host}")


def _age(config: Any) -> str:
    """Return whether a database is there, which is so when it is said where."""
    if isinstance(config, dict):
        return "existing" if any(config.get(name) for name in _WHERE) else "new"
    return "new" if isinstance(config, NewDatabase | NewDomain) else "existing"


_WHERE = ("dbHost", "db_host", "endpoint")
_BY_AGE = Discriminator(_age)

type Infrastructure = NewDatabase | NewDomain
type AnyRdsConfig = Annotated[
    Annotated[RdsConfig, Tag("existing")] | Annotated[NewDatabase, Tag("new")], _BY_AGE
]
type AnyOpenSearchConfig = Annotated[
    Annotated[OpenSearchConfig, Tag("existing")] | Annotated[NewDomain, Tag("new")], _BY_AGE
]
