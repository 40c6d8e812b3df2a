"""A model's life: its row, and the changes it may go through. Pure."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from models.payload import CreateModel, ModelType


class Status(StrEnum):
    """Where a model is in its life."""

    CREATING = "Creating"
    IN_SERVICE = "InService"
    DELETING = "Deleting"
    FAILED = "Failed"


class Row(BaseModel):
    """Base of what is stored and shown: camelCase names, never changed in place."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class FailureReason(Row):
    """Why a model failed, for the person who must mend it."""

    code: str
    message: str
    fix: str


class Moment(Row):
    """One entry of the timeline."""

    status: Status
    at: datetime
    note: str = ""


class Route(Row):
    """How the gateway reaches the model. A row has one exactly while the model may be called."""

    # protected_namespaces: pydantic would warn of every field that starts with `model_`.
    model_config = ConfigDict(protected_namespaces=())

    litellm_model: str
    api_base: str | None = None
    model_type: ModelType
    streaming: bool
    allowed_groups: list[str]
    created_at: int


class Model(Row):
    """A model as the table keeps it."""

    model_config = ConfigDict(protected_namespaces=())

    model_id: str
    config: CreateModel
    status: Status
    hosted: bool
    created_at: datetime
    updated_at: datetime
    timeline: list[Moment]
    failure_reason: FailureReason | None = None
    route: Route | None = None
    execution: str | None = None
    revision: int = 1

    @classmethod
    def requested(cls, config: CreateModel, at: datetime) -> Self:
        """Return the row of a model that has just been asked for."""
        return cls(
            model_id=config.model_id,
            config=config,
            status=Status.CREATING,
            hosted=config.hosted,
            created_at=at,
            updated_at=at,
            timeline=[Moment(status=Status.CREATING, at=at)],
        )

    def claimed_by(self, execution: str) -> Self:
        """Return the row as the property of one workflow execution."""
        return self.model_copy(update={"execution": execution})

    def noted(self, note: str, at: datetime, status: Status | None = None) -> Self:
        """Return the row with one more moment on its timeline."""
        moment = Moment(status=status or self.status, at=at, note=note)
        return self.model_copy(update={"timeline": [*self.timeline, moment], "updated_at": at})

    def serving(self, api_base: str | None, at: datetime) -> Self:
        """Return the model in service: hosted ones at `api_base`, others where they say."""
        config = self.config
        route = Route(
            litellm_model=f"hosted_vllm/{self.model_id}" if self.hosted else config.model_name,
            api_base=(api_base or config.model_url or "").rstrip("/") or None,
            model_type=config.model_type,
            streaming=config.streaming,
            allowed_groups=config.allowed_groups,
            created_at=int(self.created_at.timestamp()),
        )
        return self._became(Status.IN_SERVICE, at).model_copy(update={"route": route})

    def failed(self, reason: FailureReason, at: datetime) -> Self:
        """Return the model with the reason why it cannot serve."""
        gone = {"failure_reason": reason, "route": None, "execution": None}
        return self._became(Status.FAILED, at, reason.message).model_copy(update=gone)

    def deleting(self, at: datetime) -> Self:
        """Return the model on its way out: nobody can call it, and no workflow owns it yet."""
        freed = {"route": None, "execution": None, "failure_reason": None}
        return self._became(Status.DELETING, at).model_copy(update=freed)

    def view(self) -> dict[str, Any]:
        """Return what the API shows: the definition, and how the model fares."""
        shown = {"status", "timeline", "failure_reason", "created_at", "updated_at"}
        fares = self.model_dump(mode="json", by_alias=True, include=shown)
        return self.config.document() | fares

    def _became(self, status: Status, at: datetime, note: str = "") -> Self:
        return self.noted(note, at, status).model_copy(update={"status": status})
