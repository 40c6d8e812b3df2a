"""POST /attachment: the text of the caller's own file, for a chat."""

from context.attaching import Attaching
from context.attachment import Attachment, AttachmentRequest
from context.wiring import chat_models, opening
from kernel.http import Caller, api
from repositories.settings import settings


@api(role="user", body=AttachmentRequest)
def handler(command: AttachmentRequest, caller: Caller) -> Attachment:
    attaching = Attaching(opening(), chat_models(), settings().documents_bucket)
    return attaching(command, caller)
