"""What can go wrong while a database is made or removed. Retry and Catch use these class names."""

from typing import TYPE_CHECKING

from kernel.faults import Fault

if TYPE_CHECKING:
    from catalogue.base import Reason


class RepositorySuperseded(Fault):
    """Another request has the repository now: this workflow has nothing left to do."""

    kind = "conflict"
    fix = ""


class RepositoryRefused(Fault):
    """A database cannot be made or removed as things are: a person must mend it, a retry cannot.

    Its text is the reason as JSON, since a Fault's text is all that Step Functions carries.
    """

    kind = "unprocessable"

    def __init__(self, reason: "Reason") -> None:
        super().__init__(reason.model_dump_json(), fix="")
        self.reason = reason


class RepositoryNotReady(RepositoryRefused):
    """The new database, or the embedding model, does not answer; a moment later it may."""
