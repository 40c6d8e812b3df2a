"""Repositories with a database of their own, in one process: API, stream, workflows and steps.

Everything is the product's own but for the ports, which are in memory. Executions advance one
state at a time, in whatever order a test wants.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from catalogue.base import Row
from catalogue.collection import Collection
from catalogue.repository import Repository, repository_key
from kernel.events import Change
from repositories.facts import RepositoryFact, RepositoryRemovalRequested, facts_of
from repositories.wiring import use
from tests.support.calling import Reply
from tests.support.executions import Executions
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


class InfrastructureWorld(World, Executions[RepositoryFact]):
    """The service, and what happens in it."""

    service = "repositories"
    told_of_ends = "on_repository_workflow_ended"

    def __init__(self) -> None:
        World.__init__(self)
        Executions.__init__(self)
        self.rows: ToldRows = ToldRows()
        self.databases = InMemoryStacks()
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

    def until(self, state: str) -> Execution:
        """Advance the last execution until it is about to run a state."""
        execution = self.executions[-1]
        for _ in range(FAR):
            if execution.state == state:
                return execution
            self.advance(execution)
        raise AssertionError(f"{state} is never reached: {execution.visited[-5:]}")

    def new_facts(self) -> list[RepositoryFact]:
        new, self._read = self.rows.changes[self._read :], len(self.rows.changes)
        found = [fact for change in new for fact in facts_of(change)]
        return [fact for fact in found if isinstance(fact, RepositoryFact)]

    def react(self, fact: RepositoryFact) -> None:
        if isinstance(fact, RepositoryRemovalRequested):
            removal("on_repository_removal_requested", repository_id=fact.repository_id)

    def let_time_pass(self) -> None:
        row = self.repository()
        if row is not None and row.stack_until is not None:
            early = row.stack_until - timedelta(hours=1)
            self.rows.rows[row.key] = row.model_copy(update={"stack_until": early})


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
