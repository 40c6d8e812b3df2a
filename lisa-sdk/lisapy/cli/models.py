"""`lisa models ...`."""

from __future__ import annotations

import json
from typing import Any, TextIO

import click

from lisapy import Lisa, NotAllowed, NotConfigured
from lisapy.cli.output import as_json, console, facts, field, table
from lisapy.cli.session import Session, command


@click.group()
def models() -> None:
    """Models: list, plan, create, start, stop, delete."""


_WAIT = click.option("--wait/--no-wait", default=True, help="Until it has come to an end.")
_FILE = click.argument("file", type=click.File(encoding="utf-8"))


@command(models, "list")
def list_models(session: Session) -> None:
    """List the models: administrators see all, others what they may call."""
    lisa = session.lisa()
    try:
        rows: list[Any] = list(lisa.models.list())
    except (NotAllowed, NotConfigured):
        rows = [_as_api(row) for row in lisa.gateway.models(state="all")]
    if session.json:
        return as_json(rows)
    columns = ("modelId", "modelType", "status", "contextWindow", "instanceType", "modelName")
    return table(rows, [(name, field(name)) for name in columns])


@command(models, "show")
@click.argument("model_id")
def show(session: Session, model_id: str) -> None:
    """Show one model, with its timeline and why it failed."""
    _shown(session, session.lisa().models.get(model_id))


@command(models, "instances")
def instances(session: Session) -> None:
    """List the instance types that can host a model."""
    found = session.lisa().models.instances()
    as_json(found) if session.json else click.echo("\n".join(found))


@command(models, "plan")
@_FILE
def plan(session: Session, file: TextIO) -> None:
    """Tell whether the model that FILE defines would start, and what it would cost."""
    found = session.lisa().models.plan(**_definition(file))
    if session.json:
        return as_json(found)
    weights, price, reason = found["weights"], found["price"], found["reason"]
    return facts(
        {
            "starts": {True: "yes", False: "no", None: "unknown"}[found["starts"]],
            "reason": reason and f"{reason['message']} {reason['fix']}",
            "instance": found["instance"]["instanceType"],
            "weights": weights and f"{weights['gib']:g} GiB",
            "context": found["context"]["largestTokens"],
            "at once": found["context"]["concurrentFullLengthSequences"],
            "per hour": price and f"{price['perHour']:g} {price['currency']}",
            "or else": [one["instanceType"] for one in found["candidates"]],
            "notes": " ".join(found["notes"]),
            "unknown": " ".join(found["unknowns"]),
        }
    )


@command(models, "create")
@_FILE
@_WAIT
def create(session: Session, file: TextIO, wait: bool) -> None:
    """Create the model that FILE defines, as POST /models takes it; - is the standard input."""
    lisa = session.lisa()
    made = lisa.models.create(**_definition(file))
    _settled(session, lisa, made["modelId"], wait)


@command(models, "update")
@click.argument("model_id")
@_FILE
@_WAIT
def update(session: Session, model_id: str, file: TextIO, wait: bool) -> None:
    """Change a model as FILE says, as PUT /models/{modelId} takes it."""
    lisa = session.lisa()
    lisa.models.update(model_id, **_definition(file))
    _settled(session, lisa, model_id, wait)


@command(models, "start")
@click.argument("model_id")
@_WAIT
def start(session: Session, model_id: str, wait: bool) -> None:
    """Bring a stopped model back."""
    lisa = session.lisa()
    lisa.models.start(model_id)
    _settled(session, lisa, model_id, wait)


@command(models, "stop")
@click.argument("model_id")
@_WAIT
def stop(session: Session, model_id: str, wait: bool) -> None:
    """Take a model out of service, and its instances with it."""
    lisa = session.lisa()
    lisa.models.stop(model_id)
    _settled(session, lisa, model_id, wait)


@command(models, "context-window")
@click.argument("model_id")
@click.argument("tokens", type=click.IntRange(1))
def context_window(session: Session, model_id: str, tokens: int) -> None:
    """Say how many tokens a model takes, prompt and answer together."""
    _shown(session, session.lisa().models.set_context_window(model_id, tokens))


@command(models, "delete")
@click.argument("model_id")
@_WAIT
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(session: Session, model_id: str, wait: bool, yes: bool) -> None:
    """Remove a model, and everything made for it."""
    if not yes:
        click.confirm(f"Remove {model_id}?", abort=True, err=True)
    lisa = session.lisa()
    answer = lisa.models.delete(model_id)
    if wait:
        with console(error=True).status(f"Removing {model_id}"):
            lisa.models.wait_gone(model_id)
    as_json(answer) if session.json else click.echo(f"{model_id} is removed." if wait else "Begun.")


def _definition(file: TextIO) -> Any:
    """Return the JSON object that a file has."""
    try:
        told = json.load(file)
    except ValueError as error:
        raise click.BadParameter(f"{file.name} is not JSON: {error}.") from None
    if not isinstance(told, dict):
        raise click.BadParameter(f"{file.name} has no JSON object.")
    return told


def _settled(session: Session, lisa: Lisa, model_id: str, wait: bool) -> None:
    if not wait:
        return _shown(session, lisa.models.get(model_id))
    with console(error=True).status(f"Waiting for {model_id}"):
        found = lisa.models.wait(model_id)
    return _shown(session, found)


def _shown(session: Session, model: Any) -> None:
    if session.json:
        return as_json(model)
    why = model["failureReason"]
    reason = why and f"{why['code']}: {why['message']} {why['fix']}"
    moments = "\n".join(f"{one['at']}  {one['status']}  {one['note']}" for one in model["timeline"])
    rest = {
        key: value
        for key, value in model.items()
        if key not in ("failureReason", "timeline", "litellmParams")
    }
    return facts({**rest, "failureReason": reason, "timeline": moments})


def _as_api(row: dict[str, Any]) -> dict[str, Any]:
    """Return what the gateway tells of a model in the admin API's words."""
    return {
        "modelId": row["id"],
        "modelType": row.get("model_type"),
        "status": row.get("status"),
        "contextWindow": row.get("context_window") or None,
        "modelDescription": row.get("description"),
    }
