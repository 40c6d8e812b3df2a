"""From lines to paragraphs: what belongs together on a page, and what only runs along with it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from layout.line import HYPHEN, Line
from layout.tables import tables

BULLET = re.compile(r"(?:[•▪◦‣●○■□–*·\uf0b7-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+\S")
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b")
_SENTENCE_END = (".", "!", "?", ":", ";")
# Running heads and feet are among this many lines at the top and the bottom of this many pages.
_MARGIN_LINES = 2
_MARGIN_PAGES = 3
_SAME_HEIGHT = 4.0
_RUNNING_AT_MOST = 1.15
_PAGE_NUMBER = re.compile(r"^\d{1,5}(?=\s)|(?<=\s)\d{1,5}$")
_WORD_AT_HYPHEN = re.compile(rf"(\w{{0,40}}){HYPHEN}(\w{{0,40}})")
# Distances in multiples of a usual line's, and of a letter's size.
_NEW_PARAGRAPH = 1.25
_NEW_CODE = 2.6
_EMPTY_LINE = 1.7
_INDENT = 0.8
_SHORT = 0.75
_OTHER_SIZE = 0.6
_USUAL_STEP = 1.2
_STEPS = (0.5, 3.0)
_INDENTED_AT_MOST = 80
# What leads the eye in contents to the number of a page: nothing to read, and a token each.
_LEADERS = re.compile(r"(?:\s*\.){4,}\s*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that read as one; a table has `rows` and no text."""

    text: str
    page: int
    size: float
    fixed: bool = False
    rows: tuple[tuple[str, ...], ...] = ()


def without_running(lines: Sequence[Line]) -> list[Line]:
    """Leave out page numbers, and heads and feet that come again on other pages."""
    body = body_size(lines)
    alike: dict[tuple[object, int], list[Line]] = defaultdict(list)
    for _, page in groupby(lines, key=lambda line: line.page):
        for line in _edges(list(page)):
            height = round(line.top / _SAME_HEIGHT)
            alike[_NUMBER.sub("#", line.text.casefold()), height].append(line)
            # The title of a section with the page's number: the number goes on as the pages do.
            if number := _PAGE_NUMBER.search(line.text):
                alike[int(number[0]) - line.page, height].append(line)
    dropped = {
        id(line)
        for group in alike.values()
        if len({line.page for line in group}) >= _MARGIN_PAGES
        for line in group
        # A large "Chapter 3" at the top of its page is no running head, nor is a title of a slide.
        if line.size <= body * _RUNNING_AT_MOST
    }
    return [line for line in lines if id(line) not in dropped]


def _edges(page: list[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: line.top)
    return by_height[:_MARGIN_LINES] + by_height[_MARGIN_LINES:][-_MARGIN_LINES:]


def body_size(lines: Iterable[Line]) -> float:
    """Return the size that most of the text has."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def paragraphs(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Yield paragraphs and pieces of code; none goes over the end of a page."""
    hyphens = _Hyphens(lines)
    for number, page in groupby(lines, key=lambda line: line.page):
        on_page = list(page)
        joiner = _Joiner(on_page)
        done = 0
        for table in tables(on_page):
            yield from _between_tables(on_page[done : table.first], joiner, hyphens)
            yield Paragraph("", number, on_page[table.first].size, rows=table.rows)
            done = table.behind
        yield from _between_tables(on_page[done:], joiner, hyphens)


def _between_tables(
    lines: Sequence[Line], joiner: "_Joiner", hyphens: "_Hyphens"
) -> Iterator[Paragraph]:
    held: list[Line] = []
    for line in lines:
        if held and not joiner.continues(held, line):
            yield _joined(held, hyphens)
            held = []
        held.append(line)
    if held:
        yield _joined(held, hyphens)


class _Joiner:
    """Decides whether a line goes on with a paragraph."""

    def __init__(self, page: list[Line]) -> None:
        steps = [
            (one.bottom - other.top) / one.size
            for one, other in zip(page, page[1:], strict=False)
            if one.size
        ]
        near = [step for step in steps if _STEPS[0] < step < _STEPS[1]]
        self._step = min(median(near), 2.5) if near else _USUAL_STEP
        self._right = max(line.right for line in page)
        self._left = min(line.left for line in page)

    def continues(self, held: list[Line], line: Line) -> bool:
        last = held[-1]
        fall = last.bottom - line.top
        if abs(fall) < last.size / 2:
            return True
        if line.fixed != held[0].fixed or abs(line.size - last.size) > _OTHER_SIZE:
            return False
        if fall > self._step * last.size * (_NEW_CODE if line.fixed else _NEW_PARAGRAPH):
            return False
        return line.fixed or self._reads_on(last, line)

    def _reads_on(self, last: Line, line: Line) -> bool:
        if BULLET.match(line.text):
            return False
        if line.top > last.bottom:
            # The next column goes on with a sentence, or begins anew.
            return line.text[:1].islower() and not last.text.endswith(_SENTENCE_END)
        return not self._was_last(last, line)

    def _was_last(self, last: Line, line: Line) -> bool:
        if not last.text.endswith(_SENTENCE_END):
            return False
        is_short = last.right < self._left + _SHORT * (self._right - self._left)
        return is_short or line.left - last.left > _INDENT * last.size


def _joined(held: list[Line], hyphens: "_Hyphens") -> Paragraph:
    first = held[0]
    size = Counter(line.size for line in held for _ in line.text).most_common(1)[0][0]
    if first.fixed:
        return Paragraph(_as_code(held), first.page, size, fixed=True)
    text = ""
    for line in held:
        ends_in_hyphen = text[-2:-1].isalpha() and text.endswith("-") and line.text[:1].islower()
        text = f"{text[:-1]}{HYPHEN}{line.text}" if ends_in_hyphen else f"{text} {line.text}"
    text = _LEADERS.sub(" ... ", hyphens.resolve(text))
    return Paragraph(" ".join(text.split()), first.page, size)


def _as_code(held: list[Line]) -> str:
    margin = min(line.left for line in held)
    written: list[str] = []
    bottom = held[0].top
    for line in held:
        fall = (bottom - line.top) / (line.size or 1)
        text = line.text.replace(HYPHEN, "-\n")
        if written and abs(fall) < 1 / 2:
            written[-1] += f" {text}"
        else:
            written.extend([""] if fall > _EMPTY_LINE * _USUAL_STEP else [])
            written.append(_indented(line, margin) + text)
        bottom = line.bottom
    return "\n".join(written)


def _indented(line: Line, margin: float) -> str:
    # A letter of fixed pitch is six tenths as wide as it is high.
    return " " * min(_INDENTED_AT_MOST, round((line.left - margin) / (0.6 * line.size or 1)))


class _Hyphens:
    """Tells the hyphens that only a line's end made from those that a word has."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._words = {
            word.casefold() for line in lines for word in re.findall(r"\w+(?:-\w+)*", line.text)
        }

    def resolve(self, text: str) -> str:
        return _WORD_AT_HYPHEN.sub(self._resolved, text)

    def _resolved(self, match: re.Match[str]) -> str:
        before, after = match.groups()
        joined, hyphened = before + after, f"{before}-{after}"
        if hyphened.casefold() in self._words or not after[:1].islower():
            return hyphened
        return joined
