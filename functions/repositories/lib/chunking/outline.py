"""Where each block stands: in the text, and below which headings."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import takewhile

from passages.document import BETWEEN, Block, Document

# Headings of these levels begin what is cut apart.
SECTION_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A block with its span in the text, the headings that it is below (or is), and its section.

    Sections count from 0; each begins with a heading of level 1 or 2.
    """

    block: Block
    start: int
    end: int
    path: tuple[str, ...]
    section: int


class Outline:
    """The places of a document."""

    def __init__(self, document: Document) -> None:
        self.text = document.text()
        self.places = _places(document)
        self._starts = [place.start for place in self.places]

    def touched(self, start: int, end: int) -> list[Place]:
        """Return the blocks that have text within a span."""
        first = max(0, bisect_right(self._starts, start) - 1)
        behind = bisect_right(self._starts, max(start, end - 1))
        return [place for place in self.places[first:behind] if place.end > start]

    def pages(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first and last page of a span."""
        pages = [place.block.page for place in self.touched(start, end)]
        known = [page for page in pages if page is not None]
        return (min(known), max(known)) if known else None

    def headings(self, start: int, end: int) -> tuple[str, ...]:
        """Return the path of headings that all of a span is below."""
        touched = self.touched(start, end)
        content = [place for place in touched if place.block.kind != "heading"] or touched
        levels = zip(*(place.path for place in content), strict=False)
        return tuple(level[0] for level in takewhile(lambda level: len(set(level)) == 1, levels))


def _places(document: Document) -> list[Place]:
    places: list[Place] = []
    above: list[tuple[int, str]] = []
    start, section = 0, 0
    for block in document.blocks:
        if block.kind == "heading":
            above = [entry for entry in above if entry[0] < block.level]
            above.append((block.level, " ".join(block.text.split())))
            section += block.level <= SECTION_LEVEL
        end = start + len(block.text)
        places.append(Place(block, start, end, tuple(title for _, title in above), section))
        start = end + len(BETWEEN)
    return places
