"""Tables as Markdown writes them."""

import re
from collections.abc import Iterable, Sequence

from parsing.draft import Draft

_TITLES = 5
_SPACE = re.compile(r"\s+")


def markdown(rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown, the first row its heads; empty rows and columns are left out."""
    cells = [[_SPACE.sub(" ", cell).strip() for cell in row] for row in rows]
    cells = [row for row in cells if any(row)]
    if not cells:
        return ""
    used = sorted({place for row in cells for place, cell in enumerate(row) if cell})
    lines = [_line(row[place] if place < len(row) else "" for place in used) for row in cells]
    lines.insert(1, _line(["---"] * len(used)))
    return "\n".join(lines)


def add_titled(rows: Sequence[Sequence[str]], draft: Draft) -> None:
    """Add the rows of a sheet as a table; what stands alone above its heads, as paragraphs."""
    filled = [row for row in rows if any(map(str.strip, row))]
    wide = any(sum(map(bool, row)) > 1 for row in filled)
    titles = 0
    while wide and titles < min(_TITLES, len(filled)) and sum(map(bool, filled[titles])) == 1:
        draft.add("paragraph", " ".join(filter(None, filled[titles])))
        titles += 1
    table = filled[titles:]
    if len(table) > 1:
        draft.add("table", markdown(table))
    elif table:
        # A row alone is a note, not the head of a table without rows.
        draft.add("paragraph", " ".join(filter(None, table[0])))


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
