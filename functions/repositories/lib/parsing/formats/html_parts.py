"""Parts of a page that are read as a whole: text on one line, lists, rows of tables."""

import re
from collections.abc import Iterator

from lxml import etree

# What stands in lines of its own.
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "li",
    "main", "ol", "p", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "br",
})  # fmt: skip
LISTS = ("ul", "ol")
_SPACE = re.compile(r"\s+")
_SPAN_AT_MOST = 100
# A cell over several rows is said in each of them, unless it is a text of its own.
_SAID_AGAIN_AT_MOST = 80


def text_of(element: etree._Element) -> str:
    """Return the text of an element on one line."""
    parts: list[str] = []
    for node in element.iter():
        apart = " " if node.tag in BLOCKS else ""
        parts += [apart, node.text or ""]
        if node is not element and node.tail:
            parts += [apart, node.tail]
    return _SPACE.sub(" ", "".join(parts)).strip()


def items(node: etree._Element, depth: int = 0) -> Iterator[str]:
    """Yield the items of a list, each on a line; what stands between items is one, too."""
    place = 0
    for child in node:
        if child.tag in LISTS:
            yield from items(child, depth + 1)
            continue
        inner = [one for one in child if one.tag in LISTS]
        for one in inner:
            _take_out(child, one)
        if text := text_of(child):
            place += 1
            mark = f"{place}." if node.tag == "ol" else "-"
            yield f"{'  ' * depth}{mark} {text}"
        for one in inner:
            yield from items(one, depth + 1)


def _take_out(parent: etree._Element, child: etree._Element) -> None:
    # With an element goes the text behind it, which is its parent's.
    behind, before = child.tail, child.getprevious()
    parent.remove(child)
    if behind and before is not None:
        before.tail = f"{before.tail or ''} {behind}"
    elif behind:
        parent.text = f"{parent.text or ''} {behind}"


class Grid:
    """Puts the cells of a table where they are seen, below and beside those that span others."""

    def __init__(self) -> None:
        # By column: for how many more rows a cell stands there, and what it says.
        self._from_above: dict[int, tuple[int, str]] = {}

    def row(self, row: etree._Element) -> list[str]:
        """Return the texts of the next row."""
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            self._take_down(cells)
            text, columns = text_of(cell), _span(cell, "colspan")
            wide = [text, *[""] * (columns - 1)]
            if (more := _span(cell, "rowspan") - 1) > 0:
                said = [text if len(text) <= _SAID_AGAIN_AT_MOST else "", *wide[1:]]
                self._from_above |= {len(cells) + at: (more, one) for at, one in enumerate(said)}
            cells += wide
        self._take_down(cells)
        return cells

    def _take_down(self, cells: list[str]) -> None:
        while taken := self._from_above.pop(len(cells), None):
            more, said = taken
            if more > 1:
                self._from_above[len(cells)] = (more - 1, said)
            cells.append(said)


def _span(cell: etree._Element, name: str) -> int:
    written = cell.get(name, "1").strip()
    # Digits of other scripts are none here, and long numbers are no spans.
    readable = written.isascii() and written.isdecimal() and len(written) < 6
    return max(1, min(int(written), _SPAN_AT_MOST)) if readable else 1
