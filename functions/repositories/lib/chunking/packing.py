"""Which pieces make a chunk."""

import math
from collections.abc import Iterable, Iterator, Sequence

from chunking.pieces import Piece

type Range = tuple[int, int]

# A section with less than this share of a chunk goes with the next one.
_TINY = 1 / 8
# From this share on, a chunk rather ends than it takes in a further subsection.
_FULL = 0.6


def sections(pieces: Sequence[Piece], size: int) -> list[Range]:
    """Return ranges of pieces that no chunk leaves: sections, tiny ones with their neighbour."""
    last = len(pieces)
    ends = [at for at in range(1, last) if pieces[at].section != pieces[at - 1].section]
    merged: list[Range] = []
    begun = 0
    for end in [*ends, last]:
        tiny = _tokens(pieces[begun:end]) < size * _TINY
        if tiny and end < last:
            continue
        if tiny and merged:
            begun = merged.pop()[0]
        merged.append((begun, end))
        begun = end
    return merged


def evenly(pieces: Sequence[Piece], size: int, overlap: int) -> Iterator[list[Piece]]:
    """Yield pieces that fit `size` together, and are about as long as the next ones."""
    total = _tokens(pieces)
    number = max(1, math.ceil((total - overlap) / (size - overlap)))
    return _fill(pieces, size, overlap, min(size, total / number))


def fully(pieces: Iterable[Piece], size: int, overlap: int) -> Iterator[list[Piece]]:
    """Yield pieces that are together as long as `size` allows, with room for the overlap."""
    return _fill(pieces, size, overlap, math.inf)


def _fill(pieces: Iterable[Piece], size: int, overlap: int, goal: float) -> Iterator[list[Piece]]:
    held: list[Piece] = []
    tokens, repeats = 0, 0
    for piece in pieces:
        while held and _ends_before(piece, tokens, _room(held[0], size, repeats), goal):
            full, held = _without_bound(held)
            yield full
            tokens, repeats = _tokens(held), overlap
        held.append(piece)
        tokens += piece.tokens
    if held:
        yield held


def _room(first: Piece, size: int, repeats: int) -> int:
    return size - (first.head_tokens if first.head else repeats)


def _ends_before(piece: Piece, held: int, room: int, goal: float) -> bool:
    if held + piece.tokens > room or held >= goal:
        return True
    return piece.subsection and goal < math.inf and held >= _FULL * room


def _without_bound(held: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Leave headings that would end a chunk to what they are above."""
    end = len(held)
    while end and held[end - 1].bound:
        end -= 1
    end = end or len(held)
    return held[:end], held[end:]


def _tokens(pieces: Sequence[Piece]) -> int:
    return sum(piece.tokens for piece in pieces)
