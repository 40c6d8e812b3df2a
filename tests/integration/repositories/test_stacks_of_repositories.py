"""One suite for the stacks of repositories, in CloudFormation and in memory."""

from collections.abc import Iterator

import boto3
import pytest

from infrastructure.adapters.cloudformation import CloudFormationStacks
from infrastructure.errors import RepositoryRefused
from infrastructure.ports import Stacks
from repositories.settings import StackSettings, stack_settings
from stacks.state import Found
from tests.conftest import REPOSITORIES_ENVIRONMENT as NAMES
from tests.support.answering import answered
from tests.support.cloudformation_service import OWN_TAG, CloudFormation
from tests.support.infrastructure_world import HR
from tests.support.repository_stacks import InMemoryStacks
from tests.support.repository_world import a_repository
from tests.support.stack_scene import StackScene

MINE = a_repository(rds_config=None, infrastructure={"instanceClass": "db.r7g.large"})


class Scene(StackScene[Stacks]):
    """The stacks of repositories."""


@pytest.fixture
def cloudformation(aws: None) -> Iterator[Scene]:
    boto3.client("s3").create_bucket(
        Bucket=NAMES["TEMPLATES_BUCKET"],
        CreateBucketConfiguration={"LocationConstraint": "eu-west-1"},
    )
    service = CloudFormation(NAMES["INSTALLATION_STACK"])
    with answered("cloudformation", service):
        yield Scene(CloudFormationStacks(stack_settings()), service, HR)


@pytest.fixture(params=["CloudFormation", "in memory"])
def scene(request: pytest.FixtureRequest) -> Scene:
    if request.param == "in memory":
        stacks = InMemoryStacks()
        return Scene(stacks, stacks, HR)
    found: Scene = request.getfixturevalue("cloudformation")
    return found


def test_a_stack_under_way_has_neither_outputs_nor_trouble(scene: Scene) -> None:
    assert scene.stacks.state(HR) is None
    digest = scene.stacks.create(MINE)
    assert scene.stacks.state(HR) == Found(digest=digest, moving=True)


def test_a_stack_that_stands_tells_where_its_database_answers(scene: Scene) -> None:
    digest = scene.stacks.create(MINE)
    found = scene.found()
    assert (found.digest, found.moving, found.failed, found.trouble) == (digest, False, False, ())
    assert found.outputs["Endpoint"]


def test_a_stack_that_is_made_twice_is_left_alone(scene: Scene) -> None:
    digest = scene.stacks.create(MINE)
    standing = scene.found()
    larger = MINE.infrastructure and MINE.infrastructure.model_copy(update={"storage": 100})
    assert scene.stacks.create(MINE.model_copy(update={"infrastructure": larger})) != digest
    assert scene.found() == standing


def test_a_failed_stack_stays_and_tells_why(scene: Scene) -> None:
    scene.world.failure = "no capacity"
    scene.stacks.create(MINE)
    found = scene.found()
    assert found.failed
    assert "no capacity" in found.trouble[0].reason


def test_a_removed_stack_is_gone_and_may_be_removed_again(scene: Scene) -> None:
    scene.stacks.delete(HR)
    scene.stacks.create(MINE)
    scene.found()
    scene.stacks.delete(HR)
    leaving = scene.stacks.state(HR)
    assert leaving is not None
    assert (leaving.moving, leaving.leaving) == (True, True)
    assert scene.settled() is None


def test_a_stack_that_cannot_be_removed_tells_why(scene: Scene) -> None:
    scene.world.stuck = "in use"
    scene.stacks.create(MINE)
    scene.found()
    scene.stacks.delete(HR)
    found = scene.found()
    assert (found.leaving, found.failed, found.moving) == (True, True, False)
    assert "in use" in found.trouble[0].reason


def test_a_stack_is_asked_for_with_its_templates_its_role_and_its_repository(
    cloudformation: Scene,
) -> None:
    digest = cloudformation.stacks.create(MINE)
    [given] = [stack.given for stack in cloudformation.world.stacks.values()]
    assert given["StackName"] == "lisa-test-repository-hr-docs"
    assert given["TemplateURL"] == f"{NAMES['TEMPLATES_URL']}/{digest}/template.yaml"
    assert given["RoleARN"] == NAMES["STACK_ROLE_ARN"]
    assert given["Tags"] == [OWN_TAG, {"Key": "lisa:repository", "Value": HR}]
    parameters = {one["ParameterKey"]: one["ParameterValue"] for one in given["Parameters"]}
    assert parameters["InstanceClass"] == "db.r7g.large"
    assert parameters["Subnets"] == NAMES["DATABASE_SUBNETS"]
    assert parameters["ClientSecurityGroup"] == NAMES["CLIENT_SECURITY_GROUP"]
    listed = boto3.client("s3").list_objects_v2(Bucket=NAMES["TEMPLATES_BUCKET"])
    keys = {item["Key"] for item in listed["Contents"]}
    assert {f"{digest}/template.yaml", f"{digest}/postgres.yaml"} <= keys


def test_outside_of_a_network_nothing_is_asked_for(cloudformation: Scene) -> None:
    alone = StackSettings.load({**NAMES, "CLIENT_SECURITY_GROUP": ""})
    with pytest.raises(RepositoryRefused, match="PrivateRepositories"):
        CloudFormationStacks(alone).create(MINE)
    assert cloudformation.world.stacks == {}
