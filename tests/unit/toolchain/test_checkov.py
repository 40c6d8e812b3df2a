"""What checkov finds is mended or has its reason, and no reason outlives what it was for."""

import pytest
import yaml

from local.checkov.verdict import Finding, complaints, exemptions
from local.checkov.written_out import written_out
from local.toolchain.places import REPOSITORY

BUCKET = Finding("CKV_AWS_18", "functions/a/template.yaml:Bucket", "Buckets log access")
TABLE = Finding("CKV_AWS_119", "functions/a/template.yaml:Table", "Tables have a key")
KNOWN = """
CKV_AWS_18:
  - reason: The account has a trail.
    resources: ["functions/a/*:Bucket"]
"""


def test_what_has_a_reason_is_not_complained_about() -> None:
    assert list(complaints([BUCKET], exemptions(KNOWN))) == []


def test_what_has_none_is_said_with_its_resource_and_meaning() -> None:
    [said] = complaints([BUCKET, TABLE], exemptions(KNOWN))
    assert said == "CKV_AWS_119 functions/a/template.yaml:Table: Tables have a key"


def test_a_reason_holds_for_its_own_check_only() -> None:
    other = Finding("CKV_AWS_21", BUCKET.resource, "Buckets keep versions")
    assert len(list(complaints([BUCKET, other], exemptions(KNOWN)))) == 1


def test_a_reason_that_nothing_needs_is_said() -> None:
    [said] = complaints([], exemptions(KNOWN))
    assert "functions/a/*:Bucket" in said
    assert "Remove it" in said


@pytest.mark.parametrize("reason", ["reason: ''", "reason: ' '", "why: none"])
def test_there_is_no_exception_without_a_reason(reason: str) -> None:
    with pytest.raises(ValueError, match="CKV_AWS_18"):
        exemptions(f"CKV_AWS_18: [{{{reason}, resources: ['*']}}]")


def test_our_exceptions_name_a_template_each() -> None:
    ours = exemptions((REPOSITORY / "local/checkov/exceptions.yaml").read_text("utf-8"))
    assert ours
    assert not [one for one in ours if one.pattern.startswith("*")]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}", {"a": {"p": 1, "q": 2}, "b": {"p": 1, "q": 3}}),
        ("a: &x {p: 1}\nb: &y {<<: *x, q: 2}\nc: {<<: *y}", {"c": {"p": 1, "q": 2}}),
        ("a: &x {p: 1}\nb: &y {p: 2}\nc: {<<: [*x, *y]}", {"c": {"p": 1}}),
        ("c: {<<: &x {p: 1}, q: {<<: *x}}", {"c": {"p": 1, "q": {"p": 1}}}),
    ],
)
def test_what_is_merged_is_written_out(text: str, plain: dict[str, object]) -> None:
    written = written_out(text)
    assert "<<" not in written
    assert yaml.safe_load(written) == yaml.safe_load(text)
    assert yaml.safe_load(written).items() >= plain.items()


def test_functions_of_cloudformation_and_dates_stay_as_they_are() -> None:
    text = (
        'AWSTemplateFormatVersion: "2010-09-09"\nA: !Ref B\nC: !GetAtt [D, Arn]\nE: !Sub "${F}"\n'
    )
    written = written_out(text)
    for part in ('"2010-09-09"', "!Ref", "!GetAtt [D, Arn]", "!Sub"):
        assert part in written
