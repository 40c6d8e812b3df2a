"""What this service tells the others, and how a change of a row becomes it."""

from collections.abc import Mapping
from typing import Any

from pydantic import ConfigDict

from kernel.events import Change, Fact


class ModelFact(Fact):
    """Base of the facts about one model."""

    model_config = ConfigDict(protected_namespaces=())

    model_id: str


class ModelRequested(ModelFact, source="models"):
    """An administrator asked for a model."""

    hosted: bool


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


def facts_of(change: Change) -> list[ModelFact]:
    """Return what became true by a change of a row; most changes make nothing true."""
    before, after = change.before or {}, change.after or {}
    if not after:
        return [ModelRemoved(model_id=before["modelId"])]
    if before.get("status") != after["status"] or _removal_asked_again(before, after):
        return _became(after)
    return []


def _removal_asked_again(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return bool(after["status"] == "Deleting" and before["updatedAt"] != after["updatedAt"])


def _became(row: Mapping[str, Any]) -> list[ModelFact]:
    model_id = row["modelId"]
    match row["status"]:
        case "Creating":
            return [ModelRequested(model_id=model_id, hosted=row["hosted"])]
        case "InService":
            return [ModelReady(model_id=model_id, model_type=row["config"]["modelType"])]
        case "Failed":
            return [ModelFailed(model_id=model_id, code=row["failureReason"]["code"])]
        case "Deleting":
            return [ModelDeletionRequested(model_id=model_id, hosted=row["hosted"])]
        case status:
            raise ValueError(f"a model's row has the unknown status {status!r}")
