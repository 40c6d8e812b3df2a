"""What five thousand callers cost who are connected and ask nothing.

python3 -m local.toolchain --run dev python -m tests.bench.gateway.idle

Each connection has asked once. Then others ask 50 times a second, before and after, and in the end
every idle one asks again and must be answered on the connection it had. It ends with 1 when one was
lost, when one costs more than `KILOBYTES`, or when the others notice.
"""

import argparse
import json
import resource
import socket
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.bench.gateway.contender import QUESTION, Load, ending_cleanly, ready, upstream
from tests.bench.gateway.measured import load_average, memory, on_core
from tests.bench.gateway.orders import Door, Order, Report
from tests.bench.gateway.ours import EDGE, door, stage
from tests.bench.gateway.steps import chat
from tests.integration.gateway.stage import Gateway

CONNECTIONS = 5000
# What uvicorn's connections cost is about 20.
KILOBYTES = 20.0
# Times the p50 without them, and what a busy machine may add.
SLOWER = 1.5
NOISE_MS = 1.0
# Files beside the connections.
SPARE = 500


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.gateway.idle")
    parser.add_argument("--connections", type=int, default=CONNECTIONS)
    wanted = affordable(parser.parse_args().connections)
    ending_cleanly()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        place, _ = stack.enter_context(upstream(folder))
        load = stack.enter_context(Load(place))
        gateway = stack.enter_context(stage(place))
        one = door(gateway, "bench")
        ready(one, gateway.process)
        with on_core(place.other_core):
            return judged(gateway, one, load, wanted)


def judged(gateway: Gateway, one: Door, load: Load, wanted: int) -> int:
    before, held = asked(load, one), memory(gateway.process.pid)[EDGE]
    idle = [Idle(one) for _ in range(wanted)]
    answered = sum(map(Idle.answered, idle))
    each = (memory(gateway.process.pid)[EDGE] - held) / 1024 / wanted
    after = asked(load, one)
    again = sum(map(Idle.answered, idle))
    for connection in idle:
        connection.close()
    lost = 2 * wanted - answered - again
    slower = after.whole[0] > SLOWER * before.whole[0] + NOISE_MS
    wrong = lost + before.failed + after.failed > 0 or each > KILOBYTES or slower
    print(f"{'FAIL' if wrong else 'PASS'}  {wanted} idle connections, load {load_average():.1f}")
    print(f"      kB of the edge for each: {each:.1f} (<= {KILOBYTES:g}); lost: {lost} (<= 0)")
    print(f"      p50 of others before and after: {before.whole[0]:.2f}, {after.whole[0]:.2f} ms")
    if wrong:
        print(*other_events(gateway.log()), sep="\n", file=sys.stderr)
    return int(wrong)


def other_events(log: str) -> list[str]:
    """What the gateway said beside its requests that went well."""
    return [line for line in log.splitlines() if '"status":200' not in line][-20:]


def asked(load: Load, one: Door) -> Report:
    load.carry_out(Order(one, chat(), connections=16, requests=500))
    return load.carry_out(Order(one, chat(), connections=16, rate=50, seconds=5))


class Idle:
    """A keep-alive connection that asks seldom."""

    def __init__(self, one: Door) -> None:
        self._socket = socket.create_connection(("127.0.0.1", one.port), timeout=30)
        self._request = Order(one, {"messages": QUESTION}).request(0)

    def answered(self) -> bool:
        try:
            self._socket.sendall(self._request)
            return self._whole_answer()
        except OSError:
            return False

    def _whole_answer(self) -> bool:
        read = b""
        while b"\r\n\r\n" not in read or not whole(read):
            part = self._socket.recv(65536)
            if not part:
                return False
            read += part
        return read.startswith(b"HTTP/1.1 200")

    def close(self) -> None:
        self._socket.close()


def whole(read: bytes) -> bool:
    """Whether the JSON of an answer has come in full, in chunks or not."""
    text = read[read.find(b"{") : read.rfind(b"}") + 1]
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def affordable(wanted: int) -> int:
    """As many as files may be open here; the gateway inherits the limit."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if wanted + SPARE > most:
        print(f"only {most - SPARE} of {wanted}: `ulimit -Hn` is {most}", file=sys.stderr)
    return min(wanted, most - SPARE)


if __name__ == "__main__":
    sys.exit(main())
