"""The price list: dated, of known types, and silent about what it does not know."""

from datetime import date

import pytest

from planning.instances import INSTANCES
from planning.prices import price, regions


@pytest.mark.parametrize("region", regions())
def test_every_price_is_dated_and_of_a_known_type(region: str) -> None:
    found = [known for name in INSTANCES if (known := price(name, region))]
    assert len(found) > 40
    for known in found:
        assert date(2025, 1, 1) <= date.fromisoformat(known.as_of) < date(2027, 1, 1)
        assert 0.05 < known.per_hour < 200
        assert (known.currency, known.kind) == ("USD", "EC2 on-demand, Linux, shared tenancy")


def test_a_month_has_730_hours() -> None:
    known = price("g6.xlarge", "us-east-1")
    assert known is not None
    assert (known.per_hour, known.per_month(1), known.per_month(3)) == (0.8048, 587.5, 1762.51)


@pytest.mark.parametrize(
    ("instance_type", "region"),
    [("p5e.48xlarge", "us-east-1"), ("g6.xlarge", "eu-nowhere-1"), ("g5.xlarge", "us-gov-west-1")],
)
def test_what_the_list_lacks_is_unknown(instance_type: str, region: str) -> None:
    assert price(instance_type, region) is None


def test_larger_sizes_of_a_family_with_one_gpu_cost_more() -> None:
    sizes = ("xlarge", "2xlarge", "4xlarge", "8xlarge", "16xlarge")
    for family in ("g4dn", "g5", "g6", "g6e"):
        found = [known for size in sizes if (known := price(f"{family}.{size}", "us-east-1"))]
        assert len(found) == len(sizes)
        assert [known.per_hour for known in found] == sorted(known.per_hour for known in found)
