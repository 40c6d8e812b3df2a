"""Who may see which repositories and collections. What one may not see is not there.

Administrators see all. Everybody else sees what is ready and has no groups, or one of theirs; a
collection that names no groups has its repository's, and none is seen in a repository that is not.
Curators see no more, but for collections whose removal is going on or failed: they may repeat it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from catalogue.collection import Collection, collection_key
from catalogue.repository import Repository, repository_key
from kernel.http import Caller
from repositories.errors import (
    CollectionBusyError,
    CollectionNotFoundError,
    RepositoryBusyError,
    RepositoryNotFoundError,
)
from repositories.ports import Rows

_REPOSITORY_ID = re.compile(r"[a-z0-9-]{3,20}")
_COLLECTION_ID = re.compile(r"[0-9a-f-]{36}")


def may_enter(groups: Sequence[str], caller: Caller) -> bool:
    """Return whether a caller is of one of these groups; no groups are everybody."""
    return caller.admin or not groups or not set(groups).isdisjoint(caller.groups)


def sees_repository(repository: Repository, caller: Caller) -> bool:
    """Return whether a repository is there for a caller."""
    return caller.admin or (repository.usable and may_enter(repository.allowed_groups, caller))


def sees_collection(repository: Repository, collection: Collection, caller: Caller) -> bool:
    """Return whether a collection of that repository is there for a caller."""
    if caller.admin:
        return True
    groups = collection.allowed_groups
    own = repository.allowed_groups if groups is None else groups
    ready = collection.status == "ACTIVE" or caller.may("curator")
    return ready and sees_repository(repository, caller) and may_enter(own, caller)


def repository_for(rows: Rows, caller: Caller, repository_id: str, at: datetime) -> Repository:
    """Return a repository that the caller may see, or raise RepositoryNotFoundError."""
    if _REPOSITORY_ID.fullmatch(repository_id):
        found = rows.get(Repository, repository_key(repository_id))
        if found is not None and sees_repository(found.seen(at), caller):
            return found.seen(at)
    raise RepositoryNotFoundError(repository_id)


def repositories_for(rows: Rows, caller: Caller, at: datetime) -> Iterator[Repository]:
    """Yield the repositories that the caller may see, by their id."""
    found = sorted(rows.all(Repository), key=lambda one: one.repository_id)
    yield from (one.seen(at) for one in found if sees_repository(one.seen(at), caller))


def collection_for(
    rows: Rows, caller: Caller, repository: Repository, collection_id: str | None
) -> Collection:
    """Return a collection, or the default one, that the caller may see.

    Raise CollectionNotFoundError otherwise. The repository is one that the caller may see.
    """
    wanted = repository.default_collection_id if collection_id is None else collection_id
    if _COLLECTION_ID.fullmatch(wanted):
        found = rows.get(Collection, collection_key(repository.repository_id, wanted))
        if found is not None and sees_collection(repository, found, caller):
            return found
    raise CollectionNotFoundError(wanted)


def collections_for(rows: Rows, caller: Caller, repository: Repository) -> list[Collection]:
    """Return the collections of a repository that the caller may see, the default one first."""
    found = rows.under(Collection, repository.key[0])
    seen = [one for one in found if sees_collection(repository, one, caller)]
    return sorted(seen, key=lambda one: (not one.default, one.name, one.collection_id))


def all_collections_for(
    rows: Rows, caller: Caller, at: datetime
) -> tuple[list[Collection], dict[str, str]]:
    """Return the collections that the caller may see, and the names of their repositories."""
    repositories = {one.repository_id: one for one in repositories_for(rows, caller, at)}
    seen = [
        one
        for one in rows.all(Collection)
        if one.repository_id in repositories
        and sees_collection(repositories[one.repository_id], one, caller)
    ]
    names = {one.repository_id: one.repository_name for one in repositories.values()}
    return seen, names


def opened(
    rows: Rows, caller: Caller, repository_id: str, collection_id: str | None, at: datetime
) -> tuple[Repository, Collection]:
    """Return a repository and a collection of it whose documents the caller may work with.

    Beside what is not there, raise RepositoryBusyError or CollectionBusyError for what is not
    ready: only curators see that.
    """
    repository = ready(repository_for(rows, caller, repository_id, at))
    collection = collection_for(rows, caller, repository, collection_id)
    if collection.status != "ACTIVE":
        raise CollectionBusyError(collection.name, collection.status)
    return repository, collection


def ready(repository: Repository) -> Repository:
    """Return a repository that may be used, or raise RepositoryBusyError."""
    if not repository.usable:
        raise RepositoryBusyError(repository.repository_id, repository.status)
    return repository
