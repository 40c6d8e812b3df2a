"""Lengths in tokens, each text counted once."""

from collections.abc import Callable, Sequence

# A token of more than that many is rare; a text of them is cut finer than it had to be.
_CHARACTERS = 32

type Count = Callable[[list[str]], list[int]]


class Ruler:
    """Counts tokens in batches, and remembers short texts: words come again and again."""

    _REMEMBERED = 64

    def __init__(self, count: Count) -> None:
        self._count = count
        self._known: dict[str, int] = {}

    def about(self, texts: Sequence[str], size: int) -> list[int]:
        """Return the tokens of each text; of one that is far longer than `size`, more than that.

        Counting what is going to be cut anyway would take most of the time, and much memory.
        """
        near = [text for text in texts if len(text) <= size * _CHARACTERS]
        counted = iter(self.lengths(near))
        return [next(counted) if len(text) <= size * _CHARACTERS else len(text) for text in texts]

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Return the tokens of each text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        counted = dict(zip(new, self._count(new), strict=True)) if new else {}
        found = [counted[text] if text in counted else self._known[text] for text in texts]
        self._known.update(
            (text, length) for text, length in counted.items() if len(text) <= self._REMEMBERED
        )
        return found

    def length(self, text: str) -> int:
        """Return the tokens of one text."""
        return self.lengths([text])[0]
