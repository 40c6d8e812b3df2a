"""The endpoints of a network of our own, and which of them a call to a service goes through."""

from collections.abc import Iterable
from pathlib import Path

from tests.support.cloudformation import parsed
from tests.support.resolved_stacks import Reading

NETWORK = Path(__file__).parents[2] / "containers" / "network.yaml"
ENDPOINT = "AWS::EC2::VPCEndpoint"
ENDPOINTS_FOR = {
    # A collection of OpenSearch Serverless has an endpoint of its own, made by whoever made it.
    "aoss": (),
    "bedrock": ("bedrock-runtime",),
    "dynamodb": ("dynamodb",),
    # The layers of an image lie in S3.
    "ecr": ("ecr.api", "ecr.dkr", "s3"),
    "ecs": ("ecs", "ecs-agent", "ecs-telemetry"),
    # A domain stands in the network itself, and so does a database.
    "es": (),
    "rds-db": (),
    # S3 asks for the key, on the server's behalf.
    "kms": (),
    "lambda": ("lambda",),
    "logs": ("logs",),
    "s3": ("s3",),
    "sagemaker": ("sagemaker.runtime",),
    "secretsmanager": ("secretsmanager",),
    "sqs": ("sqs",),
    "xray": ("xray",),
}


def needed(actions: Iterable[str]) -> set[str]:
    """Return the endpoints that actions go through; a service that is new here is an error."""
    services = {action.partition(":")[0] for action in actions}
    return {endpoint for service in services for endpoint in ENDPOINTS_FOR[service]}


def made(**parameters: str) -> set[str]:
    """Return the endpoints that a network has, by the last part of their service's name."""
    reading = Reading(parsed(NETWORK.read_text("utf-8")), parameters, {})
    return {
        one["Properties"]["ServiceName"]["Fn::Sub"].partition("${AWS::Region}.")[2]
        for one in reading.template["Resources"].values()
        if one["Type"] == ENDPOINT and ("Condition" not in one or reading.holds(one["Condition"]))
    }
