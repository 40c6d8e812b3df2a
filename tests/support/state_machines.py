"""State machines as the templates deploy them: states, tasks, and the functions behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.support.lambdas import Function, all_functions
from tests.support.templates import WORKFLOW, Json, paths, resources

ALL = "States.ALL"


@dataclass(frozen=True)
class StateMachine:
    """One state machine: its definition, and how the template fills it in."""

    template: Path
    logical_id: str
    properties: Json

    @property
    def path(self) -> Path:
        uri: str = self.properties["DefinitionUri"]
        return (self.template.parent / uri).resolve()

    @property
    def definition(self) -> Json:
        return _definition(self.path)

    @property
    def states(self) -> Json:
        """Every state, those of a Map's items too: what nothing catches there, the Map does."""
        found: Json = dict(self.definition["States"])
        for each in [one for one in found.values() if one["Type"] == "Map"]:
            for name, state in each["ItemProcessor"]["States"].items():
                found[name] = {"Catch": each["Catch"], **state}
        return found

    @property
    def substitutions(self) -> Json:
        found: Json = self.properties["DefinitionSubstitutions"]
        return found

    def task_names(self) -> list[str]:
        """Return the names of the tasks."""
        return [name for name, state in self.states.items() if state["Type"] == "Task"]

    def tasks(self) -> Iterator[tuple[str, Json, Function]]:
        """Yield each task: its name, the state, and the function that it runs."""
        for name in self.task_names():
            state = self.states[name]
            yield name, state, self.function(state["Resource"])

    def function(self, resource: str) -> Function:
        """Return the function that a resource such as `${ClaimModel}` means."""
        logical_id, attribute = self.substitutions[resource[2:-1]]["Fn::GetAtt"]
        assert attribute == "Arn"
        (found,) = (
            one
            for one in all_functions()
            if (one.template, one.logical_id) == (self.template, logical_id)
        )
        return found

    def after(self, name: str, *, caught: bool) -> set[str]:
        """Return every state that may come after one; without `caught`, if nothing goes wrong."""
        found: set[str] = set()
        ahead = following(self.states[name], caught=caught)
        while ahead:
            state = ahead.pop()
            if state not in found:
                found.add(state)
                ahead += following(self.states[state], caught=caught)
        return found


def following(state: Json, *, caught: bool) -> list[str]:
    """Return the states to which one leads by itself."""
    leads = [state, *state.get("Choices", []), *(state.get("Catch", []) if caught else [])]
    ways = [one["Next"] for one in leads if "Next" in one]
    if state["Type"] == "Map":
        ways.append(state["ItemProcessor"]["StartAt"])
    return ways + [state["Default"]] if "Default" in state else ways


def caught_by(state: Json, error: str = ALL) -> str | None:
    """Return the state to which an error leads, None when nothing catches it."""
    catchers = (one for one in state.get("Catch", []) if {error, ALL} & {*one["ErrorEquals"]})
    return next((str(one["Next"]) for one in catchers), None)


def named_errors(document: Any) -> set[str]:
    """Return the names of our own errors in a state's Retry and Catch."""
    rules = [*document.get("Retry", []), *document.get("Catch", [])]
    names = {name for rule in rules for name in rule["ErrorEquals"]}
    return {name for name in names if not name.startswith(("States.", "Lambda."))}


@cache
def state_machines() -> tuple[StateMachine, ...]:
    """Return every state machine of every template."""
    return tuple(
        StateMachine(path, name, properties)
        for path in paths()
        for name, properties in resources(path, WORKFLOW).items()
    )


@cache
def _definition(path: Path) -> Json:
    found: Json = yaml.safe_load(path.read_text("utf-8"))
    return found
