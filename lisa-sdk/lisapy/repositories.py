"""Repositories, their collections, and what is asked of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lisapy.api import requests
from lisapy.steps import C_co, Group, Items, Steps, call, each, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typing_extensions import Unpack

    from lisapy.api import types


class Repositories(Group[C_co]):
    """`/repository`: vector stores, and searching them."""

    list = plain(requests.list_repositories)
    get = plain(requests.get_repository)
    status = plain(requests.get_repository_status)
    create = plain(requests.create_repository)
    update = plain(requests.update_repository)
    delete = plain(requests.delete_repository)

    @call
    def search(
        self, repository_id: str, **query: Unpack[types.SearchRepositoryQuery]
    ) -> Steps[Sequence[types.PassageView]]:
        """Return the passages that answer `query` best, the best first."""
        found = yield from self._ask(requests.search_repository(repository_id, **query))
        return [holder["Document"] for holder in found["docs"]]


class Collections(Group[C_co]):
    """Collections: parts of a repository with one way of cutting and searching each."""

    page = plain(requests.list_collections)
    page_of_all = plain(requests.list_all_collections)
    get = plain(requests.get_collection)
    create = plain(requests.create_collection)
    update = plain(requests.update_collection)
    delete = plain(requests.delete_collection)

    @each
    def list(
        self, repository_id: str, **query: Unpack[types.ListCollectionsQuery]
    ) -> Items[types.CollectionView]:
        """Yield the collections of a repository, page by page as they are needed."""
        return self._pages(
            requests.list_collections(repository_id, **query), "collections", "lastEvaluatedKey"
        )
