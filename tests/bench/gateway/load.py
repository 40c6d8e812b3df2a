"""The load generator: orders come in on standard input, reports go out, a line of JSON each."""

import asyncio
import sys

import uvloop

from tests.bench.gateway.frames import microseconds
from tests.bench.gateway.orders import Order, Report, Tally
from tests.bench.gateway.reader import Reader

# Between two tries to connect to somebody who refuses.
BREATH = 0.005


async def carry_out(order: Order) -> Report:
    run = OpenLoop(order) if order.rate else ClosedLoop(order)
    try:
        async with asyncio.timeout(order.patience):
            await run.go()
    except TimeoutError:
        pass
    await run.leave()
    return run.report()


class Run:
    """One order being carried out."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.tally = Tally()
        self.readers: list[Reader] = []
        self.over = asyncio.Event()
        self._left = order.requests
        self._began = self._ended = self._until = microseconds()

    def begin(self) -> None:
        self._began = microseconds()
        self._until = self._began + int(1e6 * self.order.seconds)

    def more(self) -> bool:
        return self._left > 0 and microseconds() < self._until

    def ask(self, reader: Reader, since: int | None = None) -> None:
        self._left -= 1
        reader.ask(since)

    def finished(self, reader: Reader) -> None:
        self._ended = microseconds()

    async def connect(self, number: int) -> Reader | None:
        """A new connection, or None once nothing more is to be asked."""
        port, loop = self.order.door.port, asyncio.get_running_loop()
        while self._left > 0:
            try:
                _, reader = await loop.create_connection(
                    lambda: Reader(self.order, number, self.tally, self.finished), "127.0.0.1", port
                )
            except OSError:
                self.tally.failed += 1
                await asyncio.sleep(BREATH)
            else:
                self.readers.append(reader)
                return reader
        return None

    async def leave(self) -> None:
        self._left = 0
        for reader in self.readers:
            reader.close()
        # Lost connections are told of in the next turn; those that were busy count as failed.
        await asyncio.sleep(BREATH)

    def report(self) -> Report:
        return self.tally.report(self.order, (self._ended - self._began) / 1e6)


class ClosedLoop(Run):
    """Each connection asks again as soon as it is answered; a broken one is replaced."""

    def __init__(self, order: Order) -> None:
        super().__init__(order)
        self._asking = 0
        self._replacing: set[asyncio.Task[None]] = set()

    async def go(self) -> None:
        for number in range(self.order.connections):
            await self.connect(number)
        self.begin()
        for reader in tuple(self.readers):
            self._asking += 1
            self.ask(reader)
            if self.order.stagger:
                await asyncio.sleep(self.order.stagger / self.order.connections)
        await self.over.wait()

    def finished(self, reader: Reader) -> None:
        super().finished(reader)
        if not self.more():
            self._rest()
        elif reader.open:
            self.ask(reader)
        else:
            task = asyncio.create_task(self._replace(reader))
            self._replacing.add(task)
            task.add_done_callback(self._replacing.discard)

    async def _replace(self, broken: Reader) -> None:
        self.readers.remove(broken)
        reader = await self.connect(broken.number)
        if reader and self.more():
            self.ask(reader)
        else:
            self._rest()

    def _rest(self) -> None:
        self._asking -= 1
        if not self._asking:
            self.over.set()


class OpenLoop(Run):
    """Asks on a schedule; who has to wait for a connection has been waiting since his turn."""

    def __init__(self, order: Order) -> None:
        super().__init__(order)
        self._idle: list[Reader] = []
        self._under_way = 0
        self._planning = True

    async def go(self) -> None:
        for number in range(self.order.connections):
            if reader := await self.connect(number):
                self._idle.append(reader)
        self.begin()
        turn, number = self._began, self.order.connections
        while self.more():
            await asyncio.sleep(max(0.0, (turn - microseconds()) / 1e6))
            number += 1
            reader = self._rested() or await self.connect(number)
            if reader:
                self._under_way += 1
                self.ask(reader, since=turn)
            turn += int(1e6 / self.order.rate)
        self._planning = False
        if self._under_way:
            await self.over.wait()

    def _rested(self) -> Reader | None:
        """One that has nothing to do, and was not closed in the meantime."""
        while self._idle:
            reader = self._idle.pop()
            if reader.open:
                return reader
        return None

    def finished(self, reader: Reader) -> None:
        super().finished(reader)
        self._under_way -= 1
        if reader.open:
            self._idle.append(reader)
        if not (self._under_way or self._planning):
            self.over.set()


async def main() -> None:
    """Orders are read between two loads, when nothing else wants the loop."""
    for line in sys.stdin:
        print((await carry_out(Order.from_json(line))).to_json(), flush=True)


if __name__ == "__main__":
    uvloop.run(main())
