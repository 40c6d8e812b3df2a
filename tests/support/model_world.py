"""The models service in one process: its API, its stream, its workflows and its steps.

Everything is the product's own but for the ports, which are in memory. Executions advance one
state at a time, in whatever order a test wants.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from kernel.events import envelope
from models import wiring
from models.errors import ModelNotFoundError
from models.facts import ModelFact, facts_of
from models.model import Model
from tests.support.calling import Reply, call, invoke
from tests.support.deployed_workflows import workflows
from tests.support.in_memory import (
    InMemoryCluster,
    InMemoryInference,
    InMemoryKeys,
    InMemoryModels,
    InMemoryStacks,
)
from tests.support.model_payloads import HOSTED
from tests.support.planning_fakes import InMemoryAccount, InMemoryModelFiles
from tests.support.tiny_checkpoint import tiny_checkpoint
from tests.support.workflow import FAR, Execution


class Unexpected(Exception):
    """A failure that no step foresees."""


@dataclass
class World:
    """The service, and what happens in it."""

    models: InMemoryModels = field(default_factory=InMemoryModels)
    keys: InMemoryKeys = field(default_factory=InMemoryKeys)
    files: InMemoryModelFiles = field(default_factory=lambda: _bucket(HOSTED["modelName"]))
    account: InMemoryAccount = field(default_factory=InMemoryAccount)
    stacks: InMemoryStacks = field(default_factory=InMemoryStacks)
    inference: InMemoryInference = field(default_factory=InMemoryInference)
    cluster: InMemoryCluster = field(init=False)
    facts: list[ModelFact] = field(default_factory=list)
    executions: list[Execution] = field(default_factory=list)
    before: dict[str, list[Exception]] = field(default_factory=dict)
    after: dict[str, list[Exception]] = field(default_factory=dict)
    _read: int = 0

    def __post_init__(self) -> None:
        self.cluster = InMemoryCluster(self.stacks)

    def create(self, payload: dict[str, Any]) -> Reply:
        """POST /models, and deliver what it made true."""
        return self._delivered(call("models.create_model", body=payload))

    def update(self, model_id: str, body: dict[str, Any]) -> Reply:
        """PUT /models/{modelId}, and deliver what it made true."""
        return self._delivered(call("models.update_model", body=body, model_id=model_id))

    def delete(self, model_id: str) -> Reply:
        """DELETE /models/{modelId}, and deliver what it made true."""
        return self._delivered(call("models.delete_model", model_id=model_id))

    def model(self, model_id: str) -> Model:
        return self.models.get(model_id)

    def told(self) -> list[str]:
        """The names of all facts so far."""
        return [type(fact).__name__ for fact in self.facts]

    def fails(self, step: str, times: int = 1, after: bool = False) -> None:
        """Let a step raise what nobody foresaw, before or after it has done its work."""
        where = self.after if after else self.before
        where[f"models.{step}"] = [Unexpected("lost the connection") for _ in range(times)]

    def start(self, fact: ModelFact) -> Execution:
        """Start the workflow of a fact, as the bus would."""
        workflow = workflows("models")[fact.detail_type()]
        arn = f"arn:aws:states:eu-west-1:123456789012:execution:{len(self.executions)}"
        given = envelope(fact, "test")
        execution = Execution(workflow.definition, arn, given, self._invoke)
        self.executions.append(execution)
        return execution

    def running(self) -> list[Execution]:
        return [execution for execution in self.executions if execution.running]

    def advance(self, execution: Execution) -> None:
        """Take one state of an execution, and deliver what it made true."""
        execution.advance()
        self.deliver()

    def settle(self) -> None:
        """Run every execution to its end, the oldest first."""
        for _ in range(FAR):
            if not (running := self.running()):
                return
            self.advance(running[0])
        raise AssertionError(f"it never settles: {[one.visited[-5:] for one in self.running()]}")

    def deliver(self) -> None:
        """Turn new changes into facts, and facts into executions."""
        new, self._read = self.models.changes[self._read :], len(self.models.changes)
        for fact in [fact for change in new for fact in facts_of(change)]:
            self.facts.append(fact)
            if fact.detail_type() in workflows("models"):
                self.start(fact)

    def _delivered(self, reply: Reply) -> Reply:
        self.deliver()
        return reply

    def _invoke(self, function: str, given: Any) -> Any:
        _raise_next(self.before, function)
        result = invoke(function, given)
        _raise_next(self.after, function)
        return result


def gone(world: World, model_id: str) -> bool:
    """Whether neither row, nor stack, nor running execution is left."""
    try:
        world.model(model_id)
    except ModelNotFoundError:
        return not world.stacks.standing and not world.running()
    return False


def _bucket(prefix: str) -> InMemoryModelFiles:
    files = InMemoryModelFiles()
    for key, content in tiny_checkpoint(prefix).items():
        files.put(key, content)
    return files


def _raise_next(faults: dict[str, list[Exception]], function: str) -> None:
    if faults.get(function):
        raise faults[function].pop()


@contextmanager
def new_world() -> Iterator[World]:
    """A service without models."""
    world = World()
    with wiring.use(
        models=world.models,
        keys=world.keys,
        files=world.files,
        account=world.account,
        stacks=world.stacks,
        cluster=world.cluster,
        inference=world.inference,
    ):
        yield world
