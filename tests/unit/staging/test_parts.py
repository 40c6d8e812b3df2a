"""What STACK means, and what is handed to `sam deploy` for it."""

import shlex

import pytest

from staging.faults import StagingFailed
from staging.parts import PARTS, listed, named, overrides, with_needs
from tests.support.sources import ROOT
from tests.support.templates import template


@pytest.mark.promise("deployment.list", "deployment.parts")
@pytest.mark.parametrize(
    ("stack", "parts"),
    [
        ("serve", ["serve"]),
        ("LisaServe", ["serve"]),
        ("LisaRAG", ["rag"]),
        ("chat, ui", ["chat", "ui"]),
        ("all", [*PARTS]),
    ],
)
def test_a_stack_is_named_as_here_or_as_in_lisa(stack: str, parts: list[str]) -> None:
    assert named(stack) == parts


@pytest.mark.parametrize("stack", ["shop", "LisaApiBase", ","])
def test_another_name_is_refused_with_those_that_there_are(stack: str) -> None:
    with pytest.raises(StagingFailed, match="STACK=models or STACK=serve"):
        named(stack)


@pytest.mark.promise("deployment.parts")
@pytest.mark.parametrize(
    ("asked", "installed", "parts"),
    [
        (["serve"], [], ["models", "serve"]),
        (["rag"], [], ["models", "serve", "rag"]),
        (["chat"], [], ["chat"]),
        (["chat"], ["models", "serve"], ["models", "serve", "chat"]),
        (["ui"], [*PARTS], [*PARTS]),
    ],
)
def test_a_part_comes_with_what_it_stands_on_and_takes_nothing_away(
    asked: list[str], installed: list[str], parts: list[str]
) -> None:
    assert with_needs(asked, installed) == parts


@pytest.mark.parametrize(
    "configured",
    [["DeploymentName=a", "Parts=ui", "Title=two words"], "DeploymentName=a 'Title=two words'"],
)
def test_other_parameters_of_the_environment_are_kept(configured: object) -> None:
    words = shlex.split(overrides(configured, ["chat", "ui"]))
    assert words == ["DeploymentName=a", "Title=two words", "Parts=chat,ui"]


@pytest.mark.promise("deployment.list")
def test_the_parts_are_those_of_the_root_template() -> None:
    assert [*PARTS] == template(ROOT / "template.yaml")["Parameters"]["Parts"]["AllowedValues"]
    assert [line.split()[0] for line in listed().splitlines()] == [*PARTS]
