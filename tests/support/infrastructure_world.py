"""Repositories with a database of their own, in one process: API, stream, workflows and steps.

Everything is the product's own but for the ports, which are in memory. Executions advance one
state at a time, in whatever order a test wants.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from catalogue.base import Row
from catalogue.collection import Collection
from catalogue.repository import Repository, repository_key
from kernel.events import Change, envelope
from repositories.facts import RepositoryFact, RepositoryRemovalRequested, facts_of
from repositories.wiring import use
from tests.support.calling import Reply, invoke
from tests.support.deployed_workflows import workflows
from tests.support.model_world import Unexpected
from tests.support.repository_calls import removal, send
from tests.support.repository_stacks import InMemoryStacks
from tests.support.repository_world import InMemoryRows, World, wish
from tests.support.workflow import FAR, Execution

HR = "hr-docs"


class ToldRows(InMemoryRows):
    """Rows that tell of their changes, as the table's stream does."""

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[Change] = []

    def add(self, row: Row, beside: Row | None = None) -> None:
        super().add(row, beside)
        self._tell(None, row)

    def replace[R: Row](self, was: R, now: R, beside: Row | None = None) -> R:
        before = self.rows.get(was.key)
        stored = super().replace(was, now, beside)
        self._tell(before, stored)
        return stored

    def remove(self, row: Row) -> None:
        before = self.rows.get(row.key)
        super().remove(row)
        if before is not None:
            self._tell(before, None)

    def _tell(self, before: Row | None, after: Row | None) -> None:
        images = (_image(one) for one in (before, after))
        number = str(len(self.changes))
        self.changes.append(Change(id=number, before=next(images), after=next(images)))


class InfrastructureWorld(World):
    """The service, and what happens in it."""

    def __init__(self) -> None:
        super().__init__()
        self.told = ToldRows()
        self.rows, self.databases = self.told, InMemoryStacks()
        self.facts: list[RepositoryFact] = []
        self.executions: list[Execution] = []
        self.before: dict[str, list[Exception]] = {}
        self.after: dict[str, list[Exception]] = {}
        self._read = 0

    def create(self, **config: Any) -> Reply:
        """POST a repository whose database is to be made, and deliver what that made true."""
        return self.done(send("create_repository", wish(rdsConfig=config)))

    def delete(self) -> Reply:
        """DELETE it, and deliver."""
        return self.done(send("delete_repository", repository_id=HR))

    def done(self, reply: Reply) -> Reply:
        self.deliver()
        return reply

    def repository(self) -> Repository | None:
        return self.rows.get(Repository, repository_key(HR))

    def status(self) -> str | None:
        """How the repository fares, None when there is none."""
        found = self.repository()
        return found.status if found else None

    def reason(self) -> str:
        """The code of the reason in its row."""
        found = self.repository()
        assert found is not None
        assert found.reason is not None
        assert found.reason.message
        assert found.reason.fix
        return found.reason.code

    def collections(self) -> list[Collection]:
        return list(self.rows.all(Collection))

    def fails(self, step: str, times: int = 1, after: bool = False) -> None:
        """Let a step raise what nobody foresaw, before or after it has done its work."""
        where = self.after if after else self.before
        where[f"repositories.{step}"] = [Unexpected("lost the connection") for _ in range(times)]

    def kill(self, execution: Execution, how: str = "ABORTED") -> None:
        """End an execution from outside, and tell as Step Functions does."""
        execution.status = how
        self._tell_of(execution)

    def running(self) -> list[Execution]:
        return [execution for execution in self.executions if execution.running]

    def advance(self, execution: Execution) -> None:
        """Take one state of an execution, and deliver what it made true."""
        execution.advance()
        self.deliver()
        if execution.status == "FAILED":
            self._tell_of(execution)

    def until(self, state: str) -> Execution:
        """Advance the last execution until it is about to run a state."""
        execution = self.executions[-1]
        for _ in range(FAR):
            if execution.state == state:
                return execution
            self.advance(execution)
        raise AssertionError(f"{state} is never reached: {execution.visited[-5:]}")

    def settle(self) -> None:
        """Run every execution to its end, the oldest first; no making is still under way."""
        for _ in range(4 * FAR):
            self._let_time_pass()
            if not (running := self.running()):
                return
            self.advance(running[0])
        raise AssertionError(f"it never settles: {[one.visited[-5:] for one in self.running()]}")

    def start(self, fact: RepositoryFact) -> None:
        """Start the workflow of a fact, as the bus would."""
        workflow = workflows("repositories")[fact.detail_type()]
        arn = f"arn:aws:states:eu-west-1:123456789012:execution:{len(self.executions)}"
        given = envelope(fact, "test")
        self.executions.append(Execution(workflow.definition, arn, given, self._invoke))

    def deliver(self) -> None:
        """Turn new changes into facts, and facts into executions and reactions."""
        while new := self.told.changes[self._read :]:
            self._read += len(new)
            for fact in [fact for change in new for fact in facts_of(change)]:
                assert isinstance(fact, RepositoryFact)
                self.facts.append(fact)
                if fact.detail_type() in workflows("repositories"):
                    self.start(fact)
                elif isinstance(fact, RepositoryRemovalRequested):
                    removal("on_repository_removal_requested", repository_id=fact.repository_id)

    def _let_time_pass(self) -> None:
        """Waits take no time here, so that what they wait for is moved to the past."""
        row = self.repository()
        if row is not None and row.stack_until is not None:
            early = row.stack_until - timedelta(hours=1)
            self.told.rows[row.key] = row.model_copy(update={"stack_until": early})

    def _tell_of(self, execution: Execution) -> None:
        given = envelope(self.facts[0], "test") | {"data": execution.data["data"]}
        detail = {
            "executionArn": execution.arn,
            "status": execution.status,
            "input": json.dumps(given),
        }
        invoke("repositories.on_repository_workflow_ended", {"detail": detail})
        self.deliver()

    def _invoke(self, function: str, given: Any) -> Any:
        _raise_next(self.before, function)
        result = invoke(function, given)
        _raise_next(self.after, function)
        return result


def _raise_next(faults: dict[str, list[Exception]], function: str) -> None:
    if faults.get(function):
        raise faults[function].pop()


def _image(row: Row | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return row.model_dump(mode="json", by_alias=True, exclude_none=True) | {"kind": row.kind}


@contextmanager
def new_infrastructure_world() -> Iterator[InfrastructureWorld]:
    """An empty one, on which the service's functions run."""
    world = InfrastructureWorld()
    with world.placed(), use(stacks=world.databases):
        yield world
