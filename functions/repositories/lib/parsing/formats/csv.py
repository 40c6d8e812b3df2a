"""Comma-separated values, with whichever separator."""

import csv
import io
from collections.abc import Iterator

from parsing.draft import Draft, clean
from parsing.encoding import decode
from parsing.tables import add_titled

_SAMPLE = 8_192
_SEPARATORS = ",;\t|"


def read(content: bytes, draft: Draft) -> None:
    """Add the file as one table below its title, if it has one; or as it is, with a warning."""
    text = clean(decode(content))
    try:
        add_titled(list(_rows(text, draft)), draft)
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
        found = csv.Sniffer().sniff(text[:_SAMPLE], _SEPARATORS)
    except csv.Error:
        return _most_frequent(text)
    # A quote within quotes is doubled everywhere, though the sample may have none.
    found.doublequote = True
    return found


def _most_frequent(text: str) -> type[csv.Dialect]:
    """Return what stands in most lines, though they differ in length or are titles."""
    lines = text[:_SAMPLE].split("\n")

    class Found(csv.excel):
        delimiter = max(_SEPARATORS, key=lambda one: sum(one in line for line in lines))

    return Found
