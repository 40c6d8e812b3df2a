"""How long people wait for what, and what breaks first."""

import math
from collections.abc import Mapping, Sequence

from tests.bench.load.ledger import Call, by_kind

# 95 of 100 calls, in seconds. A document may take a minute: nobody looks on while it is indexed.
LONGEST: Mapping[str, float] = {
    "administer": 3.0,
    "document": 60.0,
    "first token": 5.0,
    "search": 5.0,
    "store": 3.0,
}
FAULTS = 0.01  # the share of calls that may fail


def percentile(seconds: Sequence[float], percent: int) -> float:
    """The nearest rank: a call that was made, not a number between two."""
    ordered = sorted(seconds)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def breaks(calls: Sequence[Call]) -> list[str]:
    """A sentence for each kind of call beyond its limit, the worst first."""
    found: list[tuple[float, str]] = []
    for kind, made in by_kind(calls).items():
        slow = percentile([call.seconds for call in made], 95)
        failed = [call.fault for call in made if call.fault]
        if slow > LONGEST[kind]:
            what = f"{kind}: 95 % within {slow:.1f} s, at most {LONGEST[kind]:g} s is waited for"
            found.append((slow / LONGEST[kind], what))
        if len(failed) > FAULTS * len(made):
            what = f"{kind}: {len(failed)} of {len(made)} failed, the first with {failed[0]}"
            found.append((len(failed) / len(made) / FAULTS, what))
    return [what for _, what in sorted(found, reverse=True)]
