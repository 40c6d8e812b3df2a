"""Excel workbooks: each sheet a heading, each block of cells a table."""

import datetime
import re
from collections.abc import Iterator

from openpyxl import load_workbook

from parsing.archive import unpacked
from parsing.draft import Draft
from parsing.tables import add_titled

# A formula of which nobody has stored what it came to; Excel does, and most libraries do not.
_NO_VALUE = re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")


def read(content: bytes, draft: Draft) -> None:
    """Add the values that Excel last computed; empty rows part tables."""
    copy = unpacked(content, draft)
    if empty := sum(1 for _ in _NO_VALUE.finditer(copy.getbuffer())):
        draft.warn(
            f"{empty:,} formulas have no stored value and were left out: open the file in Excel or"
            " LibreOffice, save it, and upload that."
        )
    workbook = load_workbook(copy, read_only=True, data_only=True)
    try:
        draft.title = workbook.properties.title or ""
        for sheet in workbook.worksheets:
            # What a sheet says of its size may be wrong, or a lie.
            sheet.reset_dimensions()
            for place, rows in enumerate(_tables(sheet.iter_rows(values_only=True), draft)):
                if place == 0:
                    draft.add("heading", sheet.title, level=1)
                add_titled(rows, draft)
    finally:
        workbook.close()


def _tables(rows: Iterator[tuple[object, ...]], draft: Draft) -> Iterator[list[list[str]]]:
    table: list[list[str]] = []
    for row in rows:
        draft.count_cells(max(1, len(row)))
        cells = [_cell(value) for value in row]
        if any(cells):
            table.append(cells)
        elif table:
            yield table
            table = []
    if table:
        yield table


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        # As Excel shows it: 15 digits, and not 0.1 + 0.2 with an error at its end.
        return f"{value:.0f}" if value.is_integer() else f"{value:.15g}"
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    return str(value)
