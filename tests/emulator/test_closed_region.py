"""An installation as a closed region asks for it: all that can be is given, nothing is public.

The network, its groups, the way to the API, the provider of sign-ins, the key, the boundary and the
tags are an organisation's own. Everything of the installation has to use them. What the emulator
does not tell (boundaries of roles, keys of tables and buckets, groups of functions, the API's
endpoint) is read from the templates: test_safeguards.py, test_parts.py and test_security_groups.py
of tests/contracts.
"""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.emulator.installation import Installation, belongings, install
from tests.emulator.running import Emulator
from tests.support.issuer import CLIENT, Clock, Issuer, served

NAME, DAYS = "closed", 30
TAGS = {"cost-center": "research"}
GROUPS = ("balancer", "inside", "gateway", "functions", "repositories", "balancers", "instances")
BOUNDARY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
}


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    """The organisation's own provider."""
    with served(Issuer("keycloak", clock=Clock(time.time()))) as provider:
        yield provider


@pytest.fixture(scope="module")
def given(account: Emulator) -> dict[str, str]:
    """What the organisation has made beforehand, as parameters of the root template."""
    ec2 = account.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.8.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.8.{number}.0/24")["Subnet"]["SubnetId"]
        for number in range(4)
    ]
    groups = [
        ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]
        for name in GROUPS
    ]
    endpoint = ec2.create_vpc_endpoint(
        VpcId=vpc, ServiceName="com.amazonaws.us-east-1.execute-api", VpcEndpointType="Interface"
    )["VpcEndpoint"]["VpcEndpointId"]
    key = account.client("kms").create_key()["KeyMetadata"]["Arn"]
    policy = account.client("iam").create_policy(
        PolicyName="boundary", PolicyDocument=json.dumps(BOUNDARY)
    )
    return {
        "VpcId": vpc,
        "PrivateSubnets": ",".join(subnets[:2]),
        "DatabaseSubnets": ",".join(subnets[2:]),
        "SecurityGroups": ",".join(groups),
        "PrivateRepositories": "true",
        "ServeScheme": "internal",
        "ApiAccess": "PRIVATE",
        "ApiEndpoint": endpoint,
        "KmsKeyArn": key,
        "PermissionsBoundary": policy["Policy"]["Arn"],
        "LogRetentionDays": str(DAYS),
        "DeletionProtection": "true",
    }


@pytest.fixture(scope="module")
def closed(account: Emulator, built: str, given: dict[str, str], issuer: Issuer) -> Installation:
    signs_in = {
        "OidcIssuer": issuer.url,
        "OidcClientId": CLIENT,
        "GroupsClaim": "realm_access.roles",
        "AdminGroup": "admins",
    }
    return install(account, built, NAME, "models,serve,rag,chat,ui", TAGS, **given, **signs_in)


@pytest.mark.parametrize("path", ["/models", "/repository", "/session", "/usage"])
def test_people_sign_in_at_their_own_provider(
    closed: Installation, issuer: Issuer, path: str
) -> None:
    assert closed.ask(path, issuer.token())[0] == 200
    assert closed.ask(path, issuer.token(iss="https://idp.example"))[0] == 401
    assert not of(closed, "user pool")


def test_the_network_and_its_groups_are_the_organisations(
    closed: Installation, given: dict[str, str]
) -> None:
    groups = dict(zip(GROUPS, given["SecurityGroups"].split(","), strict=True))
    subnets = set(given["PrivateSubnets"].split(","))
    assert not of(closed, "group")
    balancers = ask(closed, "elbv2").describe_load_balancers()["LoadBalancers"]
    found = {
        one["LoadBalancerName"]: (one["Scheme"], one["SecurityGroups"], subnets_of(one))
        for one in balancers
        if one["LoadBalancerName"].startswith(NAME)
    }
    assert found == {
        f"{NAME}-serve": ("internal", [groups["balancer"]], subnets),
        f"{NAME}-inside": ("internal", [groups["inside"]], subnets),
    }


def test_every_log_has_the_key_and_an_end(closed: Installation, given: dict[str, str]) -> None:
    pages = ask(closed, "logs").get_paginator("describe_log_groups").paginate()
    logs = [one for page in pages for one in page["logGroups"] if NAME in one["logGroupName"]]
    assert len(logs) > 10
    found = {(one.get("kmsKeyId"), one.get("retentionInDays")) for one in logs}
    assert found == {(given["KmsKeyArn"], DAYS)}


def test_no_table_can_be_deleted(closed: Installation) -> None:
    dynamodb = ask(closed, "dynamodb")
    tables = [dynamodb.describe_table(TableName=one)["Table"] for one in of(closed, "table")]
    assert len(tables) > 5
    assert [one["TableName"] for one in tables if not one["DeletionProtectionEnabled"]] == []


def test_every_queue_and_secret_has_the_key(closed: Installation, given: dict[str, str]) -> None:
    sqs, secrets = ask(closed, "sqs"), ask(closed, "secretsmanager")
    keys: dict[str, object] = {}
    for name in of(closed, "queue"):
        url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
        told = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        keys[name] = told.get("KmsMasterKeyId")
    for name in of(closed, "secret"):
        keys[name] = secrets.describe_secret(SecretId=name).get("KmsKeyId")
    assert len(keys) > 5
    assert {name: key for name, key in keys.items() if key != given["KmsKeyArn"]} == {}


def test_health_tells_of_the_gateway_what_its_balancer_finds(
    closed: Installation, issuer: Issuer
) -> None:
    """Nobody has started one here, and no address of it is in reach of a function."""
    status, told = closed.ask("/health/deep", issuer.token())
    failed = {one["name"]: one["reason"] for one in told["checks"] if one["status"] == "failed"}
    assert status == 200
    assert failed.keys() == {"gateway"}
    assert "answers the balancer" in failed["gateway"]


def test_tags_reach_every_stack(closed: Installation) -> None:
    stacks = ask(closed, "cloudformation").describe_stacks()["Stacks"]
    ours = [one for one in stacks if one["StackName"].startswith(NAME)]
    tag = {"Key": "cost-center", "Value": "research"}
    assert len(ours) > 20
    assert [one["StackName"] for one in ours if tag not in one.get("Tags", [])] == []


def ask(installation: Installation, service: str) -> Any:
    return installation.emulator.client(service)


def of(installation: Installation, kind: str) -> list[str]:
    """The names of what the installation has of one kind."""
    everything = belongings(installation.emulator, installation.name)
    return [name for found, name in everything if found == kind]


def subnets_of(balancer: Any) -> set[str]:
    return {zone["SubnetId"] for zone in balancer["AvailabilityZones"]}
