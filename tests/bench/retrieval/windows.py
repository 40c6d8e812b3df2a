"""Sections become chunks: windows of words, as the measurement that this one follows had them."""

import re
from collections.abc import Iterator

from passages.chunk import Chunk
from tests.bench.retrieval.sets import Section

WORDS, OVERLAP = 180, 30
_WORD = re.compile(r"\S+")


def windows(section: Section) -> Iterator[Chunk]:
    """Yield chunks of 180 words, each with the last 30 of the one before."""
    words = list(_WORD.finditer(section.text))
    starts = range(0, max(1, len(words) - OVERLAP), WORDS - OVERLAP)
    for ordinal, start in enumerate(starts):
        part = words[start : start + WORDS]
        span = part[0].start(), part[-1].end()
        yield Chunk(ordinal, section.text[slice(*span)], span=span)
