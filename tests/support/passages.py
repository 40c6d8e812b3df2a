"""Documents for vector stores, made from a few words."""

from collections.abc import Sequence

from passages.chunk import Chunk
from stores.port import Candidate, Copy, Embedded, Metadata


def copy(document_id: str, generation: int = 1, **metadata: object) -> Copy:
    """A state of a document; its title has no word that a test looks for."""
    fields: Metadata = metadata  # type: ignore[assignment]
    return Copy(document_id, generation, f"Title-{document_id}", f"s3://docs/{document_id}", fields)


def passage(
    ordinal: int, text: str, vector: Sequence[float] = (1.0, 0.0, 0.0), headings: str = ""
) -> Embedded:
    """A chunk on page `ordinal` + 1, with one heading or none."""
    path = (headings,) if headings else ()
    begin = ordinal * 1000
    pages = (ordinal + 1, ordinal + 1)
    chunk = Chunk(ordinal, text, path, pages, (begin, begin + len(text)), len(text) // 4)
    return Embedded(chunk, vector)


def places(candidates: Sequence[Candidate]) -> list[tuple[str, int]]:
    """Which chunks these are."""
    return [(one.document_id, one.chunk.ordinal) for one in candidates]
