"""What this service tells the others, and how a change of a row becomes it."""

from collections.abc import Callable, Iterator
from typing import Any

from kernel.events import Change, Fact

type Image = dict[str, Any]
type Telling = Callable[[Image | None, Image | None], Iterator[Fact]]


class RepositoryFact(Fact):
    """Base of the facts about one repository."""

    repository_id: str


class RepositoryCreated(RepositoryFact, source="repositories"):
    """A repository may be filled and searched."""


class RepositoryRequested(RepositoryFact, source="repositories"):
    """An administrator asked for a repository whose database is to be made."""


class RepositoryEmptied(RepositoryFact, source="repositories"):
    """Of a removed repository only the stack of its database is left, and must go."""


class RepositoryRemovalRequested(RepositoryFact, source="repositories"):
    """An administrator removed a repository: nobody sees it, and all that is in it must go."""


class RepositoryRemoved(RepositoryFact, source="repositories"):
    """Nothing of a repository is left."""


class CollectionRemovalRequested(RepositoryFact, source="repositories"):
    """An administrator removed a collection: nobody sees it, and all that is in it must go."""

    collection_id: str


class CollectionRemoved(RepositoryFact, source="repositories"):
    """Nothing of a collection is left."""

    collection_id: str


def facts_of(change: Change) -> list[Fact]:
    """Return what became true with a change of a row."""
    row = change.after or change.before or {}
    telling = TELLING.get(str(row.get("kind")))
    return list(telling(change.before, change.after)) if telling else []


def _of_repository(before: Image | None, after: Image | None) -> Iterator[Fact]:
    repository_id = _either(before, after)["repositoryId"]
    if after is None:
        yield RepositoryRemoved(repository_id=repository_id)
    elif _asked_again(before, after):
        yield RepositoryRemovalRequested(repository_id=repository_id)
    elif _was_emptied(before, after):
        yield RepositoryEmptied(repository_id=repository_id)
    elif _became("CREATE_COMPLETE", before, after):
        yield RepositoryCreated(repository_id=repository_id)
    elif _was_begun(before, after):
        yield RepositoryRequested(repository_id=repository_id)


def _of_collection(before: Image | None, after: Image | None) -> Iterator[Fact]:
    row = _either(before, after)
    named = {"repository_id": row["repositoryId"], "collection_id": row["collectionId"]}
    if after is None:
        yield CollectionRemoved(**named)
    elif _asked_again(before, after):
        yield CollectionRemovalRequested(**named)


def _asked_again(before: Image | None, after: Image) -> bool:
    """Whether a removal was asked for; asking once more starts it once more."""
    return after["status"] == "DELETE_IN_PROGRESS" and (
        before is None or before["updatedAt"] != after["updatedAt"]
    )


def _was_begun(before: Image | None, after: Image) -> bool:
    """Whether a database was asked for, or asked for again after a try that failed."""
    fresh = before is None or before["createdAt"] != after["createdAt"]
    to_be_made = after.get("infrastructure") is not None
    return to_be_made and fresh and after["status"] == "CREATE_IN_PROGRESS"


def _was_emptied(before: Image | None, after: Image) -> bool:
    """Whether all but the stack is gone; emptying once more starts the rest once more."""
    emptied = after.get("emptiedAt")
    return emptied is not None and (before is None or before.get("emptiedAt") != emptied)


def _became(status: str, before: Image | None, after: Image) -> bool:
    return after["status"] == status and (before is None or before["status"] != status)


def _either(before: Image | None, after: Image | None) -> Image:
    return after or before or {}


# By the `kind` of a row; the rows of documents and jobs have their own.
TELLING: dict[str, Telling] = {"repository": _of_repository, "collection": _of_collection}
