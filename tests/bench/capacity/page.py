"""The tables of docs/capacity.md, each between two comments that name it."""

import json
import re
from pathlib import Path
from typing import Any

from local.toolchain.places import REPOSITORY
from tests.bench.capacity import sizing
from tests.bench.capacity.things import THINGS

PAGE = REPOSITORY / "docs" / "capacity.md"
MEASURED = Path(__file__).with_name("measured.json")
PRICES = Path(__file__).with_name("prices.json")
GPU_PRICES = REPOSITORY / "functions/models/lib/planning/prices.json"
CROWDS = (10, 1_000, 100_000)


def written(page: str) -> str:
    """The page with its tables as they are now."""
    measured, prices = json.loads(MEASURED.read_text()), json.loads(PRICES.read_text())
    page = _between(page, "things", things(measured["milliseconds"], prices))
    return _between(page, "crowds", crowds(measured["milliseconds"], prices))


def things(measured: sizing.Measured, prices: sizing.Prices) -> str:
    rows = [
        [
            name,
            f"{sizing.HABITS[name]:g}",
            f"{measured[name]['functions']:.0f} ms",
            f"{measured[name]['gateway']:.1f} ms",
            f"{1e3 * sizing.function_seconds(name, measured):.0f} ms",
            f"{thing.writes:g}, {thing.reads:g}",
            f"${1e3 * sizing.price_of(name, measured, prices):.2f}",
        ]
        for name, thing in THINGS.items()
    ]
    head = [
        "",
        "a day",
        "CPU of functions",
        "of the gateway",
        "billed",
        "writes, reads",
        "a thousand",
    ]
    return _table([head, *rows])


def crowds(measured: sizing.Measured, prices: sizing.Prices) -> str:
    gpu: float = _gpu_price()
    head = ["people", *(f"{people:,}" for people in CROWDS)]
    peaks = [sizing.peak(people) for people in CROWDS]
    rows = [
        ["questions a second, busiest hour", *(f"{one.requests:.2f}" for one in peaks)],
        ["answers under way at once", *(f"{one.streams:.0f}" for one in peaks)],
        ["gateway: busy cores", *(f"{sizing.gateway_cores(one):.3f}" for one in CROWDS)],
        ["gateway: tasks of one core", *(f"{sizing.gateways(one)}" for one in CROWDS)],
        ["database of documents", *(sizing.database(one) for one in CROWDS)],
        [
            f"`{sizing.GPU}`, if one gives {sizing.GPU_TOKENS_A_SECOND:,} tokens/s",
            *(f"{sizing.gpus(one)}" for one in CROWDS),
        ],
    ]
    bills = [sizing.monthly(people, measured, prices) for people in CROWDS]
    rows += [[f"$ a month: {what}", *(f"{bill[what]:,.0f}" for bill in bills)] for what in bills[0]]
    platform = [sum(bill.values()) for bill in bills]
    rows.append(["**$ a month: the platform**", *(f"**{one:,.0f}**" for one in platform)])
    each = zip(platform, CROWDS, strict=True)
    rows.append(["$ a person and month", *(f"{bill / people:.2f}" for bill, people in each)])
    graphics = (f"{sizing.gpus(one) * gpu * sizing.HOURS:,.0f}" for one in CROWDS)
    rows.append(["$ a month: GPUs, all day and night", *graphics])
    return _table([head, *rows])


def _gpu_price() -> float:
    prices: dict[str, Any] = json.loads(GPU_PRICES.read_text())
    return float(prices["regions"]["us-east-1"]["perHour"][sizing.GPU])


def _table(rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], f"|{'---|' * len(rows[0])}", *lines[1:]])


def _between(page: str, name: str, table: str) -> str:
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    pattern = f"{re.escape(begin)}.*?{re.escape(end)}"
    return re.sub(pattern, lambda _: f"{begin}\n{table}\n{end}", page, flags=re.DOTALL)
