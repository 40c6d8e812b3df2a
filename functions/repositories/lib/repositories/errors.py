"""What can go wrong with repositories. HTTP bodies, Retry and Catch use these class names."""

from collections.abc import Iterator
from contextlib import contextmanager

from catalogue.base import Reason
from kernel.faults import Fault, ValidationError
from kernel.http import Caller
from kernel.observability import logger
from stores.errors import StoreError


class RepositoryNotFoundError(Fault):
    """No such repository, or not for this caller: which of the two is nobody's business."""

    kind = "missing"
    fix = "GET /repository lists those that you may see."

    def __init__(self, repository_id: str) -> None:
        super().__init__(f"There is no repository {repository_id[:64]}.")


class CollectionNotFoundError(Fault):
    """No such collection in that repository, or not for this caller."""

    kind = "missing"
    fix = "GET /repository/{repositoryId}/collection lists those that you may see."

    def __init__(self, collection_id: str) -> None:
        super().__init__(f"There is no collection {collection_id[:64]} in this repository.")


class RepositoryAlreadyExistsError(Fault):
    """The id is taken."""

    kind = "exists"
    fix = "Choose another repositoryId, or delete that repository first."

    def __init__(self, repository_id: str) -> None:
        super().__init__(f"There is a repository {repository_id} already.")


class RepositoryBusyError(Fault):
    """It is being made or removed, or could not be."""

    kind = "conflict"
    fix = "Wait until it is CREATE_COMPLETE; if it failed, its reason says what to do."

    def __init__(self, repository_id: str, status: str) -> None:
        super().__init__(f"Repository {repository_id} is {status}.")


class CollectionBusyError(Fault):
    """It is being removed."""

    kind = "conflict"
    fix = "Use another collection."

    def __init__(self, name: str, status: str) -> None:
        super().__init__(f"Collection {name} is {status}.")


class ChangedMeanwhileError(Fault):
    """Of two changes at once the other came first."""

    kind = "conflict"
    fix = "Read it again, then repeat the request."

    def __init__(self) -> None:
        super().__init__("It was changed or removed by another request at the same moment.")


class DefaultCollectionError(Fault):
    """The default collection stays as long as its repository."""

    kind = "conflict"
    fix = "Delete the repository to remove it, or its documents to empty it."

    def __init__(self) -> None:
        super().__init__("This is the repository's default collection.")


class ModelRefusedError(Fault):
    """The gateway refuses the request for good: no such model, or not for this service."""

    kind = "unprocessable"
    fix = (
        "Check with GET /models that the model is InService and of the right modelType; if it has"
        " allowedGroups, lisa-repositories must be one of them."
    )

    def __init__(self, model: str, why: str) -> None:
        super().__init__(f"Model {model} cannot be used: {why}.")


class ModelUnavailableError(Fault):
    """The gateway or the model does not answer now; later it may."""

    fix = "Try again in a minute; if it persists, GET /models says how the model fares."

    def __init__(self, model: str, why: str, fix: str | None = None) -> None:
        super().__init__(f"Model {model} did not answer: {why}.", fix)


class StoreFailedError(Fault):
    """The repository's database cannot be reached, or refuses; `reason` is what a row keeps."""

    fix = "Check that the database runs, and the repository's connection."

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.message, reason.fix)
        self.reason = reason


@contextmanager
def told_as_a_fault() -> Iterator[None]:
    """Let people read what a store says that failed."""
    try:
        yield
    except StoreError as failure:
        reason = Reason(code=failure.code, message=failure.message, fix=failure.fix)
        raise StoreFailedError(reason) from None


@contextmanager
def told_to(caller: Caller) -> Iterator[None]:
    """Say where a database is, and whom it refuses, to administrators alone, and to the log."""
    try:
        yield
    except StoreFailedError as failure:
        if caller.admin:
            raise
        logger.warning("store failed", code=failure.reason.code, why=failure.reason.message)
        raise StoreFailedError(failure.reason.in_general) from None


def unfit(field: str, message: str) -> ValidationError:
    """Return a refusal of one field, by the name that it has in JSON."""
    return ValidationError([{"field": field, "message": message}])
