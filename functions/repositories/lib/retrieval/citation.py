"""Passages for a chat prompt, numbered so that the answer can say what it rests on."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape

from passages.chunk import Chunk
from passages.tokens import tokens_of, trimmed
from retrieval.hit import Hit

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
        ways = (_citation(len(kept) + 1, hit, said) for said in (hit.passage, _found(hit)))
        one = next((way for way in ways if _cost(way) <= left), None)
        if one is None and not kept:
            one = _begun(_citation(1, hit, _found(hit)), left)
        if one:
            kept.append(one)
            left -= _cost(one)
    return kept


def prompt(passages: Iterable[Citation]) -> str:
    """Return all passages as one text."""
    return "\n\n".join(one.prompt() for one in passages)


def _found(hit: Hit) -> Chunk:
    return hit.candidate.chunk


def _begun(one: Citation, tokens: int) -> Citation | None:
    """Return as much of a passage as has room, None if none of its words has."""
    text = trimmed(one.text, tokens - _cost(replace(one, text="")))
    return replace(one, text=text) if text else None


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


def _cost(one: Citation) -> int:
    return tokens_of(one.prompt())


def _range(pages: tuple[int, int] | None) -> str:
    if pages is None:
        return ""
    first, last = pages
    return str(first) if first == last else f"{first}-{last}"
