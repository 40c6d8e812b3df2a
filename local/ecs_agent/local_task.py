"""One task on this machine, from its order to its last report."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from local.balancer.sockets import free_port
from local.ecs_agent.environment import child_environment
from local.ecs_agent.log_files import last_words, log_path
from local.ecs_agent.orders import Held, Report
from local.ecs_agent.process import Command, Process
from local.ecs_agent.readiness import HealthCheck, until_it_serves
from local.ecs_agent.runners import CannotPull

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from local.ecs_agent.credentials import CredentialsEndpoint
    from local.ecs_agent.leash import Leash
    from local.ecs_agent.orders import Container, Order
    from local.ecs_agent.runners import Runners
    from local.ecs_agent.settings import Settings

EXITED = "Essential container in task exited"
# Far above what the slowest server needs to load its weights.
LONGEST_START = 900.0


class NeverServed(Exception):
    """The process lives, but does not answer."""


@dataclass(frozen=True)
class Tools:
    """What every task of this agent uses."""

    settings: Settings
    runners: Runners
    endpoint: CredentialsEndpoint
    leash: Leash


class LocalTask:
    """A task. `tell` gets its reports; it lives in the event loop until `live` returns."""

    def __init__(
        self, order: Order, container: Container, tools: Tools, tell: Callable[[Report], None]
    ) -> None:
        self.order = order
        self.port = free_port()
        self.held = Held.STARTING
        self.log = log_path(tools.settings.logs, order.service or "task", order.id)
        self._container = container
        self._tools = tools
        self._tell = tell
        self._process: Process | None = None
        self._life: asyncio.Task[None] | None = None
        self._stopping = False

    def begin(self, check: HealthCheck) -> asyncio.Task[None]:
        """Live in the background."""
        self._life = asyncio.get_running_loop().create_task(self._live(check))
        return self._life

    def stop(self) -> None:
        """End it: politely, and after the stop timeout not politely."""
        if self._stopping:
            return
        self._stopping = True
        self.held = Held.STARTING
        if self._process is not None:
            self._process.ask_to_end()
            patience = self._container.stop_timeout
            asyncio.get_running_loop().call_later(patience, self._process.kill)
        elif self._life is not None:
            self._life.cancel()

    def running_report(self) -> Report:
        """That it runs, and where."""
        return replace(self._report("RUNNING"), host_port=self.port)

    async def _live(self, check: HealthCheck) -> None:
        self._tell(self._report("PENDING"))
        try:
            self._process = await self._start()
        except (CannotPull, OSError) as error:
            self._tell(self._report("STOPPED", _start_failure(error)))
        except asyncio.CancelledError:
            self._tell(self._report("STOPPED", "Stopped before it was started"))
        else:
            await self._watch(self._process, check)
        finally:
            self.held = Held.NOTHING
            self._tools.endpoint.revoke(self.order.id)

    async def _start(self) -> Process:
        tools, order = self._tools, self.order
        launch = tools.runners.launch(self._container)
        role = self._container.role
        grant = tools.endpoint.grant(order.id, role) if role else None
        defined = {**self._container.environment, **order.environment}
        env = child_environment(tools.settings, launch, defined, self.port, grant)
        argv = [*launch.command(self.port), *order.command]
        command = Command(order.id, argv, launch.cwd, env)
        return await Process.start(command, self.log, tools.leash)

    async def _watch(self, process: Process, check: HealthCheck) -> None:
        ended = asyncio.ensure_future(process.ended())
        reason = EXITED
        try:
            if await self._serves_before(ended, check) and not self._stopping:
                self.held = Held.RUNNING
                self._tell(self.running_report())
        except NeverServed as error:
            reason = str(error)
            process.kill()
        code = await ended
        self.held = Held.NOTHING
        said = "" if self._stopping else _last_words(code, self.log)
        stopped = self._report("STOPPED", "" if self._stopping else reason)
        self._tell(replace(stopped, exit_code=code, container_reason=said))

    async def _serves_before(self, ended: asyncio.Future[int], check: HealthCheck) -> bool:
        if not self._container.ports:
            return True
        serving = asyncio.ensure_future(until_it_serves(self.port, check))
        await asyncio.wait(
            (ended, serving), timeout=LONGEST_START, return_when=asyncio.FIRST_COMPLETED
        )
        if serving.done():
            return not ended.done()
        serving.cancel()
        if not ended.done():
            raise NeverServed(
                f"Task failed ELB health checks: no answer on {check.path or 'its port'} "
                f"within {LONGEST_START:.0f} seconds"
            )
        return False

    def _report(self, status: str, reason: str = "") -> Report:
        return Report(
            arn=self.order.arn,
            cluster=self.order.cluster,
            status=status,
            reason=reason,
            container=self._container.name,
            container_ports=self._container.ports,
            pid=self._process.pid if self._process else None,
        )


def _last_words(code: int, log: Path) -> str:
    words = last_words(log)
    if code <= 128:
        return words
    killer = f"killed by signal {code - 128}"
    return f"{killer}, after saying: {words}" if words else killer


def _start_failure(error: BaseException) -> str:
    if isinstance(error, CannotPull):
        return str(error)
    return f"ResourceInitializationError: unable to start the container: {error}"
