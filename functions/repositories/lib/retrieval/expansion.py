"""Hits are read with what stands around them: one passage for each run of chunks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from os.path import commonprefix

from passages.chunk import Chunk
from passages.document import BETWEEN
from retrieval.hit import Hit
from stores.port import Candidate

type _Chunks = Mapping[tuple[str, int], Chunk]


def expanded(hits: Sequence[Hit], around: Iterable[Candidate], reach: int) -> list[Hit]:
    """Return hits whose passages hold the chunks up to `reach` before and after, where known.

    Hits whose passages touch become one, at the place of the better one.
    """
    # What was found stays what it was, even if the document has changed in between.
    chunks = {(one.document_id, one.chunk.ordinal): one.chunk for one in around}
    chunks |= {_key(hit): hit.candidate.chunk for hit in hits}
    grown = [replace(hit, ordinals=_run(chunks, hit, reach)) for hit in hits]
    merged: list[Hit] = []
    for hit in grown:
        _take(merged, hit)
    return [
        replace(hit, rank=rank, passage=_passage(chunks, hit)) for rank, hit in enumerate(merged, 1)
    ]


def _key(hit: Hit) -> tuple[str, int]:
    return hit.candidate.document_id, hit.candidate.chunk.ordinal


def _run(chunks: _Chunks, hit: Hit, reach: int) -> tuple[int, int]:
    """The first and last chunk of the unbroken run around a hit."""
    document, first = _key(hit)
    last = first
    for _ in range(reach):
        first -= (document, first - 1) in chunks
        last += (document, last + 1) in chunks
    return first, last


def _take(merged: list[Hit], hit: Hit) -> None:
    """Join it with what it touches, or add it; a join may close the gap between two others."""
    touched = [place for place, other in enumerate(merged) if _touch(other, hit)]
    if not touched:
        merged.append(hit)
        return
    runs = [hit.ordinals, *(merged[place].ordinals for place in touched)]
    joined = (min(first for first, _ in runs), max(last for _, last in runs))
    merged[touched[0]] = replace(merged[touched[0]], ordinals=joined)
    for place in reversed(touched[1:]):
        del merged[place]


def _touch(one: Hit, other: Hit) -> bool:
    (first, last), (start, end) = one.ordinals, other.ordinals
    return _key(one)[0] == _key(other)[0] and start <= last + 1 and first <= end + 1


def _passage(chunks: _Chunks, hit: Hit) -> Chunk:
    document, (first, last) = _key(hit)[0], hit.ordinals
    run = [chunks[document, ordinal] for ordinal in range(first, last + 1)]
    if len(run) == 1:
        return run[0]
    pages = [page for chunk in run if chunk.pages for page in chunk.pages]
    return Chunk(
        ordinal=first,
        text=_joined(run),
        headings=tuple(commonprefix([chunk.headings for chunk in run])),
        pages=(min(pages), max(pages)) if pages else None,
        span=(run[0].span[0], max(chunk.span[1] for chunk in run)),
        tokens=sum(chunk.tokens for chunk in run),
    )


def _joined(run: Sequence[Chunk]) -> str:
    return run[0].text + "".join(_after(one, other) for one, other in pairwise(run))


def _after(one: Chunk, other: Chunk) -> str:
    """What the second says after the first: without what both say, with what parts them."""
    gap = other.span[0] - one.span[1]
    if gap == 0:
        return other.text
    if gap < 0 and one.text.endswith(other.text[:-gap]):
        return other.text[-gap:]
    # A gap of one character was a blank or the end of a line; a wider one parted two blocks.
    return ("\n" if gap == 1 else BETWEEN) + other.text
