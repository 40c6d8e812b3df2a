"""What a retrieval set is made of, and how its questions are split."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

_TUNE_SHARE = 0.4


@dataclass(frozen=True)
class Section:
    """A part of a manual that reads as one; `title` is the manual's, with the headings."""

    key: str
    title: str
    text: str


@dataclass(frozen=True)
class Query:
    """A question with the section that answers it; `kind` names who wrote such questions.

    `original` is the question that it is a variant of: both are on one side of the split.
    """

    kind: str
    text: str
    target: str
    original: str = ""

    @property
    def tuning(self) -> bool:
        """Whether parameters may be chosen with it: the words decide, so it stays so."""
        return (
            int.from_bytes(_hash("split " + (self.original or self.text).lower())[:4]) / 2**32
            < _TUNE_SHARE
        )


@dataclass
class RetrievalSet:
    """Sections by key, and questions about them; a section's text is there once."""

    sections: dict[str, Section] = field(default_factory=dict)
    queries: list[Query] = field(default_factory=list)
    _texts: set[str] = field(default_factory=set)

    def add(self, source: str, title: str, text: str) -> str | None:
        """Add a section and return its key, or None where there is no text that is new."""
        text = text.strip()
        if len(text) < 80 or source + text in self._texts:
            return None
        self._texts.add(source + text)
        key = f"{source}:{hashlib.sha256((title + text).encode()).hexdigest()[:12]}"
        self.sections[key] = Section(key, title, text)
        return key

    def smaller(self, distractors: int) -> "RetrievalSet":
        """Keep all targets, and so many others, chosen by their keys' hashes."""
        targets = {query.target for query in self.queries}
        others = sorted(self.sections.keys() - targets, key=_hash)
        kept = targets | set(others[:distractors])
        return RetrievalSet({k: v for k, v in self.sections.items() if k in kept}, self.queries)


def sample(queries: Iterable[Query], most: int) -> list[Query]:
    """Choose by hash, so that a further question does not change which of the others stay."""
    return sorted(queries, key=lambda query: _hash(query.text))[:most]


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
