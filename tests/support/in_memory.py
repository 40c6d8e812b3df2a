"""The ports of the models service in memory. Each passes the suite of its AWS adapter."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kernel.events import Change
from models.errors import (
    ModelAlreadyExistsError,
    ModelNotFoundError,
    SmokeTestFailed,
    StackFailed,
    Superseded,
)
from models.model import Model
from models.ports import Servers, Stack, StoppedTask

type Document = dict[str, Any]


class InMemoryModels:
    """The table and its stream: `changes` is what a reaction to the stream would be given."""

    def __init__(self) -> None:
        self.version = 0
        self.changes: list[Change] = []
        self._rows: dict[str, Document] = {}

    def get(self, model_id: str) -> Model:
        if model_id not in self._rows:
            raise ModelNotFoundError(model_id)
        return Model.model_validate(self._rows[model_id], strict=False)

    def all(self) -> Iterator[Model]:
        yield from (self.get(model_id) for model_id in sorted(self._rows))

    def add(self, model: Model) -> None:
        if model.model_id in self._rows:
            raise ModelAlreadyExistsError
        self._change(model.model_id, _document(model))

    def replace(self, was: Model, now: Model) -> Model:
        self._require(was)
        stored = now.model_copy(update={"revision": was.revision + 1})
        self.version += was.route != now.route
        self._change(was.model_id, _document(stored))
        return stored

    def remove(self, model: Model) -> None:
        self._require(model)
        self._change(model.model_id, None)

    def _require(self, was: Model) -> None:
        row = self._rows.get(was.model_id, {})
        still = (was.revision, _document(was)["createdAt"])
        if (row.get("revision"), row.get("createdAt")) != still:
            raise Superseded(f"Model {was.model_id} was changed by another request.")

    def _change(self, model_id: str, after: Document | None) -> None:
        before = self._rows.pop(model_id, None)
        if after is not None:
            self._rows[model_id] = after
        self.changes.append(Change(id=str(len(self.changes)), before=before, after=after))


def _document(model: Model) -> Document:
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


class InMemoryWeights:
    """A bucket's keys."""

    def __init__(self, *keys: str, bucket: str = "test-models") -> None:
        self.bucket = bucket
        self.keys = set(keys)

    def exist(self, prefix: str) -> bool:
        return any(key.startswith(f"{prefix}/") for key in self.keys)


@dataclass
class InMemoryStacks:
    """Stacks that are done at the second look, unless told to fail."""

    refusal: str = ""
    failure: str = ""
    stuck: str = ""
    standing: dict[str, bool] = field(default_factory=dict)
    leaving: set[str] = field(default_factory=set)

    def create(self, model: Model) -> None:
        if self.refusal:
            raise StackFailed(self.refusal)
        self.standing.setdefault(model.model_id, False)

    def state(self, model_id: str) -> Stack | None:
        if model_id not in self.standing:
            return None
        if model_id in self.leaving:
            return self._removal(model_id)
        complete, self.standing[model_id] = self.standing[model_id], True
        if not complete:
            return Stack()
        if self.failure:
            return Stack(failure=self.failure)
        return Stack(outputs={"Endpoint": f"http://{model_id}.internal"})

    def delete(self, model_id: str) -> None:
        if model_id in self.standing:
            self.leaving.add(model_id)

    def _removal(self, model_id: str) -> Stack | None:
        if self.stuck:
            return Stack(failure=self.stuck)
        self.leaving.remove(model_id)
        del self.standing[model_id]
        return Stack()


@dataclass
class InMemoryCluster:
    """Servers that are healthy as soon as their stack stands, unless told otherwise."""

    healthy: bool = True
    given_up: str = ""
    ended: list[tuple[datetime, StoppedTask]] = field(default_factory=list)

    def servers(self, model_id: str, since: datetime) -> Servers:
        stopped = tuple(task for begun, task in self.ended if begun >= since)
        return Servers(self.healthy, stopped, self.given_up)


@dataclass
class InMemoryInference:
    """A server that refuses some requests before it answers."""

    refusals: int = 0

    def answers(self, api_base: str, model: Model) -> None:
        if self.refusals:
            self.refusals -= 1
            raise SmokeTestFailed("/completions answered 503: loading")
