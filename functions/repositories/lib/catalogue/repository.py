"""A repository: a vector store, the collections on it, and who may see them. Pure."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from catalogue.base import (
    Description,
    Groups,
    Labels,
    Language,
    ModelId,
    Name,
    Payload,
    Reason,
    RepositoryId,
    Row,
    of_a_usual_size,
)
from catalogue.collection import shelf_of
from catalogue.connection import OpenSearchConfig, RdsConfig
from catalogue.infrastructure import (
    AnyOpenSearchConfig,
    AnyRdsConfig,
    Infrastructure,
    NewDatabase,
    NewDomain,
)
from catalogue.pipeline import Pipeline
from stores.port import Shelf

if TYPE_CHECKING:
    from catalogue.shown import RepositoryView

type StoreType = Literal["pgvector", "opensearch"]
type RepositoryStatus = Literal[
    "CREATE_IN_PROGRESS", "CREATE_COMPLETE", "CREATE_FAILED", "DELETE_IN_PROGRESS", "DELETE_FAILED"
]
type Pipelines = Annotated[list[Pipeline], Field(max_length=20)]

# What stands in an id's place in a path is a route of its own.
RESERVED = frozenset({"collections", "presigned-url", "status"})
# API Gateway waits for 29 s: a request that has not ended by then never will.
LONGEST_CREATION = timedelta(seconds=60)
# A workflow that makes a database has been ended before this; a test compares it with the workflow.
LONGEST_WORKFLOW = timedelta(hours=4)
INTERRUPTED = Reason(
    code="CreationInterrupted",
    message="The request that made the repository ended before the database had answered.",
    fix="Send it again, or delete the repository.",
)
_CONFIG: dict[StoreType, str] = {"pgvector": "rds_config", "opensearch": "opensearch_config"}
_NEEDS = {
    "pgvector": "a pgvector repository needs rdsConfig with the dbHost of a database that exists,"
    " or without one, and LISA makes it",
    "opensearch": "an opensearch repository needs opensearchConfig with the endpoint of a domain or"
    " collection that exists, or without one, and LISA makes a domain",
}
_OURS = {"revision", "store_is_lost", "execution", "has_stack", "stack_until", "emptied_at"}
_ADMINISTRATORS = {
    "rds_config", "opensearch_config", "infrastructure", "pipelines", "created_by", "reason",
}  # fmt: skip


class RepositoryRequest(Payload):
    """The body of POST /repository."""

    repository_id: RepositoryId
    repository_name: Name | None = None
    description: Description = ""
    embedding_model_id: ModelId
    language: Language = "english"
    type: StoreType
    allowed_groups: Groups = []
    metadata: Labels = Labels()
    pipelines: Pipelines = []
    rds_config: AnyRdsConfig | None = None
    opensearch_config: AnyOpenSearchConfig | None = None

    _fits = model_validator(mode="after")(of_a_usual_size)

    @model_validator(mode="after")
    def _an_id_that_is_no_route(self) -> Self:
        if self.repository_id in RESERVED:
            raise ValueError(f"repositoryId must be none of {', '.join(sorted(RESERVED))}")
        return self

    @model_validator(mode="after")
    def _a_database_of_its_type(self) -> Self:
        if getattr(self, _CONFIG[self.type]) is None:
            raise ValueError(_NEEDS[self.type])
        if self.rds_config and self.opensearch_config:
            raise ValueError(f"a {self.type} repository has one of rdsConfig and opensearchConfig")
        return self

    @property
    def connection(self) -> dict[str, RdsConfig | OpenSearchConfig]:
        """Return the row's fields that say how a database is reached which exists."""
        given = {"rds_config": self.rds_config, "opensearch_config": self.opensearch_config}
        existing = (RdsConfig, OpenSearchConfig)
        return {name: one for name, one in given.items() if isinstance(one, existing)}

    @property
    def infrastructure(self) -> Infrastructure | None:
        """Return the database that is to be made, None where one exists."""
        wished = self.rds_config or self.opensearch_config
        return wished if isinstance(wished, NewDatabase | NewDomain) else None


class RepositoryUpdate(Payload):
    """The body of PUT: what is not sent stays. Database, model and language are for ever."""

    repository_name: Name | None = None
    description: Description | None = None
    allowed_groups: Groups | None = None
    metadata: Labels | None = None
    pipelines: Pipelines | None = None

    _fits = model_validator(mode="after")(of_a_usual_size)

    def changes(self) -> dict[str, Any]:
        """Return what was sent."""
        sent = {name: getattr(self, name) for name in self.model_fields_set}
        return {name: value for name, value in sent.items() if value is not None}


class RepositoryRemoval(BaseModel):
    """What DELETE may say: that the database is gone already, so that none need be asked."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)

    store_is_lost: bool = False


class Repository(Row):
    """A repository as the table keeps it.

    `store_is_lost` says that its removal need not wait for the database, which is gone already.
    `infrastructure` is the database that LISA makes, or has made, for it. Then one execution of a
    workflow has it at a time; `has_stack` says that a stack of its name may be there, and one may
    still appear until `stack_until`; `emptied_at` that only the stack and the row are left.
    """

    kind: ClassVar[str] = "repository"

    repository_id: str
    repository_name: str
    description: str = ""
    embedding_model_id: str
    language: str = "english"
    default_collection_id: str
    type: StoreType
    allowed_groups: list[str] = []
    metadata: Labels = Labels()
    pipelines: list[Pipeline] = []
    rds_config: RdsConfig | None = None
    opensearch_config: OpenSearchConfig | None = None
    status: RepositoryStatus = "CREATE_IN_PROGRESS"
    reason: Reason | None = None
    store_is_lost: bool = False
    infrastructure: Infrastructure | None = None
    execution: str | None = None
    has_stack: bool = False
    stack_until: datetime | None = None
    emptied_at: datetime | None = None
    created_by: str
    updated_at: datetime

    @property
    def key(self) -> tuple[str, str]:
        return repository_key(self.repository_id)

    @property
    def secret(self) -> str | None:
        """Return the name of the secret with the database's password, if it has one."""
        config = self.rds_config or self.opensearch_config
        return config.password_secret_id if config else None

    @property
    def default_shelf(self) -> Shelf:
        """Return the default collection's shelf as far as its name, which is enough to drop it."""
        return shelf_of(self.default_collection_id, 1)

    @property
    def usable(self) -> bool:
        """Whether its documents may be searched, added and removed."""
        return self.status == "CREATE_COMPLETE"

    def changed(self, at: datetime, **changes: Any) -> Self:
        """Return it with other values."""
        return self.model_copy(update={**changes, "updated_at": at})

    def seen(self, at: datetime) -> Self:
        """Return it as it is true now: a creation that was cut off has failed."""
        pending = self.status == "CREATE_IN_PROGRESS"
        longest = LONGEST_WORKFLOW if self.infrastructure else LONGEST_CREATION
        if pending and at - self.updated_at > longest:
            return self.model_copy(update={"status": "CREATE_FAILED", "reason": INTERRUPTED})
        return self

    def view(self, full: bool) -> "RepositoryView":
        """Return it as the API shows it: the database and the pipelines to administrators only."""
        hidden = set(_OURS)
        if not full:
            hidden |= _ADMINISTRATORS
        shown = self.model_dump(mode="json", by_alias=True, exclude=hidden)
        return cast("RepositoryView", shown | {"supportsHybridSearch": True})


def repository_key(repository_id: str) -> tuple[str, str]:
    """Return where a repository's row lies."""
    return f"repository#{repository_id}", "repository"
