"""GET /repository/{repositoryId}/{documentId}: one document, and how far it is."""

from documents.shown import DocumentView
from documents.view import view
from ingestion.wiring import cabinet
from kernel.clock import now
from kernel.http import Caller, api
from repositories.filing import seen


@api(role="user")
def handler(caller: Caller, repository_id: str, document_id: str) -> DocumentView:
    return view(seen(cabinet(), caller, repository_id, document_id, now()))
