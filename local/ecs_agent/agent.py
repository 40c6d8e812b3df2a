"""Compares what the control plane wants with what runs here, and acts on the difference."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from local.ecs_agent.control_plane import Away, ControlPlane
from local.ecs_agent.local_task import LocalTask, Tools
from local.ecs_agent.log_files import say, shorten
from local.ecs_agent.orders import Action, Held, Order, Report, decide
from local.ecs_agent.routes import Server

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.ecs_agent.front import Front

POLL_SECONDS = 0.3
# Only a change of the list of tasks is looked at closely; this finds whatever else has changed.
FULL_LOOK_SECONDS = 5.0
# An emulator that lost its last moments of state does not know its newest tasks for a while.
UNKNOWN_SECONDS = 5.0
LONGEST_FAREWELL = 10.0


class Agent:
    """Tasks by ARN, and the reports that the control plane has not heard yet."""

    def __init__(self, control: ControlPlane, tools: Tools, front: Front) -> None:
        self._control = control
        self._tools = tools
        self._front = front
        self._tasks: dict[str, LocalTask] = {}
        self._unheard: dict[str, Report] = {}
        self._unknown_since: dict[str, float] = {}
        self._over: set[str] = set()
        self._wake = asyncio.Event()
        self._calls = ThreadPoolExecutor(max_workers=1, thread_name_prefix="control-plane")
        self._next_full_look = 0.0
        self._away = False

    async def run(self, until: asyncio.Event) -> None:
        """Work until told to end, then stop every task."""
        while not until.is_set():
            try:
                await self._poll()
                self._say_back()
            except Away as error:
                self._say_away(error)
            await self._pause(until)
        await self._farewell()

    def servers(self) -> list[Server]:
        """The tasks that can be called now."""
        return [
            Server(task.order.service_key, ("127.0.0.1", task.port))
            for task in self._tasks.values()
            if task.held is Held.RUNNING
        ]

    async def _pause(self, until: asyncio.Event) -> None:
        waits = [asyncio.ensure_future(event.wait()) for event in (self._wake, until)]
        await asyncio.wait(waits, timeout=POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        self._wake.clear()

    async def _poll(self) -> None:
        await self._send_reports()
        wanted = await self._call(lambda: self._control.tasks("RUNNING"))
        now = asyncio.get_running_loop().time()
        doubtful = wanted ^ set(self._tasks)
        if now >= self._next_full_look:
            doubtful |= wanted | set(self._tasks) | await self._unfinished()
            self._next_full_look = now + FULL_LOOK_SECONDS
            self._shorten_logs()
        if doubtful:
            orders, unknown = await self._call(lambda: self._control.orders(doubtful))
            await self._act(orders)
            self._forget_unknown(unknown, now)
        self._front.routes_may_have_changed(bool(doubtful))
        self._front.refresh(self._control.known_clusters)

    async def _unfinished(self) -> set[str]:
        """Tasks that were told to stop and have perhaps not been reported as stopped."""
        told = await self._call(lambda: self._control.tasks("STOPPED"))
        self._over &= told
        return told - self._over

    async def _act(self, orders: list[Order]) -> None:
        for order in orders:
            self._unknown_since.pop(order.arn, None)
            if order.last == "STOPPED":
                self._over.add(order.arn)
            task = self._tasks.get(order.arn)
            action = decide(order, task.held if task else Held.NOTHING)
            if order.arn in self._unheard:
                continue
            if action is Action.START and task is None:
                await self._start(order)
            elif action is Action.STOP and task is not None:
                task.stop()
                self._front.servers_changed()
            elif action is Action.SAY_RUNNING and task is not None:
                self._tell(task.running_report())
            elif action is Action.SAY_LOST and task is None:
                self._tell(Report(order.arn, order.cluster, "STOPPED", reason="agent restarted"))

    async def _start(self, order: Order) -> None:
        container = await self._call(lambda: self._control.container(order.definition))
        check = await self._front.check_of(order.service_key, self._control.known_clusters)
        task = LocalTask(order, container, self._tools, self._tell)
        self._front.remember(("127.0.0.1", task.port))
        self._tasks[order.arn] = task
        task.begin(check).add_done_callback(lambda life: self._ended(order, life))

    def _ended(self, order: Order, life: asyncio.Task[None]) -> None:
        del self._tasks[order.arn]
        error = None if life.cancelled() else life.exception()
        if error is not None:
            # Without a report the task would be started again and again, at every poll.
            reason = f"CannotStartContainerError: {type(error).__name__}: {error}"
            self._tell(Report(order.arn, order.cluster, "STOPPED", reason=reason))

    def _forget_unknown(self, unknown: set[str], now: float) -> None:
        for arn in unknown & set(self._tasks):
            if now - self._unknown_since.setdefault(arn, now) >= UNKNOWN_SECONDS:
                self._tasks[arn].stop()

    def _tell(self, report: Report) -> None:
        self._unheard[report.arn] = report
        self._front.servers_changed()
        self._wake.set()
        say(report.sentence())

    async def _send_reports(self) -> None:
        for arn, report in list(self._unheard.items()):
            await self._call(lambda report=report: self._control.submit(report))  # type: ignore[misc]
            if self._unheard.get(arn) is report:
                del self._unheard[arn]

    async def _call[T](self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._calls, work)

    def _shorten_logs(self) -> None:
        for task in self._tasks.values():
            shorten(task.log)

    def _say_away(self, error: Away) -> None:
        # After an absence nothing that was heard before can be relied on.
        self._next_full_look = 0.0
        if not self._away:
            say(f"the control plane does not answer, tasks run on: {error}")
        self._away = True

    def _say_back(self) -> None:
        if self._away:
            say("the control plane answers again")
        self._away = False

    async def _farewell(self) -> None:
        tasks = list(self._tasks.values())
        for task in tasks:
            task.stop()
        deadline = asyncio.get_running_loop().time() + LONGEST_FAREWELL
        while self._tasks and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.05)
        self._tools.leash.close()
        self._calls.shutdown(wait=False, cancel_futures=True)
