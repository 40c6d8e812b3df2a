"""So many people at once for so long, and what each process of the product did meanwhile."""

import contextlib
import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import psutil

from local.supervisor.state import State, read_json
from tests.bench.load.ledger import Call, Ledger
from tests.bench.load.people import Person

# What the supervisor's children start is told apart by its command.
PARTS = {"function_process": "functions", "-m gateway": "gateway", "start.py": "models"}
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
    enough = threading.Event()
    known, began, spent = len(ledger.calls), time.monotonic(), cpu_seconds(state)
    threads = [threading.Thread(target=one.live, args=[enough], daemon=True) for one in people]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    enough.set()
    deadline = time.monotonic() + GRACE
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    if any(thread.is_alive() for thread in threads):
        raise TimeoutError(f"What {len(people)} people began did not end within {GRACE:g} s.")
    after = cpu_seconds(state)
    used = {name: after[name] - spent[name] for name in after}
    return Level(len(people), time.monotonic() - began, ledger.calls[known:], used)


def cpu_seconds(state: State) -> Mapping[str, float]:
    """By part of the product; of processes that have ended, whoever started them has the time."""
    spent: defaultdict[str, float] = defaultdict(float)
    for name, facts in read_json(state.children).items():
        if facts["pid"]:
            root = psutil.Process(facts["pid"])
            for process in [root, *root.children(recursive=True)]:
                with contextlib.suppress(psutil.NoSuchProcess):
                    spent[_part(process) or name] += _spent(process)
    return spent


def _part(process: psutil.Process) -> str | None:
    command = " ".join(process.cmdline())
    return next((part for sign, part in PARTS.items() if sign in command), None)


def _spent(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system + times.children_user + times.children_system)
