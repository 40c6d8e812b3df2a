"""A model's stack serves or is stopped, and says by its address what it has been asked for."""

import re
from dataclasses import replace

import pytest

from model_stack import Capacity, ModelStackSpec, render
from tests.support.model_stacks import DEPLOYMENT, MISTRAL
from tests.support.resolved_stacks import properties, resolved

BUSY = replace(MISTRAL, capacity=Capacity(minimum=2, maximum=5, desired=3))
ALONE = replace(MISTRAL, capacity=Capacity(minimum=1, maximum=1))


def counts(serving: bool) -> list[tuple[int, ...]]:
    spec = replace(BUSY, serving=serving)
    group = properties(spec, "Capacity.AutoScalingGroup")
    service = properties(spec, "Service.Service")
    target = properties(spec, "Scaling.Servers")
    numbers = [
        (group["MinSize"], group["MaxSize"]),
        (service["DesiredCount"],),
        (target["MinCapacity"], target["MaxCapacity"]),
    ]
    return [tuple(map(int, some)) for some in numbers]


@pytest.mark.promise("hosting.own-task")
def test_a_serving_model_has_the_instances_and_servers_that_are_wanted() -> None:
    assert counts(serving=True) == [(2, 5), (3,), (2, 5)]


def test_a_stopped_model_has_no_instance_no_server_and_may_get_none() -> None:
    assert counts(serving=False) == [(0, 0), (0,), (0, 0)]


@pytest.mark.parametrize(
    ("spec", "least"), [(BUSY, 50), (MISTRAL, 50), (ALONE, 0)], ids=["many", "one or two", "one"]
)
@pytest.mark.parametrize("serving", [True, False])
def test_how_servers_are_replaced_depends_on_what_is_wanted_not_on_what_serves(
    spec: ModelStackSpec, least: int, serving: bool
) -> None:
    service = properties(replace(spec, serving=serving), "Service.Service")
    assert service["DeploymentConfiguration"]["MinimumHealthyPercent"] == least


def test_stopping_and_starting_leads_back_to_the_same_stack() -> None:
    stopped = replace(BUSY, serving=False)
    assert render(replace(stopped, serving=True)) == render(BUSY)


@pytest.mark.promise("models.start-is-quick")
def test_a_stopped_model_keeps_all_the_rest_of_its_stack() -> None:
    assert resolved(BUSY).keys() == resolved(replace(BUSY, serving=False)).keys()


@pytest.mark.parametrize(("servers", "kept"), [(0, 2), (2, 2), (4, 4), (9, 5)])
def test_a_change_keeps_the_servers_that_load_has_brought(servers: int, kept: int) -> None:
    capacity = BUSY.capacity.keeping(servers)
    assert render(replace(BUSY, capacity=capacity)).parameters["DesiredCapacity"] == str(kept)


@pytest.mark.parametrize(
    "other",
    [
        replace(BUSY, serving=False),
        replace(BUSY, environment={"MAX_TOTAL_TOKENS": "4096"}),
        replace(BUSY, model_id="another"),
        replace(BUSY, capacity=BUSY.capacity.keeping(4)),
    ],
)
def test_what_differs_in_anything_lies_at_an_address_of_its_own(other: ModelStackSpec) -> None:
    assert render(BUSY).templates_url != render(other).templates_url


def test_the_same_request_is_known_by_its_address() -> None:
    again = replace(BUSY, environment=dict(reversed([*BUSY.environment.items()])))
    assert render(again).templates_url == render(BUSY).templates_url


@pytest.mark.parametrize("base", ["https://b.s3.aws.test", "https://b.s3.aws.test/models/"])
def test_templates_lie_below_the_deployments_address_and_the_stack_is_told_where(base: str) -> None:
    stack = render(replace(BUSY, deployment=replace(DEPLOYMENT, templates_url=base)))
    assert stack.templates_url == f"{base.rstrip('/')}/{stack.digest}"
    assert stack.parameters["TemplatesUrl"] == stack.templates_url
    assert re.fullmatch(r"[0-9a-f]{32}", stack.digest)
    assert stack.digest == render(BUSY).digest
