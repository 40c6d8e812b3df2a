"""Making, changing and removing collections, and asking for the removal of repositories."""

from collections.abc import Sequence
from datetime import datetime

from catalogue.base import Row
from catalogue.collection import Collection, CollectionRequest, CollectionUpdate
from catalogue.repository import Repository
from kernel.http import Caller
from kernel.ids import new_id
from repositories.access import may_enter, ready
from repositories.errors import (
    ChangedMeanwhileError,
    CollectionBusyError,
    DefaultCollectionError,
    told_as_a_fault,
    unfit,
)
from repositories.founding import Ground, dimensions
from repositories.ports import LostRaceError, Rows


def made(
    ground: Ground, repository: Repository, request: CollectionRequest, caller: Caller, at: datetime
) -> Collection:
    """Return a new collection, on a shelf that its repository's store has made."""
    _require_among(caller, request.allowed_groups)
    model = request.embedding_model or ready(repository).embedding_model_id
    language = request.language or repository.language
    fields = {name: getattr(request, name) for name in CollectionRequest.model_fields}
    collection = Collection(
        **fields | {"embedding_model": model, "language": language},
        collection_id=new_id(),
        repository_id=repository.repository_id,
        dimensions=dimensions(ground.models, model),
        created_by=caller.username,
        created_at=at,
        updated_at=at,
    )
    with told_as_a_fault():
        store = ground.stores.of(repository)
        store.prepare(collection.shelf)
        try:
            ground.rows.add(collection, beside=repository)
        except LostRaceError:
            # The repository may have been removed: nobody else would take this shelf away.
            store.drop(collection.shelf)
            raise ChangedMeanwhileError from None
    return collection


def changed(
    rows: Rows, was: Collection, change: CollectionUpdate, caller: Caller, at: datetime
) -> Collection:
    """Return a collection with what was sent changed, or raise ChangedMeanwhileError."""
    _require_among(caller, change.allowed_groups)
    if was.status != "ACTIVE":
        raise CollectionBusyError(was.name, was.status)
    return _replaced(rows, was, was.changed(at, **change.changes()))


def withdrawn(rows: Rows, collection: Collection, at: datetime) -> Collection:
    """Take a collection from everybody; what is in it is removed after. May be asked again."""
    if collection.default:
        raise DefaultCollectionError
    now = collection.changed(at, status="DELETE_IN_PROGRESS", reason=None)
    return _replaced(rows, collection, now)


def closed(rows: Rows, repository: Repository, store_is_lost: bool, at: datetime) -> Repository:
    """Take a repository from everybody; what is in it is removed after. May be asked again."""
    leaving = repository.changed(at, status="DELETE_IN_PROGRESS", reason=None, pipelines=[])
    # Whichever workflow has it finds that it has lost it.
    now = leaving.changed(at, store_is_lost=store_is_lost, execution=None)
    return _replaced(rows, repository, now)


def _require_among(caller: Caller, groups: Sequence[str] | None) -> None:
    """Refuse to hide a collection from whoever asks: nobody but administrators would find it."""
    if groups is not None and not may_enter(groups, caller):
        raise unfit("allowedGroups", "must name one of your groups, or you could not see it")


def _replaced[R: Row](rows: Rows, was: R, now: R) -> R:
    try:
        return rows.replace(was, now)
    except LostRaceError:
        raise ChangedMeanwhileError from None
