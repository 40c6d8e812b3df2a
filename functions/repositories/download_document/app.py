"""GET /repository/{repositoryId}/{documentId}/download: an address of its file, for 5 min."""

from documents.shown import DownloadAnswer
from ingestion.wiring import cabinet, doors
from kernel.clock import now
from kernel.http import Caller, api
from repositories.filing import seen


@api(role="user")
def handler(caller: Caller, repository_id: str, document_id: str) -> DownloadAnswer:
    document = seen(cabinet(), caller, repository_id, document_id, now())
    return {"url": doors().download(document.where, document.name)}
