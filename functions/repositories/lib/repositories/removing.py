"""Removing what people asked for: the shelf, the files, the rows, and last the row that says so.

Whoever is killed in between is started again and repeats; whoever comes late finds nothing to do.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from catalogue.collection import Collection, collection_key
from catalogue.repository import Repository, repository_key
from kernel.observability import logger
from repositories.errors import StoreFailedError, told_as_a_fault
from repositories.ports import LostRaceError, Objects, Rows, Stores


@dataclass(frozen=True)
class Broom:
    """What holds parts of a collection."""

    rows: Rows
    stores: Stores
    objects: Objects


def collection_removed(broom: Broom, repository_id: str, collection_id: str, at: datetime) -> None:
    """Remove a collection whose removal was asked for, or write down why that failed."""
    repository = broom.rows.get(Repository, repository_key(repository_id))
    collection = broom.rows.get(Collection, collection_key(repository_id, collection_id))
    if repository is None or collection is None or collection.status != "DELETE_IN_PROGRESS":
        return
    failure = _attempt(lambda: _emptied(broom, repository, collection))
    with suppress(LostRaceError):
        if failure is None:
            broom.rows.remove(collection)
        else:
            failed = collection.changed(at, status="DELETE_FAILED", reason=failure.reason)
            broom.rows.replace(collection, failed)


def repository_removed(broom: Broom, repository_id: str, at: datetime) -> None:
    """Remove a repository whose removal was asked for, or write down why that failed."""
    repository = broom.rows.get(Repository, repository_key(repository_id))
    if repository is None or repository.status != "DELETE_IN_PROGRESS":
        return
    failure = _attempt(lambda: _all_emptied(broom, repository))
    with suppress(LostRaceError):
        if failure is None and repository.has_stack:
            # A workflow removes the stack, then the row: whichever had begun to, begins again.
            emptied = {"emptied_at": at, "execution": None}
            broom.rows.replace(repository, repository.model_copy(update=emptied))
        elif failure is None:
            broom.rows.remove(repository)
        else:
            failed = repository.changed(at, status="DELETE_FAILED", reason=failure.reason)
            broom.rows.replace(repository, failed)


def _attempt(work: Callable[[], None]) -> StoreFailedError | None:
    try:
        with told_as_a_fault():
            work()
    except StoreFailedError as failure:
        return failure
    return None


def _all_emptied(broom: Broom, repository: Repository) -> None:
    collections = list(broom.rows.under(Collection, repository.key[0]))
    if not collections:
        _never_completed(broom, repository)
    # The default one last: it is by a collection's row that a removal is known to be unfinished.
    for collection in sorted(collections, key=lambda one: one.default):
        _emptied(broom, repository, collection)
        broom.rows.remove(collection)


def _never_completed(broom: Broom, repository: Repository) -> None:
    """Take away the shelf that a creation may have left, if the database can be reached at all."""
    if repository.infrastructure is not None:
        return
    if _attempt(lambda: broom.stores.of(repository).drop(repository.default_shelf)):
        logger.info("database not reached", repository=repository.repository_id)


def _emptied(broom: Broom, repository: Repository, collection: Collection) -> None:
    # A database of its own goes as a whole, and its last snapshot keeps what was in it.
    if not repository.store_is_lost and repository.infrastructure is None:
        broom.stores.of(repository).drop(collection.shelf)
    place = (repository.repository_id, collection.collection_id)
    broom.objects.sweep(f"uploads/{'/'.join(place)}/")
    for kind in ("documents", "jobs"):
        broom.rows.sweep(f"{kind}#{repository.repository_id}", collection.collection_id)
