"""What can go wrong while a database is made or removed. Retry and Catch use these class names."""

from catalogue.base import Reason
from kernel.faults import Fault, Reasoned


class RepositorySuperseded(Fault):
    """Another request has the repository now: this workflow has nothing left to do."""

    kind = "conflict"
    fix = ""


class RepositoryRefused(Reasoned[Reason]):
    """A database cannot be made or removed as things are."""


class RepositoryNotReady(RepositoryRefused):
    """The new database, or the embedding model, does not answer; a moment later it may."""
