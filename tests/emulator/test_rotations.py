"""A secret is rotated by the function that its template names, asked step by step."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.emulator.running import Emulator, eventually

CODE = """
def handler(event, context):
    print("asked", event["Step"], event["SecretId"], event["ClientRequestToken"])
    if event["Step"] == "LAST":
        raise ValueError("that was the last one")
"""
TEMPLATE = f"""
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties: {{SecretString: old}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          Effect: Allow
          Principal: {{Service: lambda.amazonaws.com}}
          Action: sts:AssumeRole
  Rotate:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.12
      Handler: index.handler
      Role: !GetAtt Role.Arn
      Code: {{ZipFile: {json.dumps(CODE)}}}
  Schedule:
    Type: AWS::SecretsManager::RotationSchedule
    Properties:
      SecretId: !Ref Secret
      RotationLambdaARN: !GetAtt Rotate.Arn
      RotationRules: {{ScheduleExpression: rate(30 days)}}
Outputs:
  Secret: {{Value: !Ref Secret}}
  Log: {{Value: !Sub "/aws/lambda/${{Rotate}}"}}
"""


def asked(emulator: Emulator, log: str) -> list[list[str]]:
    """The steps that the function was asked for, of which secret, for which version."""
    logs = emulator.client("logs")
    try:
        events = logs.filter_log_events(logGroupName=log, filterPattern="asked")["events"]
    except logs.exceptions.ResourceNotFoundException:
        return []  # It has not run yet.
    return [event["message"].split()[1:] for event in events]


def test_the_function_is_asked_for_every_step(ours: Emulator) -> None:
    made = ours.deploy("rotates", TEMPLATE)
    secrets, secret = ours.client("secretsmanager"), made["Secret"]
    version = secrets.rotate_secret(SecretId=secret)["VersionId"]
    steps = ["createSecret", "setSecret", "testSecret", "finishSecret"]
    expected = [[step, secret, version] for step in steps]
    assert eventually(lambda: found if len(found := asked(ours, made["Log"])) > 3 else None) == (
        expected
    )
    rules = secrets.describe_secret(SecretId=secret)["RotationRules"]
    assert rules == {"ScheduleExpression": "rate(30 days)"}


def test_after_a_step_that_fails_there_is_none(ours: Emulator) -> None:
    made = ours.deploy("stops", TEMPLATE.replace("LAST", "setSecret"))
    secrets, secret = ours.client("secretsmanager"), made["Secret"]
    secrets.rotate_secret(SecretId=secret)
    eventually(lambda: f"setSecret of {secret}" in ours.log())
    assert [step for step, *_ in asked(ours, made["Log"])] == ["createSecret", "setSecret"]
    assert secrets.get_secret_value(SecretId=secret)["SecretString"] == "old"


def test_a_secret_without_a_function_is_not_rotated(ours: Emulator) -> None:
    assert rotated(ours.client("secretsmanager"), ours) == "InvalidRequestException"


def test_ministack_rotates_without_asking(plain: Emulator) -> None:
    assert rotated(plain.client("secretsmanager"), plain) == ""
    with pytest.raises(ClientError, match="RotationSchedule"):
        plain.deploy("rotates", TEMPLATE)


def rotated(secrets: Any, emulator: Emulator) -> str:
    """What is said to whoever wants a secret rotated that has no function."""
    secret = secrets.create_secret(Name=f"rotated/{emulator.module}", SecretString="old")["ARN"]
    try:
        secrets.rotate_secret(SecretId=secret)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return ""
