"""Comma-separated values, with whichever separator."""

import csv
import io
from collections.abc import Iterator

from parsing.draft import Draft, clean
from parsing.encoding import decode
from parsing.tables import markdown

_SAMPLE = 8_192


def read(content: bytes, draft: Draft) -> None:
    """Add the file as one table, its first row the heads; or as it is, with a warning."""
    text = clean(decode(content))
    try:
        draft.add("table", markdown(_rows(text, draft)))
    except csv.Error:
        draft.warn("The file's values could not be told apart; it was read as text.")
        draft.add("code", text)


def _rows(text: str, draft: Draft) -> Iterator[list[str]]:
    for row in csv.reader(io.StringIO(text, newline=""), _dialect(text, draft.name)):
        draft.count_cells(max(1, len(row)))
        yield row


def _dialect(text: str, name: str) -> type[csv.Dialect]:
    if name.lower().endswith(".tsv"):
        return csv.excel_tab
    try:
        return csv.Sniffer().sniff(text[:_SAMPLE], ",;\t|")
    except csv.Error:
        return csv.excel
