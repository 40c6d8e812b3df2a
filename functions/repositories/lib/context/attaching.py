"""Use cases of attachments: a form to upload by, and a file's text for a chat."""

from dataclasses import dataclass

from context.attachment import (
    LARGEST,
    SECONDS_TO_UPLOAD,
    Attachment,
    AttachmentRequest,
    UploadForm,
    attachment_key,
    bounded,
    fits,
    markdown,
)
from context.entering import Opening, own, usable
from context.errors import AttachmentUnreadableError
from context.ports import ChatModels
from documents.errors import DocumentRefused
from documents.keys import Where, name_in
from ingestion.ports import Allowance, Doors
from kernel.http import Caller
from passages.document import Document
from passages.tokens import tokens_of

# The API waits 29 seconds, in which the file is fetched and the answer sent, too.
SECONDS_TO_ANSWER = 18.0


def form_for(doors: Doors, caller: Caller, bucket: str, file_name: str) -> UploadForm:
    """Return a form by which the caller uploads one file of that name."""
    key = attachment_key(caller.subject, file_name)
    allowance = Allowance(LARGEST, SECONDS_TO_UPLOAD)
    form = doors.upload(Where(bucket, key), caller.username, allowance)
    return UploadForm(key=key, url=form.url, fields=dict(form.fields), expires_in=form.seconds)


@dataclass(frozen=True)
class Attaching:
    """POST /attachment: the caller's file as a chat is given it."""

    opening: Opening
    models: ChatModels
    bucket: str

    def __call__(self, request: AttachmentRequest, caller: Caller) -> Attachment:
        """Return it, or raise AttachmentNotFoundError, AttachmentUnreadableError or
        ChatModelNotFoundError."""
        where = own(self.bucket, request.key, caller)
        window = usable(self.models, request.model, caller).window if request.model else None
        try:
            document = self.opening(where, SECONDS_TO_ANSWER)
        except DocumentRefused as why:
            raise AttachmentUnreadableError(why.reason) from None
        return _answer(name_in(request.key), document, window)


def _answer(name: str, document: Document, window: int | None) -> Attachment:
    whole = markdown(document)
    text = bounded(whole)
    tokens = tokens_of(text)
    return Attachment(
        name=name,
        media_type=document.media_type,
        title=document.title,
        pages=document.pages,
        characters=len(whole),
        tokens=tokens,
        truncated=len(text) < len(whole),
        text=text,
        warnings=list(document.warnings)[:1000],
        context_window=window,
        fits=None if window is None else len(text) == len(whole) and fits(tokens, window),
    )
