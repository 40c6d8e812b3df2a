"""One suite for the model stacks, in CloudFormation and in memory; and what is sent to it."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from models.adapters.cloudformation import CloudFormationStacks
from models.errors import StackFailed
from models.model import Model
from models.ports import Stack, Stacks
from models.settings import settings
from tests.conftest import MODELS_ENVIRONMENT as NAMES
from tests.support.answering import answered
from tests.support.cloudformation_service import CloudFormation
from tests.support.in_memory import InMemoryStacks
from tests.support.model_payloads import HOSTED, NOON, changed, external, hosted, parsed


class Scene:
    """The stacks of either kind, and what makes them fail."""

    def __init__(self, stacks: Stacks, world: Any) -> None:
        self.stacks, self.world = stacks, world

    def settled(self, model_id: str = "mistral-vllm") -> Stack | None:
        """The state after everything under way has come to its end."""
        for _ in range(2):
            self.stacks.state(model_id)
        return self.stacks.state(model_id)


@pytest.fixture
def cloudformation(aws: None) -> Iterator[Scene]:
    service = CloudFormation()
    with answered("cloudformation", service):
        yield Scene(CloudFormationStacks(settings()), service)


@pytest.fixture(params=["CloudFormation", "in memory"])
def scene(request: pytest.FixtureRequest) -> Scene:
    if request.param == "in memory":
        stacks = InMemoryStacks()
        return Scene(stacks, stacks)
    found: Scene = request.getfixturevalue("cloudformation")
    return found


def test_there_is_no_stack_before_it_is_made(scene: Scene) -> None:
    assert scene.stacks.state("mistral-vllm") is None


def test_a_stack_under_way_has_neither_outputs_nor_a_failure(scene: Scene) -> None:
    scene.stacks.create(hosted())
    assert scene.stacks.state("mistral-vllm") == Stack()


def test_a_stack_that_stands_tells_its_endpoint(scene: Scene) -> None:
    scene.stacks.create(hosted())
    stack = scene.settled()
    assert stack is not None
    assert stack.failure is None
    assert stack.outputs["Endpoint"].startswith("http://")


def test_a_stack_that_is_made_twice_is_left_alone(scene: Scene) -> None:
    scene.stacks.create(hosted())
    standing = scene.settled()
    scene.stacks.create(hosted())
    assert scene.settled() == standing


def test_a_failed_stack_stays_and_tells_why(scene: Scene) -> None:
    scene.world.failure = "no capacity"
    scene.stacks.create(hosted())
    stack = scene.settled()
    assert stack is not None
    assert "no capacity" in str(stack.failure)


def test_a_removed_stack_is_gone(scene: Scene) -> None:
    scene.stacks.create(hosted())
    scene.settled()
    scene.stacks.delete("mistral-vllm")
    assert scene.settled() is None


def test_removing_what_is_not_there_is_no_error(scene: Scene) -> None:
    scene.stacks.delete("mistral-vllm")
    assert scene.stacks.state("mistral-vllm") is None


def test_a_stack_that_cannot_be_removed_tells_why(scene: Scene) -> None:
    scene.stacks.create(hosted())
    scene.settled()
    scene.world.stuck = "in use"
    scene.stacks.delete("mistral-vllm")
    stack = scene.settled()
    assert stack is not None
    assert "in use" in str(stack.failure)
    scene.world.stuck = ""
    scene.stacks.delete("mistral-vllm")
    assert scene.settled() is None


def test_stacks_of_two_models_are_two(scene: Scene) -> None:
    scene.stacks.create(hosted("one"))
    assert scene.stacks.state("two") is None
    scene.stacks.delete("two")
    assert scene.settled("one") is not None


def test_a_nested_stacks_own_reason_is_told(cloudformation: Scene) -> None:
    cloudformation.world.failure = "quota reached"
    cloudformation.stacks.create(hosted())
    assert cloudformation.settled() == Stack(failure="TargetGroup: quota reached")


def test_why_it_could_not_be_made_is_not_why_it_cannot_be_removed(cloudformation: Scene) -> None:
    cloudformation.world.failure, cloudformation.world.stuck = "quota reached", "in use"
    cloudformation.stacks.create(hosted())
    cloudformation.settled()
    cloudformation.stacks.delete("mistral-vllm")
    assert cloudformation.settled() == Stack(failure="TargetGroup: in use")


def test_a_stack_that_fails_as_a_whole_says_its_own_reason(cloudformation: Scene) -> None:
    cloudformation.stacks.create(hosted())
    [stack] = cloudformation.world.stacks.values()
    stack.becomes("CREATE_FAILED", "role cannot be assumed")
    found = cloudformation.stacks.state("mistral-vllm")
    assert found == Stack(failure=f"{stack.name}: role cannot be assumed")


def test_a_stack_that_fails_without_a_word_has_its_status(cloudformation: Scene) -> None:
    cloudformation.stacks.create(hosted())
    [stack] = cloudformation.world.stacks.values()
    stack.becomes("ROLLBACK_COMPLETE")
    assert cloudformation.stacks.state("mistral-vllm") == Stack(failure="ROLLBACK_COMPLETE")


def test_a_stack_is_asked_for_with_its_templates_its_role_and_its_model(
    cloudformation: Scene,
) -> None:
    cloudformation.stacks.create(hosted())
    [given] = [stack.given for stack in cloudformation.world.stacks.values()]
    assert given["StackName"] == "lisa-test-model-mistral-vllm"
    assert given["TemplateURL"] == f"{NAMES['TEMPLATES_URL']}/mistral-vllm/template.yaml"
    assert given["RoleARN"] == NAMES["STACK_ROLE_ARN"]
    assert {"Key": "lisa:model", "Value": "mistral-vllm"} in given["Tags"]
    parameters = {one["ParameterKey"]: one["ParameterValue"] for one in given["Parameters"]}
    assert parameters["Subnets"] == NAMES["TASK_SUBNETS"]
    assert parameters["ModelsBucket"] == NAMES["MODELS_BUCKET"]
    listed = boto3.client("s3").list_objects_v2(Bucket=NAMES["TEMPLATES_BUCKET"])
    names = ("capacity", "scaling", "service", "template")
    keys = [f"mistral-vllm/{name}.yaml" for name in names]
    assert [item["Key"] for item in listed["Contents"]] == keys


def test_what_no_stack_can_carry_is_a_failure_for_people(cloudformation: Scene) -> None:
    config = parsed(changed(HOSTED, "containerConfig.environment", {"A": "\x00"}))
    with pytest.raises(StackFailed, match="NUL"):
        cloudformation.stacks.create(Model.requested(config, NOON))
    assert cloudformation.world.stacks == {}


def test_an_external_model_has_no_stack(cloudformation: Scene) -> None:
    with pytest.raises(StackFailed, match="is external"):
        cloudformation.stacks.create(external())
