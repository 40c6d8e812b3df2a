"""DELETE /repository/{repositoryId}/document: ask for the removal of documents."""

from documents.job import job_of
from documents.requests import RemovalRequest
from documents.shown import JobsAnswer
from ingestion.wiring import cabinet
from kernel.clock import now
from kernel.http import Caller, api
from repositories.filing import removed


@api(role="user", body=RemovalRequest)
def handler(command: RemovalRequest, caller: Caller, repository_id: str) -> JobsAnswer:
    gone = removed(cabinet(), caller, repository_id, command, now())
    return {"jobs": [job_of(document).view() for document in gone]}
