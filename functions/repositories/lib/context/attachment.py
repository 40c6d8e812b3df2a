"""A file attached to a chat: where it lies, whose it is, and what of it a chat is given. Pure."""

import json
from typing import Annotated

from pydantic import Field, StringConstraints

from catalogue.base import ModelId, ObjectKey, Payload
from documents.keys import ATTACHMENTS, owner_of, safe_name
from kernel.ids import new_id
from passages.document import Block, Document

LARGEST = 20 * 1024 * 1024
SECONDS_TO_UPLOAD = 900
MOST_CHARACTERS = 1_000_000
# Lambda answers with 6 MB at most, in which a body is a text inside of JSON.
_MOST_BYTES = 5_000_000
# What a document may fill of a context window: the rest is for the question and the answer.
_SHARE = 0.75

type FileName = Annotated[str, StringConstraints(min_length=1, max_length=1024)]


class UploadRequest(Payload):
    """The body of POST /attachment/presigned-url."""

    file_name: FileName


class UploadForm(Payload):
    """An HTML form's address and fields: who posts a file with them writes the object `key`.

    `expires_in` is in seconds.
    """

    key: str
    url: str
    fields: dict[str, str]
    expires_in: int


class AttachmentRequest(Payload):
    """The body of POST /attachment. With a model the answer says whether the text fits it."""

    key: ObjectKey
    model: ModelId | None = None


class Attachment(Payload):
    """A file as a chat is given it: Markdown, bounded.

    `tokens` is an estimate, rather too high than too low, of `text`; `characters` are the whole
    document's. `fits` is None if no model was named, or nobody knows its context window.
    """

    name: str
    media_type: str
    title: str
    pages: int | None
    characters: int
    tokens: int
    truncated: bool
    text: str
    warnings: Annotated[list[str], Field(max_length=1000)]
    context_window: int | None
    fits: bool | None


def attachment_key(subject: str, file_name: str) -> str:
    """Return a new key for a caller's file; no two are the same."""
    return f"{ATTACHMENTS}{owner_of(subject)}/{new_id()}/{safe_name(file_name)}"


def is_attachment_of(key: str, subject: str) -> bool:
    """Return whether a key is one that was made for this caller's file."""
    match key.split("/"):
        case ["attachments", owner, random, name]:
            return owner == owner_of(subject) and bool(random and name)
    return False


def fits(tokens: int, window: int) -> bool:
    """Return whether a text leaves room in a context window for a chat about it."""
    return tokens <= window * _SHARE


def markdown(document: Document) -> str:
    """Return a document as Markdown."""
    return "\n\n".join(map(_written, document.blocks))


def bounded(text: str) -> str:
    """Return as much of the beginning of a text as one answer can hold."""
    kept = text[:MOST_CHARACTERS]
    while _bytes_on_the_wire(kept) > _MOST_BYTES:
        kept = kept[: len(kept) // 2]
    return kept


def _written(block: Block) -> str:
    match block.kind:
        case "heading":
            return f"{'#' * min(max(block.level, 1), 6)} {' '.join(block.text.split())}"
        case "code":
            fence = "```"
            while fence in block.text:
                fence += "`"
            return f"{fence}\n{block.text}\n{fence}"
    return block.text


def _bytes_on_the_wire(text: str) -> int:
    body = json.dumps(text, ensure_ascii=False)
    return len(json.dumps(body, ensure_ascii=False).encode())
