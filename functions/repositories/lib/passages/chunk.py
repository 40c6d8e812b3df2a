"""A chunk: what is embedded, indexed, found and cited."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a document that fits an embedding model.

    `ordinal` counts a document's chunks from 0. `headings` is the path of headings above it, the
    outermost first. `pages` are its first and last page, from 1. `span` is where `text` begins
    and ends in the document's whole text, in characters. `tokens` are the embedding model's.
    """

    ordinal: int
    text: str
    headings: tuple[str, ...] = ()
    pages: tuple[int, int] | None = None
    span: tuple[int, int] = (0, 0)
    tokens: int = 0

    def embedded(self, title: str) -> str:
        """What the embedding model reads: a chunk alone does not say what it is about."""
        above = " > ".join(part for part in (title, *self.headings) if part)
        return f"{above}\n\n{self.text}" if above else self.text
