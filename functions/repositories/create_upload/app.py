"""POST /repository/presigned-url: a form by which the caller puts one file into the bucket."""

from documents.keys import Where, upload_key
from documents.requests import UploadRequest
from documents.shown import UploadAnswer
from ingestion.wiring import doors
from kernel.clock import now
from kernel.http import Caller, api
from repositories.access import opened
from repositories.settings import settings
from repositories.switching import require_uploads
from repositories.wiring import rows, switches


@api(role="user", body=UploadRequest)
def handler(command: UploadRequest, caller: Caller) -> UploadAnswer:
    require_uploads(switches(), caller)
    place = (command.repository_id, command.collection_id)
    repository, collection = opened(rows(), caller, *place, now())
    key = upload_key(
        repository.repository_id, collection.collection_id, caller.subject, command.file_name
    )
    form = doors().upload(Where(settings().documents_bucket, key), caller.username)
    return {"url": form.url, "fields": form.fields, "key": key, "expiresIn": form.seconds}
