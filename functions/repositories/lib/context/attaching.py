"""Use cases of attachments: a form to upload by, and a file's text for a chat."""

import parsing
from chunking.tokens import estimate
from context.attachment import (
    LARGEST,
    SECONDS_TO_UPLOAD,
    Attachment,
    AttachmentRequest,
    UploadForm,
    attachment_key,
    bounded,
    fits,
    is_attachment_of,
    markdown,
)
from context.errors import (
    AttachmentNotFoundError,
    AttachmentUnreadableError,
    ChatModelNotFoundError,
)
from context.ports import ChatModel, ChatModels, Forms
from documents.keys import Where, name_in
from ingestion.ports import Files, ObjectChanged
from kernel.http import Caller
from parsing import Limits, Unreadable
from passages.document import Document

# The API waits 29 seconds, in which the file is fetched and the answer sent, too.
SECONDS_TO_ANSWER = 18.0


def form_for(forms: Forms, caller: Caller, file_name: str) -> UploadForm:
    """Return a form by which the caller uploads one file of that name."""
    key = attachment_key(caller.subject, file_name)
    return forms.form(key, LARGEST, SECONDS_TO_UPLOAD)


def attached(
    files: Files, models: ChatModels, bucket: str, request: AttachmentRequest, caller: Caller
) -> Attachment:
    """Return the caller's file as a chat is given it.

    Raise AttachmentNotFoundError, AttachmentUnreadableError or ChatModelNotFoundError.
    """
    where = own(bucket, request.key, caller)
    window = usable(models, request.model, caller).window if request.model else None
    try:
        document = read(files, where, SECONDS_TO_ANSWER)
    except Unreadable as why:
        raise AttachmentUnreadableError(why) from None
    whole = markdown(document)
    text = bounded(whole)
    [tokens] = estimate([text])
    return Attachment(
        name=name_in(request.key),
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


def own(bucket: str, key: str, caller: Caller) -> Where:
    """Return where a caller's own attachment lies, or raise AttachmentNotFoundError."""
    if not is_attachment_of(key, caller.subject):
        raise AttachmentNotFoundError
    return Where(bucket, key)


def usable(models: ChatModels, model_id: str, caller: Caller) -> ChatModel:
    """Return a model that the caller may chat with, or raise ChatModelNotFoundError."""
    found = models.find(model_id)
    if found is None or not found.open_to(*caller.groups):
        raise ChatModelNotFoundError(model_id)
    return found


def read(files: Files, where: Where, seconds: float) -> Document:
    """Return an attachment as a document, or raise Unreadable or AttachmentNotFoundError."""
    found = files.look(where)
    if found is None:
        raise AttachmentNotFoundError
    if found.size > LARGEST:
        raise Unreadable(
            "TooLarge",
            f"The file has {found.size:,} bytes; {LARGEST:,} are possible.",
            "Divide it into several files.",
        )
    try:
        content = files.read(where, found)
    except ObjectChanged:
        raise AttachmentNotFoundError from None
    return parsing.parse(name_in(where.key), content, Limits(size=LARGEST, seconds=seconds))
