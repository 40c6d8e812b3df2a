"""So many people at once for so long, and what each process of the product did meanwhile."""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from local.supervisor.state import State
from tests.bench.load.ledger import Call, Ledger
from tests.bench.load.meter import Meter
from tests.bench.load.people import Person

GRACE = 120.0  # seconds in which what was begun ends


@dataclass(frozen=True)
class Level:
    """`seconds` is how long it took in truth; `cpu` the seconds of a core by process."""

    people: int
    seconds: float
    calls: Sequence[Call]
    cpu: Mapping[str, float]

    def busiest(self) -> list[tuple[str, float]]:
        """Which processes took how much of a core, the most first."""
        shares = ((name, spent / self.seconds) for name, spent in self.cpu.items())
        return sorted(shares, key=lambda one: -one[1])


def run(people: Sequence[Person], seconds: float, ledger: Ledger, state: State) -> Level:
    """Everybody lives for `seconds`, and ends what they are at."""
    enough, known, began = threading.Event(), len(ledger.calls), time.monotonic()
    threads = [threading.Thread(target=one.live, args=[enough], daemon=True) for one in people]
    with Meter(state).running() as meter:
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        enough.set()
        deadline = time.monotonic() + GRACE
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
    if any(thread.is_alive() for thread in threads):
        raise TimeoutError(f"What {len(people)} people began did not end within {GRACE:g} s.")
    return Level(len(people), time.monotonic() - began, ledger.calls[known:], meter.seconds())
