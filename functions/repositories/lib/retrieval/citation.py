"""Passages for a chat prompt, numbered so that the answer can say what it rests on."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape

from passages.chunk import Chunk
from retrieval.hit import Hit

# Where nobody counted: English has four letters or more to a token, and of scripts whose letters
# take three bytes each may be one, so this is on the safe side.
_BYTES = 3
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
        """How the model reads it. What the passage says cannot end it, nor begin another.

        Its address is for people: of an upload it is a hundred tokens that say nothing.
        """
        where = " > ".join(part for part in (self.title, *self.headings) if part)
        told = {"number": str(self.number), "title": where, "pages": _range(self.pages)}
        heads = " ".join(f'{name}="{escape(value)}"' for name, value in told.items() if value)
        return f"<passage {heads}>\n{_TAG.sub('&lt;', self.text)}\n</passage>"


def citations(hits: Sequence[Hit], tokens: int) -> list[Citation]:
    """Return what fits into so many tokens of a prompt, the best first.

    Where a passage does not fit, its chunk that was found stands without its neighbours, else
    nothing, and a smaller one after it may. Of the best one at least the beginning stands.
    """
    kept: list[Citation] = []
    left = tokens
    for hit in hits:
        said = next((one for one in _ways(hit, not kept, left) if _cost(one) <= left), None)
        if said:
            kept.append(_citation(len(kept) + 1, hit, said))
            left -= _cost(said)
    return kept


def prompt(passages: Iterable[Citation]) -> str:
    """Return all passages as one text."""
    return "\n\n".join(one.prompt() for one in passages)


def _ways(hit: Hit, best: bool, tokens: int) -> list[Chunk]:
    """What may stand for a hit, the most first."""
    found = hit.candidate.chunk
    ways = [hit.passage, found]
    if best and tokens > _FRAME:
        room = (tokens - _FRAME) * _BYTES
        text = found.text.encode()[:room].decode(errors="ignore")
        ways.append(replace(found, text=text, tokens=0))
    return ways


def _citation(number: int, hit: Hit, said: Chunk) -> Citation:
    found = hit.candidate
    url = found.metadata.get("url")
    return Citation(
        number=number,
        document_id=found.document_id,
        title=found.title,
        headings=said.headings,
        pages=said.pages,
        source=url if isinstance(url, str) and url else found.source,
        score=hit.score,
        text=said.text,
    )


def _cost(passage: Chunk) -> int:
    return _FRAME + (passage.tokens or -(-len(passage.text.encode()) // _BYTES))


def _range(pages: tuple[int, int] | None) -> str:
    if pages is None:
        return ""
    first, last = pages
    return str(first) if first == last else f"{first}-{last}"
