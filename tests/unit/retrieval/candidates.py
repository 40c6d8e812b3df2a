"""Candidates with only what a test cares for."""

from passages.chunk import Chunk
from stores.port import Candidate


def candidate(
    name: str, vector_rank: int | None = None, text_rank: int | None = None, text: str = ""
) -> Candidate:
    """A chunk of a document of its own; a better rank has a better score."""
    return Candidate(
        document_id=name,
        title=name,
        source=f"s3://shelf/{name}",
        metadata={},
        chunk=Chunk(0, text or f"The text of {name}."),
        similarity=None if vector_rank is None else 1 - vector_rank / 100,
        vector_rank=vector_rank,
        bm25=None if text_rank is None else 20 - text_rank / 10,
        text_rank=text_rank,
    )
