"""A message as it is stored: JSON, with a revision that counts its changes. Pure."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kernel.faults import InvalidInputError

type Document = dict[str, Any]

# A row of the table takes 400 kB, and its key and revision need some.
LARGEST = 350_000


@dataclass(frozen=True)
class Message:
    """One message. `digest` is of what was sent first, so that sending it again is recognised."""

    body: str
    digest: str
    revision: int = 1

    @cached_property
    def document(self) -> Document:
        found: Document = json.loads(self.body)
        return found

    @property
    def message_id(self) -> str:
        return str(self.document["messageId"])

    @property
    def parent_id(self) -> str | None:
        found: str | None = self.document["parentId"]
        return found

    @property
    def role(self) -> str:
        return str(self.document["role"])

    @property
    def streams(self) -> bool:
        return bool(self.document["status"] == "streaming")

    @property
    def text(self) -> str:
        """Return what it says, without pictures."""
        return text_of(self.document["content"])

    @property
    def pictured(self) -> bool:
        content = self.document["content"]
        return not isinstance(content, str) and any(one["type"] == "image_url" for one in content)

    @property
    def tokens(self) -> int:
        return int((self.document.get("usage") or {}).get("totalTokens") or 0)


def text_of(content: str | list[Document]) -> str:
    """Return the text of a content, whose parts may be texts and pictures."""
    if isinstance(content, str):
        return content
    return "\n".join(part["text"] for part in content if part["type"] == "text")


def written(document: Document, created_at: str) -> Message:
    """Return a new message of what was sent, or raise InvalidInputError if it is too large."""
    body = body_of({"createdAt": created_at} | document)
    sent = json.dumps(document, sort_keys=True)
    return Message(body, hashlib.sha256(sent.encode()).hexdigest())


def changed(message: Message, fields: Document) -> Message:
    """Return a message with other fields, one revision further."""
    body = body_of(message.document | fields)
    return Message(body, message.digest, message.revision + 1)


def body_of(document: Document) -> str:
    try:
        body = json.dumps(document, ensure_ascii=False, allow_nan=False)
    except ValueError:
        raise InvalidInputError("A number is not finite.") from None
    size = len(body.encode())
    if size > LARGEST:
        raise InvalidInputError(
            f"Message {document['messageId']} has {size:,} bytes of JSON; {LARGEST:,} is the most. "
            "Send smaller pictures or attachments."
        )
    return body
