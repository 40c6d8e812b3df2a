"""One suite for the model stacks, in CloudFormation and in memory; and what is sent to it."""

from collections.abc import Iterator

import boto3
import pytest

from models.adapters.cloudformation import CloudFormationStacks
from models.errors import Diagnosed, StackBusy
from models.model import Model, Shape
from models.ports import Stacks
from models.settings import workflow_settings
from stacks.state import Found
from tests.conftest import MODELS_ENVIRONMENT as NAMES
from tests.support.answering import answered
from tests.support.cloudformation_service import OWN_TAG, CloudFormation
from tests.support.in_memory import InMemoryStacks
from tests.support.model_payloads import HOSTED, NOON, changed, external, hosted, parsed
from tests.support.stack_scene import StackScene

MISTRAL = hosted()
TAGS = [OWN_TAG, {"Key": "lisa:model", "Value": "mistral-vllm"}]
STOPPED = Shape(MISTRAL.config, serving=False)


class Scene(StackScene[Stacks]):
    """The stacks of models."""

    def standing(self) -> Found:
        """A stack that has been made."""
        self.stacks.create(MISTRAL)
        return self.found()


@pytest.fixture
def cloudformation(aws: None) -> Iterator[Scene]:
    service = CloudFormation(NAMES["INSTALLATION_STACK"])
    with answered("cloudformation", service):
        yield Scene(CloudFormationStacks(workflow_settings()), service, "mistral-vllm")


@pytest.fixture(params=["CloudFormation", "in memory"])
def scene(request: pytest.FixtureRequest) -> Scene:
    if request.param == "in memory":
        stacks = InMemoryStacks()
        return Scene(stacks, stacks, "mistral-vllm")
    found: Scene = request.getfixturevalue("cloudformation")
    return found


def test_there_is_no_stack_before_it_is_made(scene: Scene) -> None:
    assert scene.stacks.state("mistral-vllm") is None
    with pytest.raises(Diagnosed):
        scene.stacks.change(MISTRAL, STOPPED)


def test_a_stack_under_way_has_neither_outputs_nor_trouble(scene: Scene) -> None:
    digest = scene.stacks.create(MISTRAL)
    assert scene.stacks.state("mistral-vllm") == Found(digest=digest, moving=True)


def test_a_stack_that_stands_tells_its_endpoint_and_what_it_was_made_of(scene: Scene) -> None:
    digest = scene.stacks.create(MISTRAL)
    stack = scene.found()
    assert (stack.digest, stack.moving, stack.failed, stack.trouble) == (digest, False, False, ())
    assert stack.outputs["Endpoint"].startswith("http://")


def test_a_stack_that_is_made_twice_is_left_alone(scene: Scene) -> None:
    standing = scene.standing()
    assert scene.stacks.create(MISTRAL) == standing.digest
    assert scene.found() == standing


def test_a_failed_stack_stays_and_tells_why(scene: Scene) -> None:
    scene.world.failure = "no capacity"
    stack = scene.standing()
    assert stack.failed
    assert "no capacity" in stack.trouble[0].reason


def test_a_stack_takes_another_shape_and_its_own_again(scene: Scene) -> None:
    serving = scene.standing()
    stopped = scene.stacks.change(MISTRAL, STOPPED)
    assert stopped != serving.digest
    assert scene.found().digest == stopped
    assert scene.stacks.change(MISTRAL, MISTRAL.wanted) == serving.digest
    assert scene.found() == serving


def test_a_change_that_is_asked_for_twice_is_made_once(scene: Scene) -> None:
    scene.standing()
    digest = scene.stacks.change(MISTRAL, STOPPED)
    assert scene.stacks.change(MISTRAL, STOPPED) == digest
    assert scene.found().digest == digest
    assert scene.stacks.change(MISTRAL, STOPPED) == digest


def test_only_what_was_asked_for_is_taken_back(scene: Scene) -> None:
    serving = scene.standing()
    elsewhere = scene.stacks.change(MISTRAL, MISTRAL.wanted._replace(servers=5), instead_of=STOPPED)
    assert elsewhere == serving.digest
    stopped = scene.stacks.change(MISTRAL, STOPPED)
    scene.settled()
    assert scene.stacks.change(MISTRAL, MISTRAL.wanted, instead_of=STOPPED) != stopped
    assert scene.found().digest == serving.digest


def test_a_change_that_fails_is_taken_back_and_tells_why(scene: Scene) -> None:
    serving = scene.standing()
    scene.world.failure = "no capacity"
    scene.stacks.change(MISTRAL, STOPPED)
    stack = scene.found()
    assert (stack.digest, stack.failed, stack.moving) == (serving.digest, False, False)
    assert "no capacity" in stack.trouble[0].reason


def test_a_change_of_ones_mind_waits_until_the_first_change_is_taken_back(
    scene: Scene,
) -> None:
    serving = scene.standing()
    scene.stacks.change(MISTRAL, STOPPED)
    with pytest.raises(StackBusy):
        scene.stacks.change(MISTRAL, MISTRAL.wanted)
    scene.settled()
    assert scene.stacks.change(MISTRAL, MISTRAL.wanted) == serving.digest
    assert scene.found().digest == serving.digest


def test_a_removed_stack_is_gone(scene: Scene) -> None:
    scene.standing()
    scene.stacks.delete("mistral-vllm")
    leaving = scene.stacks.state("mistral-vllm")
    assert leaving is not None
    assert (leaving.moving, leaving.leaving) == (True, True)
    assert scene.settled() is None


def test_removing_what_is_not_there_is_no_error(scene: Scene) -> None:
    scene.stacks.delete("mistral-vllm")
    assert scene.stacks.state("mistral-vllm") is None


def test_a_stack_that_cannot_be_removed_tells_why(scene: Scene) -> None:
    scene.standing()
    scene.world.stuck = "in use"
    scene.stacks.delete("mistral-vllm")
    stack = scene.found()
    assert (stack.leaving, stack.failed, stack.moving) == (True, True, False)
    assert "in use" in stack.trouble[0].reason
    scene.world.stuck = ""
    scene.stacks.delete("mistral-vllm")
    assert scene.settled() is None


def test_stacks_of_two_models_are_two(scene: Scene) -> None:
    scene.stacks.create(hosted("one"))
    assert scene.stacks.state("two") is None
    scene.stacks.delete("two")
    assert scene.settled("one") is not None


def test_a_removal_in_the_middle_of_a_change_takes_the_change_back_first(
    cloudformation: Scene,
) -> None:
    cloudformation.standing()
    cloudformation.stacks.change(MISTRAL, STOPPED)
    cloudformation.stacks.delete("mistral-vllm")
    assert not cloudformation.found().leaving
    cloudformation.stacks.delete("mistral-vllm")
    assert cloudformation.settled() is None


def test_a_nested_stacks_own_reason_is_told(cloudformation: Scene) -> None:
    cloudformation.world.failure = "quota reached"
    [event] = cloudformation.standing().trouble
    assert (event.logical_id, event.reason) == ("TargetGroup", "quota reached")


def test_why_it_could_not_be_made_is_not_why_it_cannot_be_removed(
    cloudformation: Scene,
) -> None:
    cloudformation.world.failure, cloudformation.world.stuck = "quota reached", "in use"
    cloudformation.standing()
    cloudformation.stacks.delete("mistral-vllm")
    [event] = cloudformation.found().trouble
    assert (event.logical_id, event.reason) == ("TargetGroup", "in use")


def test_a_stack_that_fails_as_a_whole_says_its_own_reason(cloudformation: Scene) -> None:
    cloudformation.stacks.create(MISTRAL)
    [stack] = cloudformation.world.stacks.values()
    stack.becomes("CREATE_FAILED", "role cannot be assumed")
    found = cloudformation.stacks.state("mistral-vllm")
    assert found is not None
    assert [event.reason for event in found.trouble] == ["role cannot be assumed"]


def test_a_stack_that_fails_without_a_word_has_its_status(cloudformation: Scene) -> None:
    cloudformation.stacks.create(MISTRAL)
    [stack] = cloudformation.world.stacks.values()
    stack.becomes("ROLLBACK_COMPLETE")
    found = cloudformation.stacks.state("mistral-vllm")
    assert found is not None
    assert found.failed
    assert [event.reason for event in found.trouble] == ["ROLLBACK_COMPLETE"]


def test_a_stack_is_asked_for_with_its_templates_its_role_and_its_model(
    cloudformation: Scene,
) -> None:
    digest = cloudformation.stacks.create(MISTRAL)
    [given] = [stack.given for stack in cloudformation.world.stacks.values()]
    assert given["StackName"] == "lisa-test-model-mistral-vllm"
    assert given["TemplateURL"] == f"{NAMES['TEMPLATES_URL']}/{digest}/template.yaml"
    assert given["RoleARN"] == NAMES["STACK_ROLE_ARN"]
    assert given["Tags"] == TAGS
    parameters = {one["ParameterKey"]: one["ParameterValue"] for one in given["Parameters"]}
    assert parameters["Subnets"] == NAMES["TASK_SUBNETS"]
    assert parameters["ModelsBucket"] == NAMES["MODELS_BUCKET"]
    assert parameters["HealthGrace"] == "2700"
    assert parameters["AlarmTopicArn"] == NAMES["ALARM_TOPIC_ARN"]
    listed = boto3.client("s3").list_objects_v2(Bucket=NAMES["TEMPLATES_BUCKET"])
    names = ("capacity", "scaling", "service", "template")
    assert [item["Key"] for item in listed["Contents"]] == [f"{digest}/{n}.yaml" for n in names]


def test_a_change_brings_the_tags_that_the_installation_has_by_now(cloudformation: Scene) -> None:
    cloudformation.standing()
    cloudformation.stacks.change(MISTRAL, STOPPED)
    [given] = [stack.given for stack in cloudformation.world.stacks.values()]
    assert given["Tags"] == TAGS


def test_what_no_stack_can_carry_is_a_failure_for_people(cloudformation: Scene) -> None:
    config = parsed(changed(HOSTED, "containerConfig.environment", {"A": "\x00"}))
    with pytest.raises(Diagnosed, match="NUL"):
        cloudformation.stacks.create(Model.requested(config, NOON))
    assert cloudformation.world.stacks == {}


def test_an_external_model_has_no_stack(cloudformation: Scene) -> None:
    with pytest.raises(Diagnosed, match="is external"):
        cloudformation.stacks.create(external())
