"""moto's own engine of Step Functions, with its one call of a Lambda function led to a test.

The seam is a private name of moto; `tests/workflows/test_interpreter.py` fails when it moves.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import boto3
from moto import mock_aws
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils

from tests.support.workflow import Execution, Invoke

ACCOUNT = "123456789012"
PATIENCE = 30.0


@dataclass(frozen=True)
class Outcome:
    """How an execution ended, and the states that it entered."""

    status: str
    error: str
    visited: list[str]


def run(definition: dict[str, Any], given: dict[str, Any], invoke: Invoke) -> Outcome:
    """Run a state machine whose tasks' resources are names of functions."""
    text = json.dumps(_deployable(definition))
    with mock_aws(config={"stepfunctions": {"execute_state_machine": True}}), _invoking(invoke):
        engine = boto3.client("stepfunctions", region_name="eu-west-1")
        role = f"arn:aws:iam::{ACCOUNT}:role/test"
        machine = engine.create_state_machine(name="test", definition=text, roleArn=role)
        execution = engine.start_execution(
            stateMachineArn=machine["stateMachineArn"], name="test", input=json.dumps(given)
        )
        return _outcome(engine, execution["executionArn"])


class Keeping(Protocol):
    """Functions that answer, and keep what they were given."""

    given: list[tuple[str, Any]]

    def __call__(self, function: str, given: Any) -> Any:
        """Answer a call of a function."""


def require_the_same_way(
    definition: dict[str, Any], arn: str, given: dict[str, Any], functions: Callable[[], Keeping]
) -> None:
    """Require that the interpreter of the tests and this engine agree on an execution."""
    short = hurried(definition)
    ours, motos = functions(), functions()
    execution = Execution(short, arn, given, ours).run()
    outcome = run(short, given, motos)
    assert ours.given == motos.given
    assert (execution.status, execution.error) == (outcome.status, outcome.error)
    assert execution.visited == outcome.visited


def hurried(definition: dict[str, Any]) -> dict[str, Any]:
    """The definition with one short pause before it gives up: moto's engine really sleeps."""
    copy: dict[str, Any] = json.loads(json.dumps(definition))
    for state in _every_state(copy):
        for retrier in state.get("Retry", []):
            retrier["MaxAttempts"] = min(retrier["MaxAttempts"], 1)
            retrier["IntervalSeconds"] = 1
    return copy


def _deployable(definition: dict[str, Any]) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(definition))
    for state in _every_state(copy):
        if "Resource" in state:
            state["Resource"] = _arn(state["Resource"])
    return copy


def _every_state(definition: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for state in definition["States"].values():
        yield state
        if "ItemProcessor" in state:
            yield from _every_state(state["ItemProcessor"])


def _arn(name: str) -> str:
    return f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:{name.replace('.', '-')}"


@contextmanager
def _invoking(invoke: Invoke) -> Iterator[None]:
    def called(parameters: dict[str, Any], *_: object, **__: object) -> dict[str, Any]:
        name = parameters["FunctionName"].rpartition(":")[2].replace("-", ".", 1)
        try:
            return {"Payload": invoke(name, json.loads(parameters["Payload"]))}
        except Exception as error:  # noqa: BLE001 - Lambda reports whatever a function raises
            told = {"errorMessage": str(error), "errorType": type(error).__name__}
            return {"FunctionError": "Unhandled", "Payload": told}

    engine: Any = lambda_eval_utils
    original, engine._invoke_lambda_function = engine._invoke_lambda_function, called
    try:
        yield
    finally:
        engine._invoke_lambda_function = original


def _outcome(engine: Any, execution: str) -> Outcome:
    deadline = time.monotonic() + PATIENCE
    while (reply := engine.describe_execution(executionArn=execution))["status"] == "RUNNING":
        assert time.monotonic() < deadline, "moto's engine does not end"
        time.sleep(0.01)
    events = engine.get_execution_history(executionArn=execution)["events"]
    visited = [
        event["stateEnteredEventDetails"]["name"]
        for event in events
        if "stateEnteredEventDetails" in event
    ]
    return Outcome(reply["status"], reply.get("error", ""), visited)
