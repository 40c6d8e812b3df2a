"""Passages for a chat prompt, numbered so that the answer can say what it rests on."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from passages.chunk import Chunk
from retrieval.hit import Hit

# Where nobody counted: English has four letters or more to a token, so this is on the safe side.
_CHARACTERS = 3
# What number, title, headings and pages take.
_FRAME = 40
_TAG = re.compile(r"<(?=/?passage\b)", re.I)


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered passage. `number` counts from 1; `source` is an address that people can open."""

    number: int
    document_id: str
    title: str
    headings: tuple[str, ...]
    pages: tuple[int, int] | None
    source: str
    score: float
    text: str

    def prompt(self) -> str:
        """How the model reads it. What the passage says cannot end it, nor begin another."""
        where = " > ".join(part for part in (self.title, *self.headings) if part)
        told = {"number": str(self.number), "title": where, "pages": _range(self.pages)}
        told["source"] = self.source
        heads = " ".join(f'{name}="{escape(value)}"' for name, value in told.items() if value)
        return f"<passage {heads}>\n{_TAG.sub('&lt;', self.text)}\n</passage>"


def citations(hits: Sequence[Hit], tokens: int) -> list[Citation]:
    """Return what fits into so many tokens of a prompt, the best first.

    A passage that does not fit is left out, and a smaller one after it may stand; when the best
    one alone is too long, its beginning stands for it.
    """
    kept: list[Citation] = []
    left = tokens
    for hit in hits:
        cost = _tokens(hit.passage) + _FRAME
        if cost <= left:
            kept.append(_citation(len(kept) + 1, hit, hit.passage.text))
            left -= cost
    if not kept and hits and tokens > _FRAME:
        beginning = hits[0].passage.text[: (tokens - _FRAME) * _CHARACTERS]
        kept.append(_citation(1, hits[0], beginning))
    return kept


def prompt(passages: Iterable[Citation]) -> str:
    """Return all passages as one text."""
    return "\n\n".join(one.prompt() for one in passages)


def _citation(number: int, hit: Hit, text: str) -> Citation:
    found = hit.candidate
    url = found.metadata.get("url")
    return Citation(
        number=number,
        document_id=found.document_id,
        title=found.title,
        headings=hit.passage.headings,
        pages=hit.passage.pages,
        source=url if isinstance(url, str) and url else found.source,
        score=hit.score,
        text=text,
    )


def _tokens(passage: Chunk) -> int:
    return passage.tokens or -(-len(passage.text) // _CHARACTERS)


def _range(pages: tuple[int, int] | None) -> str:
    if pages is None:
        return ""
    first, last = pages
    return str(first) if first == last else f"{first}-{last}"
