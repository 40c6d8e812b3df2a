"""A hosted model in the network: in ours or a given one, with or without a way to the internet."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from model_stack import ModelStackSpec
from tests.support.cloudformation import actions, parsed, statements
from tests.support.endpoints import ENDPOINT, made, needed
from tests.support.model_stacks import DEPLOYMENT, ON_CPU
from tests.support.resolved_stacks import Reading, resolved

CONTAINERS = Path(__file__).parents[2] / "containers"
GROUP = "AWS::EC2::SecurityGroup"
CLOSED = {"Egress": "endpoints", "ProviderEndpoints": "false", "Traces": "off"}


def resources(name: str, kind: str) -> dict[str, dict[str, Any]]:
    found = parsed((CONTAINERS / name).read_text("utf-8"))["Resources"]
    return {key: one["Properties"] for key, one in found.items() if one["Type"] == kind}


def actions_of_a_model(spec: ModelStackSpec) -> set[str]:
    """Everything that an instance, its ECS agent and its server may do."""
    found = resolved(spec)
    instance = ("Capacity.InstanceRole", "Capacity.ImagePullPolicy")
    names = (*instance, "Service.WeightsRole", "Service.ExecutionRole")
    allowed = statements({"Resources": {name: found[name] for name in names}})
    return {action for statement in allowed for action in actions(statement)}


@pytest.mark.promise("security.endpoints")
def test_a_model_reaches_all_that_it_calls_without_the_internet() -> None:
    """Its policies say which services those are; one that is new here has no endpoint yet."""
    spec = replace(ON_CPU, deployment=replace(DEPLOYMENT, weights_key_arn="key"))
    goes_through = needed(actions_of_a_model(spec))
    assert goes_through <= made(**CLOSED)
    assert {"ecr.dkr", "ecs-agent", "s3"} <= goes_through


@pytest.mark.parametrize("name", ["S3Endpoint", "DynamoDbEndpoint"])
def test_weights_and_tables_are_reached_from_every_subnet(name: str) -> None:
    endpoint = resources("network.yaml", ENDPOINT)[name]
    assert endpoint["VpcEndpointType"] == "Gateway"
    assert endpoint["RouteTableIds"] == [{"Ref": "PublicRoutes"}, {"Ref": "PrivateRoutes"}]


def test_endpoints_let_in_what_instances_let_out() -> None:
    endpoints = resources("endpoints.yaml", GROUP)["SecurityGroup"]
    instances = resources("security_groups.yaml", GROUP)["ModelInstances"]
    [let_in], [let_out] = endpoints["SecurityGroupIngress"], instances["SecurityGroupEgress"]
    assert let_in["CidrIp"] == {"Ref": "VpcCidr"}
    assert (let_in["FromPort"], let_in["ToPort"]) == (let_out["FromPort"], let_out["ToPort"])


@pytest.mark.promise("deployment.own-network", "hosting.in-the-network")
@pytest.mark.parametrize(
    ("given", "egress", "place"),
    [
        ("", "internet", {"VpcId": "own", "TaskSubnets": "open", "PublicAddresses": "true"}),
        ("", "endpoints", {"VpcId": "own", "TaskSubnets": "closed", "PublicAddresses": "false"}),
        ("vpc", "internet", {"VpcId": "vpc", "TaskSubnets": "a,b", "PublicAddresses": "false"}),
    ],
)
def test_models_run_in_our_network_or_in_the_one_that_is_given(
    given: str, egress: str, place: dict[str, str]
) -> None:
    parameters = {"VpcId": given, "Egress": egress, "PrivateSubnets": "a,b", "PublicSubnets": "c,d"}
    parameters["Hosts"] = "true"
    ours = {"VpcId": "own", "PublicSubnets": "open", "PrivateSubnets": "closed"}
    outputs = {f"Network.Outputs.{name}": value for name, value in ours.items()}
    template = parsed((CONTAINERS / "template.yaml").read_text("utf-8"))
    reading = Reading(template, parameters, outputs)
    found = template["Outputs"]
    assert {name: reading.value(found[name]["Value"]) for name in place} == place
