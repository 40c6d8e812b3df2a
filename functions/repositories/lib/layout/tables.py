"""Tables on a page: rows of cells that stand below each other, with nothing but space between."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from layout.line import Cell, Line

# Marks of items and of notes stand apart from their text, as cells do.
_MARK = re.compile(r"(?:[^\w\s]|\(?\w{1,3}[.)]|\[\d+\])$")
_LEADERS = re.compile(r"\.{4}|(?:\. ){4}")
# In multiples of a letter's size: the farthest that rows of one table are apart, and the lines of
# one cell.
_ROWS_APART = 3.5
_LINES_APART = 1.4
_OTHER_SIZE = 0.25
_FEWEST = 3
_LONGEST = 300
# Cells of columns of prose are longer, and most of them full.
_PROSE = 45


@dataclass(slots=True)
class _Row:
    """Lines on one baseline: how many of them, and their cells from left to right."""

    top: float
    size: float
    lines: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts, made of the lines from `first` up to and without `behind`."""

    first: int
    behind: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class _Run:
    """Rows that may be a table."""

    rows: list[_Row] = field(default_factory=list)
    columns: list[tuple[float, float]] = field(default_factory=list)

    def takes(self, row: _Row) -> bool:
        """Add a row if it stands in the columns of those before; columns may widen."""
        if not self.rows:
            fits = len(row.cells) > 1
        else:
            fits = len(self.rows) < _LONGEST and self._near(row) and self._aligned(row)
        if fits:
            self.rows.append(row)
            self.columns = _columns(self.rows)
        return fits

    def _near(self, row: _Row) -> bool:
        last = self.rows[-1]
        fall = last.top - row.top
        if abs(row.size - last.size) > _OTHER_SIZE * last.size or fall <= 0:
            return False
        return fall < (_ROWS_APART if len(row.cells) > 1 else _LINES_APART) * last.size

    def _aligned(self, row: _Row) -> bool:
        columns = _columns([*self.rows, row])
        if len(columns) < len(self.columns):
            return False
        return all(
            len({_column(columns, cell) for cell in row.cells}) == len(row.cells)
            for row in (*self.rows, row)
        )

    def is_table(self) -> bool:
        """Whether it has rows enough, and is neither a list, nor contents, nor prose."""
        wide = [row for row in self.rows if len(row.cells) > 1]
        texts = [cell.text for row in wide for cell in row.cells]
        return (
            len(wide) >= _FEWEST
            and not any(_LEADERS.search(text) for text in texts)
            and sum(bool(_MARK.match(row.cells[0].text)) for row in wide) * 2 <= len(wide)
            and sorted(map(len, texts))[len(texts) // 2] < _PROSE
        )

    def texts(self) -> Iterator[tuple[str, ...]]:
        """Yield the rows, lines of one cell joined."""
        falls = [one.top - other.top for one, other in pairwise(self.rows)]
        is_loose = max(falls) > _LINES_APART * self.rows[0].size
        held: list[str] = []
        for fall, row in zip([0.0, *falls], self.rows, strict=True):
            cells = [""] * len(self.columns)
            for cell in row.cells:
                cells[_column(self.columns, cell)] = cell.text
            is_tight = fall < _LINES_APART * row.size
            if held and is_tight and (is_loose or not cells[0]):
                held = [f"{one} {other}".strip() for one, other in zip(held, cells, strict=True)]
            else:
                if held:
                    yield tuple(held)
                held = cells
        yield tuple(held)


def tables(page: Sequence[Line]) -> Iterator[Table]:
    """Yield the tables of a page, in the order of its lines."""
    run, begun, at = _Run(), 0, 0
    for row in [*_rows(page), _Row(0, 0, 0, [])]:
        if not run.takes(row):
            if run.rows and run.is_table():
                yield Table(begun, at, tuple(run.texts()))
            run, begun = _Run(), at
            if not run.takes(row):
                begun = at + row.lines
        at += row.lines


def _rows(page: Sequence[Line]) -> Iterator[_Row]:
    row: _Row | None = None
    for line in page:
        cells = list(line.cells)
        if row and abs(row.top - line.top) < line.size / 2 and line.top == line.bottom:
            row.cells = sorted([*row.cells, *cells], key=lambda cell: cell.left)
            row.lines += 1
        else:
            if row:
                yield row
            row = _Row(line.top, line.size, 1, cells)
    if row:
        yield row


def _columns(rows: Sequence[_Row]) -> list[tuple[float, float]]:
    """Return where columns are: what the cells of all rows cover, seen from above."""
    found: list[tuple[float, float]] = []
    for left, right in sorted((cell.left, cell.right) for row in rows for cell in row.cells):
        if found and left <= found[-1][1]:
            found[-1] = (found[-1][0], max(right, found[-1][1]))
        else:
            found.append((left, right))
    return found


def _column(columns: Sequence[tuple[float, float]], cell: Cell) -> int:
    return next(at for at, (_, right) in enumerate(columns) if cell.left <= right)
