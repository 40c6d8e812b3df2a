"""A stack can be deleted at any moment of its creation, and leaves nothing."""

import signal
import time
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.emulator.running import Emulator, eventually

PARENT = """
Resources:
  First:
    Type: AWS::SSM::Parameter
    Properties: {Name: '/{name}/first', Type: String, Value: made}
  Child:
    Type: AWS::CloudFormation::Stack
    DependsOn: First
    Properties: {TemplateURL: '{url}'}
  Last:
    Type: AWS::SSM::Parameter
    DependsOn: Child
    Properties: {Name: '/{name}/last', Type: String, Value: made}
"""
CHILD = """
Resources:
  Begun:
    Type: AWS::SSM::Parameter
    Properties: {Name: '/{name}/begun', Type: String, Value: made}
  Handle: {Type: AWS::CloudFormation::WaitConditionHandle}
  Middle:
    DependsOn: Begun
    {middle}
  Ended:
    Type: AWS::SSM::Parameter
    DependsOn: Middle
    Properties: {Name: '/{name}/ended', Type: String, Value: made}
"""
NEVER_READY = """Type: AWS::CloudFormation::WaitCondition
    Properties: {Handle: !Ref Handle, Timeout: '600'}"""
UNKNOWN = "Type: AWS::No::Such"
QUICK = """Type: AWS::SQS::Queue"""


def create(emulator: Emulator, name: str, middle: str, on_failure: str = "ROLLBACK") -> str:
    """Begin to create a stack with a nested one whose second resource is `middle`; its id."""
    child = CHILD.replace("{name}", name).replace("{middle}", middle)
    url = emulator.put_template(f"{name}.yaml", child)
    answer = emulator.client("cloudformation").create_stack(
        StackName=name,
        TemplateBody=PARENT.replace("{name}", name).replace("{url}", url),
        OnFailure=on_failure,
    )
    return str(answer["StackId"])


def parameters(emulator: Emulator, name: str) -> list[str]:
    """What is there of a stack's parameters."""
    found = emulator.client("ssm").get_parameters_by_path(Path=f"/{name}", Recursive=True)
    return sorted(one["Name"].rpartition("/")[2] for one in found["Parameters"])


def status(emulator: Emulator, stack_id: str) -> str:
    stacks = emulator.client("cloudformation").describe_stacks(StackName=stack_id)["Stacks"]
    return str(stacks[0]["StackStatus"])


def standing(emulator: Emulator, name: str) -> list[str]:
    """The stacks, nested ones included, that are there."""
    stacks = emulator.client("cloudformation").describe_stacks()["Stacks"]
    return [one["StackName"] for one in stacks if one["StackName"].startswith(name)]


def delete(emulator: Emulator, stack_id: str) -> None:
    """Ask for the removal and return when it is told to be done."""
    emulator.client("cloudformation").delete_stack(StackName=stack_id)
    eventually(lambda: status(emulator, stack_id) == "DELETE_COMPLETE")


def events(emulator: Emulator, stack_id: str) -> list[tuple[str, str, Any]]:
    told = emulator.client("cloudformation").describe_stack_events(StackName=stack_id)
    return [
        (one["LogicalResourceId"], one["ResourceStatus"], one.get("ResourceStatusReason"))
        for one in reversed(told["StackEvents"])
    ]


def test_plain_goes_on_with_the_creation_of_a_stack_that_it_told_to_be_gone(
    plain: Emulator,
) -> None:
    stack = create(plain, "cut-short", NEVER_READY)
    eventually(lambda: parameters(plain, "cut-short") == ["begun", "first"])
    delete(plain, stack)

    [child] = standing(plain, "cut-short")
    plain.client("cloudformation").signal_resource(
        StackName=child, LogicalResourceId="Middle", UniqueId="ready", Status="SUCCESS"
    )

    assert eventually(lambda: status(plain, stack) == "CREATE_COMPLETE")
    assert parameters(plain, "cut-short") == ["begun", "ended", "last"]


def test_a_stack_deleted_in_the_middle_of_its_creation_leaves_nothing(ours: Emulator) -> None:
    stack = create(ours, "cut-short", NEVER_READY)
    eventually(lambda: parameters(ours, "cut-short") == ["begun", "first"])

    delete(ours, stack)

    assert parameters(ours, "cut-short") == []
    assert standing(ours, "cut-short") == []


def test_a_removal_is_under_way_from_the_moment_it_is_asked_for(ours: Emulator) -> None:
    stack = create(ours, "leaving", NEVER_READY)
    eventually(lambda: parameters(ours, "leaving") == ["begun", "first"])

    ours.client("cloudformation").delete_stack(StackName=stack)
    seen = [status(ours, stack)]
    while seen[-1] == "DELETE_IN_PROGRESS":
        seen.append(status(ours, stack))

    assert seen[-1] == "DELETE_COMPLETE"
    told = events(ours, stack)
    assert ("Last", "CREATE_IN_PROGRESS", None) not in told
    assert [one[1] for one in told if one[0] == "leaving"][-1] == "DELETE_COMPLETE"


def test_asking_twice_removes_once(ours: Emulator) -> None:
    stack = create(ours, "asked-twice", NEVER_READY)
    eventually(lambda: parameters(ours, "asked-twice") == ["begun", "first"])

    ours.client("cloudformation").delete_stack(StackName="asked-twice")
    delete(ours, stack)

    ends = [one for one in events(ours, stack) if one[1] == "DELETE_COMPLETE"]
    assert [one[0] for one in ends] == ["First", "asked-twice"]


@pytest.mark.parametrize("after", [0, 0.005, 0.01, 0.02, 0.04, 0.08])
def test_a_removal_may_come_at_any_moment(ours: Emulator, after: float) -> None:
    name = f"any-moment-{int(after * 1000)}"
    stack = create(ours, name, QUICK)
    time.sleep(after)

    delete(ours, stack)

    assert parameters(ours, name) == []
    time.sleep(0.3)  # what went on in secret would have come to its end
    assert (parameters(ours, name), standing(ours, name)) == ([], [])


@pytest.mark.parametrize("on_failure", ["DO_NOTHING", "ROLLBACK", "DELETE"])
def test_a_nested_stack_that_failed_goes_with_its_parent(ours: Emulator, on_failure: str) -> None:
    name = f"failed-{on_failure.lower().replace('_', '-')}"
    stack = create(ours, name, UNKNOWN, on_failure)
    eventually(lambda: not status(ours, stack).endswith("IN_PROGRESS"))
    left = {"DO_NOTHING": ["begun", "first"]}.get(on_failure, [])
    assert parameters(ours, name) == left

    delete(ours, stack)

    assert (parameters(ours, name), standing(ours, name)) == ([], [])


def test_plain_keeps_a_nested_stack_that_failed(plain: Emulator) -> None:
    stack = create(plain, "failed", UNKNOWN)
    eventually(lambda: status(plain, stack) == "ROLLBACK_COMPLETE")

    delete(plain, stack)

    assert parameters(plain, "failed") == ["begun"]


def saved(folder: Path, service: str) -> str:
    """What is kept of a service's state, as text."""
    path = folder / "state" / f"{service}.json"
    return path.read_text() if path.exists() else ""


def test_what_a_killed_emulator_was_making_can_be_removed(tmp_path: Path) -> None:
    with Emulator("local.emulator", tmp_path, {"PERSIST_STATE": "1"}) as emulator:
        stack = create(emulator, "killed", NEVER_READY)
        # Services are saved one by one: before, what was made is not known to be the stack's.
        known = '"Begun": {"PhysicalResourceId": "/killed/begun"'
        eventually(lambda: known in saved(tmp_path, "cloudformation"))
        eventually(lambda: "/killed/begun" in saved(tmp_path, "ssm"))
        emulator.end(signal.SIGKILL)
        emulator.start()

        delete(emulator, stack)

        assert (parameters(emulator, "killed"), standing(emulator, "killed")) == ([], [])


def test_a_name_is_free_again_after_the_removal(ours: Emulator) -> None:
    for _ in range(2):
        stack = create(ours, "again", NEVER_READY)
        with pytest.raises(ClientError, match="already exists"):
            create(ours, "again", NEVER_READY)
        delete(ours, stack)
    assert standing(ours, "again") == []
