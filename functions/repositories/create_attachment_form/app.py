"""POST /attachment/presigned-url: a form by which the caller uploads a file for a chat."""

from context.attaching import form_for
from context.attachment import UploadForm, UploadRequest
from kernel.http import Caller, api
from repositories.wiring import forms


@api(role="user", body=UploadRequest)
def handler(command: UploadRequest, caller: Caller) -> UploadForm:
    return form_for(forms(), caller, command.file_name)
