"""Which message of which session a request's `metadata` names as its answer's place. Pure."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from gateway.bodies import Asked
from gateway.grounding import refusals
from gateway.grounding.wish import METADATA
from gateway.operations import CHAT
from gateway.payloads import dump

SESSION, MESSAGE = "session", "message"
_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

type Json = Mapping[str, Any]


class Place(NamedTuple):
    """Where an answer belongs: a message that its session has as `streaming`."""

    owner: str
    session: str
    message: str


def place(asked: Asked, operation: str, owner: str) -> Place | None:
    """Where a streamed chat is to be kept; None for what names no session.

    A Refusal (400) says what is amiss with the names.
    """
    metadata = (asked.payload or {}).get(METADATA)
    if not isinstance(metadata, Mapping) or SESSION not in metadata or MESSAGE not in metadata:
        return None
    if not owner or not asked.stream or operation != CHAT:
        return None
    return Place(owner, _id(metadata, SESSION), _id(metadata, MESSAGE))


def without_place(asked: Asked) -> Asked:
    """The request without what was for us alone."""
    payload = asked.payload or {}
    kept = {
        name: value for name, value in payload[METADATA].items() if name not in (SESSION, MESSAGE)
    }
    told = {**payload, METADATA: kept}
    if not kept:
        # Some servers refuse the field itself.
        del told[METADATA]
    return replace(asked, body=dump(told), payload=told)


def _id(metadata: Json, name: str) -> str:
    value = metadata[name]
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise refusals.malformed(name, f"the id of a {name}, 8 to 64 letters, digits and dashes")
    return value
