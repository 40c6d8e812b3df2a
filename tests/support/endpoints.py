"""The endpoints of a network of our own, and which of them a call to a service goes through."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.support.cloudformation import parsed
from tests.support.resolved_stacks import Reading

CONTAINERS = Path(__file__).parents[2] / "containers"
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
    names = service_names("aws", "us-east-1", **parameters)
    return {name.partition(".us-east-1.")[2] for name in names}


def service_names(partition: str, region: str, **parameters: str) -> set[str]:
    """Return the services to which a network has endpoints, as AWS calls them there."""
    network = _reading("network.yaml", partition, region, parameters)
    names = _services(network)
    if network.holds("HasEndpoints"):
        names |= _services(_reading("endpoints.yaml", partition, region, parameters))
    return names


def _reading(name: str, partition: str, region: str, parameters: Mapping[str, str]) -> Reading:
    template = parsed((CONTAINERS / name).read_text("utf-8"))
    there = {"AWS::Partition": partition, "AWS::Region": region}
    declared = {key: value for key, value in parameters.items() if key in template["Parameters"]}
    return Reading(template, {**declared, **there}, {})


def _services(reading: Reading) -> set[str]:
    return {
        reading.value(one["Properties"]["ServiceName"])
        for one in reading.template["Resources"].values()
        if one["Type"] == ENDPOINT and ("Condition" not in one or reading.holds(one["Condition"]))
    }
