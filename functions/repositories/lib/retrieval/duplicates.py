"""Copies of one text: a document that lies in three folders is to be read once.

Two texts are copies when nearly all runs of three words of the shorter are in the longer (Broder
1997, containment of shingles). That alone would take two price lists, or two versions of a
contract, for one: so texts that differ in a number or in a word of the question are kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from retrieval.words import words

_SHINGLE = 3
_CONTAINED = 0.9
# With fewer words, one that differs is already more than a tenth.
_FEWEST = 8


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as sets, made once."""

    plain: str
    words: frozenset[str]
    shingles: frozenset[tuple[str, ...]]


class Copies:
    """What has been taken into an answer so far."""

    def __init__(self, question: str) -> None:
        self._asked = frozenset(words(question))
        self._taken: list[_Text] = []

    def is_new(self, text: str) -> bool:
        """Whether it is no copy of one before; then it is remembered."""
        one = _text(text)
        if any(self._same(one, other) for other in self._taken):
            return False
        self._taken.append(one)
        return True

    def _same(self, one: _Text, other: _Text) -> bool:
        if one.plain == other.plain:
            return True
        short, long = sorted((one, other), key=lambda text: len(text.shingles))
        if len(short.shingles) < _FEWEST:
            return False
        shared = len(short.shingles & long.shingles) / len(short.shingles)
        return shared >= _CONTAINED and not self._tells_apart(short.words - long.words)

    def _tells_apart(self, differing: Iterable[str]) -> bool:
        return any(word in self._asked or not word.isalpha() for word in differing)


def _text(text: str) -> _Text:
    parts = words(text)
    return _Text(" ".join(parts), frozenset(parts), frozenset(_shingles(parts)))


def _shingles(parts: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(parts[at : at + _SHINGLE]) for at in range(len(parts) - _SHINGLE + 1))
