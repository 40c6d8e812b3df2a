"""POST /attachment/presigned-url: a form by which the caller uploads a file for a chat."""

from context.attaching import form_for
from context.attachment import UploadForm, UploadRequest
from ingestion.wiring import doors
from kernel.http import Caller, api
from repositories.settings import settings
from repositories.switching import require_attachments
from repositories.wiring import switches


@api(role="user", body=UploadRequest)
def handler(command: UploadRequest, caller: Caller) -> UploadForm:
    require_attachments(switches())
    return form_for(doors(), caller, settings().documents_bucket, command.file_name)
