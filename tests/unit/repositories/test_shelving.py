"""Sorting documents: as long as they are few, and a word about it when they are not."""

from collections.abc import Sequence

import pytest

from documents.document import Document
from documents.requests import DocumentsQuery
from ingestion.ports import Page
from kernel.faults import ValidationError
from repositories.shelving import MOST_ARRANGED, documents_page
from tests.support.document_fakes import InMemoryDocuments
from tests.support.documents import document
from tests.support.repository_world import a_collection


class Endless(InMemoryDocuments):
    """A collection that has the same documents again and again."""

    def __init__(self, rows: Sequence[Document], pages: int) -> None:
        super().__init__()
        self._rows, self._left = rows, pages

    def of_collection(
        self, repository_id: str, collection_id: str | None, size: int, after: str | None
    ) -> Page[Document]:
        self._left -= 1
        return Page(self._rows[:size], "more" if self._left else None)


def query(**asked: str) -> DocumentsQuery:
    return DocumentsQuery.model_validate(asked)


ROWS = [document(f"{number}.txt") for number in range(1_000)]


def test_as_many_as_can_be_read_are_sorted() -> None:
    documents = Endless(ROWS, MOST_ARRANGED // len(ROWS))
    assert documents_page(documents, a_collection(0), query(sortBy="size")).total == MOST_ARRANGED


@pytest.mark.parametrize(
    "asked", [{"sortBy": "size"}, {"filter": "a"}, {"status": "FAILED"}, {"page": "2"}], ids=str
)
def test_more_are_refused_with_what_to_do_instead(asked: dict[str, str]) -> None:
    documents = Endless(ROWS, MOST_ARRANGED // len(ROWS) + 1)
    with pytest.raises(ValidationError) as refused:
        documents_page(documents, a_collection(0), query(**asked))
    assert "leave out sortBy" in refused.value.details[0]["message"]


def test_as_they_lie_there_is_no_limit() -> None:
    documents = Endless(ROWS, 100)
    page = documents_page(documents, a_collection(0), query())
    assert (len(page.items), page.after, page.total) == (10, "more", None)
