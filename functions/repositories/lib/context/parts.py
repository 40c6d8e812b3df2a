"""A document cut into parts that fit a prompt, and their summaries put together again. Pure."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from chunking import Strategy, cut
from chunking.strategy import SMALLEST
from passages.chunk import Chunk
from passages.document import BETWEEN, Document
from passages.tokens import estimate, tokens_of, trimmed

_LARGEST_PIECE = 1024
# Of a room, for the line that says where a text comes from.
_LABEL = 8
# Of the share of a part's summary, for the same.
_LABEL_OF_SUMMARY = 4
_LONGEST_HEADING = 200


@dataclass(frozen=True)
class Piece:
    """A text, and where in the document it comes from; `label` says so to a model."""

    headings: tuple[str, ...]
    pages: tuple[int, int] | None
    label: str
    text: str

    @property
    def written(self) -> str:
        """Return it as a prompt holds it."""
        return f"{self.label}\n{self.text}" if self.label else self.text


@dataclass(frozen=True)
class Part:
    """What one prompt holds. `headings` and `pages` are those of its first and last piece."""

    text: str
    headings: tuple[str, ...]
    pages: tuple[int, int] | None

    def as_bytes(self) -> bytes:
        """Return it as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Part":
        """Return what `as_bytes` wrote."""
        row = json.loads(content)
        pages = (row["pages"][0], row["pages"][1]) if row["pages"] else None
        return cls(row["text"], tuple(row["headings"]), pages)


def pieces_of(document: Document, room: int) -> list[Piece]:
    """Return a document in pieces, each of which, with its label, fits the room."""
    most = room // _LABEL
    size = max(SMALLEST, min(_LARGEST_PIECE, room - most))
    return [_piece(chunk, most) for chunk in cut(document, Strategy("structure", size), estimate)]


def summary_of(part: Part, answer: str, share: int) -> Piece:
    """Return a part's summary as a piece of the next round, no larger than its share."""
    where = label(part.headings, part.pages, share // _LABEL_OF_SUMMARY)
    text = trimmed(answer, share - tokens_of(where))
    return Piece(part.headings, part.pages, where, text)


def packed(pieces: Sequence[Piece], room: int) -> list[Part]:
    """Return pieces in as few parts as their order allows, none larger than the room."""
    return [_part(run) for run in _runs(pieces, room)]


def label(headings: Sequence[str], pages: tuple[int, int] | None, most: int) -> str:
    """Return where a text comes from, for a model to point at; empty if nothing is known."""
    where = [" > ".join(headings)] if headings else []
    if pages:
        first, last = pages
        where.insert(0, f"page {first}" if first == last else f"pages {first}-{last}")
    shown = trimmed(", ".join(where), most - 2)
    return f"[{shown}]" if shown else ""


def _piece(chunk: Chunk, most: int) -> Piece:
    where = label(chunk.headings, chunk.pages, most)
    return Piece(chunk.headings, chunk.pages, where, chunk.text)


def _runs(pieces: Sequence[Piece], room: int) -> Iterator[list[Piece]]:
    run: list[Piece] = []
    left = room
    lengths = estimate([piece.written for piece in pieces])
    for piece, tokens in zip(pieces, lengths, strict=True):
        if run and tokens > left:
            yield run
            run, left = [], room
        run.append(piece)
        left -= tokens
    if run:
        yield run


def _part(run: Sequence[Piece]) -> Part:
    pages = [piece.pages for piece in run if piece.pages]
    return Part(
        text=BETWEEN.join(piece.written for piece in run),
        headings=_covering(run),
        pages=(pages[0][0], pages[-1][1]) if pages else None,
    )


def _covering(run: Sequence[Piece]) -> tuple[str, ...]:
    first, last = run[0].headings, run[-1].headings
    if first == last:
        return first
    ends = [" > ".join(one)[:_LONGEST_HEADING] for one in (first, last) if one]
    return (" ... ".join(ends),) if ends else ()
