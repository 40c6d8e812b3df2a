"""POST /repository/{repositoryId}/bulk: ingest objects that lie in the bucket."""

from documents.job import job_of
from documents.requests import IngestQuery, IngestRequest
from documents.shown import IngestAnswer
from ingestion.wiring import cabinet
from kernel.clock import now
from kernel.http import Caller, api
from repositories.filing import ingested
from repositories.switching import require_uploads
from repositories.wiring import switches


@api(role="user", body=IngestRequest, query=IngestQuery)
def handler(command: IngestRequest, caller: Caller, repository_id: str) -> IngestAnswer:
    require_uploads(switches(), caller)
    found, collection = ingested(cabinet(), caller, repository_id, command, now())
    return {
        "jobs": [job_of(document).view() for document in found],
        "collectionId": collection.collection_id,
        "collectionName": collection.name,
    }
