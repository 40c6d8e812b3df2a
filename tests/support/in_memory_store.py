"""A vector store in memory: exact cosine, and BM25 with the formula of the real ones."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from stores.port import (
    Candidate,
    Copy,
    Embedded,
    Filter,
    Metadata,
    Place,
    Question,
    Scalar,
    Shelf,
    StaleCopyError,
)

_K1, _B = 1.2, 0.75


@dataclass
class _Contents:
    """What stands on one shelf. A copy whose chunks are None was removed."""

    copies: dict[str, tuple[Copy, Sequence[Embedded] | None]] = field(default_factory=dict)

    def standing(self) -> Iterator[tuple[Copy, Embedded]]:
        for _, (copy, chunks) in sorted(self.copies.items()):
            for one in chunks or ():
                yield copy, one


class InMemoryStore:
    """Passes the suite of the adapters, tests/integration/stores/test_contract.py."""

    def __init__(self) -> None:
        self._shelves: dict[str, _Contents] = {}

    def prepare(self, shelf: Shelf) -> None:
        self._shelves.setdefault(shelf.name, _Contents())

    def drop(self, shelf: Shelf) -> None:
        self._shelves.pop(shelf.name, None)

    def replace(self, shelf: Shelf, copy: Copy, chunks: Sequence[Embedded]) -> None:
        copies = self._shelves[shelf.name].copies
        known, standing = copies.get(copy.document_id, (None, None))
        if known and copy.generation < known.generation + (standing is None):
            raise StaleCopyError(copy.document_id)
        copies[copy.document_id] = copy, tuple(chunks)

    def remove(self, shelf: Shelf, document_id: str, generation: int) -> None:
        copies = self._shelves[shelf.name].copies
        known, standing = copies.get(document_id, (None, None))
        if known and generation < known.generation:
            if standing is None:
                return
            raise StaleCopyError(document_id)
        copies[document_id] = Copy(document_id, generation, "", ""), None

    def find(self, shelf: Shelf, question: Question) -> list[Candidate]:
        standing = list(self._shelves[shelf.name].standing())
        asked = [one for one in standing if matches(one[0].metadata, question.where)]
        found: dict[Place, Candidate] = {}
        if question.mode != "text" and question.vector is not None:
            scores = [cosine(one.vector, question.vector) for _, one in asked]
            for rank, (at, score) in enumerate(_best(asked, scores, question.limit), 1):
                found[_place(*at)] = replace(_plain(*at), similarity=score, vector_rank=rank)
        if question.mode != "vector":
            scores = bm25(question.text, [_text(*one) for one in standing])
            kept = [(one, s) for one, s in zip(standing, scores, strict=True) if s > 0]
            kept = [(one, s) for one, s in kept if matches(one[0].metadata, question.where)]
            best = _best([one for one, _ in kept], [s for _, s in kept], question.limit)
            for rank, (at, score) in enumerate(best, 1):
                known = found.get(_place(*at), _plain(*at))
                found[_place(*at)] = replace(known, bm25=score, text_rank=rank)
        return list(found.values())

    def around(self, shelf: Shelf, places: Sequence[Place], reach: int) -> list[Candidate]:
        wanted = {
            Place(place.document_id, place.ordinal + step)
            for place in places
            for step in range(-reach, reach + 1)
        }
        standing = self._shelves[shelf.name].standing()
        return [_plain(*one) for one in standing if _place(*one) in wanted]

    def copies(self, shelf: Shelf) -> Iterator[tuple[Copy, int]]:
        for _, (copy, chunks) in sorted(self._shelves[shelf.name].copies.items()):
            if chunks is not None:
                yield copy, len(chunks)


def matches(metadata: Metadata, where: Filter) -> bool:
    """Whether every field has the value, or one of the values; of a list of tags, any."""
    return all(_any_of(metadata.get(name), wanted) for name, wanted in where.items())


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """0 where a vector has no direction."""
    lengths = math.hypot(*one) * math.hypot(*other)
    return sum(a * b for a, b in zip(one, other, strict=True)) / lengths if lengths else 0.0


def bm25(question: str, texts: Sequence[str]) -> list[float]:
    """The score of each text; words are lower-cased, and otherwise as they are."""
    counts = [Counter(_words(text)) for text in texts]
    average = sum(map(Counter.total, counts)) / len(counts) if counts else 0.0
    words = set(_words(question))
    rarity = {word: _idf(len(counts), sum(word in count for count in counts)) for word in words}
    return [sum(rarity[w] * _weight(count, w, average) for w in words) for count in counts]


def _idf(texts: int, having: int) -> float:
    return math.log(1 + (texts - having + 0.5) / (having + 0.5))


def _weight(count: Mapping[str, int], word: str, average: float) -> float:
    often, length = count.get(word, 0), sum(count.values())
    return often * (_K1 + 1) / (often + _K1 * (1 - _B + _B * length / average)) if often else 0.0


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _any_of(value: Scalar | Sequence[str] | None, wanted: Scalar | Sequence[Scalar]) -> bool:
    values: Collection[object] = [value] if isinstance(value, str | int | float | None) else value
    allowed = [wanted] if isinstance(wanted, str | int | float) else wanted
    return any(_same(one, other) for one in values for other in allowed)


def _same(one: object, other: object) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _best(
    standing: Sequence[tuple[Copy, Embedded]], scores: Sequence[float], limit: int
) -> list[tuple[tuple[Copy, Embedded], float]]:
    pairs = sorted(zip(standing, scores, strict=True), key=lambda pair: -pair[1])
    return pairs[:limit]


def _place(copy: Copy, one: Embedded) -> Place:
    return Place(copy.document_id, one.chunk.ordinal)


def _plain(copy: Copy, one: Embedded) -> Candidate:
    return Candidate(copy.document_id, copy.title, copy.source, copy.metadata, one.chunk)


def _text(copy: Copy, one: Embedded) -> str:
    return " ".join((copy.title, *one.chunk.headings, one.chunk.text))
