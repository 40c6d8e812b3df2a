"""The web application's files: which there are, who reads them, and what is said with each."""

import json
import re

import pytest

from tests.support.routes import Route, files, routes
from tests.support.sources import ROOT
from tests.support.templates import actions, resources, statements, template

TEMPLATE = ROOT / "frontend/template.yaml"
TABLE = json.loads((ROOT / "frontend/headers.json").read_text())
FILES = [pytest.param(route, id=str(route)) for route in files()]
_SENT = "method.response.header."
_POLICY = "Content-Security-Policy"


def sent(route: Route, pattern: str) -> dict[str, str]:
    """Return the headers of an answer, by name."""
    parameters = route.integration["responses"][pattern]["responseParameters"]
    return {name.removeprefix(_SENT): value for name, value in parameters.items()}


@pytest.mark.promise("chat.no-cloudfront")
def test_there_are_these_files_and_no_others() -> None:
    assert [str(route) for route in files()] == [
        "GET /",
        "GET /env.js",
        "GET /favicon.svg",
        "GET /assets/{file}",
    ]
    assert {route.path for route in files()}.isdisjoint(route.path for route in routes())


@pytest.mark.promise("chat.application")
@pytest.mark.parametrize("route", FILES)
def test_a_file_is_for_everybody_and_read_by_the_role_for_files(route: Route) -> None:
    assert route.operation["security"] == []
    assert "x-lisa-role" not in route.operation
    assert route.integration["credentials"] == {"Ref": "SiteRoleArn"}
    assert route.integration["httpMethod"] == "GET"
    name = "/index.html" if route.path == "/" else route.path
    assert route.integration["uri"]["Fn::Sub"].endswith(f":s3:path/${{SiteBucketName}}{name}")


@pytest.mark.parametrize("route", FILES)
def test_a_files_place_in_the_path_is_handed_over(route: Route) -> None:
    wanted = {f"integration.request.path.{name}" for name in route.path_parameters}
    assert wanted == route.integration.get("requestParameters", {}).keys()
    assert list(route.path_parameters) == re.findall(r"\{(\w+)\}", route.path)


@pytest.mark.parametrize("route", FILES)
@pytest.mark.parametrize("pattern", [r"2\d{2}", r"4\d{2}", r"5\d{2}"])
def test_every_answer_has_the_headers_of_the_table(route: Route, pattern: str) -> None:
    literal = {name: f"'{value}'" for name, value in TABLE["headers"].items() if name != _POLICY}
    headers = sent(route, pattern)
    assert literal.items() <= headers.items()
    assert literal.keys() | {_POLICY, "Cache-Control", "Content-Type"} <= headers.keys()


@pytest.mark.parametrize("route", FILES)
def test_what_is_missing_is_404_and_what_fails_502(route: Route) -> None:
    answers = route.integration["responses"]
    codes = {pattern: answer["statusCode"] for pattern, answer in answers.items()}
    assert codes == {r"2\d{2}": "200", r"4\d{2}": "404", r"5\d{2}": "502"}
    for pattern in (r"4\d{2}", r"5\d{2}"):
        assert sent(route, pattern)["Cache-Control"] == "'no-store'"
        assert sent(route, pattern)[_POLICY] == "'default-src 'none''"


@pytest.mark.parametrize("route", FILES)
def test_a_header_that_is_sent_is_declared(route: Route) -> None:
    for answer in route.integration["responses"].values():
        declared = route.operation["responses"][answer["statusCode"]]["headers"]
        names = {name.removeprefix(_SENT) for name in answer["responseParameters"]}
        assert names <= declared.keys()


def test_a_files_own_headers_are_those_it_was_put_with() -> None:
    headers = sent(files()[0], r"2\d{2}")
    stored = "integration.response.header."
    assert {name: headers[name] for name in ("Cache-Control", "Content-Type", "ETag")} == {
        name: stored + name for name in ("Cache-Control", "Content-Type", "ETag")
    }
    assert headers[_POLICY] == f"{stored}x-amz-meta-content-security-policy"


def test_the_role_reads_this_bucket_and_nothing_else() -> None:
    (role,) = resources(TEMPLATE, "AWS::IAM::Role").values()
    may = {
        action: one["Resource"] for one in statements(role["Policies"]) for action in actions(one)
    }
    assert may == {
        "s3:GetObject": {"Fn::Sub": "${Bucket.Arn}/*"},
        "s3:ListBucket": {"Fn::GetAtt": ["Bucket", "Arn"]},
    }


def test_the_bucket_is_private_encrypted_and_versioned() -> None:
    bucket = template(TEMPLATE)["Resources"]["Bucket"]["Properties"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert bucket["BucketEncryption"]
