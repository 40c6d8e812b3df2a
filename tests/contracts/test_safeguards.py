"""What an administrator asks of everything is asked of each role, log, table, bucket and queue."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import model_stack
import repository_stack
from tests.support.cloudformation import parsed
from tests.support.sources import ROOT
from tests.support.templates import Json, children, paths, relative, template

BOUNDARY = {"Fn::If": ["Bounded", {"Ref": "PermissionsBoundary"}, {"Ref": "AWS::NoValue"}]}
IS_BOUNDED = {"Fn::Not": [{"Fn::Equals": [{"Ref": "PermissionsBoundary"}, ""]}]}
ROLE, LOGS = "AWS::IAM::Role", "AWS::Logs::LogGroup"
# SAM makes their roles, and those by which rules start them.
WITH_ROLES = ("AWS::Serverless::Function", "AWS::Serverless::StateMachine")
ROOT_TEMPLATE = ROOT / "template.yaml"
SAFEGUARDS = ("PermissionsBoundary", "LogRetentionDays", "KmsKeyArn", "DeletionProtection")
KEY = {"Fn::If": ["OwnKey", {"Ref": "KmsKeyArn"}, {"Ref": "AWS::NoValue"}]}
BUCKET, TABLE = "AWS::S3::Bucket", "AWS::DynamoDB::Table"
# Where the key of what is kept stands, for each kind of thing that can have one.
KEY_OF: dict[str, Callable[[Json], object]] = {
    LOGS: lambda one: one["KmsKeyId"],
    "AWS::SecretsManager::Secret": lambda one: one["KmsKeyId"],
    "AWS::SQS::Queue": lambda one: one["KmsMasterKeyId"],
    TABLE: lambda one: one["SSESpecification"]["KMSMasterKeyId"],
    BUCKET: lambda one: one["BucketEncryption"]["ServerSideEncryptionConfiguration"][0][
        "ServerSideEncryptionByDefault"
    ]["KMSMasterKeyID"],
}
# What is made while the product runs has a name of its own for the key of its log.
LATER = "containers/model/model_stack/service.yaml"
PROTECTED: dict[str, tuple[str, object, object]] = {
    TABLE: ("DeletionProtectionEnabled", True, False),
    "AWS::Cognito::UserPool": ("DeletionProtection", "ACTIVE", "INACTIVE"),
}
KEYS_POLICY = re.compile(r"```json\n(.*?)```", re.DOTALL)
TEMPLATES = [pytest.param(path, id=relative(path)) for path in paths()]


def found(document: Json, *kinds: str) -> list[Json]:
    """The properties of a template's resources, with what its Globals say of functions."""
    shared = document.get("Globals", {}).get("Function", {})
    return [
        {**(shared if one["Type"].endswith("Function") else {}), **one.get("Properties", {})}
        for one in document["Resources"].values()
        if one["Type"] in kinds
    ]


@pytest.mark.parametrize("path", TEMPLATES)
def test_every_role_is_bounded(path: Path) -> None:
    document = template(path)
    bounded = found(document, ROLE, *WITH_ROLES)
    assert all(one["PermissionsBoundary"] == BOUNDARY for one in bounded)
    assert not bounded or document["Conditions"]["Bounded"] == IS_BOUNDED


@pytest.mark.parametrize("path", TEMPLATES)
def test_every_log_is_kept_as_long_as_the_administrator_says(path: Path) -> None:
    logs = found(template(path), LOGS)
    assert all(one["RetentionInDays"] == {"Ref": "LogRetentionDays"} for one in logs)


@pytest.mark.parametrize("path", TEMPLATES)
@pytest.mark.parametrize("kind", KEY_OF)
def test_what_is_kept_has_the_key_of_the_installation(path: Path, kind: str) -> None:
    if relative(path) == LATER:
        return
    assert all(KEY_OF[kind](one) == KEY for one in found(template(path), kind))


@pytest.mark.parametrize("path", TEMPLATES)
@pytest.mark.parametrize("kind", PROTECTED)
def test_what_cannot_be_made_again_can_be_protected(path: Path, kind: str) -> None:
    name, protected, open_ = PROTECTED[kind]
    said = {"Fn::If": ["Protected", protected, open_]}
    assert all(one[name] == said for one in found(template(path), kind))


def test_the_policy_for_the_key_lets_in_every_service_that_uses_it() -> None:
    (text,) = KEYS_POLICY.findall((ROOT / "docs/safeguards.md").read_text("utf-8"))
    policy = json.loads(text)["Statement"]
    direct = str([one["Principal"] for one in policy])
    through = ("dynamodb", "s3", "sqs", "secretsmanager", "ec2", "rds", "es")
    assert all(f'"{one}.REGION' in text for one in through)
    assert "logs.REGION" in direct
    assert "events." in direct


@pytest.mark.parametrize("name", SAFEGUARDS)
def test_what_is_asked_is_handed_on_to_whoever_needs_it(name: str) -> None:
    needing = [one for one in children() if name in template(one.path).get("Parameters", {})]
    assert len(needing) > 10
    withheld = [
        f"{relative(one.parent)}: {one.logical_id}"
        for one in needing
        if one.parameters.get(name) != {"Ref": name}
    ]
    assert withheld == []
    assert name in template(ROOT_TEMPLATE)["Parameters"]


@pytest.mark.parametrize("texts", [model_stack.templates(), repository_stack.templates()])
def test_stacks_that_are_made_later_hand_on_what_is_asked(texts: dict[str, str]) -> None:
    documents = {name: parsed(text) for name, text in texts.items()}
    for one in found(documents["template.yaml"], "AWS::CloudFormation::Stack"):
        file = one["TemplateURL"]["Fn::Sub"].rpartition("/")[2]
        wanted = {name for name in SAFEGUARDS if name in documents[file]["Parameters"]}
        assert {name: one["Parameters"].get(name) for name in wanted} == references(wanted)


def references(names: set[str]) -> dict[str, Any]:
    return {name: {"Ref": name} for name in names}
