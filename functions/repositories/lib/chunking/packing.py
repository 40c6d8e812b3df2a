"""Which pieces make a chunk."""

import math
from collections.abc import Iterator, Sequence

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


def evenly(pieces: Sequence[Piece], size: int, overlap: int) -> Iterator[Range]:
    """Yield ranges that fit `size` and are about as long as each other."""
    total = _tokens(pieces)
    number = max(1, math.ceil((total - overlap) / (size - overlap)))
    return _fill(pieces, size, overlap, min(size, total / number))


def fully(pieces: Sequence[Piece], size: int, overlap: int) -> Iterator[Range]:
    """Yield ranges that are as long as `size` allows; each leaves room for its overlap."""
    return _fill(pieces, size, overlap, math.inf)


def _fill(pieces: Sequence[Piece], size: int, overlap: int, goal: float) -> Iterator[Range]:
    begun, held = 0, 0
    for at, piece in enumerate(pieces):
        while held and _ends_before(piece, held, _room(pieces[begun], begun, size, overlap), goal):
            end = _without_bound(pieces, begun, at)
            yield begun, end
            begun, held = end, _tokens(pieces[end:at])
        held += piece.tokens
    if pieces:
        yield begun, len(pieces)


def _room(first: Piece, begun: int, size: int, overlap: int) -> int:
    if first.head:
        return size - first.head_tokens
    return size - overlap if begun else size


def _ends_before(piece: Piece, held: int, room: int, goal: float) -> bool:
    if held + piece.tokens > room or held >= goal:
        return True
    return piece.subsection and goal < math.inf and held >= _FULL * room


def _without_bound(pieces: Sequence[Piece], begun: int, at: int) -> int:
    """Leave headings that would end a chunk to what they are above."""
    end = at
    while end > begun and pieces[end - 1].bound:
        end -= 1
    return end if end > begun else at


def _tokens(pieces: Sequence[Piece]) -> int:
    return sum(piece.tokens for piece in pieces)
