"""Functions beside databases reach the gateway inside of the network, where that is asked for."""

import inspect
import re
from typing import Any

import pytest

from repositories.adapters import gateway
from tests.support.cloudformation import actions, parsed
from tests.support.endpoints import made, needed
from tests.support.lambdas import Function, all_functions, identifier
from tests.support.resolved_stacks import Reading
from tests.support.sources import ROOT
from tests.support.templates import resource_behind

CONTAINERS = ROOT / "containers"
OPEN = {"Egress": "internet", "ProviderEndpoints": "true", "Traces": "xray"}
USUAL = {
    "Hosts": "true", "Serves": "true", "VpcId": "", "Egress": "internet",
    "ApiAccess": "REGIONAL", "ApiEndpoint": "",
    "Scheme": "internal", "TlsPolicy": "", "CertificateArn": "arn", "ServeDomain": "llm.example",
    "PublicSubnets": "", "PrivateSubnets": "", "RepositorySubnets": "",
    "PrivateRepositories": "false",
}  # fmt: skip
FUNCTIONS = [
    pytest.param(one, id=identifier(one))
    for one in all_functions()
    if one.service == "repositories"
]


def outputs(**given: str) -> dict[str, Any]:
    """What the containers' stack tells of repositories, with these parameters."""
    made_inside = {"Inside.Outputs.Url": "http://inside", "Inside.Outputs.TargetGroupArn": "group"}
    balancer = parsed((CONTAINERS / "balancer.yaml").read_text("utf-8"))
    leading = Reading(balancer, USUAL | given, made_inside)
    told = {
        f"Balancer.Outputs.{name}": leading.value(balancer["Outputs"][name]["Value"])
        for name in ("InsideUrl", "InsideTargetGroupArn")
    }
    found = parsed((CONTAINERS / "template.yaml").read_text("utf-8"))
    reading = Reading(found, USUAL | given, {"Network.Outputs.PrivateSubnets": "a,b"} | told)
    names = ("RepositorySubnets", "RepositoryServeUrl", "InsideTargetGroupArn")
    return {name: reading.value(found["Outputs"][name]["Value"]) for name in names}


def resources(name: str, kind: str) -> list[dict[str, Any]]:
    found = parsed((CONTAINERS / name).read_text("utf-8"))["Resources"].values()
    return [one["Properties"] for one in found if one["Type"] == f"AWS::{kind}"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, ("", "https://llm.example", "")),
        ({"PrivateRepositories": "true"}, ("a,b", "http://inside", "group")),
        (
            {"PrivateRepositories": "true", "VpcId": "vpc", "PrivateSubnets": "c,d"},
            ("c,d", "http://inside", "group"),
        ),
        ({"RepositorySubnets": "e"}, ("e", "https://llm.example", "")),
        (
            {"RepositorySubnets": "e", "PrivateRepositories": "true"},
            ("e", "http://inside", "group"),
        ),
    ],
)
def test_functions_stand_inside_and_call_the_gateway_there_only_when_asked(
    given: dict[str, str], told: tuple[str, str, str]
) -> None:
    assert tuple(outputs(**given).values()) == told


def test_what_costs_money_is_made_only_when_asked_for() -> None:
    found = parsed((CONTAINERS / "template.yaml").read_text("utf-8"))
    balancer = parsed((CONTAINERS / "balancer.yaml").read_text("utf-8"))
    assert balancer["Resources"]["Inside"]["Condition"] == "HasInside"
    assert found["Parameters"]["PrivateRepositories"]["Default"] == "false"
    assert made(**OPEN, PrivateRepositories="false") == {"s3", "dynamodb"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_inside_needs_no_more_endpoints_than_there_are(function: Function) -> None:
    if "VpcConfig" in function.properties:
        called = [action for allowed in function.allowed() for action in actions(allowed)]
        assert needed(called) <= made(**OPEN, PrivateRepositories="true")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_who_asks_models_or_databases_stands_where_they_are(function: Function) -> None:
    """All others may stand outside, and reach every AWS service there."""
    policies = function.properties.get("Policies", [])
    named = filter(None, (resource_behind(function.template, one) for one in policies))
    asks = {str(one["Properties"]["Description"]).split(",")[0] for _, one in named}
    inside = bool(asks & {"Ask the gateway for embeddings and relevance"}) or any(
        one.startswith("Sign in to the databases") for one in asks
    )
    assert inside == ("VpcConfig" in function.properties)


def test_the_balancer_inside_leads_to_what_services_ask_of_models_and_lets_nobody_else_in() -> None:
    [rule] = resources("inside.yaml", "ElasticLoadBalancingV2::ListenerRule")
    paths = rule["Conditions"][0]["PathPatternConfig"]["Values"]
    asked = re.findall(r'_asked\(\s*"([^"]+)"', inspect.getsource(gateway))
    assert len(asked) == len(paths)
    assert {*paths} == {gateway.BASE + operation for operation in asked}
    let_in = [
        (one["SourceSecurityGroupId"], one["FromPort"], one["ToPort"])
        for one in resources("security_groups.yaml", "EC2::SecurityGroupIngress")
        if one["GroupId"] == {"Ref": "Inside"}
    ]
    assert let_in == [({"Ref": "Repositories"}, 80, 80)]


def test_a_task_is_healthy_and_gone_for_both_balancers_alike() -> None:
    [public] = resources("gateway/template.yaml", "ElasticLoadBalancingV2::TargetGroup")
    [inside] = resources("inside.yaml", "ElasticLoadBalancingV2::TargetGroup")
    assert {**inside, "Name": None} == {**public, "Name": None}
