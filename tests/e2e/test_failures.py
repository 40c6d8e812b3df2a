"""A model that cannot serve says why, leaves nothing behind, and can be created again."""

from copy import deepcopy
from typing import Any

import pytest

from tests.e2e.client import HOSTED, Admin, aws, eventually
from tests.e2e.test_main_job import leftovers

NO_SUCH_IMAGE = {"containerConfig": {"image": {"baseImage": "nobody/knows:1", "type": "registry"}}}
VLLM_IMAGE = {
    "inferenceContainer": "vllm",
    "instanceType": "g5.xlarge",
    "containerConfig": {"image": {"baseImage": "vllm/vllm-openai:v0.5.0", "type": "asset"}},
}
# Its weights are no checkpoint for vLLM, and a plan would say so before the image is missed.
FORCED = VLLM_IMAGE | {"force": True}
CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "no-image": (NO_SUCH_IMAGE, "ImageUnavailable", "nobody/knows:1"),
    "no-vllm": (
        VLLM_IMAGE | {"force": True},
        "ImageUnavailable",
        "lisa-local/vllm:vllm__vllm-openai",
    ),
    "wrong-format": (VLLM_IMAGE, "WrongFormat", "safetensors"),
    "no-weights": ({"modelName": "demo/nothing-here"}, "WeightsMissing", "demo/nothing-here"),
    "dies": (
        {"containerConfig": {"environment": {"THREADS": "not a number"}}},
        "BadConfig",
        "THREADS",
    ),
}


def definition(changes: dict[str, Any]) -> dict[str, Any]:
    """Return the hosted payload with changes, merged into the container's settings."""
    changed = deepcopy(HOSTED) | {k: v for k, v in changes.items() if k != "containerConfig"}
    container = changes.get("containerConfig", {})
    changed["containerConfig"] = changed["containerConfig"] | container
    return changed


@pytest.mark.promise("models.failed-are-shown")
@pytest.mark.parametrize("case", CASES)
def test_a_model_that_cannot_start_says_why_and_leaves_nothing(
    product: dict[str, Any], case: str
) -> None:
    changes, code, told = CASES[case]
    admin, model_id = Admin(product), f"e2e-{case}"
    admin.create(model_id, **definition(changes))

    failed = admin.settled(model_id)

    assert (failed["status"], failed["failureReason"]["code"]) == ("Failed", code)
    assert told in failed["failureReason"]["message"]
    assert failed["failureReason"]["fix"]
    assert leftovers(product, model_id) == []
    admin.remove(model_id)


def test_a_failed_model_can_be_created_again(product: dict[str, Any]) -> None:
    admin = Admin(product)
    admin.create("e2e-again", **definition({"modelName": "demo/nothing-here"}))
    assert admin.settled("e2e-again")["status"] == "Failed"
    admin.remove("e2e-again")

    admin.create("e2e-again", **HOSTED)

    settled = admin.settled("e2e-again")
    assert settled["status"] == "InService", settled["failureReason"]
    admin.remove("e2e-again")


def test_a_model_can_be_deleted_while_it_is_being_created(product: dict[str, Any]) -> None:
    admin = Admin(product)
    admin.create("e2e-hasty", **HOSTED)

    admin.remove("e2e-hasty")

    assert leftovers(product, "e2e-hasty") == []


def test_a_model_whose_workflow_is_aborted_says_so_and_can_be_deleted(
    product: dict[str, Any],
) -> None:
    admin, states = Admin(product), aws(product, "stepfunctions")
    admin.create("e2e-aborted", **HOSTED)
    machines = states.list_state_machines()["stateMachines"]
    [creates] = [one for one in machines if one["name"].endswith("-models-create-model")]

    def running() -> str | None:
        found = states.list_executions(
            stateMachineArn=creates["stateMachineArn"], statusFilter="RUNNING"
        )
        return next((one["executionArn"] for one in found["executions"]), None)

    eventually(lambda: claimed(product, "e2e-aborted"), within=10)
    states.stop_execution(executionArn=eventually(running, within=10))

    failed = admin.settled("e2e-aborted")
    assert (failed["status"], failed["failureReason"]["code"]) == ("Failed", "WorkflowEnded")
    admin.remove("e2e-aborted")
    assert leftovers(product, "e2e-aborted") == []


def claimed(product: dict[str, Any], model_id: str) -> bool | None:
    """Whether a workflow has the model already."""
    table = aws(product, "dynamodb")
    key = {"modelId": {"S": model_id}}
    row = table.get_item(TableName="lisa-local-LISAModelTable", Key=key)["Item"]
    return "execution" in row or None
