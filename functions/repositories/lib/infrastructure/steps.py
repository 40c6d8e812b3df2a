"""The steps of the workflows that make and remove a repository's own database. Safe to repeat."""

from dataclasses import dataclass
from datetime import datetime

from infrastructure.errors import RepositoryNotReady, RepositoryRefused, RepositorySuperseded
from infrastructure.ownership import LONGEST_MAKING, Work, may_be_made, owned
from infrastructure.ports import Stacks
from infrastructure.watching import Asked, Removal, Watched, still_there, watched
from repositories.errors import ModelRefusedError
from repositories.founding import EXPECTED, Ground, default_collection, reason_of
from repositories.ports import Rows
from stacks.state import pause


@dataclass(frozen=True)
class Site:
    """Where databases are made: the rows that say so, and the stacks."""

    rows: Rows
    stacks: Stacks


def create_stack(site: Site, work: Work, at: datetime) -> Asked:
    """Start making the stack, or raise RepositoryRefused.

    Neither an abort nor a DELETE ends a step that runs. So the row says beforehand that a stack may
    appear, and until when: a removal waits for that.
    """
    row = owned(site.rows, work)
    begun = {"has_stack": True, "stack_until": at + LONGEST_MAKING}
    making = site.rows.replace(row, row.model_copy(update=begun))
    try:
        digest = site.stacks.create(making)
    except RepositoryRefused:
        site.rows.replace(making, row)
        raise
    try:
        owned(site.rows, work)
    except RepositorySuperseded:
        # A DELETE came in between: nobody watches this stack.
        site.stacks.delete(work.repository_id)
        raise
    return Asked(digest=digest, since=at)


def watch_stack(site: Site, work: Work, asked: Asked, at: datetime) -> Watched:
    """Return how far the stack is, or raise RepositoryRefused."""
    owned(site.rows, work)
    return watched(asked, site.stacks.state(work.repository_id), at)


def prepare_store(
    ground: Ground, work: Work, endpoint: str, secret: str | None, at: datetime
) -> None:
    """Take the new database into use: where it is, its first collection, CREATE_COMPLETE.

    Raise RepositoryNotReady for what may pass, RepositoryRefused for what will not.
    """
    row = owned(ground.rows, work)
    if row.status == "CREATE_COMPLETE":
        return
    if row.infrastructure is None:
        raise RepositorySuperseded(f"Repository {row.repository_id} has a database already.")
    config = row.infrastructure.reached_at(endpoint, secret)
    field = "rds_config" if row.type == "pgvector" else "opensearch_config"
    reached = ground.rows.replace(row, row.changed(at, **{field: config}))
    try:
        collection = default_collection(ground, reached)
    except ModelRefusedError as fault:
        raise RepositoryRefused(reason_of(fault)) from None
    except EXPECTED as fault:
        raise RepositoryNotReady(reason_of(fault)) from None
    complete = reached.changed(at, status="CREATE_COMPLETE")
    ground.rows.replace(reached, complete, collection)


def remove_stack(site: Site, work: Work) -> None:
    """Start removing the stack."""
    owned(site.rows, work)
    site.stacks.delete(work.repository_id)


def watch_removal(site: Site, work: Work, at: datetime) -> Removal:
    """Return whether the stack is gone, or raise RepositoryRefused if it is stuck."""
    # The row first: what a step has made by the time at which it is over can be seen.
    row = owned(site.rows, work)
    found = site.stacks.state(work.repository_id)
    if still_there(found):
        # It appeared, or was being made, when its removal was asked for.
        site.stacks.delete(work.repository_id)
    gone = found is None and not may_be_made(row, at)
    return Removal(gone=gone, wait_seconds=pause(at - row.updated_at))


def forget_repository(rows: Rows, work: Work) -> None:
    """Remove the row: nothing of the repository is left."""
    try:
        row = owned(rows, work)
    except RepositorySuperseded:
        return
    rows.remove(row)
