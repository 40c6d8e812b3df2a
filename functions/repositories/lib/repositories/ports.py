"""What repositories need of the world, said in their own words."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from catalogue.base import Row
from catalogue.repository import Repository
from stores.port import VectorStore


class TakenError(Exception):
    """There is a row at that place already."""


class LostRaceError(Exception):
    """The row is not, or no longer, as it was read."""


class Rows(Protocol):
    """The table. A row lies at its `key`; of two changes of one row at once, one is refused."""

    def get[R: Row](self, kind: type[R], key: tuple[str, str]) -> R | None:
        """Return the row at a key as it is now, None if there is none."""

    def under[R: Row](self, kind: type[R], pk: str) -> Iterator[R]:
        """Yield the rows of a kind below a pk as they are now, in the order of their sk."""

    def all[R: Row](self, kind: type[R]) -> Iterator[R]:
        """Yield every row of a kind; a change may take a second to be seen here."""

    def add(self, row: Row, beside: Row | None = None) -> None:
        """Add a row, or raise TakenError; LostRaceError if `beside` is not as it was read."""

    def replace[R: Row](self, was: R, now: R, beside: Row | None = None) -> R:
        """Put `now`, of the same key, in the place of `was`; return it with its new revision.

        `beside` is added in the same moment. Raise LostRaceError if the row has changed or is
        gone, or if there is one in the other's place.
        """

    def remove(self, row: Row) -> None:
        """Remove the row, or raise LostRaceError if it has changed; one that is gone is as good."""

    def sweep(self, pk: str, collection_id: str) -> None:
        """Remove the rows below a pk that are of a collection. Safe to repeat."""


class Stores(Protocol):
    """The databases of repositories."""

    def of(self, repository: Repository) -> VectorStore:
        """Return the repository's store; connecting may wait for its first use.

        Every failure of it, then or later, is a StoreFailedError or one of `stores.port`.
        """


class Models(Protocol):
    """The models of this deployment, asked through its gateway."""

    def embed(self, model: str, texts: Sequence[str]) -> list[list[float]]:
        """Return a vector for each text.

        Raise ModelRefusedError for what will never work, ModelUnavailableError for what may.
        """

    def weigh(self, model: str, texts: Sequence[str]) -> int | None:
        """Return the tokens that an embedding model counts in texts together, None if it does not
        say. They go in one request."""

    def rerank(self, model: str, query: str, texts: Sequence[str]) -> list[float]:
        """Return how relevant each text is to the query, in the order of the texts."""


class Objects(Protocol):
    """The bucket of documents."""

    def sweep(self, prefix: str) -> None:
        """Remove every object below a prefix, older versions too. Safe to repeat."""
