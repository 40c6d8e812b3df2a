"""What is kept is encrypted where it lies, and what is sent is encrypted on its way."""

import ast
import re
from collections.abc import Callable, Iterator
from itertools import product as combinations
from pathlib import Path
from typing import Any

import pytest

from tests.support.resource_types import schema
from tests.support.sources import ROOT, tracked, tree
from tests.support.templates import (
    Json,
    children,
    paths,
    relative,
    resource_behind,
    resources,
    template,
    walk,
)

BUCKET, QUEUE, TOPIC = "AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::SNS::Topic"
DATABASE, DOMAIN = "AWS::RDS::DBInstance", "AWS::OpenSearchService::Domain"
LISTENER = "AWS::ElasticLoadBalancingV2::Listener"


def disks(launch_template: Json) -> list[Json]:
    mappings: list[Json] = launch_template["LaunchTemplateData"]["BlockDeviceMappings"]
    return [one["Ebs"] for one in mappings]


def default_rules(bucket: Json) -> list[Json]:
    rules: list[Json] = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    return [one["ServerSideEncryptionByDefault"] for one in rules]


# These lie in the clear unless a template says otherwise, or ours are to say so themselves.
SAYS_SO: dict[str, Callable[[Json], object]] = {
    "AWS::DynamoDB::Table": lambda one: one["SSESpecification"]["SSEEnabled"] is True,
    BUCKET: lambda one: (
        [rule["SSEAlgorithm"] in ("AES256", "aws:kms") for rule in default_rules(one)] == [True]
    ),
    QUEUE: lambda one: one.get("SqsManagedSseEnabled") is True or one.get("KmsMasterKeyId"),
    TOPIC: lambda one: one["KmsMasterKeyId"],
    "AWS::EC2::LaunchTemplate": lambda one: all(disk["Encrypted"] is True for disk in disks(one)),
    DATABASE: lambda one: one["StorageEncrypted"] is True,
    DOMAIN: lambda one: one["EncryptionAtRestOptions"]["Enabled"] is True,
}
# AWS documents that it encrypts these whatever a template says, which can only name another key.
ALWAYS = {
    "AWS::Cognito::UserPool": "with a key of AWS's own",
    "AWS::Events::Archive": "with a key of AWS's own",
    "AWS::Events::EventBus": "with a key of AWS's own",
    "AWS::Logs::LogGroup": "by CloudWatch Logs, with AES in GCM",
    "AWS::SecretsManager::Secret": "with the account's key of Secrets Manager",
    "AWS::Serverless::Function": "code and variables, with a key of AWS's own",
    "AWS::Serverless::StateMachine": "definitions and executions, with a key of AWS's own",
}
# They have properties of that name, and keep nothing here to which these apply.
KEEPS_NOTHING = {
    "AWS::SecretsManager::RotationSchedule": "it says when; the secret keeps",
    "AWS::EC2::VPC": "instances of today's types encrypt what they send each other by themselves",
    "AWS::ECS::Cluster": "nobody may open a shell in its tasks, whose sessions it would record",
    "AWS::ECS::Service": "its tasks bring no volumes",
    "AWS::ECS::TaskDefinition": "its tasks use the disks of their instance, and no EFS",
    "AWS::Serverless::Api": "nothing is cached",
}
# Listeners without TLS, and why. A new one is thought about first.
IN_THE_CLEAR = {
    "containers/balancer.yaml:HttpListener": "leads to HTTPS once there is a certificate",
    "containers/inside.yaml:Listener": "inside of the network, between two security groups",
    "containers/model/model_stack/service.yaml:Listener": "inside, between two security groups",
}
# Begins with TLS 1.2, whatever else it allows.
MODERN = re.compile("ELBSecurityPolicy-(TLS13-1-[23]|TLS-1-2|FS-1-2)-")
# What a client of ours leaves unchecked, and why.
UNCHECKED = {
    "functions/repositories/lib/stores/pgvector/connecting.py": "a database that is given, whose "
    "authority nobody here knows; encrypted all the same, and checked with tls=verify",
}


def all_of(*kinds: str) -> list[Any]:
    """Each resource of some kinds as a test's parameter: its template and its logical id."""
    return [
        pytest.param(path, name, id=f"{relative(path)}:{name}")
        for path in paths()
        for kind in kinds
        for name in resources(path, kind)
    ]


def readings(node: Json) -> Iterator[Any]:
    """Yield a part of a template as every combination of its conditions makes it."""
    ifs = [part["Fn::If"] for _, part in walk(node) if isinstance(part, dict) and "Fn::If" in part]
    names = sorted({one[0] for one in ifs})
    for values in combinations((True, False), repeat=len(names)):
        yield chosen(node, dict(zip(names, values, strict=True)))


def chosen(node: Any, holds: dict[str, bool]) -> Any:
    if isinstance(node, dict) and "Fn::If" in node:
        condition, then, otherwise = node["Fn::If"]
        return chosen(then if holds[condition] else otherwise, holds)
    if isinstance(node, dict):
        read = {key: chosen(part, holds) for key, part in node.items()}
        return {key: part for key, part in read.items() if part != {"Ref": "AWS::NoValue"}}
    return [chosen(part, holds) for part in node] if isinstance(node, list) else node


def properties(path: Path, name: str) -> Json:
    found: Json = template(path)["Resources"][name]["Properties"]
    return found


def can_be_encrypted(kind: str) -> bool:
    """Return whether AWS's schema of a type has a property about that."""
    published = schema(kind)
    return any(
        re.search("kms|encrypt|sse[A-Z]", str(name), re.IGNORECASE)
        for keys, part in walk(published)
        if keys[-1:] == ("properties",) and isinstance(part, dict)
        for name in part
    )


def test_every_type_that_can_be_encrypted_is_thought_about() -> None:
    kinds = {one["Type"] for path in paths() for one in template(path)["Resources"].values()}
    known = {*SAYS_SO, *ALWAYS, *KEEPS_NOTHING}
    assert {kind for kind in kinds if can_be_encrypted(kind)} == known - {TOPIC}


@pytest.mark.parametrize(("path", "name"), all_of(*SAYS_SO))
def test_what_is_kept_is_encrypted_under_every_condition(path: Path, name: str) -> None:
    encrypted = SAYS_SO[template(path)["Resources"][name]["Type"]]
    assert all(encrypted(one) for one in readings(properties(path, name)))


def denied_without_tls(path: Path, kind: str, name: str, key: str) -> Iterator[tuple[str, Any]]:
    """Yield the actions, and the resources, that a resource's policies deny whoever has no TLS."""
    for policy in resources(path, kind).values():
        named = policy[key] if isinstance(policy[key], list) else [policy[key]]
        for statement in policy["PolicyDocument"]["Statement"] if {"Ref": name} in named else []:
            everybody = (statement["Effect"], statement.get("Principal")) == ("Deny", "*")
            if everybody and statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}:
                yield statement["Action"], statement["Resource"]


@pytest.mark.parametrize(("path", "name"), all_of(BUCKET))
def test_nobody_reads_or_writes_a_bucket_without_tls(path: Path, name: str) -> None:
    arn = {"Fn::GetAtt": [name, "Arn"]}
    found = list(denied_without_tls(path, "AWS::S3::BucketPolicy", name, "Bucket"))
    assert found == [("s3:*", [arn, {"Fn::Sub": f"${{{name}.Arn}}/*"}])]
    policies = template(path)["Resources"].values()
    [policy] = [one for one in policies if one.get("Properties", {}).get("Bucket") == {"Ref": name}]
    assert policy.get("Condition") == template(path)["Resources"][name].get("Condition")


@pytest.mark.parametrize(("path", "name"), all_of(QUEUE, TOPIC))
def test_nobody_sends_or_receives_without_tls(path: Path, name: str) -> None:
    arn = {"Fn::GetAtt": [name, "Arn"]}
    [(action, resource)] = denied_without_tls(path, "AWS::SQS::QueuePolicy", name, "Queues")
    assert action == "sqs:*"
    assert resource in (arn, "*")


def declared(path: Path, parameter: str) -> Json:
    """A parameter as the outermost page declares it that hands it down."""
    for child in children():
        if child.path == path and child.parameters.get(parameter) == {"Ref": parameter}:
            return declared(child.parent, parameter)
    found: Json = template(path)["Parameters"][parameter]
    return found


@pytest.mark.parametrize(("path", "name"), all_of(LISTENER))
def test_a_listener_has_tls_of_today_or_a_reason(path: Path, name: str) -> None:
    listener = properties(path, name)
    if listener["Protocol"] == "HTTP":
        assert f"{relative(path)}:{name}" in IN_THE_CLEAR
        return
    policy = declared(path, listener["SslPolicy"]["Ref"])
    assert listener["Protocol"] == "HTTPS"
    assert MODERN.match(policy["Default"])
    for old in ("ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-TLS13-1-0-2021-06", ""):
        assert not re.fullmatch(policy["AllowedPattern"], old)
    assert re.fullmatch(policy["AllowedPattern"], policy["Default"])


def test_every_listener_in_the_clear_is_there() -> None:
    there = {parameter.id for parameter in all_of(LISTENER)}
    assert there >= IN_THE_CLEAR.keys()


@pytest.mark.parametrize(("path", "name"), all_of(DATABASE))
def test_a_database_lets_nobody_in_without_tls(path: Path, name: str) -> None:
    for one in readings(properties(path, name)):
        _, settings = resource_behind(path, one["DBParameterGroupName"]) or (None, {})
        assert one["Engine"] == "postgres"
        assert settings["Properties"]["Parameters"]["rds.force_ssl"] == "1"


@pytest.mark.parametrize(("path", "name"), all_of(DOMAIN))
def test_a_domain_answers_over_tls_only_and_its_nodes_speak_it(path: Path, name: str) -> None:
    for one in readings(properties(path, name)):
        endpoint = one["DomainEndpointOptions"]
        assert endpoint["EnforceHTTPS"] is True
        assert endpoint["TLSSecurityPolicy"] == "Policy-Min-TLS-1-2-PFS-2023-10"
        assert one["NodeToNodeEncryptionOptions"]["Enabled"] is True


def unchecked(path: Path) -> Iterator[int]:
    """Yield the lines on which a client is told not to look who answers it."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.Attribute(attr="CERT_NONE" | "_create_unverified_context"):
                yield node.lineno
            case ast.Assign(
                targets=[ast.Attribute(attr="check_hostname")], value=ast.Constant(value=False)
            ):
                yield node.lineno
            case ast.keyword(
                arg="verify" | "verify_certs" | "ssl" | "verify_ssl",
                value=ast.Constant(value=False),
            ):
                yield node.lineno


def test_every_client_looks_who_answers_it() -> None:
    product = [
        one for top in ("layers", "functions", "containers") for one in tracked(f"{top}/*.py")
    ]
    found = {path.relative_to(ROOT).as_posix() for path in product if any(unchecked(path))}
    assert product
    assert found == UNCHECKED.keys()
