"""What a killed emulator still knows after its restart."""

import json
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.emulator.running import Emulator, eventually

TEMPLATE = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      StreamSpecification: {StreamViewType: NEW_IMAGE}
  Reader:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: kept-reader
      Runtime: python3.12
      Handler: index.handler
      Timeout: 20
      Events:
        Stream:
          Type: DynamoDB
          Properties: {Stream: !GetAtt Table.StreamArn, StartingPosition: TRIM_HORIZON}
        Http: {Type: Api, Properties: {Path: /hello, Method: get}}
      InlineCode: |
        import os
        def handler(event, context):
            return {"statusCode": 200, "body": str(os.getpid())}
  Secret: {Type: AWS::SecretsManager::Secret, Properties: {SecretString: kept}}
  Pool: {Type: AWS::Cognito::UserPool}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: kept-bus}}
  Rule:
    Type: AWS::Events::Rule
    Properties: {EventBusName: !Ref Bus, EventPattern: {source: [kept]}}
  Cluster: {Type: AWS::ECS::Cluster, Properties: {ClusterName: kept-cluster}}
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Name: kept-balancer, Subnets: [subnet-1, subnet-2]}
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      Name: kept-machine
      Definition:
        StartAt: First
        States:
          First: {Type: Pass, Result: 1, ResultPath: $.first, Next: Pause}
          Pause: {Type: Wait, Seconds: 4, Next: Last}
          Last:
            Type: Pass
            Parameters: {"started.$": $$.Execution.Input, "first.$": $.first}
            End: true
Outputs:
  Api: {Value: !Ref ServerlessRestApi}
  Table: {Value: !Ref Table}
  Secret: {Value: !Ref Secret}
  Pool: {Value: !Ref Pool}
  Address: {Value: !GetAtt Balancer.DNSName}
  Machine: {Value: !Ref Machine}
  Role: {Value: !GetAtt ReaderRole.Arn}
"""
NEVER_READY = """
Resources:
  Handle: {Type: AWS::CloudFormation::WaitConditionHandle}
  Never:
    Type: AWS::CloudFormation::WaitCondition
    Properties: {Handle: !Ref Handle, Timeout: '600'}
"""
SETTINGS = {"PERSIST_STATE": "1", "S3_PERSIST": "1", "SFN_WAIT_SCALE": "1"}


class Restarted:
    """A deployment before and after SIGKILL."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.outputs = emulator.deploy("kept", TEMPLATE)
        self.client = emulator.client
        cognito = self.client("cognito-idp")
        cognito.admin_create_user(UserPoolId=self.outputs["Pool"], Username="ada")
        self.execution = self.client("stepfunctions").start_execution(
            stateMachineArn=self.outputs["Machine"], input='{"q": 1}'
        )["executionArn"]
        eventually(lambda: (emulator.folder / "state" / "stepfunctions.json").exists())
        eventually(self.is_paused)
        cloudformation = self.client("cloudformation")
        cloudformation.create_stack(StackName="interrupted", TemplateBody=NEVER_READY)
        emulator.deploy("removed", "Resources: {Queue: {Type: 'AWS::SQS::Queue'}}")
        removed = cloudformation.describe_stacks(StackName="removed")["Stacks"][0]
        self.removed = removed["StackId"]
        cloudformation.delete_stack(StackName="removed")
        eventually(lambda: "DELETE_COMPLETE" in self.saved("cloudformation"))
        self.session = self.assume()
        eventually(lambda: self.session["AccessKeyId"] in self.saved("sts"))
        self.process = int(self.call())
        self.client("s3").create_bucket(Bucket="kept")
        self.client("s3").put_object(Bucket="kept", Key="weights", Body=b"0123")
        eventually(lambda: "kept" in self.saved("s3"))
        for number in range(20):
            self.put(f"item-{number}")
        emulator.end(signal.SIGKILL)
        self.called_while_dead = ThreadPoolExecutor(1).submit(self.call)
        emulator.start()

    def call(self) -> str:
        """The function's answer through the API: the id of its process."""
        path = f"/_aws/execute-api/{self.outputs['Api']}/Prod/hello"
        return str(self.emulator.get(path)[2].decode())

    def saved(self, service: str) -> str:
        file = self.emulator.folder / "state" / f"{service}.json"
        return file.read_text() if file.exists() else ""

    def is_paused(self) -> bool:
        return "WaitStateEntered" in self.saved("stepfunctions")

    def put(self, identity: str) -> None:
        item = {"id": {"S": identity}}
        self.client("dynamodb").put_item(TableName=self.outputs["Table"], Item=item)

    def assume(self) -> Any:
        iam = self.client("iam")
        trust = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
        role = iam.create_role(RoleName="task", AssumeRolePolicyDocument=document)["Role"]["Arn"]
        sts = self.client("sts")
        return sts.assume_role(RoleArn=role, RoleSessionName="task")["Credentials"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restarted]:
    folder = tmp_path_factory.mktemp("kept")
    with Emulator("local.emulator", folder, SETTINGS) as emulator:
        yield Restarted(emulator)


def test_plain_forgets_everything_when_it_is_killed(tmp_path_factory: Any) -> None:
    folder = tmp_path_factory.mktemp("forgets")
    with Emulator("ministack", folder, SETTINGS) as emulator:
        emulator.client("secretsmanager").create_secret(Name="gone", SecretString="x")
        emulator.end(signal.SIGKILL)
        emulator.start()

        assert emulator.client("secretsmanager").list_secrets()["SecretList"] == []


def test_a_request_made_while_the_emulator_was_dead_is_answered(kept: Restarted) -> None:
    assert int(kept.called_while_dead.result(timeout=30)) != kept.process


def test_functions_end_with_a_killed_emulator(kept: Restarted) -> None:
    def ended() -> bool:
        try:
            os.kill(kept.process, 0)
        except ProcessLookupError:
            return True
        return False

    assert eventually(ended)


def test_every_acknowledged_item_is_there(kept: Restarted) -> None:
    items = kept.client("dynamodb").scan(TableName=kept.outputs["Table"])["Items"]

    assert {item["id"]["S"] for item in items} >= {f"item-{number}" for number in range(20)}


def test_stacks_apis_and_functions_work_as_before(kept: Restarted) -> None:
    stack = kept.client("cloudformation").describe_stacks(StackName="kept")["Stacks"][0]

    assert stack["StackStatus"] == "CREATE_COMPLETE"
    assert kept.call().isdigit()


def test_secrets_users_rules_balancers_and_clusters_are_there(kept: Restarted) -> None:
    secret = kept.client("secretsmanager").get_secret_value(SecretId=kept.outputs["Secret"])
    users = kept.client("cognito-idp").list_users(UserPoolId=kept.outputs["Pool"])["Users"]
    rules = kept.client("events").list_rules(EventBusName="kept-bus")["Rules"]
    balancers = kept.client("elbv2").describe_load_balancers(Names=["kept-balancer"])
    clusters = kept.client("ecs").list_clusters()["clusterArns"]

    assert secret["SecretString"] == "kept"
    assert len(users) == len(rules) == 1
    assert balancers["LoadBalancers"][0]["DNSName"] == kept.outputs["Address"]
    assert any(arn.endswith("/kept-cluster") for arn in clusters)


def test_objects_are_there(kept: Restarted) -> None:
    found = kept.client("s3").get_object(Bucket="kept", Key="weights")

    assert found["Body"].read() == b"0123"


def test_the_session_of_an_assumed_role_stays_valid(kept: Restarted) -> None:
    credentials = kept.session
    sts = kept.client(
        "sts",
        credentials["AccessKeyId"],
        credentials["SecretAccessKey"],
        credentials["SessionToken"],
    )
    assert sts.get_caller_identity()["Arn"].endswith("assumed-role/task/task")


def test_a_running_execution_goes_on_where_it_was(kept: Restarted) -> None:
    states = kept.client("stepfunctions")

    def ended() -> Any:
        found = states.describe_execution(executionArn=kept.execution)
        return found if found["status"] != "RUNNING" else None

    assert json.loads(eventually(ended)["output"]) == {"started": {"q": 1}, "first": 1}


def test_a_deleted_stack_is_forgotten(kept: Restarted) -> None:
    with pytest.raises(ClientError, match="does not exist"):
        kept.client("cloudformation").describe_stacks(StackName=kept.removed)


def test_an_interrupted_creation_fails_with_the_reason(kept: Restarted) -> None:
    stack = kept.client("cloudformation").describe_stacks(StackName="interrupted")["Stacks"][0]

    assert stack["StackStatus"] == "CREATE_FAILED"
    assert "restarted" in stack["StackStatusReason"]


def test_a_stream_is_read_on_from_where_it_was(kept: Restarted) -> None:
    stream = kept.client("dynamodb").describe_table(TableName=kept.outputs["Table"])
    arn = stream["Table"]["LatestStreamArn"]
    kept.put("after")

    def new_record_was_read() -> bool:
        mapping = kept.client("lambda").list_event_source_mappings(EventSourceArn=arn)
        return "OK - 1 records" in mapping["EventSourceMappings"][0]["LastProcessingResult"]

    assert eventually(new_record_was_read)
