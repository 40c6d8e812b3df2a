"""What the database answers, in the port's words."""

from passages.chunk import Chunk
from stores.pgvector.connecting import Row
from stores.port import Candidate


def candidate(row: Row) -> Candidate:
    """The chunk of a row: the columns of `asking`, then the scores and ranks of both searches."""
    document_id, title, source, metadata, *chunk = row[:12]
    similarity, vector_rank, bm25, text_rank = row[12:]
    return Candidate(
        document_id=str(document_id),
        title=str(title),
        source=str(source),
        metadata=metadata,
        chunk=_chunk(chunk),
        similarity=_similarity(similarity),
        vector_rank=vector_rank,
        bm25=None if bm25 is None else float(bm25),
        text_rank=text_rank,
    )


def _chunk(row: Row) -> Chunk:
    ordinal, body, headings, first, last, begin, end, tokens = row
    return Chunk(
        ordinal=ordinal,
        text=str(body),
        headings=tuple(headings),
        pages=None if first is None else (first, last),
        span=(begin, end),
        tokens=tokens,
    )


def _similarity(value: float | None) -> float | None:
    if value is None:
        return None
        # A vector of zeros points nowhere; its cosine is not a number.
    return value if value == value else 0.0
