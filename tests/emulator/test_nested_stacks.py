"""Nested stacks behave like top-level ones."""

import pytest
from botocore.exceptions import ClientError

from tests.emulator.running import Emulator

PARENT = """
Parameters: {{Note: {{Type: String, Default: first}}}}
Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: {{TemplateURL: '{url}', Parameters: {{Note: !Ref Note}}}}
Outputs:
  Out: {{Value: !GetAtt Child.Outputs.Out}}
"""
SERVERLESS = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Note: {Type: String}}
Resources:
  Table: {Type: AWS::Serverless::SimpleTable}
Outputs:
  Out: {Value: !Ref Table}
"""
REMEMBERED = """
Parameters: {Note: {Type: String}}
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Changing:
    Type: AWS::SSM::Parameter
    Properties: {Type: String, Value: !Sub '${Note} ${Queue.Arn}'}
Outputs:
  Out: {Value: !GetAtt Changing.Value}
"""
FAILING = """
Parameters: {Note: {Type: String}}
Conditions: {IsSecond: !Equals [!Ref Note, second]}
Resources:
  Changing:
    Type: AWS::SSM::Parameter
    Properties: {Name: '/{{name}}', Type: String, Value: !Ref Note}
  Last:
    DependsOn: Changing
    Condition: IsSecond
    {{last}}
Outputs:
  Out: {Value: !Ref Changing}
"""
UNKNOWN = "Type: AWS::No::Such"
UNRESOLVED = """Type: AWS::SSM::Parameter
    Properties: {Type: String, Value: '{{resolve:ssm:/no-such-parameter}}'}
"""
DYNAMIC = """
Parameters: {Note: {Type: String}}
Resources:
  Copy:
    Type: AWS::SSM::Parameter
    Properties: {Type: String, Value: '{{resolve:ssm:/original}}'}
Outputs:
  Out: {Value: !GetAtt Copy.Value}
"""


def deploy_nested(emulator: Emulator, name: str, child: str, **parameters: str) -> str:
    url = emulator.put_template(f"{name}.yaml", child)
    return emulator.deploy(name, PARENT.format(url=url), **parameters)["Out"]


def failure_of(emulator: Emulator, name: str, child: str, **parameters: str) -> str:
    try:
        deploy_nested(emulator, name, child, **parameters)
    except RuntimeError as failure:
        return str(failure)
    return ""


def test_plain_refuses_serverless_types_in_a_nested_stack(plain: Emulator) -> None:
    assert "Unsupported resource type" in failure_of(plain, "sam-nested", SERVERLESS)


def test_serverless_types_deploy_in_a_nested_stack(ours: Emulator) -> None:
    table = deploy_nested(ours, "sam-nested", SERVERLESS)

    described = ours.client("dynamodb").describe_table(TableName=table)
    assert described["Table"]["TableStatus"] == "ACTIVE"


def test_plain_forgets_attributes_when_a_nested_stack_is_updated(plain: Emulator) -> None:
    deploy_nested(plain, "remembered", REMEMBERED)

    assert "Arn" in failure_of(plain, "remembered", REMEMBERED, Note="second")


def test_an_updated_nested_stack_still_knows_its_unchanged_resources(ours: Emulator) -> None:
    deploy_nested(ours, "remembered", REMEMBERED)

    updated = deploy_nested(ours, "remembered", REMEMBERED, Note="second")
    assert updated.startswith("second arn:aws:sqs:")


def test_plain_does_not_see_a_nested_template_that_changed_at_its_address(plain: Emulator) -> None:
    deploy_nested(plain, "same-address", REMEMBERED)

    with pytest.raises(ClientError, match="No updates are to be performed"):
        deploy_nested(plain, "same-address", REMEMBERED.replace("${Note} ", "${Note}: "))


def test_a_nested_template_that_changed_at_its_address_is_deployed(ours: Emulator) -> None:
    deploy_nested(ours, "same-address", REMEMBERED)

    updated = deploy_nested(ours, "same-address", REMEMBERED.replace("${Note} ", "${Note}: "))
    assert updated.startswith("first: arn:aws:sqs:")


def test_a_stack_without_nested_ones_refuses_an_update_that_changes_nothing(ours: Emulator) -> None:
    alone = "Resources: {Queue: {Type: 'AWS::SQS::Queue'}}"
    ours.deploy("alone", alone)

    with pytest.raises(ClientError, match="No updates are to be performed"):
        ours.deploy("alone", alone)


@pytest.mark.parametrize(
    ("name", "last", "told"),
    [
        ("unknown", UNKNOWN, "The following resource(s) failed to create: [Last]."),
        ("unresolved", UNRESOLVED, "parameter /no-such-parameter not found"),
    ],
)
def test_a_failed_update_takes_its_nested_stack_back_and_says_where_it_failed(
    ours: Emulator, name: str, last: str, told: str
) -> None:
    child = FAILING.replace("{{name}}", name).replace("{{last}}", last)
    deploy_nested(ours, name, child)

    failure = failure_of(ours, name, child, Note="second")
    assert failure.startswith("UPDATE_ROLLBACK_COMPLETE")
    assert told in failure
    assert ours.client("ssm").get_parameter(Name=f"/{name}")["Parameter"]["Value"] == "first"
    stacks = ours.client("cloudformation").describe_stacks()["Stacks"]
    statuses = [s["StackStatus"] for s in stacks if s["StackName"].startswith(name)]
    assert statuses == ["UPDATE_ROLLBACK_COMPLETE"] * 2


def test_plain_leaves_a_dynamic_reference_literal_in_a_nested_stack(plain: Emulator) -> None:
    plain.client("ssm").put_parameter(Name="/original", Type="String", Value="found")

    assert deploy_nested(plain, "dynamic", DYNAMIC) == "{{resolve:ssm:/original}}"


def test_a_dynamic_reference_is_resolved_in_a_nested_stack(ours: Emulator) -> None:
    ours.client("ssm").put_parameter(Name="/original", Type="String", Value="found")

    assert deploy_nested(ours, "dynamic", DYNAMIC) == "found"
