"""A state machine taken step by step: the part of the Amazon States Language that we use.

Each `advance` runs one state, or one attempt of a task, so that a test decides what happens in
between. Time is added up instead of spent. `tests/workflows/test_interpreter.py` holds it
against moto's engine.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

type Json = Any
type Invoke = Callable[[str, Json], Json]

# More states than any workflow of ours needs: a test that runs this far has found a loop.
FAR = 500
_UNCATCHABLE = "States.Runtime"


class NoSuchPath(Exception):
    """A path that leads nowhere: the platform ends such an execution, and no Catch helps."""


def read(path: str, data: Json, context: Json) -> Json:
    """Return what a path such as `$.data.model_id` or `$$.Execution.Id` leads to."""
    value = context if path.startswith("$$") else data
    for name in path.lstrip("$").split(".")[1:]:
        if not isinstance(value, dict) or name not in value:
            raise NoSuchPath(f"{path} leads nowhere")
        value = value[name]
    return value


@dataclass
class Execution:
    """One run of a state machine."""

    definition: Json
    arn: str
    data: Json
    invoke: Invoke
    status: str = "RUNNING"
    error: str = ""
    cause: str = ""
    waited: float = 0.0
    visited: list[str] = field(default_factory=list)
    state: str = ""
    item: Json = None
    _items: list["Execution"] = field(default_factory=list)
    _turn: int = 0
    _tries: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._enter(self.definition["StartAt"])

    @property
    def running(self) -> bool:
        return self.status == "RUNNING"

    def run(self) -> "Execution":
        """Advance to the end."""
        for _ in range(FAR):
            if not self.running:
                return self
            self.advance()
        raise AssertionError(f"the execution does not end: {self.visited[-10:]}")

    def advance(self) -> None:
        """Run the current state, or one attempt of it."""
        state = self.definition["States"][self.state]
        try:
            match state["Type"]:
                case "Task":
                    self._attempt(state)
                case "Choice":
                    self._enter(self._choice(state))
                case "Wait":
                    self.waited += self._read(state["SecondsPath"])
                    self._leave(state)
                case "Map":
                    self._map(state)
                case "Succeed":
                    self.status = "SUCCEEDED"
                case "Fail":
                    self._fail(state["Error"], state["Cause"])
                case other:
                    raise NotImplementedError(f"no workflow of ours had a {other} state")
        except NoSuchPath as lost:
            self._fail(_UNCATCHABLE, str(lost))

    def _attempt(self, task: Json) -> None:
        given = self._parameters(task["Parameters"])
        try:
            result = self.invoke(task["Resource"], given)
        except Exception as error:  # noqa: BLE001 - Lambda reports whatever a function raises
            told = {"errorMessage": str(error), "errorType": type(error).__name__}
            self._recover(task, type(error).__name__, json.dumps(told, separators=(",", ":")))
        else:
            self._place(task, result)
            self._leave(task)

    def _map(self, state: Json) -> None:
        """Begin with all items, or advance one of those that may run at the same time."""
        if not self._items:
            self._items = [self._child(state, item) for item in self._read(state["ItemsPath"])]
        if running := [one for one in self._items if one.running][: state["MaxConcurrency"]]:
            self._turn += 1
            child = running[self._turn % len(running)]
            child.advance()
            if child.status == "FAILED":
                self._items = []
                self._recover(state, child.error, child.cause)
                return
        if not any(one.running for one in self._items):
            self._place(state, [one.data for one in self._items])
            self._leave(state)

    def _child(self, state: Json, item: Json) -> "Execution":
        self.item = item
        given = self._parameters(state["ItemSelector"])
        child = Execution(state["ItemProcessor"], self.arn, given, self.invoke, item=item)
        self.visited += child.visited
        return child

    def _recover(self, task: Json, error: str, cause: str) -> None:
        number, retrier = _first(task.get("Retry", []), error)
        if retrier and self._tries[number] < retrier.get("MaxAttempts", 3):
            rate = retrier.get("BackoffRate", 2)
            self.waited += retrier.get("IntervalSeconds", 1) * rate ** self._tries[number]
            self._tries[number] += 1
            return
        _, catcher = _first(task.get("Catch", []), error)
        if catcher is None:
            self._fail(error, cause)
        else:
            self._place(catcher, {"Error": error, "Cause": cause})
            self._enter(catcher["Next"])

    def _parameters(self, template: Json) -> Json:
        return {
            name.removesuffix(".$"): self._read(value) if name.endswith(".$") else value
            for name, value in template.items()
        }

    def _choice(self, state: Json) -> str:
        for rule in state["Choices"]:
            if self._read(rule["Variable"]) is rule["BooleanEquals"]:
                return str(rule["Next"])
        return str(state["Default"])

    def _place(self, state: Json, result: Json) -> None:
        match state.get("ResultPath", "$"):
            case None:
                pass
            case "$":
                self.data = result
            case path:
                self.data = self.data | {path.removeprefix("$."): result}

    def _leave(self, state: Json) -> None:
        if state.get("End"):
            self.status = "SUCCEEDED"
        else:
            self._enter(state["Next"])

    def _enter(self, name: str) -> None:
        self.state = name
        self.visited.append(name)
        self._items = []
        self._tries.clear()

    def _fail(self, error: str, cause: str) -> None:
        self.status, self.error, self.cause = "FAILED", error, cause

    def _read(self, path: str) -> Json:
        item = {"Item": {"Value": self.item}}
        return read(path, self.data, {"Execution": {"Id": self.arn}, "Map": item})


def _first(rules: list[Json], error: str) -> tuple[int, Json | None]:
    for number, rule in enumerate(rules):
        if error in rule["ErrorEquals"] or rule["ErrorEquals"] == ["States.ALL"]:
            return number, rule
    return -1, None
