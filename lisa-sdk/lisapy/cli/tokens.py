"""`lisa tokens ...`."""

from __future__ import annotations

import time
from typing import Any

import click

from lisapy.cli.output import as_json, facts, field, moment, table
from lisapy.cli.session import Session, command

_DAY = 86400


@click.group()
def tokens() -> None:
    """API tokens: list, create, delete. Sign in for them: a token cannot manage tokens."""


@command(tokens, "list")
@click.option("--username", default="", help="Whose; for administrators.")
def list_tokens(session: Session, username: str) -> None:
    """List the tokens, the newest first: your own, for administrators everybody's."""
    query: Any = {"username": username} if username else {}
    rows = list(session.lisa().tokens.list(**query))
    if session.json:
        return as_json(rows)
    ends = ("ends", lambda row: moment(row["tokenExpiration"]))
    names = ("tokenUUID", "name", "username", "groups", "models")
    return table(rows, [*((name, field(name)) for name in names), ends])


@command(tokens, "show")
@click.argument("token_uuid")
def show(session: Session, token_uuid: str) -> None:
    """Show one token; its secret is shown by nothing."""
    found = session.lisa().tokens.get(token_uuid)
    as_json(found) if session.json else facts(found)


@command(tokens, "create")
@click.argument("name")
@click.option("--days", type=click.IntRange(1), help="How long it is valid; 90 if left out.")
@click.option("--model", "models", multiple=True, help="The only models that it may call.")
@click.option("--group", "groups", multiple=True, help="The groups that it has of yours.")
@click.option("--for", "username", default="", help="Whose it is; for administrators.")
def create(session: Session, name: str, username: str, **wish: Any) -> None:
    """Make a token and print it. It is shown this once."""
    told: Any = {key: list(value) for key in ("models", "groups") if (value := wish[key])}
    if wish["days"]:
        told["tokenExpiration"] = int(time.time()) + wish["days"] * _DAY
    lisa = session.lisa()
    if username:
        made = lisa.tokens.create_for(username, name=name, **told)
    else:
        made = lisa.tokens.create(name=name, **told)
    as_json(made) if session.json else click.echo(made["token"])


@command(tokens, "delete")
@click.argument("token_uuid")
def delete(session: Session, token_uuid: str) -> None:
    """End a token: every gateway refuses it within a second."""
    answer = session.lisa().tokens.delete(token_uuid)
    as_json(answer) if session.json else click.echo(answer["message"])
