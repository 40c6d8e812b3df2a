"""What this service tells the others, and how a change of a row becomes it."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import ConfigDict

from kernel import events
from kernel.events import Fact

type Change = Literal["update", "start", "stop"]

_CHANGES: dict[str, Change] = {"Updating": "update", "Starting": "start", "Stopping": "stop"}


class ModelFact(Fact):
    """Base of the facts about one model."""

    model_config = ConfigDict(protected_namespaces=())

    model_id: str


class ModelRequested(ModelFact, source="models"):
    """An administrator asked for a model."""

    hosted: bool


class ModelChangeRequested(ModelFact, source="models"):
    """An administrator asked for a change that a workflow makes: update, start or stop."""

    change: Change


class ModelStopped(ModelFact, source="models"):
    """A model has no servers and cannot be called until it is started again."""


class ModelChangeFailed(ModelFact, source="models"):
    """A change of a model was taken back; its row says why."""

    code: str


class ModelReady(ModelFact, source="models"):
    """A model answers requests through the gateway."""

    model_type: str


class ModelFailed(ModelFact, source="models"):
    """A model cannot serve; its row says why."""

    code: str


class ModelDeletionRequested(ModelFact, source="models"):
    """An administrator asked for a model's removal; it can no longer be called."""

    hosted: bool


class ModelRemoved(ModelFact, source="models"):
    """A model is gone, with everything that was made for it."""


def facts_of(change: events.Change) -> list[ModelFact]:
    """Return what became true by a change of a row; most changes make nothing true."""
    before, after = change.before or {}, change.after or {}
    if not after:
        return [ModelRemoved(model_id=before["modelId"])]
    if before.get("status") != after["status"] or _removal_asked_again(before, after):
        return [*_taken_back(before, after), *_became(after)]
    return []


def _removal_asked_again(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return bool(after["status"] == "Deleting" and before["updatedAt"] != after["updatedAt"])


def _taken_back(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[ModelFact]:
    reason = after.get("failureReason")
    if before.get("status") in _CHANGES and after["status"] != "Failed" and reason:
        return [ModelChangeFailed(model_id=after["modelId"], code=reason["code"])]
    return []


def _became(row: Mapping[str, Any]) -> list[ModelFact]:
    model_id = row["modelId"]
    match row["status"]:
        case "Creating":
            return [ModelRequested(model_id=model_id, hosted=row["hosted"])]
        case "Updating" | "Starting" | "Stopping" as status:
            return [ModelChangeRequested(model_id=model_id, change=_CHANGES[status])]
        case "InService":
            return [ModelReady(model_id=model_id, model_type=row["config"]["modelType"])]
        case "Stopped":
            return [ModelStopped(model_id=model_id)]
        case "Failed":
            return [ModelFailed(model_id=model_id, code=row["failureReason"]["code"])]
        case "Deleting":
            return [ModelDeletionRequested(model_id=model_id, hosted=row["hosted"])]
        case status:
            raise ValueError(f"a model's row has the unknown status {status!r}")
