"""A service's workflows in one process: from changes to facts, executions and their steps.

Executions advance one state at a time, in whatever order a test wants. Each step is the product's
own function, and may be made to fail before or after its work.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from kernel.events import Fact, envelope
from tests.support.calling import invoke
from tests.support.deployed_workflows import workflows
from tests.support.workflow import FAR, Execution


class Unexpected(Exception):
    """A failure that no step foresees."""


@dataclass
class Executions[F: Fact](ABC):
    """What has been told of a service, and the executions that follow."""

    service: ClassVar[str]
    # Who is told of an execution that fails or is ended; nobody where there is no name.
    told_of_ends: ClassVar[str] = ""

    facts: list[F] = field(default_factory=list, init=False)
    executions: list[Execution] = field(default_factory=list, init=False)
    before: dict[str, list[Exception]] = field(default_factory=dict, init=False)
    after: dict[str, list[Exception]] = field(default_factory=dict, init=False)

    @abstractmethod
    def new_facts(self) -> Sequence[F]:
        """Return what has become true since this was asked last."""

    # Most services need neither of these.
    def react(self, fact: F) -> None:  # noqa: B027
        """Do what follows from a fact that starts no workflow."""

    def let_time_pass(self) -> None:  # noqa: B027
        """Waits take no time here: move what they wait for into the past."""

    def told(self) -> list[str]:
        """The names of all facts so far."""
        return [type(fact).__name__ for fact in self.facts]

    def deliver(self) -> None:
        """Turn new changes into facts, and facts into executions and reactions."""
        while new := self.new_facts():
            for fact in new:
                self.facts.append(fact)
                if fact.detail_type() in workflows(self.service):
                    self.start(fact)
                else:
                    self.react(fact)

    def start(self, fact: F) -> Execution:
        """Start the workflow of a fact, as the bus would."""
        workflow = workflows(self.service)[fact.detail_type()]
        arn = f"arn:aws:states:eu-west-1:123456789012:execution:{len(self.executions)}"
        execution = Execution(workflow.definition, arn, envelope(fact, "test"), self._invoke)
        self.executions.append(execution)
        return execution

    def fails(self, step: str, times: int = 1, after: bool = False) -> None:
        """Let a step raise what nobody foresaw, before or after it has done its work."""
        where = self.after if after else self.before
        where[f"{self.service}.{step}"] = [Unexpected("lost the connection") for _ in range(times)]

    def kill(self, execution: Execution, how: str = "ABORTED") -> None:
        """End an execution from outside, and tell as Step Functions does."""
        execution.status = how
        self.end(execution)

    def end(self, execution: Execution) -> None:
        """Tell how an execution ended that did not succeed."""
        given = envelope(self.facts[0], "test") | {"data": execution.data["data"]}
        detail = {
            "executionArn": execution.arn,
            "status": execution.status,
            "input": json.dumps(given),
        }
        invoke(f"{self.service}.{self.told_of_ends}", {"detail": detail})
        self.deliver()

    def running(self) -> list[Execution]:
        return [execution for execution in self.executions if execution.running]

    def advance(self, execution: Execution) -> None:
        """Take one state of an execution, and deliver what it made true."""
        execution.advance()
        self.deliver()
        if execution.status == "FAILED" and self.told_of_ends:
            self.end(execution)

    def settle(self) -> None:
        """Run every execution to its end, the oldest first; nothing is waited for any more."""
        for _ in range(4 * FAR):
            self.let_time_pass()
            if not (running := self.running()):
                return
            self.advance(running[0])
        raise AssertionError(f"it never settles: {[one.visited[-5:] for one in self.running()]}")

    def _invoke(self, function: str, given: Any) -> Any:
        _raise_next(self.before, function)
        result = invoke(function, given)
        _raise_next(self.after, function)
        return result


def _raise_next(faults: dict[str, list[Exception]], function: str) -> None:
    if faults.get(function):
        raise faults[function].pop()
