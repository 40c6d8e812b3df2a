"""Pieces: what is never cut, each small enough for a chunk of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chunking.outline import Outline, Place
from chunking.ruler import Ruler
from chunking.splitting import LADDERS, split

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
# A chunk of words that no sentence parts is filled up to this share.
_GRAINS = 16


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


@dataclass(frozen=True, slots=True)
class Room:
    """How long a piece may be, and how its length is found.

    Words that a piece is cut into come together again up to `grain` tokens.
    """

    ruler: Ruler
    size: int
    grain: int = 0


def words(outline: Outline, ruler: Ruler, size: int) -> Iterator[Piece]:
    """Yield every word of the text as a piece."""
    room = Room(ruler, size)
    for start, end in split(outline.text, (0, len(outline.text)), "stretches"):
        yield from _refine(outline.text, Piece(start, end, size + 1), LADDERS["words"], room)


def blocks(outline: Outline, ruler: Ruler, size: int) -> list[Piece]:
    """Return each block as a piece, and what is too long in finer and finer parts."""
    found: list[Piece] = []
    bound = 0
    for place, whole in zip(outline.places, _whole(outline, ruler, size), strict=True):
        # A heading and what follows it fit one chunk.
        room = Room(ruler, size - bound if bound < size / 2 else size, size // _GRAINS)
        parts = _parts(outline.text, place, whole, room)
        found.extend(parts)
        bound = bound + whole.tokens if place.block.kind == "heading" else 0
    return found


def _whole(outline: Outline, ruler: Ruler, size: int) -> list[Piece]:
    behind = [0, *(place.end for place in outline.places)]
    spans = [(start, place.end) for start, place in zip(behind, outline.places, strict=False)]
    lengths = ruler.about([outline.text[start:end] for start, end in spans], size)
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
    parts = _refine(text, replace(whole, bound=False, subsection=False), ladder, room)
    return [replace(parts[0], subsection=whole.subsection), *parts[1:]]


def _refine(text: str, piece: Piece, ladder: Sequence[str], room: Room) -> list[Piece]:
    if piece.tokens <= room.size or not ladder:
        return [piece]
    spans = list(split(text, (piece.start, piece.end), ladder[0]))
    lengths = room.ruler.about([text[start:end] for start, end in spans], room.size)
    parts = [
        replace(piece, start=start, end=end, tokens=tokens)
        for (start, end), tokens in zip(spans, lengths, strict=True)
    ]
    finer = [fine for part in parts for fine in _refine(text, part, ladder[1:], room)]
    return list(_together(finer, room.grain)) if ladder[0] == "words" else finer


def _together(parts: Sequence[Piece], grain: int) -> Iterator[Piece]:
    held = parts[0]
    for part in parts[1:]:
        if held.tokens + part.tokens <= grain:
            held = replace(held, end=part.end, tokens=held.tokens + part.tokens)
        else:
            yield held
            held = part
    yield held


def _rows(text: str, whole: Piece, room: Room) -> list[Piece]:
    spans = list(split(text, (whole.start, whole.end), "lines"))
    written = text[whole.start : whole.end].lstrip("\n")
    head = "\n".join(written.split("\n", _HEAD_LINES)[:_HEAD_LINES])
    head_tokens = room.ruler.length(head + "\n")
    if head_tokens > room.size * _HEAD_AT_MOST:
        return _refine(text, replace(whole, bound=False), LADDERS["lines"], room)
    lengths = room.ruler.about([text[start:end] for start, end in spans], room.size)
    rows: list[Piece] = []
    headed = 0
    for (start, end), tokens in zip(spans, lengths, strict=True):
        blank = not text[start:end].strip()
        is_head = headed < _HEAD_LINES
        headed += not blank
        row = replace(whole, start=start, end=end, tokens=tokens, bound=is_head)
        if not is_head and tokens + head_tokens <= room.size:
            row = replace(row, head=head, head_tokens=head_tokens)
        rows.extend(_refine(text, row, LADDERS["words"], room))
    return rows
