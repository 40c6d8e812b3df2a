"""What the gateway costs beside its peers, in the same run, a core each.

python3 -m local.toolchain emulator lambda gateway
python3 -m local.toolchain --run dev python -m tests.bench.gateway --only ours,direct --quick

Each contender runs on one core, the fake model server and the load generator on another. Contenders
take turns, round by round, and a number is the median of its rounds. CPU time is what can be
trusted on a machine that others use, too: wall-clock columns carry their noise.
"""

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.bench.gateway.contender import Contender, Load, Place, upstream
from tests.bench.gateway.measured import memory
from tests.bench.gateway.orders import Door
from tests.bench.gateway.ours import ours
from tests.bench.gateway.steps import Sample, plan, sample, warm
from tests.bench.gateway.table import Column, table

CONTENDERS = ("direct", "ours", "lane")


def main() -> None:
    wanted = arguments()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        place, pid = stack.enter_context(upstream(folder))
        load = stack.enter_context(Load(place))
        contenders = [one for one in started(stack, place, pid) if one.name in wanted.only]
        columns = measured(contenders, load, wanted.rounds, wanted.quick)
    print(table(columns))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.gateway")
    parser.add_argument("--only", type=lambda text: text.split(","), default=CONTENDERS)
    parser.add_argument("--quick", action="store_true", help="shorter loads, one round")
    parser.add_argument("--rounds", type=int, default=0)
    wanted = parser.parse_args()
    wanted.rounds = wanted.rounds or (1 if wanted.quick else 3)
    return wanted


def started(stack: ExitStack, place: Place, upstream_pid: int) -> list[Contender]:
    direct = Contender("direct", Door(place.upstream, "/v1/chat/completions"), upstream_pid)
    return [direct, *stack.enter_context(ours(place))]


def measured(contenders: Sequence[Contender], load: Load, rounds: int, quick: bool) -> list[Column]:
    """Every load on every contender in turn, as often as there are rounds."""
    samples: dict[str, dict[str, list[Sample]]] = defaultdict(lambda: defaultdict(list))
    for contender in contenders:
        warm(contender, load)
    for number in range(rounds):
        for name, order in plan(quick).items():
            for contender in contenders:
                print(f"round {number + 1}: {name:10} {contender.name}", file=sys.stderr)
                samples[contender.name][name].append(sample(contender, order, load))
    return [Column(one, samples[one.name], memory(one.pid)) for one in contenders]


if __name__ == "__main__":
    main()
