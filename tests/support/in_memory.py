"""The ports of the models service in memory. Each passes the suite of its AWS adapter."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import SecretStr

from definition.payload import ModelType
from diagnosis import Evidence, Reason, StoppedTask
from kernel.events import Change
from models.errors import (
    Diagnosed,
    ModelAlreadyExistsError,
    ModelNotFoundError,
    NoAnswerYet,
    StackBusy,
    Superseded,
)
from models.model import Model, Shape
from models.ports import Servers
from routing.route import KeyReference
from stacks.state import Failure, Found

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
        self.version += 1
        self._change(model.model_id, _document(model))

    def replace(self, was: Model, now: Model) -> Model:
        self._require(was)
        stored = now.model_copy(update={"revision": was.revision + 1})
        self.version += was.told != now.told
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


class InMemoryKeys:
    """Secrets by model, each with its values by version."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, str]] = {}

    def keep(self, model_id: str, key: SecretStr) -> KeyReference:
        versions = self.kept.setdefault(model_id, {})
        version = f"v{len(versions) + 1}"
        versions[version] = key.get_secret_value()
        return KeyReference(secret=f"in-memory/models/{model_id}", version=version)

    def forget(self, model_id: str) -> None:
        self.kept.pop(model_id, None)

    def read(self, reference: KeyReference) -> str | None:
        """Return the value under a reference, None if there is none, as a gateway would find it."""
        versions = self.kept.get(reference.secret.removeprefix("in-memory/models/"), {})
        return versions.get(reference.version)


def _document(model: Model) -> Document:
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


@dataclass
class InMemoryStack:
    """One stack: the shape it was asked for, the one it had, and whether a look finds it done."""

    shape: Shape
    former: Shape | None = None
    looked: bool = False
    leaving: bool = False
    rolled_back: bool = False


@dataclass
class InMemoryStacks:
    """Stacks that are done at the second look, unless told to fail.

    `failure` lets the next operations fail: a new stack stays as it is, a change is taken back.
    """

    refusal: str = ""
    failure: str = ""
    stuck: str = ""
    standing: dict[str, InMemoryStack] = field(default_factory=dict)

    @property
    def leaving(self) -> set[str]:
        return {name for name, stack in self.standing.items() if stack.leaving}

    def create(self, model: Model) -> str:
        self._refuse()
        stack = self.standing.setdefault(model.model_id, InMemoryStack(model.wanted))
        return digest_of(stack.shape)

    def change(self, model: Model, shape: Shape, instead_of: Shape | None = None) -> str:
        self._refuse()
        stack = self.standing.get(model.model_id)
        if stack is None:
            raise Diagnosed(Reason("StackFailed", "It is gone.", "Create it again."))
        if stack.shape == shape or (instead_of and stack.shape != instead_of):
            return digest_of(stack.shape)
        if stack.leaving or not stack.looked:
            # As on AWS, an update under way is cancelled, and whoever asks has to come again.
            self._take_back(stack)
            raise StackBusy("The stack is in UPDATE_IN_PROGRESS.")
        self.standing[model.model_id] = InMemoryStack(shape, former=stack.shape)
        return digest_of(shape)

    def state(self, model_id: str) -> Found | None:
        stack = self.standing.get(model_id)
        if stack is None:
            return None
        if stack.leaving:
            return self._removal(model_id, stack)
        if not stack.looked:
            stack.looked = True
            return Found(digest=digest_of(stack.shape), moving=True)
        return self._outcome(model_id, stack)

    def delete(self, model_id: str) -> None:
        if model_id in self.standing:
            self.standing[model_id].leaving = True

    def serving(self) -> set[str]:
        """The models whose stack stands and has servers."""
        return {name for name, stack in self.standing.items() if stack.shape.serving}

    def _refuse(self) -> None:
        if self.refusal:
            raise Diagnosed(Reason("StackFailed", self.refusal, "Mend it."))

    def _outcome(self, model_id: str, stack: InMemoryStack) -> Found:
        if self.failure and not stack.rolled_back:
            if stack.former is None:
                return Found(digest_of(stack.shape), failed=True, trouble=_trouble(self.failure))
            self._take_back(stack)
        return Found(
            digest=digest_of(stack.shape),
            trouble=_trouble(self.failure) if stack.rolled_back else (),
            outputs={"Endpoint": f"http://{model_id}.internal"},
        )

    def _take_back(self, stack: InMemoryStack) -> None:
        if stack.former is not None and not stack.leaving:
            stack.shape, stack.former = stack.former, None
            stack.looked = stack.rolled_back = True

    def _removal(self, model_id: str, stack: InMemoryStack) -> Found:
        if self.stuck:
            return Found(leaving=True, failed=True, trouble=_trouble(self.stuck))
        del self.standing[model_id]
        return Found(moving=True, leaving=True)


def digest_of(shape: Shape) -> str:
    """A name for a shape: two that differ in anything have two."""
    text = f"{shape.config.model_dump_json()} {shape.serving} {shape.servers}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _trouble(reason: str) -> tuple[Failure, ...]:
    return (Failure("AutoScalingGroup", "AWS::Any::Resource", "CREATE_FAILED", reason),)


@dataclass
class InMemoryCluster:
    """Servers that run and are healthy as soon as their stack has them, unless told otherwise."""

    stacks: InMemoryStacks = field(default_factory=InMemoryStacks)
    healthy: bool = True
    running: int = 1
    given_up: str = ""
    ended: list[tuple[datetime, StoppedTask]] = field(default_factory=list)

    def servers(self, model_id: str, since: datetime) -> Servers:
        stopped = tuple(task for begun, task in self.ended if begun >= since)
        runs = model_id in self.stacks.serving()
        return Servers(
            running=self.running if runs else 0,
            settled=True,
            healthy=runs and self.healthy,
            evidence=Evidence(stopped_tasks=stopped, given_up=self.given_up),
        )


@dataclass
class InMemoryInference:
    """A server that refuses some requests before it answers."""

    refusals: int = 0
    asked: list[ModelType] = field(default_factory=list)

    def answers(self, api_base: str, model_id: str, model_type: ModelType) -> None:
        self.asked.append(model_type)
        if self.refusals:
            self.refusals -= 1
            told = "/completions answered 503: loading"
            raise NoAnswerYet(Reason("SmokeTestFailed", told, "Read its log."))
