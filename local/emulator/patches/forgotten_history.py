"""History does not grow for ever.

Symptom: ministack keeps every finished execution and every deleted stack with its template, so that
its state grows with each model made and removed, and saving it takes ever longer. AWS forgets them
after 90 days; here a restart forgets deleted stacks, and finished executions but the newest.
"""

from typing import Any

from ministack import app
from ministack.services import cloudformation, stepfunctions

EXECUTIONS_KEPT = 200


def _forget_stacks() -> None:
    stacks = cloudformation._stacks._data
    deleted = [key for key, stack in stacks.items() if stack["StackStatus"] == "DELETE_COMPLETE"]
    for account, region, name in deleted:
        stack = stacks.pop((account, region, name))
        cloudformation._stack_events._data.pop((account, region, stack["StackId"]), None)


def _started(execution: tuple[Any, dict[str, Any]]) -> str:
    return str(execution[1]["startDate"])


def _forget_executions() -> None:
    executions = stepfunctions._executions._data
    finished = [found for found in executions.items() if found[1].get("status") != "RUNNING"]
    for key, _ in sorted(finished, key=_started)[:-EXECUTIONS_KEPT]:
        del executions[key]


def apply() -> None:
    """Forget once all state is there."""
    load = app._load_persisted_state

    def load_and_forget() -> None:
        load()
        _forget_stacks()
        _forget_executions()

    app._load_persisted_state = load_and_forget
