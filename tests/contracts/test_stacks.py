"""Nested stacks: each is given what it needs, and has what is read of it."""

import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.support.sources import ROOT
from tests.support.templates import Child, children, outputs_read, paths, relative, template, walk

CHILDREN = [
    pytest.param(child, id=f"{relative(child.parent)}/{child.logical_id}") for child in children()
]
TEMPLATES = [pytest.param(path, id=relative(path)) for path in paths()]
# The stacks of one hosted model and of one repository are made by workflows, not by a parent.
PACKAGED = ("containers/model/model_stack", "containers/repository/repository_stack")
NOT_NESTED = {ROOT / "template.yaml", *(ROOT / place / "template.yaml" for place in PACKAGED)}


@pytest.mark.parametrize("child", CHILDREN)
def test_a_nested_stack_is_given_every_parameter_without_default_and_no_other(
    child: Child,
) -> None:
    declared = template(child.path).get("Parameters", {})
    needed = {name for name, about in declared.items() if "Default" not in about}
    assert needed <= child.parameters.keys() <= declared.keys()


@pytest.mark.parametrize("path", TEMPLATES)
def test_every_output_that_a_template_reads_is_there(path: Path) -> None:
    nested = {child.logical_id: child.path for child in children() if child.parent == path}
    for name, output in outputs_read(path):
        if name in nested:
            assert output in template(nested[name])["Outputs"], f"{name}.{output}"
        else:
            assert path in NOT_NESTED, name


@pytest.mark.parametrize("path", TEMPLATES)
def test_every_parameter_that_a_template_declares_is_used(path: Path) -> None:
    document = {name: part for name, part in template(path).items() if name != "Parameters"}
    used = {part for keys, part in walk(document) if keys[-1:] == ("Ref",)}
    for _, part in walk(document):
        used |= set(re.findall(r"\$\{(\w+)\}", part)) if isinstance(part, str) else set()
    assert template(path).get("Parameters", {}).keys() <= used


@pytest.mark.promise("deployment.one-account")
def test_every_template_is_part_of_the_product() -> None:
    packaged = {path for place in PACKAGED for path in (ROOT / place).glob("*.yaml")}
    assert set(paths()) == {child.path for child in children()} | packaged | NOT_NESTED


def test_the_root_is_a_table_of_contents() -> None:
    root = template(ROOT / "template.yaml")
    assert {one["Type"] for one in root["Resources"].values()} == {"AWS::Serverless::Application"}


def test_outputs_flow_one_way() -> None:
    needs: dict[str, set[str]] = {}
    for child in children():
        if child.parent == ROOT / "template.yaml":
            read = re.findall(r"'Fn::GetAtt': \['(\w+)'", str(child.parameters))
            needs[child.logical_id] = set(read)
    order = list(TopologicalSorter(needs).static_order())
    assert sorted(order) == sorted(needs)


@pytest.mark.promise("deployment.several")
@pytest.mark.parametrize("path", TEMPLATES)
def test_a_template_says_what_it_is_for_and_is_told_whose_it_is(path: Path) -> None:
    assert len(template(path)["Description"].split()) > len(["what", "it", "is"])
    # The stacks inside a model's are told the model's name, which begins with the deployment's.
    assert {"DeploymentName", "ResourceName"} & template(path)["Parameters"].keys()
