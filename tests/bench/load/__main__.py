"""Run the levels, print the table, say what broke first, and look for what was promised."""

import argparse
import sys
from collections.abc import Iterator, Sequence

from local.supervisor.state import State, read_json
from tests.bench.load.accounting import losses, waiting
from tests.bench.load.ledger import Ledger, by_kind
from tests.bench.load.level import Level, run
from tests.bench.load.limits import LONGEST, breaks, percentile
from tests.bench.load.people import Person, crowd
from tests.e2e.library import Library


def main() -> int:
    """0: nothing was lost; 1: something was, whatever broke first."""
    wish = _wish()
    state = State.chosen()
    product = read_json(state.endpoints)
    ledger, before = Ledger(), waiting(product)
    with Library(product).made() as library, crowd(product, wish.most, library, ledger) as people:
        levels = list(_levels(people, wish.seconds, ledger, state))
        lost = losses(product, ledger, library, before)
    print("\n".join(_table(levels)))
    print(f"\nWhat breaks first: {_first(levels)}")
    kept = f"{len(ledger.answers)} answers, {len(ledger.documents)} documents"
    requests = sum(ledger.requests.values())
    print(f"Promised: {kept}, and the usage of {requests} requests; lost: {len(lost)}")
    print("\n".join(lost))
    return 1 if lost else 0


def _wish() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="of each level (60)")
    parser.add_argument("--most", type=int, default=64, help="people of the last level (64)")
    return parser.parse_args()


def _levels(
    everybody: Sequence[Person], seconds: float, ledger: Ledger, state: State
) -> Iterator[Level]:
    people = 1
    while people <= len(everybody):
        level = run(everybody[:people], seconds, ledger, state)
        yield level
        if breaks(level.calls):
            return
        people *= 2


def _table(levels: Sequence[Level]) -> Iterator[str]:
    kinds = list(LONGEST)
    yield f"| people | {' | '.join(kinds)} | cores, the busiest first |"
    yield f"|---|{'---|' * (len(kinds) + 1)}"
    for level in levels:
        made = by_kind(level.calls)
        cells = (_cell([call.seconds for call in made.get(kind, ())]) for kind in kinds)
        cores = ", ".join(f"{name} {share:.2f}" for name, share in level.busiest()[:4])
        yield f"| {level.people} | {' | '.join(cells)} | {cores} |"
    yield "\nCells: calls, and the seconds within which 95 of 100 were answered."
    yield f"Waited for at most: {', '.join(f'{kind} {LONGEST[kind]:g} s' for kind in kinds)}."


def _cell(seconds: Sequence[float]) -> str:
    return f"{len(seconds)}, {percentile(seconds, 95):.2f} s" if seconds else "-"


def _first(levels: Sequence[Level]) -> str:
    broken = breaks(levels[-1].calls)
    if not broken:
        return f"nothing, with {levels[-1].people} people at once"
    return f"with {levels[-1].people} people at once, {'; '.join(broken)}"


sys.exit(main())
