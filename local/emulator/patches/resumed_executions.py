"""Running executions survive a restart of the emulator.

Symptom: whatever Step Functions was running when the process ended becomes FAILED with
`States.ServiceRestart`. On AWS executions do not notice. Here they go on from the state that they
had entered last, with its input: that state's work may be done twice, as on AWS after a retry.
"""

import contextvars
import json
import threading
from types import FunctionType
from typing import Any

from ministack import app
from ministack.core import responses
from ministack.services import stepfunctions

Execution = dict[str, Any]

RESUME_STATE = "ResumeAfterRestart"

_restore = stepfunctions.load_persisted_state
_interrupted: list[tuple[str, str, str]] = []  # account, region, ARN


def _restore_running(data: dict[str, Any]) -> None:
    executions: dict[Any, Execution] = data["executions"]._data
    running = [scope for scope, found in executions.items() if found.get("status") == "RUNNING"]
    _restore(data)
    for account, region, arn in running:
        execution = stepfunctions._executions._data[(account, region, arn)]
        execution.update(status="RUNNING", stopDate=None)
        execution.pop("error", None)
        execution.pop("cause", None)
        _interrupted.append((account, region, arn))


def _last_entered(execution: Execution, states: dict[str, Any]) -> tuple[str, str] | None:
    """Name and input of the top-level state in which the execution was."""
    for event in reversed(execution["events"]):
        entered = event.get("stateEnteredEventDetails")
        if entered and entered["name"] in states:
            return entered["name"], entered["input"]
    return None


def _continued(machine: dict[str, Any], execution: Execution) -> dict[str, Any]:
    """The state machine with a first state that leads back to where the execution was."""
    definition = json.loads(machine["definition"])
    found = _last_entered(execution, definition["States"])
    if found is None:
        return machine
    name, state_input = found
    back = {"Type": "Pass", "Result": json.loads(state_input), "Next": name}
    definition["States"][RESUME_STATE] = back
    definition["StartAt"] = RESUME_STATE
    return {**machine, "definition": json.dumps(definition)}


def _resume(account: str, region: str, arn: str) -> None:
    responses._request_account_id.set(account)
    responses._request_region.set(region)
    execution = stepfunctions._executions[arn]
    machine_arn = execution["stateMachineArn"]
    machine = stepfunctions._state_machines.get(machine_arn)
    machines = {machine_arn: _continued(machine, execution)} if machine else {}
    # The same function, seeing its own copy of the state machine and nothing else changed.
    names = {**vars(stepfunctions), "_state_machines": machines}
    FunctionType(stepfunctions._run_execution.__code__, names)(arn)


def _go_on() -> None:
    for scope in _interrupted:
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(_resume, *scope), daemon=True).start()
    _interrupted.clear()


def apply() -> None:
    """Keep interrupted executions RUNNING and go on with them once all state is there."""
    load = app._load_persisted_state

    def load_and_go_on() -> None:
        load()
        _go_on()

    stepfunctions.load_persisted_state = _restore_running
    app._load_persisted_state = load_and_go_on
