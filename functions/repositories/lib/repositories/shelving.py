"""The documents of a collection in pages: as they lie, or sorted and filtered if they are few."""

from collections.abc import Iterator

from catalogue.collection import Collection
from documents.document import Document
from documents.requests import DocumentsQuery
from documents.rows import moment
from ingestion.ports import Documents
from repositories.errors import unfit
from repositories.listing import Listed, cut, says

# No index has them in these orders: all are read, in about two seconds at the most.
MOST_ARRANGED = 5_000
_AT_ONCE = 1_000


def documents_page(
    documents: Documents, collection: Collection, query: DocumentsQuery
) -> Listed[Document]:
    """Return a page of a collection's documents, or raise ValidationError if they are too many."""
    place = (collection.repository_id, collection.collection_id)
    if not query.arranged:
        page = documents.of_collection(*place, query.page_size, query.last_evaluated_key)
        return Listed(page.items, page.after, query.last_evaluated_key is not None)
    asked = [one for one in _all(documents, place) if _is_asked_for(one, query)]
    return cut(asked, query, "/".join(place), lambda one: (_sorted_by(one, query), one.document_id))


def _all(documents: Documents, place: tuple[str, str]) -> Iterator[Document]:
    after, read = None, 0
    while read < MOST_ARRANGED:
        page = documents.of_collection(*place, _AT_ONCE, after)
        yield from page.items
        after, read = page.after, read + len(page.items)
        if after is None:
            return
    raise unfit(
        "sortBy",
        f"the collection has more than {MOST_ARRANGED:,} documents, too many to be sorted, filtered"
        " or numbered by pages: leave out sortBy, filter, status and page, and follow"
        " lastEvaluatedKey",
    )


def _is_asked_for(one: Document, query: DocumentsQuery) -> bool:
    title = one.figures.title if one.figures else ""
    return query.status in (None, one.status) and says(query.filter, one.name, title)


def _sorted_by(one: Document, query: DocumentsQuery) -> str:
    match query.sort_by:
        case "documentName":
            return one.name.casefold()
        case "uploadDate":
            return moment(one.upload_date)
        case "updatedAt":
            return moment(one.updated_at)
        case "size":
            return f"{one.content.size:020d}"
    return ""
