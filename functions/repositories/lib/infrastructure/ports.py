"""What the steps need of the world, said in their own words."""

from typing import Protocol

from catalogue.repository import Repository
from stacks.state import Found


class Stacks(Protocol):
    """The stacks of repositories, each with a database."""

    def create(self, repository: Repository) -> str:
        """Start making the repository's stack and return its digest; one that is there is left.

        Raise RepositoryRefused if this deployment can make none.
        """

    def state(self, repository_id: str) -> Found | None:
        """Return the state of the repository's stack, None when there is none."""

    def delete(self, repository_id: str) -> None:
        """Start removing the stack; no stack is no error, nor one that is moving still."""
