"""Whether the gateway's memory grows under everything that happens to it.

python3 -m local.toolchain --run dev python -m tests.bench.gateway.soak --minutes 60

Load after load in turn: answers and streams through edge and lane, refusals of ours and of the
upstream, streams that the upstream breaks off, and callers that leave in the middle. Each must end
as it should. A third of the time is warm-up; from there to the end no process may have
grown by more than `GROWTH` of what it held, however long that was. It ends with 1 if one has, or if
anything ended otherwise than it should.
"""

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.bench.gateway.contender import Load, ending_cleanly, ready, upstream
from tests.bench.gateway.measured import load_average, memory
from tests.bench.gateway.orders import Order, Report
from tests.bench.gateway.ours import SERVE, door, stage
from tests.bench.gateway.results import MEGABYTE
from tests.bench.gateway.steps import GAP, chat, stream
from tests.integration.gateway.stage import Gateway

GROWTH = 0.03
# Below this an allocator's habits look like growth.
FLOOR = 4.0
WARM_UP = 1 / 3
# Enough to see a difference in what is left after the warm-up.
FEWEST_ROUNDS = 9
LONGEST_TURN = 4.0
# Time enough for a stream to begin and not to end.
IMPATIENCE = 0.5
LONG = 10_000
LARGE = [{"role": "user", "content": "x" * 1_000_000}]


@dataclass(frozen=True)
class Turn:
    """A load, and whether its report is what should have come of it."""

    name: str
    order: Order
    right: Callable[[Report], bool]


def all_with(status: int) -> Callable[[Report], bool]:
    """Every request was answered so, and none was left open."""
    return lambda report: report.statuses.keys() == {str(status)} and not report.failed


def unharmed(report: Report) -> bool:
    return all_with(200)(report) and not (report.lost or report.damaged)


def cut(report: Report) -> bool:
    """No stream came to its end, and what came of it was sound."""
    return report.failed > 0 and report.events > 0 and not report.damaged


def turns(gateway: Gateway) -> list[Turn]:
    """Those of a round. The lane's are milder, so that both take their time."""

    def load(model: str, connections: int, body: Mapping[str, Any], **how: Any) -> Order:
        return Order(door(gateway, model, **how), body, connections)

    def leaving(model: str, connections: int, patience: float) -> Order:
        body = stream(LONG, GAP)
        return Order(door(gateway, model), body, connections, patience=patience)

    vectors = f"{SERVE}/embeddings"
    return [
        Turn("answers", load("bench", 16, chat()), unharmed),
        Turn("streams", load("bench", 32, stream(20, 5000)), unharmed),
        Turn("back to back", load("bench", 8, stream(500, 0)), unharmed),
        Turn("large prompts", load("bench", 4, {"messages": LARGE}), unharmed),
        Turn("vectors", load("vectors", 8, {"input": "a"}, path=vectors), unharmed),
        Turn("unknown callers", load("bench", 8, chat(), token="nobody"), all_with(401)),
        Turn("unknown models", load("nothing", 8, chat()), all_with(404)),
        Turn("refusals", load("refusing", 8, chat()), all_with(429)),
        Turn("broken streams", load("dying", 8, stream(20, 5000)), cut),
        Turn("callers that leave", leaving("bench", 16, IMPATIENCE), cut),
        Turn("the lane's answers", load("bench-lane", 4, chat()), unharmed),
        Turn("the lane's streams", load("bench-lane", 4, stream(20, 5000)), unharmed),
        Turn("the lane's refusals", load("refusing-lane", 4, chat()), all_with(429)),
        Turn("the lane's broken streams", load("dying-lane", 4, stream(20, 5000)), cut),
        Turn("callers that leave the lane", leaving("bench-lane", 4, 4 * IMPATIENCE), cut),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.gateway.soak")
    parser.add_argument("--minutes", type=float, default=2.0)
    minutes = parser.parse_args().minutes
    ending_cleanly()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        place, _ = stack.enter_context(upstream(folder))
        load = stack.enter_context(Load(place))
        gateway = stack.enter_context(stage(place))
        for model in ("bench", "bench-lane"):
            ready(door(gateway, model), gateway.process)
        soak = Soak(gateway, load)
        soak.run(minutes)
    print(*soak.lines(), sep="\n")
    return int(bool(soak.wrong) or any(growth.too_much for growth in soak.growths()))


@dataclass(frozen=True)
class Growth:
    """What one role held at least, and how much more that became, in MB."""

    role: str
    held: float
    grown: float

    @property
    def allowed(self) -> float:
        return max(FLOOR, GROWTH * self.held)

    @property
    def too_much(self) -> bool:
        return self.grown > self.allowed

    def __str__(self) -> str:
        verdict = "FAIL" if self.too_much else "PASS"
        allowed = f"(<= {self.allowed:.1f})"
        return f"{verdict}  {self.role:24} {self.held:6.1f} MB, grew by {self.grown:+.1f} {allowed}"


class Soak:
    """Rounds of turns, and what each process held at the end of every round."""

    def __init__(self, gateway: Gateway, load: Load) -> None:
        self.wrong: list[str] = []
        self._gateway = gateway
        self._load = load
        self._answers = 0
        self._held: list[tuple[float, Mapping[str, int]]] = []

    def run(self, minutes: float) -> None:
        planned = turns(self._gateway)
        seconds = min(LONGEST_TURN, 60 * minutes / FEWEST_ROUNDS / len(planned))
        until = time.monotonic() + 60 * minutes
        while time.monotonic() < until or len(self._held) < FEWEST_ROUNDS:
            for turn in planned:
                self._take(turn, seconds)
            self._held.append((time.monotonic(), memory(self._gateway.process.pid)))
            print(f"round {len(self._held)}: {self._answers} answers", file=sys.stderr)

    def _take(self, turn: Turn, seconds: float) -> None:
        report = self._load.carry_out(replace(turn.order, seconds=seconds))
        self._answers += sum(report.statuses.values()) + report.failed
        if not turn.right(report):
            self.wrong.append(f"FAIL  {turn.name}: {report.to_json()}")

    def growths(self) -> list[Growth]:
        settled = self._held[int(WARM_UP * len(self._held)) :]
        by_role: dict[str, list[float]] = defaultdict(list)
        for _, held in settled:
            for role, size in held.items():
                by_role[role].append(size / MEGABYTE)
        return [Growth(role, min(seen), grown(seen)) for role, seen in by_role.items()]

    def lines(self) -> list[str]:
        minutes = (self._held[-1][0] - self._held[0][0]) / 60
        head = f"{self._answers} answers in {minutes:.1f} minutes, load {load_average():.1f}"
        return [head, *map(str, self.growths()), *self.wrong[:20]]


def grown(seen: Sequence[float]) -> float:
    """From the lowest of the first half to the lowest of the second.

    What comes and goes, such as large bodies and what the collector has not looked at yet, leaves
    the lowest where it is; what is kept for ever lifts it.
    """
    middle = len(seen) // 2
    return min(seen[middle:]) - min(seen[:middle])


if __name__ == "__main__":
    sys.exit(main())
