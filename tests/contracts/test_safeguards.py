"""What an administrator asks of everything is asked of each: of every role and of every log."""

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
SAFEGUARDS = ("PermissionsBoundary", "LogRetentionDays")
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
