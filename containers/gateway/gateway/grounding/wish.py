"""What a request's `metadata` wishes of a repository, and what is looked for. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.grounding import refusals
from gateway.grounding.following import looked_for
from gateway.operations import CHAT

METADATA, REPOSITORY = "metadata", "repository"
COLLECTION, TOP_K, SEARCH_MODE = "collection", "top_k", "search_mode"
OURS = frozenset({REPOSITORY, COLLECTION, TOP_K, SEARCH_MODE})
MODES = ("hybrid", "vector", "text")
USUAL_PASSAGES, MOST_PASSAGES = 5, 20
LONGEST_ID = 64
# In characters: embedding models read about as much, and what is asked stands at either end.
LONGEST_QUERY = 2000

type Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """Where to look and for what; an empty `collection` or `search_mode` is the repository's."""

    repository: str
    collection: str
    query: str
    top_k: int
    search_mode: str


def wished(operation: str, payload: Json) -> Wish | None:
    """The wish of a request, None for one that names no repository.

    A Refusal (400) says what is amiss with it.
    """
    metadata = payload.get(METADATA)
    if not isinstance(metadata, Mapping) or REPOSITORY not in metadata:
        return None
    if operation != CHAT:
        raise refusals.only_chats(operation)
    mode = metadata.get(SEARCH_MODE, "")
    if mode and mode not in MODES:
        raise refusals.malformed(SEARCH_MODE, f"one of {', '.join(MODES)}")
    repository = _id(metadata, REPOSITORY)
    collection = _id(metadata, COLLECTION) if COLLECTION in metadata else ""
    return Wish(repository, collection, query(payload), _top_k(metadata), mode)


def query(payload: Json) -> str:
    """What the user asks last, with the question that it goes on from, if it does."""
    of_users = (one for one in _objects(payload.get("messages")) if one.get("role") == "user")
    # No database takes a NUL.
    said = [text_of(one).replace("\0", " ").strip() for one in of_users]
    asked = [text for text in said if text]
    if not asked:
        raise refusals.nothing_asked()
    return looked_for(asked, LONGEST_QUERY)


def text_of(message: Json) -> str:
    """What a message says in words; pictures and the like say none."""
    content = message.get("content")
    if isinstance(content, str):
        return content
    said = (part.get("text") for part in _objects(content) if part.get("type") == "text")
    return "\n".join(text for text in said if isinstance(text, str))


def _objects(value: object) -> Iterator[Json]:
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, Mapping))


def _id(metadata: Json, name: str) -> str:
    value = metadata[name]
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID:
        raise refusals.malformed(name, f"the id of a {name}, a string")
    return value


def _top_k(metadata: Json) -> int:
    value = metadata.get(TOP_K, USUAL_PASSAGES)
    # OpenAI's metadata are strings, which not every client heeds.
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 4:
        value = int(value)
    if type(value) is not int or not 1 <= value <= MOST_PASSAGES:
        raise refusals.malformed(TOP_K, f'a number from 1 to {MOST_PASSAGES}, such as "5"')
    return value
