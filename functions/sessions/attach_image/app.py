"""PUT /session/{sessionId}/attachImage: the pictures of a message, before the message itself."""

from kernel.http import Caller, api
from sessions.attaching import attach
from sessions.payload import AttachImage
from sessions.picture import Album
from sessions.views import AttachedView
from sessions.wiring import pictures

# API Gateway takes 10 MB, but a Lambda is given 6 MB, the body as a text in JSON.
MOST_BYTES = 5_000_000


@api(role="user", body=AttachImage, most_bytes=MOST_BYTES)
def handler(command: AttachImage, caller: Caller, session_id: str) -> AttachedView:
    return attach(Album(pictures(), caller.subject, session_id), command)
