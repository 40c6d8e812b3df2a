"""`lisa usage` and `lisa health`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from lisapy.cli.output import as_json, field, table
from lisapy.cli.session import FAILED, Session, command

if TYPE_CHECKING:
    from collections.abc import Mapping

_BY = ("day", "model", "user", "token", "group")
_FIGURES = ("requests", "failures", "promptTokens", "completionTokens", "cachedTokens")


def add_usage(lisa: click.Group) -> None:
    """Add the commands."""

    @command(lisa, "health")
    def health(session: Session) -> None:
        """Show whether all that LISA stands on answers, and what to do where it does not."""
        found = session.lisa().health.check()
        if session.json:
            as_json(found)
        else:
            names = ("name", "status", "milliseconds", "reason", "fix")
            table(found["checks"], [(name, field(name)) for name in names])
        if found["status"] != "ok":
            sys.exit(FAILED)

    @command(lisa, "usage")
    @click.option("--by", type=click.Choice(_BY), default="day", help="What a row is.")
    @click.option("--from", "from_", default=None, help="The first day: 2026-11-01.")
    @click.option("--to", default=None, help="The last day.")
    @click.option("--user", default=None, help="Only this user's.")
    @click.option("--model", default=None, help="Only this model's.")
    @click.option("--group", default=None, help="Only this group's.")
    def usage(session: Session, from_: str | None, **query: Any) -> None:
        """Show requests, tokens and times: of the last 30 days, if no days are named."""
        told: Any = {**query, "from": from_}
        report = session.lisa().usage.report(**told)
        if session.json:
            return as_json(report)
        rows: list[Mapping[str, Any]] = [*report["rows"], {query["by"]: "all", **report["total"]}]
        columns = [(name, field(name)) for name in (query["by"], *_FIGURES)]
        half = ("ms (half of them)", lambda row: row["latency"]["p50"])
        return table(rows, [*columns, half])
