"""Excel workbooks: each sheet a heading, each block of cells a table."""

import datetime
from collections.abc import Iterator

from openpyxl import load_workbook

from parsing.archive import unpacked
from parsing.draft import Draft
from parsing.tables import markdown


def read(content: bytes, draft: Draft) -> None:
    """Add the values that Excel last computed; empty rows part tables."""
    workbook = load_workbook(unpacked(content, draft), read_only=True, data_only=True)
    try:
        draft.title = workbook.properties.title or ""
        for sheet in workbook.worksheets:
            # What a sheet says of its size may be wrong, or a lie.
            sheet.reset_dimensions()
            draft.add("heading", sheet.title, level=1)
            for rows in _tables(sheet.iter_rows(values_only=True), draft):
                draft.add("table" if len(rows) > 1 else "paragraph", _written(rows))
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


def _written(rows: list[list[str]]) -> str:
    # A row alone is a title or a note, not the head of a table without rows.
    return markdown(rows) if len(rows) > 1 else " ".join(filter(None, rows[0]))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    return str(value)
