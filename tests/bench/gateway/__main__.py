"""What the gateway costs beside its peers, in the same run, a core each.

python3 -m local.toolchain emulator lambda gateway
python3 -m local.toolchain --run dev python -m tests.bench.gateway --only ours,direct --quick

Each contender runs on one core, the fake model server and the load generator on another. Contenders
take turns, round by round; a number of the table is the median of its rounds, beside half of what
lies between the lowest and the highest. CPU time is what can be trusted on a machine that others
use, too: wall-clock columns carry their noise. `--priority` keeps others off the cores meanwhile,
and needs root. It ends with 1 when a target is missed by more than its noise.
"""

import argparse
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date
from pathlib import Path

from local.toolchain.commands import InstallationFailed
from tests.bench.gateway.contender import Contender, Load, Place, ending_cleanly, upstream
from tests.bench.gateway.measured import memory, put_first
from tests.bench.gateway.orders import Door
from tests.bench.gateway.ours import ours, router
from tests.bench.gateway.peers import STARTS, peer
from tests.bench.gateway.results import Result
from tests.bench.gateway.steps import Sample, at_rest, plan, sample, warm
from tests.bench.gateway.table import table
from tests.bench.gateway.targets import targets

CONTENDERS = ("direct", "ours", "lane", "router", *STARTS)


def main() -> int:
    wanted = arguments()
    ending_cleanly()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        place, pid = stack.enter_context(upstream(folder))
        load = stack.enter_context(Load(place))
        missing: dict[str, str] = {}
        contenders = started(stack, starts(wanted.only, place, pid), missing)
        contenders = [one for one in contenders if one.name in wanted.only]
        if wanted.priority:
            # The upstream, the generator and all contenders are descendants.
            put_first(os.getpid())
        results = measured(contenders, load, wanted.rounds, wanted.quick)
    kept = targets({one.contender.name: one for one in results})
    print(f"{date.today()}, {wanted.rounds} rounds, {os.cpu_count()} cores")
    print(table(results, missing))
    print(*kept, sep="\n")
    return int(any(target.missed for target in kept))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.gateway")
    known = ",".join(CONTENDERS)
    parser.add_argument("--only", type=lambda text: text.split(","), default=CONTENDERS, help=known)
    parser.add_argument("--quick", action="store_true", help="shorter loads, one round")
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--priority", action="store_true", help="before others on these cores")
    wanted = parser.parse_args()
    wanted.rounds = wanted.rounds or (1 if wanted.quick else 3)
    return wanted


type Start = AbstractContextManager[list[Contender]]


def starts(only: Sequence[str], place: Place, upstream_pid: int) -> dict[str, Start]:
    """What has to be started for the contenders that are wanted."""
    known: dict[str, Start] = {"direct": direct(place, upstream_pid)}
    if not {"ours", "lane"}.isdisjoint(only):
        known["ours"] = ours(place)
    known["router"] = router(place)
    known |= {name: peer(name, place) for name in STARTS}
    return {name: start for name, start in known.items() if name in {"ours", *only}}


@contextmanager
def direct(place: Place, pid: int) -> Iterator[list[Contender]]:
    """The upstream itself."""
    yield [Contender("direct", Door(place.upstream, "/v1/chat/completions"), pid)]


def started(stack: ExitStack, starts: dict[str, Start], missing: dict[str, str]) -> list[Contender]:
    """Those that could be started; of the others, `missing` is told why not."""
    contenders = []
    for name, start in starts.items():
        print(f"starting {name}", file=sys.stderr)
        try:
            contenders += stack.enter_context(start)
        except (InstallationFailed, ChildProcessError, TimeoutError, FileNotFoundError) as error:
            if name == "ours":
                raise
            missing[name] = str(error).splitlines()[0]
    return contenders


def measured(contenders: Sequence[Contender], load: Load, rounds: int, quick: bool) -> list[Result]:
    """Every load on every contender in turn, as often as there are rounds."""
    samples: dict[str, dict[str, list[Sample]]] = defaultdict(lambda: defaultdict(list))
    for contender in contenders:
        warm(contender, load)
    idle = at_rest(contenders)
    for number in range(rounds):
        for step, order in plan(quick).items():
            for contender in contenders:
                if contender.can(step):
                    print(f"round {number + 1}: {step:10} {contender.name}", file=sys.stderr)
                    one = sample(contender, order, load, idle[contender.name])
                    samples[contender.name][step].append(one)
    return [Result(one, samples[one.name], memory(one.pid), idle[one.name]) for one in contenders]


if __name__ == "__main__":
    sys.exit(main())
