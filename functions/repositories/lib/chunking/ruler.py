"""Lengths in tokens, each text counted once."""

from collections.abc import Callable, Sequence

type Count = Callable[[list[str]], list[int]]


class Ruler:
    """Counts tokens in batches, and remembers short texts: words come again and again."""

    _REMEMBERED = 64

    def __init__(self, count: Count) -> None:
        self._count = count
        self._known: dict[str, int] = {}

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
