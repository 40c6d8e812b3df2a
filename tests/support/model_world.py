"""The models service in one process: its API, its stream, its workflows and its steps.

Everything is the product's own but for the ports, which are in memory. Executions advance one
state at a time, in whatever order a test wants.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from models import wiring
from models.errors import ModelNotFoundError
from models.facts import ModelFact, facts_of
from models.model import Model
from tests.support.calling import Reply, call
from tests.support.executions import Executions
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


@dataclass
class World(Executions[ModelFact]):
    """The service, and what happens in it."""

    service = "models"

    models: InMemoryModels = field(default_factory=InMemoryModels)
    keys: InMemoryKeys = field(default_factory=InMemoryKeys)
    files: InMemoryModelFiles = field(default_factory=lambda: _bucket(HOSTED["modelName"]))
    account: InMemoryAccount = field(default_factory=InMemoryAccount)
    stacks: InMemoryStacks = field(default_factory=InMemoryStacks)
    inference: InMemoryInference = field(default_factory=InMemoryInference)
    cluster: InMemoryCluster = field(init=False)
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

    def rerouted(self) -> int:
        """How often a model came into service, moved, or left it."""
        changes = [(one.before or {}, one.after or {}) for one in self.models.changes]
        return sum(before.get("route") != after.get("route") for before, after in changes)

    def model(self, model_id: str) -> Model:
        return self.models.get(model_id)

    def new_facts(self) -> list[ModelFact]:
        new, self._read = self.models.changes[self._read :], len(self.models.changes)
        return [fact for change in new for fact in facts_of(change)]

    def _delivered(self, reply: Reply) -> Reply:
        self.deliver()
        return reply


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
