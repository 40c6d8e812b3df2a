"""The index of a shelf."""

from typing import Any

from stores.errors import StoreError
from stores.names import checked
from stores.port import Shelf

# A released layout is never changed: the next one gets a number, and `prepare` says what to do.
LAYOUT = 1
_LONGEST_VECTOR = 16_000
# What OpenSearch has of PostgreSQL's languages; the words of the others are not stemmed.
_ANALYZERS = frozenset(
    ("arabic", "armenian", "basque", "catalan", "danish", "dutch", "english", "finnish", "french")
    + ("german", "greek", "hindi", "hungarian", "indonesian", "irish", "italian", "lithuanian")
    + ("norwegian", "portuguese", "romanian", "russian", "spanish", "swedish", "turkish")
)


def index_name(shelf: Shelf) -> str:
    """The name of the shelf's index."""
    return f"lisa-{checked(shelf)}"


def meta(shelf: Shelf) -> dict[str, Any]:
    """What an index says of itself."""
    return {"dimensions": shelf.dimensions, "language": shelf.language, "layout": LAYOUT}


def body(shelf: Shelf, engine: str) -> dict[str, Any]:
    """Settings and mapping of an index, which takes no other fields than these.

    One index has rows of two kinds: chunks, and copies, which say what state of a document is
    the one that counts. `state` orders the states of a document.
    """
    if not 0 < shelf.dimensions <= _LONGEST_VECTOR:
        raise StoreError(
            "too_many_dimensions",
            f"OpenSearch takes vectors of up to {_LONGEST_VECTOR} numbers, "
            f"these have {shelf.dimensions}.",
            "Take an embedding model with shorter vectors.",
        )
    fields = {
        **dict.fromkeys(("kind", "document_id", "state", "facets"), {"type": "keyword"}),
        "ordinal": {"type": "integer"},
        **_words(shelf),
        "vector": _vector(shelf, engine),
        "source": {"type": "keyword", "index": False, "doc_values": False},
        "chunks": {"type": "integer", "index": False},
        "rest": {"type": "object", "enabled": False},
    }
    mappings = {"dynamic": "strict", "_meta": meta(shelf), "properties": fields}
    return {"settings": {"index": {"knn": True}}, "mappings": mappings}


def _words(shelf: Shelf) -> dict[str, Any]:
    """Title, headings and text are one field for BM25, so that scores are those of other stores."""
    analyzer = shelf.language if shelf.language in _ANALYZERS else "standard"
    said = {"type": "text", "index": False, "copy_to": "words"}
    return {
        **dict.fromkeys(("title", "headings", "text"), said),
        "words": {"type": "text", "analyzer": analyzer},
    }


def _vector(shelf: Shelf, engine: str) -> dict[str, Any]:
    """Vectors have length 1, so their Euclidean distance orders them as the cosine does.

    Every engine and version knows that distance.
    """
    method = {
        "name": "hnsw",
        "engine": engine,
        "space_type": "l2",
        "parameters": {"m": 16, "ef_construction": 128},
    }
    return {"type": "knn_vector", "dimension": shelf.dimensions, "method": method}
