"""Cursors: where a list goes on. They open nothing: what is not one's own is in no list."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

from pydantic import TypeAdapter, ValidationError

from sessions.errors import unfit


def sealed(place: object) -> str:
    """Return a cursor of a few texts and numbers."""
    text = json.dumps(place, ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode()


def opened[Place](cursor: str, kind: TypeAdapter[Place]) -> Place:
    """Return what is in a cursor, or raise ValidationError if it is none of this list's."""
    try:
        return kind.validate_json(urlsafe_b64decode(cursor.encode()))
    except (ValueError, ValidationError, RecursionError):
        raise unfit("cursor", "No list of yours gave this out: begin without one.") from None
