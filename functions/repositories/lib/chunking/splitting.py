"""Where a text may be cut: ever finer places, from lines and sentences down to characters.

All work on spans (where a piece begins and ends in the whole text), and every split covers its
span without a gap: what separates two pieces goes with the second one.
"""

import re
from collections.abc import Iterator

type Span = tuple[int, int]
type Splitter = re.Pattern[str]

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
# After the end of a sentence: what closes it, space, and a beginning that no small letter makes.
_SENTENCE = re.compile(
    r"(?<=[.!?\u2026])[\"'\u201d\u201c\u2019\u00bb)\]]*(?=\s+[^\sa-z\u00e4\u00f6\u00fc])|(?<=[\u3002\uff01\uff1f])"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-z]|Dr|Mr|Mrs|Ms|Prof|St|No|Nr|Fig|Abb|Art|Abs|vs|etc|cf|vgl|bzw|ca|approx|Sec|Ch|pp|Vol|Inc|Ltd)|\b\d{1,3})\.$"
)
_LINE = re.compile(r"(?=\n)")
_PARAGRAPH = re.compile(r"(?=\n\n)")
_WORD = re.compile(rf"(?=\s)(?<!\s)|(?=[{_CJK}])|(?<=[{_CJK}])")
_LONGEST_ABBREVIATION = 8

LADDERS: dict[str, tuple[str, ...]] = {
    "lines": ("paragraphs", "lines", "stretches", "words", "runs", "characters"),
    "prose": ("paragraphs", "sentences", "stretches", "words", "runs", "characters"),
    "words": ("words", "runs", "characters"),
}
_RUN = 12
# So that the words of a text without sentences are not all held at once.
_STRETCH = 20_000
_LONGEST_WORD = 48


def split(text: str, span: Span, step: str) -> Iterator[Span]:
    """Yield the parts of a span, as fine as the step of the ladder says."""
    if step == "sentences":
        return _between(span, _sentence_ends(text, span))
    if step == "paragraphs":
        return _between(span, _matches(_PARAGRAPH, text, span))
    if step == "lines":
        return _between(span, _matches(_LINE, text, span))
    if step == "stretches":
        return _stretches(text, span)
    if step == "words":
        return _words(text, span)
    return _pieces(span, _RUN if step == "runs" else 1)


def words(text: str, span: Span) -> Iterator[Span]:
    """Yield the words of a span, each with the space before it, none longer than 48 characters."""
    return _words(text, span)


def _words(text: str, span: Span) -> Iterator[Span]:
    for part in _between(span, _matches(_WORD, text, span)):
        yield from _pieces(part, _LONGEST_WORD)


def _stretches(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    while end - start > _STRETCH:
        found = max(text.rfind(mark, start + 1, start + _STRETCH) for mark in " \n")
        place = found if found > start else start + _STRETCH
        yield start, place
        start = place
    if start < end:
        yield start, end


def _matches(places: re.Pattern[str], text: str, span: Span) -> Iterator[int]:
    return (match.start() for match in places.finditer(text, *span))


def _sentence_ends(text: str, span: Span) -> Iterator[int]:
    for match in _SENTENCE.finditer(text, *span):
        before = text[max(span[0], match.start() - _LONGEST_ABBREVIATION) : match.start()]
        if not _ABBREVIATION.search(before):
            yield match.end()


def _between(span: Span, places: Iterator[int]) -> Iterator[Span]:
    start, end = span
    for place in places:
        if start < place < end:
            yield start, place
            start = place
    if start < end:
        yield start, end


def _pieces(span: Span, length: int) -> Iterator[Span]:
    start, end = span
    for place in range(start, end, length):
        yield place, min(place + length, end)
