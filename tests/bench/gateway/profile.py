"""Where the edge spends its time: a sampling profile under one of the benchmark's loads.

python3 -m local.toolchain emulator lambda gateway profiler
python3 -m local.toolchain --run dev python -m tests.bench.gateway.profile requests

The load is one of `steps.plan`; `--role` chooses another process, such as gateway.lane.process. It
prints the functions that took most, and keeps all stacks in a file that speedscope reads.
"""

import argparse
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from local.toolchain.venvs import Toolchain
from tests.bench.gateway.contender import Load, ending_cleanly, upstream
from tests.bench.gateway.measured import role, tree
from tests.bench.gateway.orders import Order
from tests.bench.gateway.ours import EDGE, LANE, ours
from tests.bench.gateway.steps import paced, plan, warm

SECONDS = 10
A_SECOND = 400
# A pool's thread without work, which the profiler takes for a busy one.
WAITING = "_worker (concurrent/futures/thread.py:"
SHOWN = 40


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.gateway.profile")
    parser.add_argument("step", choices=plan(quick=True))
    parser.add_argument("--role", default=EDGE)
    parser.add_argument("--keep", type=Path, default=Path("profile.txt"))
    wanted = parser.parse_args()
    ending_cleanly()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        place, _ = stack.enter_context(upstream(folder))
        load = stack.enter_context(Load(place))
        through_edge, through_lane = stack.enter_context(ours(place))
        contender = through_lane if wanted.role == LANE else through_edge
        warm(contender, load)
        watched = next(one for one in tree(contender.pid) if role(one) == wanted.role)
        profiler = recording(watched.pid, wanted.keep)
        load.carry_out(replace(lasting(wanted.step), door=contender.door))
        profiler.wait()
    print(summary(wanted.keep.read_text().splitlines()))


def lasting(step: str) -> Order:
    """The step's load for as long as the profile takes."""
    order = plan(quick=True)[step]
    if step in ("paced", "many"):
        return paced(order.connections, events=50 * SECONDS, over=1)
    return replace(order, seconds=float(SECONDS))


def recording(pid: int, kept: Path) -> "subprocess.Popen[bytes]":
    program = Toolchain().programs("profiler") / "py-spy"
    how = ["--function", "--rate", str(A_SECOND), "--duration", str(SECONDS), "--format", "raw"]
    command = [str(program), "record", "--pid", str(pid), *how, "--output", str(kept)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def summary(stacks: Iterable[str]) -> str:
    """Of lines `outer;inner;innermost count`: who was running, and who was waiting for it."""
    own: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for line in stacks:
        stack, _, count = line.rpartition(" ")
        frames = stack.split(";")
        if frames[-1].startswith(WAITING):
            continue
        own[frames[-1]] += int(count)
        whole.update({frame: int(count) for frame in frames})
    total = max(own.total(), 1)
    parts = []
    for title, counts in (("itself", own), ("with what it called", whole)):
        parts.append(f"% {title}")
        parts += [f"{100 * n / total:5.1f}  {name}" for name, n in counts.most_common(SHOWN)]
    return "\n".join(parts)


if __name__ == "__main__":
    main()
