"""Copies of one text: a document that lies in three folders is to be read once.

Two texts are copies when nearly all runs of three words of the shorter are in the longer (Broder
1997, containment of shingles). That alone would take two price lists, or two versions of a
contract, for one: so texts that differ in a number or in a word of the question are kept.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from retrieval.words import words

_SHINGLE = 3
_CONTAINED = 0.9
# With fewer words, one that differs is already more than a tenth.
_FEWEST = 8


type _Shingle = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as sets, made once."""

    words: frozenset[str]
    shingles: frozenset[_Shingle]


class Copies:
    """What has been taken into an answer so far."""

    def __init__(self, question: str) -> None:
        self._asked = frozenset(words(question))
        self._taken: list[_Text] = []
        self._said = set[str]()
        # Which texts hold a run of words: most texts share none, so hardly any two are compared.
        self._holding: dict[_Shingle, list[int]] = defaultdict(list)

    def is_new(self, text: str) -> bool:
        """Whether it is no copy of one before; then it is remembered."""
        parts = words(text)
        plain = " ".join(parts)
        one = _Text(frozenset(parts), frozenset(_shingles(parts)))
        if plain in self._said or self._is_copy(one):
            return False
        self._said.add(plain)
        for shingle in one.shingles:
            self._holding[shingle].append(len(self._taken))
        self._taken.append(one)
        return True

    def _is_copy(self, one: _Text) -> bool:
        places = (self._holding.get(shingle, ()) for shingle in one.shingles)
        shared = Counter(chain.from_iterable(places))
        return any(self._same(one, self._taken[place], held) for place, held in shared.items())

    def _same(self, one: _Text, other: _Text, shared: int) -> bool:
        short, long = sorted((one, other), key=lambda text: len(text.shingles))
        if shared < max(_FEWEST, _CONTAINED * len(short.shingles)):
            return False
        return not self._tells_apart(short.words - long.words)

    def _tells_apart(self, differing: Iterable[str]) -> bool:
        return any(word in self._asked or not word.isalpha() for word in differing)


def _shingles(parts: Sequence[str]) -> Iterator[_Shingle]:
    return (tuple(parts[at : at + _SHINGLE]) for at in range(len(parts) - _SHINGLE + 1))
