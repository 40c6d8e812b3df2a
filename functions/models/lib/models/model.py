"""A model's life: its row, and the changes it may go through. Pure."""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Self

from pydantic import ConfigDict

from definition.payload import CreateModel
from routing.route import KeyReference, Route, Row, routed


class Status(StrEnum):
    """Where a model is in its life."""

    CREATING = "Creating"
    IN_SERVICE = "InService"
    UPDATING = "Updating"
    STOPPING = "Stopping"
    STOPPED = "Stopped"
    STARTING = "Starting"
    DELETING = "Deleting"
    FAILED = "Failed"


# A workflow changes what was made for the model, and takes it back if it fails.
CHANGING = frozenset({Status.UPDATING, Status.STOPPING, Status.STARTING})
# A workflow holds the model: whoever else wants to change it has to wait.
BUSY = CHANGING | {Status.CREATING, Status.DELETING}
# The timeline lies in the row, and the row has an end.
MOMENTS = 60


class Shape(NamedTuple):
    """What a model's stack is to be: made after this definition, with servers or without.

    `servers` is how many run now, where a change must not take away what the load has called for.
    """

    config: CreateModel
    serving: bool
    servers: int | None = None


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


class Model(Row):
    """A model as the table keeps it.

    `config` is what its servers run by; `pending`, while it is Updating, what they are to run by.
    `failure_reason` is why it cannot serve or, in another status than Failed, why the last
    change was taken back.
    """

    model_config = ConfigDict(protected_namespaces=())

    model_id: str
    config: CreateModel
    status: Status
    hosted: bool
    created_at: datetime
    updated_at: datetime
    timeline: list[Moment]
    pending: CreateModel | None = None
    # In tokens: what the plan found, and what an administrator knows better.
    planned_context: int | None = None
    context_window: int | None = None
    failure_reason: FailureReason | None = None
    route: Route | None = None
    # Where the third party's key lies. The row knows it while nobody may call the model, too.
    provider_key: KeyReference | None = None
    execution: str | None = None
    # While a step may be making the stack: until when at the latest, whoever has the model by then.
    making_until: datetime | None = None
    revision: int = 1

    @classmethod
    def requested(
        cls, config: CreateModel, at: datetime, provider_key: KeyReference | None = None
    ) -> Self:
        """Return the row of a model that has just been asked for."""
        return cls(
            model_id=config.model_id,
            config=config,
            status=Status.CREATING,
            hosted=config.hosted,
            created_at=at,
            updated_at=at,
            timeline=[Moment(status=Status.CREATING, at=at)],
            provider_key=provider_key,
        )

    @property
    def wanted(self) -> Shape:
        """What the stack is to be when the workflow that holds the model has done its work."""
        stopped = self.status in (Status.STOPPING, Status.STOPPED)
        return Shape(self.pending or self.config, serving=not stopped)

    @property
    def former(self) -> Shape:
        """What the stack was before the change, and is to be again should it fail."""
        if self.status not in CHANGING:
            return self.wanted
        return Shape(self.config, serving=self.status is not Status.STARTING)

    @property
    def since(self) -> datetime:
        """When the model came into its status."""
        begun = self.updated_at
        for moment in reversed(self.timeline):
            if moment.status is not self.status:
                break
            begun = moment.at
        return begun

    @property
    def told(self) -> object:
        """What gateways read of the row: they have to hear of it when it changes."""
        return self.status, self.route, self.config, self.planned_context, self.context_window

    def claimed_by(self, execution: str) -> Self:
        """Return the row as the property of one workflow execution."""
        return self.model_copy(update={"execution": execution})

    def making(self, until: datetime | None) -> Self:
        """Return the row with word of a stack that is about to be made; None takes it back."""
        return self.model_copy(update={"making_until": until})

    def may_be_made(self, at: datetime) -> bool:
        """Return whether a stack may still appear that nobody sees yet."""
        return self.making_until is not None and at < self.making_until

    def noted(self, note: str, at: datetime, status: Status | None = None) -> Self:
        """Return the row with one more moment on its timeline."""
        moment = Moment(status=status or self.status, at=at, note=note)
        timeline = [*self.timeline, moment][-MOMENTS:]
        return self.model_copy(update={"timeline": timeline, "updated_at": at})

    def settled(self, api_base: str | None, context: int | None, at: datetime) -> Self:
        """Return the model as its workflow was to make it; `context` is in tokens."""
        if not self.wanted.serving:
            return self.stopped(at)
        return self.serving(api_base, at).model_copy(update={"planned_context": context})

    def serving(self, api_base: str | None, at: datetime) -> Self:
        """Return the model in service: hosted ones at `api_base`, others where they say."""
        settled = {"config": self.pending or self.config, "pending": None, "failure_reason": None}
        model = self.model_copy(update=settled)
        route = model.routed(api_base or model.config.model_url)
        return model.became(Status.IN_SERVICE, at).model_copy(update={"route": route})

    def routed(self, api_base: str | None) -> Route:
        """Return how the gateway reaches this model at an address."""
        return routed(self.config, self.created_at, api_base, self.provider_key)

    def with_key(self, provider_key: KeyReference | None) -> Self:
        """Return the model with another key, or none; who calls it from now on uses that."""
        model = self.model_copy(update={"provider_key": provider_key})
        if model.route is None:
            return model
        return model.model_copy(update={"route": model.routed(model.route.api_base)})

    def stopped(self, at: datetime) -> Self:
        """Return the model without servers and callers, ready to be started again."""
        gone = {"failure_reason": None, "route": None}
        return self.became(Status.STOPPED, at).model_copy(update=gone)

    def reverted(self, reason: FailureReason, api_base: str | None, at: datetime) -> Self:
        """Return the model as it was before a change that failed, with the reason why it did."""
        former = self.model_copy(update={"pending": None})
        was = former.serving(api_base, at) if self.former.serving else former.stopped(at)
        told = was.noted(reason.message, at)
        return told.model_copy(update={"failure_reason": reason})

    def failed(self, reason: FailureReason, at: datetime) -> Self:
        """Return the model with the reason why it cannot serve."""
        gone = {"failure_reason": reason, "route": None, "execution": None, "pending": None}
        return self.became(Status.FAILED, at, reason.message).model_copy(update=gone)

    def deleting(self, at: datetime) -> Self:
        """Return the model on its way out: nobody can call it, and no workflow owns it yet."""
        freed = {"route": None, "execution": None, "failure_reason": None, "pending": None}
        return self.became(Status.DELETING, at).model_copy(update=freed)

    def became(self, status: Status, at: datetime, note: str = "") -> Self:
        """Return the model in another status, from this moment on."""
        return self.noted(note, at, status).model_copy(update={"status": status})

    def view(self) -> dict[str, Any]:
        """Return what the API shows: the definition as it is wanted, and how the model fares."""
        shown = {"status", "timeline", "failure_reason", "created_at", "updated_at"}
        fares = self.model_dump(mode="json", by_alias=True, include=shown)
        fares["contextWindow"] = self.context_window or self.planned_context
        fares["hasApiKey"] = self.provider_key is not None
        return self.wanted.config.document() | fares
