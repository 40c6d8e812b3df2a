"""The plan as JSON, and what account and region add to it."""

import json
import re
from collections.abc import Iterator
from typing import Any

from planning.plan import plan
from planning.view import view
from tests.support.planning_fakes import InMemoryAccount, InMemoryModelFiles
from tests.unit.planning import checkpoints_on_paper as paper
from tests.unit.planning.wishes import planned, wish

ZONES = ["us-east-1a", "us-east-1b"]
ACCOUNT = InMemoryAccount(types={"g6.xlarge": ZONES}, vcpus={"g": 64.0})


def names(value: Any) -> Iterator[str]:
    for name, inner in value.items() if isinstance(value, dict) else ():
        if name not in ("elementsByDataType", "changes"):
            yield name
            yield from names(inner)
    for inner in value if isinstance(value, list) else ():
        yield from names(inner)


def shown() -> dict[str, Any]:
    asked = wish(environment={"VLLM_MAX_MODEL_LEN": "8192"}, min_capacity=2, max_capacity=4)
    found = view(plan(asked, paper.folder(paper.LLAMA_31_8B), ACCOUNT))
    assert json.loads(json.dumps(found)) == found
    return dict(found)


def test_every_name_is_camel_case() -> None:
    assert all(re.fullmatch(r"[a-z]+([A-Z][a-z]*)*", name) for name in names(shown()))


def test_a_plan_tells_what_it_costs_between_its_capacities() -> None:
    price = shown()["price"]
    assert (price["perHour"], price["currency"], price["asOf"]) == (0.8048, "USD", "2026-01-19")
    assert (price["perHourAtMinCapacity"], price["perHourAtMaxCapacity"]) == (1.6096, 3.2192)
    assert (price["perMonthAtMinCapacity"], price["perMonthAtMaxCapacity"]) == (1175.01, 2350.02)


def test_a_plan_tells_where_the_instance_is_and_how_many_may_run() -> None:
    instance = shown()["instance"]
    assert (instance["offered"], instance["availabilityZones"]) == (True, ZONES)
    assert instance["quota"]["limitVcpus"] == 64
    assert instance["quota"]["wantedVcpusAtMaxCapacity"] == 16


def test_a_plan_that_knows_all_but_the_neighbours_says_so() -> None:
    assert shown()["unknowns"] == ["How much of the quota other instances use was not asked."]


def test_a_region_without_prices_is_said_to_have_none() -> None:
    asked = wish(region="eu-isoe-west-1", environment={"VLLM_MAX_MODEL_LEN": "8192"})
    found = view(plan(asked, paper.folder(paper.LLAMA_31_8B), InMemoryAccount()))
    assert (found["starts"], found["price"]) == (True, None)
    assert found["candidates"][0]["price"] is None
    assert "The price list has no price of g6.xlarge in eu-isoe-west-1." in found["unknowns"]


def test_a_plan_without_readable_weights_is_a_plan() -> None:
    refused = view(planned(InMemoryModelFiles()))
    assert (refused["weights"], refused["memory"], refused["starts"]) == (None, None, False)
    assert refused["price"] is not None
    assert refused["price"]["perHour"] == 0.8048


def test_only_what_the_region_has_is_proposed() -> None:
    account = InMemoryAccount(types={"g6.xlarge": ZONES, "g5.12xlarge": ZONES})
    found = planned(paper.folder(paper.LLAMA_31_8B), "g6.xlarge", "vllm", account)
    assert [str(candidate) for candidate in found.candidates] == ["g5.12xlarge"]


def test_the_cheapest_of_each_kind_of_gpu_is_proposed() -> None:
    found = view(planned(paper.folder(paper.LLAMA_31_8B)))["candidates"]
    kinds = [candidate["instanceType"] for candidate in found]
    assert kinds == ["g6e.xlarge", "g6.12xlarge", "g5.12xlarge"]
