"""Who reaches whom inside of the network: groups that are made, and groups that exist."""

import re

import pytest

from tests.support.sources import ROOT
from tests.support.templates import Json, template

CONTAINERS = ROOT / "containers"
GROUP, INGRESS = "AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress"
# What docs/networks.md calls each of them.
TOLD = {
    "Serve": "the gateway's balancer",
    "Inside": "the balancer inside of the network",
    "Gateway": "gateways",
    "Functions": "functions",
    "Repositories": "functions that reach databases",
    "ModelBalancers": "balancers of models",
    "ModelInstances": "instances of models",
}
# Where one of ours would be used, the one that is given at its place in the list is used instead.
PLACE = re.compile(
    r"GetAtt OwnGroups\.Outputs\.(\w+), .*!Select \[(\d), !Split \[\",\", !Ref SecurityGroups\]\]"
)


def resources(kind: str) -> dict[str, Json]:
    """The properties of the template's resources of one type, by their logical ids."""
    found = template(CONTAINERS / "security_groups.yaml")["Resources"]
    return {name: one["Properties"] for name, one in found.items() if one["Type"] == kind}


@pytest.mark.promise("deployment.own-network")
def test_groups_that_exist_are_given_in_the_order_of_the_documents() -> None:
    used = PLACE.findall((CONTAINERS / "template.yaml").read_text("utf-8"))
    order = {int(place): name for name, place in used}
    text = (ROOT / "docs/networks.md").read_text("utf-8")
    section = text.partition("## Groups that exist")[2]
    rows = re.findall(r"^\| ([^|]+?) \|", section, re.M)
    assert rows == ["what it is of", *(TOLD[order[place]] for place in range(len(order)))]
    assert sorted(order.values()) == sorted(resources(GROUP))


def test_only_the_public_load_balancer_is_open_to_its_clients() -> None:
    groups = resources(GROUP)
    open_to_addresses = [name for name, one in groups.items() if "SecurityGroupIngress" in one]
    assert open_to_addresses == ["Serve"]
    for rule in resources(INGRESS).values():
        assert "SourceSecurityGroupId" in rule
        assert "CidrIp" not in rule


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Serve", "Gateway"),
        ("Inside", "Gateway"),
        ("Functions", "ModelBalancers"),
        ("ModelBalancers", "ModelInstances"),
    ],
)
def test_what_one_group_lets_out_the_next_lets_in(source: str, target: str) -> None:
    groups = resources(GROUP)
    out = [
        (rule["FromPort"], rule["ToPort"])
        for rule in groups[source]["SecurityGroupEgress"]
        if rule.get("DestinationSecurityGroupId") == {"Ref": target}
    ]
    let_in = [
        (rule["FromPort"], rule["ToPort"])
        for rule in resources(INGRESS).values()
        if (rule["GroupId"], rule["SourceSecurityGroupId"]) == ({"Ref": target}, {"Ref": source})
    ]
    assert out == let_in != []
