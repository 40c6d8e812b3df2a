"""The interpreter of the tests takes the same way through our workflows as moto's engine."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from diagnosis import Reason
from models.errors import Diagnosed, Superseded
from tests.support import motos_engine
from tests.support.deployed_workflows import workflows
from tests.support.workflow import Execution

type Script = dict[str, list[Any]]

CLAIMED = {"hosted": True, "api_base": None, "servers": None}
STARTING = {"ready": False, "to_be_asked": False, "api_base": None, "wait_seconds": 0}
READY = {"ready": True, "to_be_asked": True, "api_base": "http://m/v1", "wait_seconds": 0}
PLANNED = {"context_window": 2048, "servers": None}
ASKED = {"digest": "d", "since": "2026-01-01T12:00:00Z"}
STUCK = Diagnosed(Reason("StackNotDeleted", "It is in use.", "Free it."))
GOING, GONE = {"gone": False, "wait_seconds": 0}, {"gone": True, "wait_seconds": 0}
HOSTED: Script = {
    "claim_model": [CLAIMED],
    "check_plan": [PLANNED],
    "create_stack": [ASKED],
    "change_stack": [ASKED],
    "watch_stack": [STARTING, READY],
}
REMOVED: Script = {"watch_removal": [GOING, GONE]}
FACT = {"data": {"model_id": "m"}}
EXECUTION = "arn:aws:states:eu-west-1:123456789012:execution:test:test"
CREATE, DELETE = "ModelRequested.v1", "ModelDeletionRequested.v1"
CHANGE = "ModelChangeRequested.v1"
SCRIPTS: dict[str, tuple[str, Script]] = {
    "a choice": (
        CREATE,
        {"claim_model": [{"hosted": False, "api_base": None}], "check_plan": [PLANNED]},
    ),
    "a choice of three": (
        CHANGE,
        HOSTED | {"watch_stack": [STARTING, READY | {"to_be_asked": False}]},
    ),
    "a way back": (
        CHANGE,
        HOSTED
        | {"change_stack": [ASKED, ASKED], "smoke_test": [STUCK]}
        | {"watch_stack": [READY, STARTING, READY]},
    ),
    "waits and a retry": (CREATE, HOSTED | {"create_stack": [OSError("lost"), ASKED]}),
    "an error that is not retried": (CREATE, HOSTED | {"smoke_test": [Superseded("taken")]}),
    "retries used up": (CREATE, HOSTED | REMOVED | {"smoke_test": [OSError("lost")] * 2}),
    "a wait for nothing": (
        CREATE,
        HOSTED | {"watch_stack": [{"ready": False, "to_be_asked": False}]},
    ),
    "an end that fails": (DELETE, {"watch_removal": [GOING, STUCK]}),
}


class Scripted:
    """Functions that answer as told, then with nothing; what they were given is kept."""

    def __init__(self, script: Script) -> None:
        self.given: list[tuple[str, Any]] = []
        self._answers: dict[str, Iterator[Any]] = {
            name: iter(answers) for name, answers in script.items()
        }

    def __call__(self, function: str, given: Any) -> Any:
        self.given.append((function, without_execution(given)))
        step = function.removeprefix("models.")
        answer = next(self._answers.get(step, iter(())), None)
        if isinstance(answer, Exception):
            raise answer
        return answer


def without_execution(given: Any) -> Any:
    assert given["execution"].startswith("arn:aws:states:")
    return {name: value for name, value in given.items() if name != "execution"}


@pytest.mark.parametrize("name", SCRIPTS)
def test_both_engines_take_the_same_way(name: str, models_environment: None) -> None:
    started_by, script = SCRIPTS[name]
    definition = workflows("models")[started_by].definition
    motos_engine.require_the_same_way(definition, EXECUTION, FACT, lambda: Scripted(script))


def _ours(definition: Any, fact: Any, invoke: Callable[[str, Any], Any]) -> Execution:
    return Execution(definition, EXECUTION, fact, invoke).run()


def test_a_path_that_leads_nowhere_ends_the_execution_and_no_catch_helps() -> None:
    # Unlike moto's engine, AWS does so: https://docs.aws.amazon.com/step-functions, States.Runtime.
    script = HOSTED | {"watch_stack": [{"ready": True, "to_be_asked": True}]}
    execution = _ours(workflows("models")[CREATE].definition, FACT, Scripted(script))
    assert (execution.status, execution.error) == ("FAILED", "States.Runtime")
    assert execution.visited[-1] == "SmokeTest"


def test_time_is_added_up_and_not_spent() -> None:
    answers = {"watch_stack": [STARTING | {"wait_seconds": 15}, READY]}
    lost = {"create_stack": [OSError("lost"), OSError("lost"), ASKED]}
    execution = _ours(
        workflows("models")[CREATE].definition,
        FACT,
        Scripted(HOSTED | lost | answers),
    )
    assert execution.waited == 15 + 1 + 2


def test_a_workflow_that_does_not_end_is_told() -> None:
    forever = Scripted(HOSTED | {"watch_stack": [STARTING] * 1000})
    with pytest.raises(AssertionError, match="does not end"):
        _ours(workflows("models")[CREATE].definition, FACT, forever)
