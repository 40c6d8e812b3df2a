"""Templates read as AWS reads them: numbers, workflows in YAML, an API's own words."""

import json

import pytest

from tests.emulator.running import Emulator, eventually

NUMBERS = """
Parameters: {Count: {Type: Number, Default: 0}}
Resources:
  Cluster: {Type: AWS::ECS::Cluster, Properties: {ClusterName: numbers}}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: {ContainerDefinitions: [{Name: a, Image: a, MemoryReservation: !Ref Count}]}
  Service:
    Type: AWS::ECS::Service
    Properties:
      ServiceName: numbers
      Cluster: !Ref Cluster
      TaskDefinition: !Ref Task
      DesiredCount: !Ref Count
Outputs: {Out: {Value: !Ref Cluster}}
"""
WORKFLOW = """
Resources:
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !Sub arn:aws:iam::${AWS::AccountId}:role/any
      DefinitionS3Location: {Bucket: workflows, Key: machine.asl.yaml}
      DefinitionSubstitutions: {Word: hello}
Outputs: {Machine: {Value: !Ref Machine}}
"""
MACHINE = b"""
StartAt: Say
States:
  # A comment, which JSON does not know.
  Say: {Type: Pass, Result: "${Word}", End: true}
"""
API = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: v1
      GatewayResponses:
        MISSING_AUTHENTICATION_TOKEN:
          StatusCode: 404
          ResponseTemplates: {application/json: '{"error": "NoSuchRoute"}'}
      DefinitionBody: {openapi: 3.0.1, info: {title: words, version: "1"}, paths: {/a: {}}}
Outputs: {Api: {Value: !Ref Api}}
"""


def desired_count(emulator: Emulator) -> object:
    emulator.deploy("numbers", NUMBERS)
    services = emulator.client("ecs").describe_services(cluster="numbers", services=["numbers"])
    return services["services"][0]["desiredCount"]


def said(emulator: Emulator) -> dict[str, str]:
    """How one execution of the YAML workflow ended."""
    emulator.client("s3").create_bucket(Bucket="workflows")
    emulator.client("s3").put_object(Bucket="workflows", Key="machine.asl.yaml", Body=MACHINE)
    states = emulator.client("stepfunctions")
    machine = emulator.deploy("workflow", WORKFLOW)["Machine"]
    execution = states.start_execution(stateMachineArn=machine)["executionArn"]

    def ended() -> dict[str, str] | None:
        found: dict[str, str] = states.describe_execution(executionArn=execution)
        return None if found["status"] == "RUNNING" else found

    return eventually(ended)


def unknown_route(emulator: Emulator) -> tuple[int, object]:
    api = emulator.deploy("words", API)["Api"]
    status, _, body = emulator.get(f"/_aws/execute-api/{api}/v1/nowhere")
    return status, json.loads(body)


def test_ministack_takes_a_number_from_a_parameter_for_text(plain: Emulator) -> None:
    with pytest.raises(RuntimeError, match="unsupported operand"):
        desired_count(plain)


def test_a_number_from_a_parameter_is_a_number(ours: Emulator) -> None:
    assert desired_count(ours) == 0


def test_ministack_cannot_read_a_workflow_in_yaml(plain: Emulator) -> None:
    assert said(plain)["status"] == "FAILED"


def test_a_workflow_in_yaml_runs_with_its_substitutions(ours: Emulator) -> None:
    assert json.loads(said(ours)["output"]) == "hello"


def test_ministack_forgets_the_apis_own_words(plain: Emulator) -> None:
    assert unknown_route(plain) == (403, {"message": "Missing Authentication Token"})


def test_an_api_answers_in_its_own_words(ours: Emulator) -> None:
    assert unknown_route(ours) == (404, {"error": "NoSuchRoute"})
