"""POST /attachment: the text of the caller's own file, for a chat."""

from context.attaching import Attaching
from context.attachment import Attachment, AttachmentRequest
from context.wiring import chat_models, opening
from kernel.http import Caller, api
from repositories.settings import settings
from repositories.switching import require_attachments
from repositories.wiring import switches


@api(role="user", body=AttachmentRequest)
def handler(command: AttachmentRequest, caller: Caller) -> Attachment:
    require_attachments(switches())
    attaching = Attaching(opening(), chat_models(), settings().documents_bucket)
    return attaching(command, caller)
