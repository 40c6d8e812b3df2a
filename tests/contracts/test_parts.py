"""Every combination of parts: what the root makes of it, resolved as CloudFormation does."""

import re
from itertools import chain, combinations
from typing import Any

import pytest

from tests.support.lambdas import all_functions
from tests.support.resolved_stacks import Reading
from tests.support.routes import routes
from tests.support.sources import ROOT
from tests.support.templates import Json, children, outputs_read, template, walk

ROOT_TEMPLATE = ROOT / "template.yaml"
PARTS = ("models", "serve", "rag", "chat", "ui")
PART_OF = {"Models": "models", "Serve": "serve", "Rag": "rag", "Chat": "chat", "Site": "ui"}
COMBINATIONS = [
    ",".join(some)
    for some in chain.from_iterable(combinations(PARTS, number) for number in range(1, 6))
]


def refusal(parts: str) -> str:
    """Return the sentence by which the rules refuse these parts; empty if they do not."""
    for assertion in template(ROOT_TEMPLATE)["Rules"]["PartsStandOnOthers"]["Assertions"]:
        if not holds(assertion["Assert"], parts.split(",")):
            return str(assertion["AssertDescription"])
    return ""


def holds(rule: Json, parts: list[str]) -> bool:
    match rule:
        case {"Fn::Or": some}:
            return any(holds(one, parts) for one in some)
        case {"Fn::Not": [one]}:
            return not holds(one, parts)
        case {"Fn::Contains": [{"Ref": "Parts"}, word]}:
            return word in parts
    raise LookupError(rule)


ALLOWED = [parts for parts in COMBINATIONS if not refusal(parts)]


def read(parts: str, page: str = "template.yaml") -> Reading:
    declared = template(ROOT / page)["Parameters"]
    defaults = {name: str(one.get("Default", f"<{name}>")) for name, one in declared.items()}
    return Reading(template(ROOT / page), defaults | {"Parts": parts}, {})


def test_what_has_nothing_to_stand_on_is_refused_in_words() -> None:
    assert "models" in refusal("serve,chat")
    assert "serve" in refusal("models,rag")
    for parts in set(COMBINATIONS) - set(ALLOWED):
        assert re.match(r"\w+ needs \w+: .+\. Say Parts=[\w,]+\.$", refusal(parts))
    assert {*PARTS} == {*template(ROOT_TEMPLATE)["Parameters"]["Parts"]["Default"].split(",")}


@pytest.mark.parametrize("parts", ALLOWED)
def test_parts_that_are_named_are_there_and_no_others(parts: str) -> None:
    made = read(parts).resources()
    assert {PART_OF[name] for name in made if name in PART_OF} == {*parts.split(",")}


@pytest.mark.parametrize("parts", ALLOWED)
def test_nothing_reads_what_is_absent(parts: str) -> None:
    reading = read(parts)
    made, absent = reading.resources(), template(ROOT_TEMPLATE)["Resources"].keys()
    absent -= made.keys()
    outputs = template(ROOT_TEMPLATE)["Outputs"].values()
    told = [
        reading.value(one["Value"])
        for one in outputs
        if "Condition" not in one or reading.holds(one["Condition"])
    ]
    for text in filter(lambda one: isinstance(one, str), (x for _, x in walk([made, told]))):
        assert not [name for name in absent if f"<{name}." in text], text


@pytest.mark.parametrize("parts", ALLOWED)
def test_a_route_is_there_if_its_function_is(parts: str) -> None:
    page = read(parts, "functions/api/template.yaml")
    paths = page.resources()["Api"]["Properties"]["DefinitionBody"]["paths"]
    there = {route.path for route in routes() if route.path in paths}
    assert there == {one.path for one in routes() if installed(one.function.template, parts)}
    assert ("/" in paths) == ("ui" in parts.split(","))


def installed(path: Any, parts: str) -> bool:
    """Whether the application of a template is there: that of the root which it stands in."""
    while path != ROOT_TEMPLATE:
        (child,) = (one for one in children() if one.path == path)
        path, name = child.parent, child.logical_id
    return PART_OF.get(name, "") in ("", *parts.split(","))


def test_every_function_belongs_to_a_part_or_is_always_there() -> None:
    always = {one.service for one in all_functions() if installed(one.template, "none")}
    assert always == {"identity", "configuration", "health"}


def test_every_output_of_a_part_is_read_only_with_it() -> None:
    conditions = {
        name: one.get("Condition")
        for name, one in template(ROOT_TEMPLATE)["Resources"].items()
        if name in PART_OF
    }
    assert {name for name, _ in outputs_read(ROOT_TEMPLATE)} >= conditions.keys()
    assert None not in conditions.values()


def test_every_parameter_of_the_root_says_what_it_is_for() -> None:
    declared = template(ROOT_TEMPLATE)["Parameters"]
    assert [name for name, one in declared.items() if len(one.get("Description", "")) < 15] == []


@pytest.mark.parametrize("access", ["REGIONAL", "PRIVATE"])
def test_a_private_api_lets_in_its_endpoint_alone(access: str) -> None:
    page = ROOT / "functions/api/template.yaml"
    given = {"Parts": "chat", "ApiAccess": access, "ApiEndpoint": "vpce-1"}
    api = Reading(template(page), given, {}).resources()["Api"]["Properties"]
    policy = api["DefinitionBody"].get("x-amazon-apigateway-policy")
    if access == "REGIONAL":
        assert policy is None
        assert api["EndpointConfiguration"] == {"Type": "REGIONAL"}
    else:
        assert policy["Statement"][0]["Condition"] == {"StringEquals": {"aws:SourceVpce": "vpce-1"}}
        assert api["EndpointConfiguration"]["VPCEndpointIds"] == ["vpce-1"]


def test_the_document_has_every_parameter_and_no_other() -> None:
    text = (ROOT / "docs/deploying.md").read_text("utf-8")
    section = text.partition("## Every parameter")[2].partition("## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", section, re.M)
    listed = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert listed == template(ROOT_TEMPLATE)["Parameters"].keys()


def test_the_console_asks_for_every_parameter_in_one_group() -> None:
    root = template(ROOT_TEMPLATE)
    groups = root["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
    shown = [name for group in groups for name in group["Parameters"]]
    assert sorted(shown) == sorted(root["Parameters"])
