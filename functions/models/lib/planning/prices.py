"""What instances cost, from a dated price list: a region or type that it lacks is unknown."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

# The convention of AWS's own calculator: 365 days / 12 months x 24 hours.
HOURS_PER_MONTH = 730


@dataclass(frozen=True)
class Price:
    """One instance's price an hour, of which day, in which currency, and what kind of price."""

    per_hour: float
    currency: str
    as_of: str
    kind: str

    def per_month(self, instances: int) -> float:
        """Return what a number of instances cost that run the whole month."""
        return round(self.per_hour * instances * HOURS_PER_MONTH, 2)


def price(instance_type: str, region: str) -> Price | None:
    """Return an instance type's on-demand price, None where the list has none."""
    listed = _list()
    of_region = listed["regions"].get(region)
    if of_region is None or instance_type not in of_region["perHour"]:
        return None
    return Price(
        of_region["perHour"][instance_type], listed["currency"], of_region["asOf"], listed["kind"]
    )


def regions() -> tuple[str, ...]:
    """Return the regions of the price list."""
    return tuple(sorted(_list()["regions"]))


@cache
def _list() -> Mapping[str, Any]:
    # Some KB, read when the first price is asked for: most functions never ask.
    text = files("planning").joinpath("prices.json").read_text("utf-8")
    listed: Mapping[str, Any] = json.loads(text)
    return listed
