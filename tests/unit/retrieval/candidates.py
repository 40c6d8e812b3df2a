"""Candidates with only what a test cares for."""

from passages.chunk import Chunk
from retrieval.hit import Hit
from stores.port import Candidate


def candidate(
    name: str, vector_rank: int | None = None, text_rank: int | None = None, text: str = ""
) -> Candidate:
    """A chunk of a document of its own; a better rank has a better score."""
    chunk = Chunk(0, text or f"The text of {name}.")
    return Candidate(
        document_id=name,
        title=name,
        source=f"s3://shelf/{name}",
        metadata={},
        chunk=chunk,
        similarity=None if vector_rank is None else 1 - vector_rank / 100,
        vector_rank=vector_rank,
        bm25=None if text_rank is None else 20 - text_rank / 10,
        text_rank=text_rank,
    )


def of_document(document_id: str, chunk: Chunk) -> Candidate:
    """A chunk of a document that has more of them."""
    return Candidate(document_id, document_id, f"s3://shelf/{document_id}", {}, chunk)


def hit(found: Candidate, rank: int = 1) -> Hit:
    """A hit that has not been expanded."""
    ordinal = found.chunk.ordinal
    return Hit(rank, 1 / rank, 1 / rank, found, found.chunk, (ordinal, ordinal))
