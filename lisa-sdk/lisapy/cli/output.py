"""What is shown: tables for people, JSON for programs, and nothing that drives the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any, Callable
from unicodedata import category

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

Column = tuple[str, Callable[[Mapping[str, Any]], Any]]
_PIPED = 240


def console(error: bool = False) -> Console:
    """Return a terminal to write to; piped, lines are as long as they need to be."""
    found = Console(stderr=error, highlight=False)
    if not found.is_terminal:
        found.width = _PIPED
    return found


def plain(value: Any) -> str:
    """Return a value as text that is shown as it is: what would drive a terminal is taken out."""
    text = "" if value is None else str(value)
    return "".join("\ufffd" if category(one) == "Cc" and one not in "\n\t" else one for one in text)


def table(rows: Iterable[Mapping[str, Any]], columns: Sequence[Column]) -> None:
    """Show rows; a column is its title and what it shows of a row."""
    shown = Table(box=SIMPLE_HEAD, pad_edge=False)
    for title, _ in columns:
        shown.add_column(title, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(plain(cell(row))) for _, cell in columns))
    console().print(shown)


def facts(told: Mapping[str, Any]) -> None:
    """Show names and values below each other; what is empty is left out."""
    shown = Table(box=None, show_header=False, pad_edge=False)
    for name, value in told.items():
        if value not in (None, "", [], {}):
            shown.add_row(Text(name, style="bold"), Text(plain(_flat(value)), overflow="fold"))
    console().print(shown)


def as_json(value: Any) -> None:
    """Show a value as JSON, whole."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def moment(seconds: float | None) -> str:
    """Return a time in Unix seconds as people read it; never, if there is none."""
    if seconds is None:
        return "never"
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%d %H:%M UTC")


def field(name: str) -> Callable[[Mapping[str, Any]], Any]:
    """Return what shows one field of a row."""
    return lambda row: _flat(row.get(name))


def _flat(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(str(_flat(one)) for one in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
