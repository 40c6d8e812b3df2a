"""POST /attachment: the text of the caller's own file, for a chat."""

from context.attaching import attached
from context.attachment import Attachment, AttachmentRequest
from kernel.http import Caller, api
from repositories.settings import settings
from repositories.wiring import chat_models, files


@api(role="user", body=AttachmentRequest)
def handler(command: AttachmentRequest, caller: Caller) -> Attachment:
    return attached(files(), chat_models(), settings().documents_bucket, command, caller)
