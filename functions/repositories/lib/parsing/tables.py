"""Tables as Markdown writes them."""

import re
from collections.abc import Iterable, Sequence

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


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
