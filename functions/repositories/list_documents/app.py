"""GET /repository/{repositoryId}/document: the documents of a collection, page by page."""

from documents.requests import DocumentsQuery
from documents.shown import DocumentsPage, LastDocument
from documents.view import view
from ingestion.wiring import cabinet
from kernel.clock import now
from kernel.http import Caller, api
from repositories.filing import listed


@api(role="user", query=DocumentsQuery)
def handler(query: DocumentsQuery, caller: Caller, repository_id: str) -> DocumentsPage:
    page = listed(cabinet(), caller, repository_id, query, now())
    shown = [view(one) for one in page.items]
    # LISA's clients send this back in parts, of which the document's is read.
    last: LastDocument | None = None
    if page.after is not None:
        last = {"repository_id": repository_id, "document_id": page.after}
    return {"documents": shown, "lastEvaluated": last, "totalDocuments": page.total, **page.paging}
