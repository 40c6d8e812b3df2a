"""Every packaged stack is what CloudFormation accepts, and its templates fit together."""

import re

import pytest

from tests.support.cloudformation import findings, parsed
from tests.support.packaged_stacks import MODEL, REPOSITORY, Packaged
from tests.support.resource_types import REGIONS, schema

PACKAGED = [pytest.param(one, id=one.folder) for one in (MODEL, REPOSITORY)]
TEXTS = [
    pytest.param(text, id=f"{one.folder}/{name}")
    for one in (MODEL, REPOSITORY)
    for name, text in one.templates().items()
]
# All inline policies of a role together, without white space (IAM's quotas).
LONGEST_POLICIES = 10_240


@pytest.mark.promise("hosting.cloudformation")
@pytest.mark.parametrize("text", TEXTS)
def test_every_packaged_template_passes_cfn_lint(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize("text", TEXTS)
def test_no_template_knows_a_region(text: str) -> None:
    assert not re.search(r"\b[a-z]{2}-[a-z]+-\d\b", text)


@pytest.mark.parametrize("packaged", PACKAGED)
def test_every_nested_template_is_given_exactly_its_parameters(packaged: Packaged) -> None:
    nested = packaged.nested()
    assert len(nested) == len(packaged.templates()) - 1
    for name, stack in nested.items():
        given_to, file = stack["Properties"], f"{name.lower()}.yaml"
        assert given_to["TemplateURL"] == {"Fn::Sub": f"${{TemplatesUrl}}/{file}"}
        assert (
            given_to["Parameters"].keys() == parsed(packaged.templates()[file])["Parameters"].keys()
        )


@pytest.mark.parametrize("packaged", PACKAGED)
def test_every_output_that_the_stack_reads_is_there(packaged: Packaged) -> None:
    templates = packaged.templates()
    read = re.findall(r"!GetAtt (\w+)\.Outputs\.(\w+)", templates["template.yaml"])
    assert read
    for nested, output in read:
        assert output in parsed(templates[f"{nested.lower()}.yaml"])["Outputs"]


@pytest.mark.parametrize("packaged", PACKAGED)
def test_the_policies_fit_into_a_role_under_the_longest_names(packaged: Packaged) -> None:
    assert 0 < packaged.policies() <= LONGEST_POLICIES


@pytest.mark.promise("deployment.any-partition")
@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("packaged", PACKAGED)
def test_every_partition_has_every_type_of_the_stack(packaged: Packaged, region: str) -> None:
    types = packaged.types()
    assert {schema(kind, region)["typeName"] for kind in types} == types
