"""Whose an attachment is, what it says, and which models its owner may have it read by."""

from dataclasses import dataclass

from catalogue.base import Reason
from context.attachment import LARGEST, is_attachment_of
from context.errors import AttachmentNotFoundError, ChatModelNotFoundError
from context.ports import ChatModel, ChatModels, Parser
from documents.errors import DocumentRefused
from documents.keys import Where, name_in
from ingestion.ports import Files, ObjectChanged
from kernel.http import Caller
from passages.document import Document


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


@dataclass(frozen=True)
class Opening:
    """From an attachment to what it says."""

    files: Files
    parser: Parser

    def __call__(self, where: Where, seconds: float) -> Document:
        """Return the document, or raise DocumentRefused or AttachmentNotFoundError."""
        found = self.files.look(where)
        if found is None:
            raise AttachmentNotFoundError
        if found.size > LARGEST:
            raise _too_large(found.size)
        try:
            content = self.files.read(where, found)
        except ObjectChanged:
            raise AttachmentNotFoundError from None
        return self.parser.parse(name_in(where.key), content, seconds)


def _too_large(size: int) -> DocumentRefused:
    message = f"The file has {size:,} bytes; {LARGEST:,} are possible."
    fix = "Divide it into several files."
    return DocumentRefused(Reason(code="TooLarge", message=message, fix=fix))
