"""Pieces: what is never cut, each small enough for a chunk of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chunking.outline import Outline, Place
from chunking.ruler import Ruler
from chunking.splitting import LADDERS, Span, split

_BY_KIND = {
    "heading": "prose",
    "paragraph": "prose",
    "list": "lines",
    "table": "lines",
    "code": "lines",
}
# Heads of tables that leave less room for rows than this share of a chunk are not repeated.
_HEAD_AT_MOST = 0.5
_HEAD_LINES = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A span that stays whole. `section` is its place's; `subsection`: it begins a lower one.

    What is `bound` does not end a chunk: headings, heads of tables. `head` is what a chunk that
    begins with this row of a table has to repeat, and `head_tokens` its length.
    """

    start: int
    end: int
    tokens: int
    section: int = 0
    subsection: bool = False
    bound: bool = False
    head: str = ""
    head_tokens: int = 0


def words(outline: Outline, ruler: Ruler, size: int) -> list[Piece]:
    """Return every word of the text as a piece."""
    whole = Piece(0, len(outline.text), size + 1)
    return _refine(outline.text, [whole], LADDERS["words"], Room(ruler, size))


@dataclass(frozen=True, slots=True)
class Room:
    """How long a piece may be, and how its length is found."""

    ruler: Ruler
    size: int


def blocks(outline: Outline, ruler: Ruler, size: int) -> list[Piece]:
    """Return each block as a piece, and what is too long in finer and finer parts."""
    found: list[Piece] = []
    bound = 0
    for place, whole in zip(outline.places, _whole(outline, ruler), strict=True):
        # A heading and what follows it fit one chunk.
        room = Room(ruler, size - bound if bound < size / 2 else size)
        parts = _parts(outline.text, place, whole, room)
        found.extend(parts)
        bound = bound + whole.tokens if place.block.kind == "heading" else 0
    return found


def _whole(outline: Outline, ruler: Ruler) -> list[Piece]:
    behind = [0, *(place.end for place in outline.places)]
    spans = [(start, place.end) for start, place in zip(behind, outline.places, strict=False)]
    lengths = ruler.lengths([outline.text[start:end] for start, end in spans])
    return [
        Piece(
            start,
            end,
            tokens,
            section=place.section,
            subsection=place.block.kind == "heading",
            bound=place.block.kind == "heading",
        )
        for (start, end), tokens, place in zip(spans, lengths, outline.places, strict=True)
    ]


def _parts(text: str, place: Place, whole: Piece, room: Room) -> list[Piece]:
    if whole.tokens <= room.size:
        return [whole]
    if place.block.kind == "table":
        return _rows(text, whole, room)
    ladder = LADDERS[_BY_KIND[place.block.kind]]
    parts = _refine(text, [replace(whole, bound=False, subsection=False)], ladder, room)
    return [replace(parts[0], subsection=whole.subsection), *parts[1:]]


def _refine(text: str, pieces: list[Piece], ladder: Sequence[str], room: Room) -> list[Piece]:
    for step in ladder:
        if all(piece.tokens <= room.size for piece in pieces):
            break
        pieces = _step(text, pieces, step, room)
    return pieces


def _step(text: str, pieces: list[Piece], step: str, room: Room) -> list[Piece]:
    spans: list[tuple[Piece, Span | None]] = []
    for piece in pieces:
        if piece.tokens <= room.size:
            spans.append((piece, None))
        else:
            spans.extend((piece, span) for span in split(text, (piece.start, piece.end), step))
    new = [text[span[0] : span[1]] for _, span in spans if span is not None]
    lengths = iter(room.ruler.lengths(new))
    return [
        piece if span is None else replace(piece, start=span[0], end=span[1], tokens=next(lengths))
        for piece, span in spans
    ]


def _rows(text: str, whole: Piece, room: Room) -> list[Piece]:
    spans = list(split(text, (whole.start, whole.end), "lines"))
    written = text[whole.start : whole.end].lstrip("\n")
    head = "\n".join(written.split("\n", _HEAD_LINES)[:_HEAD_LINES])
    head_tokens = room.ruler.length(head + "\n")
    if head_tokens > room.size * _HEAD_AT_MOST:
        return _refine(text, [replace(whole, bound=False)], LADDERS["lines"], room)
    lengths = room.ruler.lengths([text[start:end] for start, end in spans])
    rows: list[Piece] = []
    headed = 0
    for (start, end), tokens in zip(spans, lengths, strict=True):
        blank = not text[start:end].strip()
        is_head = headed < _HEAD_LINES
        headed += not blank
        row = replace(whole, start=start, end=end, tokens=tokens, bound=is_head)
        if not is_head and tokens + head_tokens <= room.size:
            row = replace(row, head=head, head_tokens=head_tokens)
        rows.extend(_refine(text, [row], LADDERS["words"], room))
    return rows
