"""JSON: every value on a line of its own, with the path that leads to it."""

import json
import re
from collections.abc import Iterator

from parsing.draft import Draft, clean
from parsing.encoding import decode
from parsing.markup import too_deep
from parsing.tables import markdown

type Json = dict[str, "Json"] | list["Json"] | str | bool | None
# Strings, whose brackets and commas are none, and what opens, closes and separates values.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\Z)|([\[{])|([\]}])|(,)', re.S)
_TABLE_COLUMNS = 30
_LINES_IN_BLOCK = 20


def read(content: bytes, draft: Draft) -> None:
    """Add each member of the outermost value; a list of flat objects becomes a table.

    What is no JSON after all is added as it is, with a warning.
    """
    text = clean(decode(content))
    try:
        values = _values(text, draft)
    except ValueError:
        draft.warn("The file is no valid JSON; it was read as text.")
        draft.add("code", text)
        return
    for value in values:
        _add(value, draft)


def _values(text: str, draft: Draft) -> list[Json]:
    _look_over(text, draft)
    try:
        return [_loaded(text)]
    except ValueError:
        # One value on each line: JSON Lines.
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) < 2:
            raise
        records: list[Json] = [_loaded(line) for line in lines]
        return [records]


def _loaded(text: str) -> Json:
    # Numbers stay as they are written.
    loaded: Json = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    return loaded


def _look_over(text: str, draft: Draft) -> None:
    """Refuse what would take too much memory, before there is any of it."""
    depth = values = 0
    for match in _TOKEN.finditer(text):
        opens, closes, separates = match.groups()
        if opens or separates:
            values += 1
        depth += bool(opens) - bool(closes)
        if depth > draft.limits.depth:
            raise too_deep(draft.limits.depth)
    draft.count_cells(values)


def _add(value: Json, draft: Draft) -> None:
    members = value.items() if isinstance(value, dict) else [("", value)]
    lines: list[str] = []
    for name, member in members:
        table = _table(member) if isinstance(member, list) else ""
        if table or len(lines) > _LINES_IN_BLOCK:
            draft.add("code", "\n".join(lines))
            lines = []
        if table:
            draft.add("paragraph", name)
            draft.add("table", table)
        else:
            lines.extend(map(draft.gathered, _lines(name, member)))
    draft.add("code", "\n".join(lines))


def _table(rows: list[Json]) -> str:
    """Return a table for objects that hold nothing but plain values."""
    records = [row for row in rows if isinstance(row, dict) and row]
    if len(records) < 2 or len(records) < len(rows):
        return ""
    if any(isinstance(cell, dict | list) for row in records for cell in row.values()):
        return ""
    heads = list(dict.fromkeys(key for row in records for key in row))
    if len(heads) > _TABLE_COLUMNS:
        return ""
    return markdown([heads, *([_plain(row.get(head)) for head in heads] for row in records)])


def _lines(path: str, value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _lines(f"{path}.{key}" if path else key, member)
    elif isinstance(value, list):
        for place, member in enumerate(value):
            yield from _lines(f"{path}[{place}]", member)
    else:
        yield f"{path}: {_plain(value)}" if path else _plain(value)


def _plain(value: Json) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
