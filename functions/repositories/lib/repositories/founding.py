"""Making a repository: its row, then its database asked for real, then its default collection."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from catalogue.base import Reason
from catalogue.collection import Collection
from catalogue.pipeline import Pipeline
from catalogue.repository import Repository, RepositoryRequest, RepositoryUpdate
from documents.keys import PRIVATE
from kernel.faults import Fault
from kernel.http import Caller
from kernel.ids import new_id
from repositories.errors import (
    ChangedMeanwhileError,
    ModelRefusedError,
    ModelUnavailableError,
    RepositoryAlreadyExistsError,
    StoreFailedError,
    told_as_a_fault,
    unfit,
)
from repositories.ports import LostRaceError, Models, Rows, Stores, TakenError

# What a person must mend, or wait for: it ends as the reason of a failed repository.
EXPECTED = (ModelRefusedError, ModelUnavailableError, StoreFailedError)
DEFAULT_NAME = "Default"


@dataclass(frozen=True)
class Ground:
    """What a repository stands on. Secrets below `secret_prefix` may be named by it.

    `bucket` is ours, where people's own files are, too.
    """

    rows: Rows
    stores: Stores
    models: Models
    secret_prefix: str
    bucket: str


def founded(ground: Ground, request: RepositoryRequest, caller: Caller, at: datetime) -> Repository:
    """Return a new repository, CREATE_COMPLETE, or CREATE_FAILED with the reason.

    One whose database is to be made is CREATE_IN_PROGRESS: a workflow goes on. One that failed may
    be asked for again under its id. Raise RepositoryAlreadyExistsError.
    """
    drafted = _draft(request, caller, at)
    _require_our_secret(drafted, ground.secret_prefix)
    require_pipelines(ground, drafted, ())
    repository = _claimed(ground.rows, drafted)
    if repository.infrastructure is not None:
        return repository
    try:
        collection = default_collection(ground, repository)
    except EXPECTED as fault:
        failed = repository.changed(at, status="CREATE_FAILED", reason=reason_of(fault))
        return _replaced(ground.rows, repository, failed)
    complete = repository.changed(at, status="CREATE_COMPLETE")
    return _replaced(ground.rows, repository, complete, collection)


def updated(ground: Ground, was: Repository, change: RepositoryUpdate, at: datetime) -> Repository:
    """Return a repository with what was sent changed, or raise ChangedMeanwhileError."""
    now = was.changed(at, **change.changes())
    if change.pipelines is not None:
        there = (one.collection_id for one in ground.rows.under(Collection, was.key[0]))
        require_pipelines(ground, now, there)
    return _replaced(ground.rows, was, now)


def reason_of(fault: Fault) -> Reason:
    """Return a fault as the reason that a row keeps."""
    if isinstance(fault, StoreFailedError):
        return fault.reason
    return Reason(code=type(fault).__name__, message=fault.message, fix=fault.fix)


def require_pipelines(ground: Ground, repository: Repository, collections: Iterable[str]) -> None:
    """Refuse a pipeline into a collection that is not there, or over others' objects."""
    there = {*collections}
    others = [
        pipeline
        for one in ground.rows.all(Repository)
        if one.repository_id != repository.repository_id
        for pipeline in one.pipelines
    ]
    for place, pipeline in enumerate(repository.pipelines):
        field = f"pipelines.{place}"
        if pipeline.collection_id is not None and pipeline.collection_id not in there:
            raise unfit(f"{field}.collectionId", "must be a collection of this repository, or null")
        _require_not_private(field, pipeline, ground.bucket)
        _require_apart(field, pipeline, [*others, *repository.pipelines[:place]])


def _require_not_private(field: str, pipeline: Pipeline, bucket: str) -> None:
    for prefix in PRIVATE:
        if pipeline.reaches(bucket, prefix):
            raise unfit(
                f"{field}.s3Prefix",
                f"{prefix} of this bucket is for people's own files and for work on them:"
                " name another prefix, such as handbook/",
            )


def _require_apart(field: str, pipeline: Pipeline, others: Iterable[Pipeline]) -> None:
    for other in others:
        if pipeline.overlaps(other):
            raise unfit(
                f"{field}.s3Prefix",
                f"another pipeline has {other.s3_prefix!r} of this bucket: nobody could say whose"
                " an object below both is",
            )


def _draft(request: RepositoryRequest, caller: Caller, at: datetime) -> Repository:
    fields = {name: getattr(request, name) for name in RepositoryRequest.model_fields}
    fields |= {"rds_config": None, "opensearch_config": None} | request.connection
    fields["repository_name"] = request.repository_name or request.repository_id
    return Repository(
        **fields,
        infrastructure=request.infrastructure,
        default_collection_id=new_id(),
        created_by=caller.username,
        created_at=at,
        updated_at=at,
    )


def _require_our_secret(repository: Repository, prefix: str) -> None:
    """The service reads the secret for whoever names it: it must be one that is meant for this."""
    if repository.secret is not None and not repository.secret.startswith(prefix):
        config = "rdsConfig" if repository.rds_config else "opensearchConfig"
        raise unfit(
            f"{config}.passwordSecretId",
            f"must be the name of a secret that begins with {prefix}: LISA may read no other",
        )


def _claimed(rows: Rows, drafted: Repository) -> Repository:
    """Add the row, or put it in the place of one whose creation failed."""
    try:
        rows.add(drafted)
    except TakenError:
        before = rows.get(Repository, drafted.key)
        if before is None or before.seen(drafted.updated_at).status != "CREATE_FAILED":
            raise RepositoryAlreadyExistsError(drafted.repository_id) from None
        # Nothing was ever put on its shelf; whoever removes the repository must know which it is,
        # and whether a stack may be there.
        kept = before.model_dump(include={"default_collection_id", "has_stack", "stack_until"})
        return _replaced(rows, before, drafted.model_copy(update=kept))
    return drafted


def default_collection(ground: Ground, repository: Repository) -> Collection:
    """Return a repository's first collection, on a shelf that is new in its database.

    Raise one of EXPECTED.
    """
    model = repository.embedding_model_id
    collection = Collection(
        collection_id=repository.default_collection_id,
        repository_id=repository.repository_id,
        name=DEFAULT_NAME,
        embedding_model=model,
        dimensions=dimensions(ground.models, model),
        language=repository.language,
        default=True,
        created_by=repository.created_by,
        created_at=repository.created_at,
        updated_at=repository.updated_at,
    )
    with told_as_a_fault():
        store = ground.stores.of(repository)
        # An earlier try may have made it for a model of other dimensions.
        store.drop(collection.shelf)
        store.prepare(collection.shelf)
    return collection


def dimensions(models: Models, model: str) -> int:
    """Return how many numbers a model's vectors have, learnt from one."""
    return len(models.embed(model, ["How many numbers are in a vector?"])[0])


def _replaced(
    rows: Rows, was: Repository, now: Repository, beside: Collection | None = None
) -> Repository:
    try:
        return rows.replace(was, now, beside)
    except LostRaceError:
        raise ChangedMeanwhileError from None
