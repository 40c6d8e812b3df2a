"""Rules start state machines, and functions read streams, as their settings say."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.emulator.running import Emulator, eventually

TEMPLATE = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: read
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      StreamSpecification: {StreamViewType: NEW_IMAGE}
  Failed: {Type: AWS::SQS::Queue}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: read-bus}}
  Reader:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: read-reader
      Runtime: python3.12
      Handler: index.handler
      Timeout: 20
      Environment: {Variables: {BUS: !Ref Bus}}
      Policies: [{SQSSendMessagePolicy: {QueueName: !GetAtt Failed.QueueName}}]
      Events:
        Stream:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Table.StreamArn
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 1
            BisectBatchOnFunctionError: true
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Failed.Arn}}
            FilterCriteria:
              Filters: [{Pattern: '{"dynamodb": {"NewImage": {"kind": {"S": ["wanted"]}}}}'}]
      InlineCode: |
        def handler(event, context):
            failures = []
            for record in event["Records"]:
                print("got", record["dynamodb"]["NewImage"]["id"]["S"])
                if "poison" in record["dynamodb"]["NewImage"]["id"]["S"]:
                    failures.append({"itemIdentifier": record["dynamodb"]["SequenceNumber"]})
            return {"batchItemFailures": failures}
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      Name: read-machine
      Definition: {StartAt: Only, States: {Only: {Type: Pass, End: true}}}
      Events:
        Path:
          Type: EventBridgeRule
          Properties:
            EventBusName: !Ref Bus
            Pattern: {source: [models], detail-type: [Path.v1]}
            InputPath: $.detail.data
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - {Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: events.amazonaws.com}}
  Transformed:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      EventPattern: {source: [models], detail-type: [Transformed.v1]}
      Targets:
        - Id: machine
          Arn: !Ref Machine
          RoleArn: !GetAtt Role.Arn
          InputTransformer:
            InputPathsMap: {model: $.detail.data.modelId}
            InputTemplate: '{"modelId": <model>, "kind": "transformed"}'
Outputs:
  Machine: {Value: !Ref Machine}
  Failed: {Value: !Ref Failed}
"""


@pytest.fixture(scope="module")
def outputs(ours: Emulator) -> dict[str, str]:
    return ours.deploy("read", TEMPLATE)


def put(emulator: Emulator, identity: str, kind: str = "wanted") -> None:
    item = {"id": {"S": identity}, "kind": {"S": kind}}
    emulator.client("dynamodb").put_item(TableName="read", Item=item)


def read_by_function(emulator: Emulator) -> list[str]:
    logs = emulator.client("logs")
    if not logs.describe_log_groups(logGroupNamePrefix="/aws/lambda/read-reader")["logGroups"]:
        return []
    events = logs.filter_log_events(logGroupName="/aws/lambda/read-reader")["events"]
    lines = [line for event in events for line in event["message"].splitlines()]
    return [line.removeprefix("got ") for line in lines if line.startswith("got ")]


def given_up(emulator: Emulator, queue: str) -> Callable[[], Any]:
    return lambda: emulator.client("sqs").receive_message(QueueUrl=queue).get("Messages")


def test_only_records_that_the_filter_names_are_read(
    ours: Emulator, outputs: dict[str, str]
) -> None:
    put(ours, "ignored", kind="other")
    put(ours, "named")

    eventually(lambda: "named" in read_by_function(ours))
    assert "ignored" not in read_by_function(ours)


def test_a_record_that_always_fails_is_given_up_and_the_next_one_is_read(
    ours: Emulator, outputs: dict[str, str]
) -> None:
    for identity in ("before", "poison", "behind"):
        put(ours, identity)

    message = eventually(given_up(ours, outputs["Failed"]))[0]
    assert json.loads(message["Body"])["requestContext"]["condition"] == "RetryAttemptsExhausted"
    eventually(lambda: "behind" in read_by_function(ours))
    assert read_by_function(ours).count("before") == 1


def test_plain_never_gives_a_failed_record_up(plain: Emulator) -> None:
    queue = plain.deploy("read", TEMPLATE)["Failed"]
    for identity in ("poison", "behind"):
        put(plain, identity)

    mappings = plain.client("lambda").list_event_source_mappings
    eventually(lambda: "OK" in mappings()["EventSourceMappings"][0].get("LastProcessingResult", ""))
    assert given_up(plain, queue)() is None


def inputs(emulator: Emulator, machine: str) -> list[Any]:
    states = emulator.client("stepfunctions")
    executions = states.list_executions(stateMachineArn=machine)["executions"]
    arns = [execution["executionArn"] for execution in executions]
    return [json.loads(states.describe_execution(executionArn=arn)["input"]) for arn in arns]


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ("Path.v1", {"modelId": "m"}),
        ("Transformed.v1", {"modelId": "m", "kind": "transformed"}),
    ],
)
def test_a_rule_starts_a_state_machine_with_the_chosen_input(
    ours: Emulator, outputs: dict[str, str], fact: str, expected: dict[str, str]
) -> None:
    entry = {
        "EventBusName": "read-bus",
        "Source": "models",
        "DetailType": fact,
        "Detail": json.dumps({"data": {"modelId": "m"}}),
    }
    ours.client("events").put_events(Entries=[entry])

    eventually(lambda: expected in inputs(ours, outputs["Machine"]))
    assert expected in inputs(ours, outputs["Machine"])
