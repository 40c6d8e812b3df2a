"""The door: a document in, chunks out, none larger than asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched

from chunking.outline import Outline
from chunking.packing import evenly, fully, sections
from chunking.pieces import Piece, blocks
from chunking.pieces import words as words_of
from chunking.ruler import Count, Ruler
from chunking.splitting import words
from chunking.strategy import Strategy
from passages.chunk import Chunk
from passages.document import Document

# No tokenizer makes one token of more characters than this, but for runs of one character.
_CHARACTERS_IN_TOKEN = 32
_BATCH = 500


@dataclass(frozen=True, slots=True)
class _Cut:
    """A chunk to be: its pieces, and where the text begins that it repeats of the one before."""

    pieces: Sequence[Piece]
    start: int

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.pieces[-1].end


@dataclass(frozen=True, slots=True)
class _Limit:
    """How long a chunk may be, and how its length is found."""

    ruler: Ruler
    size: int


def cut(document: Document, strategy: Strategy, count: Count) -> list[Chunk]:
    """Return the chunks of a document, in its order; together they have all of its text.

    `count` returns the tokens of each text. `document.text()[a:b] == chunk.text` for the span
    (a, b) of every chunk but those that continue a table: they repeat its head, which is not in
    their span. The overlap is as many whole words as it has room for, and never reaches back over
    a heading that `structure` cuts at, or into a table that is continued.
    """
    outline = Outline(document)
    limit = _Limit(Ruler(count), strategy.size)
    chunks: list[Chunk] = []
    # Not all at once: the words of a long text take much more room than the text.
    for some in batched(_cuts(outline, strategy, limit.ruler), _BATCH):
        cuts = [entry for entry in some if _written(outline, entry)]
        lengths = limit.ruler.lengths([_text(outline, entry) for entry in cuts])
        for entry, tokens in zip(cuts, lengths, strict=True):
            for fit in _fitting(outline, entry, tokens, limit):
                chunks.append(_chunk(outline, *fit, len(chunks)))
    return chunks


def _cuts(outline: Outline, strategy: Strategy, ruler: Ruler) -> Iterator[_Cut]:
    overlap = 0 if strategy.kind == "none" else strategy.overlap
    before: Sequence[Piece] = ()
    for run in _runs(outline, strategy, ruler):
        for own in run:
            yield _Cut(own, _begin(outline.text, own[0], before, (overlap, ruler)))
            before = own
        before = ()


def _runs(outline: Outline, strategy: Strategy, ruler: Ruler) -> Iterator[Iterator[list[Piece]]]:
    """Yield what no overlap goes beyond, each as the pieces of its chunks."""
    size, overlap = strategy.size, strategy.overlap
    if strategy.kind == "fixed":
        yield fully(words_of(outline, ruler, size), size, overlap)
        return
    pieces = blocks(outline, ruler, size)
    if strategy.kind == "structure":
        for begin, end in sections(pieces, size):
            yield evenly(pieces[begin:end], size, overlap)
    else:
        pack = fully if strategy.kind == "none" else evenly
        yield pack(pieces, size, 0 if strategy.kind == "none" else overlap)


def _begin(text: str, first: Piece, before: Sequence[Piece], asked: tuple[int, Ruler]) -> int:
    """Return where a chunk begins that repeats the last words of the one before."""
    overlap, ruler = asked
    if not before or not overlap or first.head:
        return first.start
    lowest = max(before[0].start, first.start - overlap * _CHARACTERS_IN_TOKEN)
    repeated = list(words(text, (lowest, first.start)))[1:]
    lengths = ruler.lengths([text[start:end] for start, end in repeated])
    begin = first.start
    for (start, _), tokens in zip(reversed(repeated), reversed(lengths), strict=True):
        overlap -= tokens
        if overlap < 0:
            break
        begin = start
    return begin


def _fitting(
    outline: Outline, entry: _Cut, tokens: int, limit: _Limit
) -> Iterator[tuple[_Cut, int]]:
    """Yield a cut, or its halves: words together may be more tokens than each for itself."""
    if tokens <= limit.size or (len(entry.pieces) == 1 and entry.start == entry.pieces[0].start):
        yield entry, tokens
        return
    middle = len(entry.pieces) // 2
    parts = [entry.pieces[:middle], entry.pieces[middle:]] if middle else [entry.pieces]
    for part in parts:
        half = _Cut(part, part[0].start)
        if _written(outline, half):
            length = limit.ruler.length(_text(outline, half))
            yield from _fitting(outline, half, length, limit)


def _written(outline: Outline, entry: _Cut) -> bool:
    start, end = entry.span
    return bool(outline.text[start:end].strip())


def _trimmed(outline: Outline, entry: _Cut) -> tuple[int, int]:
    start, end = entry.span
    text = outline.text[start:end].rstrip()
    begun = text.lstrip("\n")
    first = start + len(text) - len(begun)
    # Code keeps the indentation of its first line.
    if outline.touched(first, first + 1)[0].block.kind != "code":
        first = start + len(text) - len(text.lstrip())
    return first, start + len(text)


def _text(outline: Outline, entry: _Cut) -> str:
    start, end = _trimmed(outline, entry)
    body = outline.text[start:end]
    head = entry.pieces[0].head
    return f"{head}\n{body}" if head else body


def _chunk(outline: Outline, entry: _Cut, tokens: int, ordinal: int) -> Chunk:
    start, end = _trimmed(outline, entry)
    return Chunk(
        ordinal=ordinal,
        text=_text(outline, entry),
        headings=outline.headings(start, end),
        pages=outline.pages(start, end),
        span=(start, end),
        tokens=tokens,
    )
