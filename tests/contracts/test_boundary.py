"""What an organisation says of every role and every log reaches each, however deep it lies."""

from pathlib import Path

import pytest

from tests.support.templates import FUNCTION, WORKFLOW, Json, children, paths, relative, template

ROLE, LOGS = "AWS::IAM::Role", "AWS::Logs::LogGroup"
BOUNDED = {"Fn::If": ["Bounded", {"Ref": "PermissionsBoundary"}, {"Ref": "AWS::NoValue"}]}
ALL = [pytest.param(path, id=relative(path)) for path in paths()]
HANDED_DOWN = ("PermissionsBoundary", "LogRetentionDays")


def of(path: Path, kind: str) -> list[Json]:
    found = template(path)["Resources"].values()
    return [one.get("Properties", {}) for one in found if one["Type"] == kind]


@pytest.mark.parametrize("path", ALL)
def test_every_role_is_bounded(path: Path) -> None:
    shared = template(path).get("Globals", {}).get("Function", {})
    if of(path, FUNCTION):
        assert shared["PermissionsBoundary"] == BOUNDED
    for role in of(path, ROLE) + of(path, WORKFLOW):
        assert role["PermissionsBoundary"] == BOUNDED
    if of(path, FUNCTION) or of(path, ROLE) or of(path, WORKFLOW):
        given = {"Fn::Not": [{"Fn::Equals": [{"Ref": "PermissionsBoundary"}, ""]}]}
        assert template(path)["Conditions"]["Bounded"] == given


@pytest.mark.parametrize("path", ALL)
def test_every_log_is_kept_as_long_as_is_said(path: Path) -> None:
    for group in of(path, LOGS):
        assert group["RetentionInDays"] == {"Ref": "LogRetentionDays"}


@pytest.mark.parametrize("parameter", HANDED_DOWN)
def test_who_has_it_is_given_it(parameter: str) -> None:
    forgotten = [
        f"{relative(child.parent)}: {child.logical_id}"
        for child in children()
        if parameter in template(child.path).get("Parameters", {})
        and child.parameters.get(parameter) != {"Ref": parameter}
    ]
    assert forgotten == []
