"""Which paragraphs of a PDF are headings: its outline says so, or else their size."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layout.paragraphs import Paragraph

# 1.2, A.3, Chapter 4:, IV. and the like, which outlines often leave out.
_NUMBERING = re.compile(
    r"^(?:(?:chapter|section|appendix|part|kapitel|abschnitt|anhang)\s+)?"
    r"(?:\d+(?:\.\d+)*|[A-Z](?:\.\d+)+|[A-Z]|[IVXLC]+)[.:)]?\s+",
    re.IGNORECASE,
)
_NO_WORD = re.compile(r"\W+")
_LONGEST = 200
_LARGER = 1.15
_LEVELS = 4
# An outline of which less than this share is found on its pages is of something else.
_FOUND = 0.5


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a PDF's outline: its title, its page from 1, its level from 1."""

    title: str
    page: int
    level: int


def levels(
    paragraphs: Sequence[Paragraph], outline: Sequence[Entry], body: float
) -> Mapping[int, int]:
    """Return the levels of headings by the place of the paragraph."""
    found = _by_outline(paragraphs, outline)
    if outline and len(found) >= _FOUND * len(outline):
        return found
    return _by_size(paragraphs, body)


def _by_outline(paragraphs: Sequence[Paragraph], outline: Sequence[Entry]) -> dict[int, int]:
    wanted: dict[tuple[int, str], list[int]] = {}
    for entry in outline:
        wanted.setdefault((entry.page, _plain(entry.title)), []).append(entry.level)
    found: dict[int, int] = {}
    for place, paragraph in enumerate(paragraphs):
        if len(paragraph.text) > _LONGEST or paragraph.fixed:
            continue
        left = wanted.get((paragraph.page, _plain(paragraph.text)))
        if left:
            found[place] = left.pop(0)
    return found


def _by_size(paragraphs: Sequence[Paragraph], body: float) -> dict[int, int]:
    large = {
        place: round(paragraph.size)
        for place, paragraph in enumerate(paragraphs)
        if paragraph.size >= body * _LARGER
        and len(paragraph.text) <= _LONGEST
        and not paragraph.text.endswith((".", ",", ";"))
        and any(map(str.isalpha, paragraph.text))
    }
    ranks = sorted(set(large.values()), reverse=True)
    return {place: min(ranks.index(size) + 1, _LEVELS) for place, size in large.items()}


def _plain(title: str) -> str:
    return _NO_WORD.sub("", _NUMBERING.sub("", title.strip()).casefold())
