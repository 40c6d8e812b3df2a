"""What templates may say on AWS, and therefore here."""

import json

import pytest
from botocore.exceptions import ClientError

from tests.emulator.running import Emulator

CAPACITY = """
Parameters:
  Image:
    Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>
    Default: /aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id
Resources:
  Cluster: {Type: AWS::ECS::Cluster}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - {Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: ec2.amazonaws.com}}
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData: {ImageId: !Ref Image, InstanceType: g5.xlarge}
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: '0'
      MaxSize: '1'
      LaunchTemplate:
        LaunchTemplateId: !Ref Template
        Version: !GetAtt Template.LatestVersionNumber
  Provider:
    Type: AWS::ECS::CapacityProvider
    Properties: {Name: the-provider, AutoScalingGroupProvider: {AutoScalingGroupArn: !Ref Group}}
  Association:
    Type: AWS::ECS::ClusterCapacityProviderAssociations
    Properties:
      Cluster: !Ref Cluster
      CapacityProviders: [!Ref Provider]
      DefaultCapacityProviderStrategy: [{CapacityProvider: !Ref Provider}]
  Target: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {MaxCapacity: 2}}
Outputs:
  Out: {Value: !Ref Provider}
"""
NETWORK = """
Resources:
  Network: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.7.0.0/16}}
  Part:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Network
      CidrBlock: !Select [0, !Cidr [!GetAtt Network.CidrBlock, 2, 8]]
Outputs:
  Out: {Value: !GetAtt Part.CidrBlock}
"""
POOL = """
Resources:
  Pool: {Type: AWS::Cognito::UserPool}
Outputs:
  Out: {Value: !GetAtt Pool.ProviderURL}
"""
SECRET = """
Resources:
  Secret: {Type: AWS::SecretsManager::Secret, Properties: {SecretString: s}}
Outputs:
  Out: {Value: !Ref Secret}
"""
EXPIRING = """
Parameters: {Attribute: {Type: String, Default: expires}}
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      TimeToLiveSpecification: {AttributeName: !Ref Attribute, Enabled: true}
Outputs:
  Out: {Value: !Ref Table}
"""
REFUSED = {"capacity": CAPACITY, "network": NETWORK, "pool": POOL}


def time_to_live(emulator: Emulator, table: str) -> tuple[str, str | None]:
    description = emulator.client("dynamodb").describe_time_to_live(TableName=table)
    found = description["TimeToLiveDescription"]
    return found["TimeToLiveStatus"], found.get("AttributeName")


@pytest.mark.parametrize("name", REFUSED)
def test_plain_refuses(plain: Emulator, name: str) -> None:
    with pytest.raises((RuntimeError, ClientError), match="does not exist|Unsupported resource"):
        plain.deploy(f"refused-{name}", REFUSED[name])


def test_capacity_is_recorded_under_its_name(ours: Emulator) -> None:
    assert ours.deploy("capacity", CAPACITY)["Out"] == "the-provider"


def test_the_blocks_of_networks_are_attributes(ours: Emulator) -> None:
    assert ours.deploy("network", NETWORK)["Out"] == "10.7.0.0/24"


def test_a_user_pool_names_its_issuer(ours: Emulator) -> None:
    issuer = ours.deploy("pool", POOL)["Out"]

    assert issuer.startswith("https://cognito-idp.us-east-1.amazonaws.com/us-east-1_")


def test_plain_refers_to_a_secret_by_its_name(plain: Emulator) -> None:
    assert not plain.deploy("secret", SECRET)["Out"].startswith("arn:")


def test_a_reference_to_a_secret_is_its_arn(ours: Emulator) -> None:
    secret = ours.deploy("secret", SECRET)["Out"]

    value = ours.client("secretsmanager").get_secret_value(SecretId=secret)
    assert (value["ARN"], value["SecretString"]) == (secret, "s")


def test_plain_ignores_when_items_of_a_table_expire(plain: Emulator) -> None:
    table = plain.deploy("expiring", EXPIRING)["Out"]

    assert time_to_live(plain, table) == ("DISABLED", None)


def test_items_expire_by_the_attribute_in_the_template(ours: Emulator) -> None:
    table = ours.deploy("expiring", EXPIRING)["Out"]

    assert time_to_live(ours, table) == ("ENABLED", "expires")


def template_address(emulator: Emulator) -> str:
    emulator.put_template("pool.yaml", POOL)
    return "https://templates.s3.us-east-1.amazonaws.com/pool.yaml"


def test_plain_does_not_find_a_template_by_its_virtual_host(plain: Emulator) -> None:
    address = template_address(plain)

    with pytest.raises(ClientError, match="TemplateURL|not found"):
        plain.client("cloudformation").validate_template(TemplateURL=address)


def test_a_template_is_found_by_its_virtual_host(ours: Emulator) -> None:
    found = ours.client("cloudformation").validate_template(TemplateURL=template_address(ours))

    assert found["ResponseMetadata"]["HTTPStatusCode"] == 200


def statement(action: str, **principal: str) -> str:
    entry = {"Effect": "Allow", "Action": action, "Principal": principal}
    return json.dumps({"Version": "2012-10-17", "Statement": [entry]})


def describe_stacks_in_a_state_machine(emulator: Emulator) -> str:
    role = emulator.client("iam").create_role(
        RoleName="states", AssumeRolePolicyDocument=statement("sts:AssumeRole", Service="states")
    )["Role"]["Arn"]
    state = {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:cloudformation:describeStacks",
        "End": True,
    }
    machine = emulator.client("stepfunctions").create_state_machine(
        name="sdk",
        roleArn=role,
        type="EXPRESS",
        definition=json.dumps({"StartAt": "Ask", "States": {"Ask": state}}),
    )["stateMachineArn"]
    answer = emulator.client("stepfunctions").start_sync_execution(stateMachineArn=machine)
    return str(answer["status"])


def test_plain_refuses_calls_of_cloudformation_in_a_state_machine(
    plain: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_DISABLE_HOST_PREFIX_INJECTION", "true")
    assert describe_stacks_in_a_state_machine(plain) == "FAILED"


def test_a_state_machine_may_call_cloudformation(
    ours: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_DISABLE_HOST_PREFIX_INJECTION", "true")
    assert describe_stacks_in_a_state_machine(ours) == "SUCCEEDED"
