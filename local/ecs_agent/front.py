"""The load balancers in front of this agent's tasks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from local.balancer.server import Balancer
from local.balancer.sockets import lent_sockets, open_socket
from local.balancer.targets import Targets
from local.ecs_agent.control_plane import Away
from local.ecs_agent.log_files import say
from local.ecs_agent.routes import Address, LoadBalancer, Routes, Server, living_targets

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from local.ecs_agent.aws import BalancingPlane
    from local.ecs_agent.readiness import HealthCheck

type Place = tuple[str, Address | None]

# New load balancers come with new tasks, which ask for a look; this is for those that do not.
LOOK_SECONDS = 5.0
SECOND_LOOK_SECONDS = 1.0


class Front:
    """Listens for every load balancer and tells each who may be called."""

    def __init__(self, plane: BalancingPlane, lent: str) -> None:
        self._plane = plane
        self._lent = lent_sockets(lent)
        self._routes = Routes()
        self._ours: set[Address] = set()
        self._pools: dict[str, Targets] = {}
        self._open: dict[Place, Balancer] = {}
        self._refused: set[Address] = set()
        self._next_look = 0.0
        self._looking: asyncio.Task[None] | None = None
        self.servers: Callable[[], list[Server]] = list

    async def open_lent_sockets(self) -> None:
        """Hold callers from the first moment on, before the load balancer is even known."""
        for name, listener in self._lent.items():
            await self._listen(name, None, listener.dup())

    def remember(self, address: Address) -> None:
        """This address is a task's: only its agent says whether it lives."""
        self._ours.add(address)

    def servers_changed(self) -> None:
        """Tell each load balancer who lives now."""
        servers, ours = self.servers(), frozenset(self._ours)
        for gone in set(self._pools) - {balancer.name for balancer in self._routes.balancers}:
            self._pools[gone].change(())
        for balancer in self._routes.balancers:
            targets = living_targets(self._routes, balancer, servers, ours)
            self._pool(balancer.name).change(targets)

    def routes_may_have_changed(self, changed: bool) -> None:
        """Look sooner than usual."""
        if changed:
            soon = asyncio.get_running_loop().time() + SECOND_LOOK_SECONDS
            self._next_look = min(self._next_look, soon)

    async def check_of(self, service: str, clusters: list[str]) -> HealthCheck:
        """The health check of a service, looked up when the service is new."""
        if service and service not in self._routes.services:
            await self._look(clusters)
        return self._routes.check_of(service)

    def refresh(self, clusters: list[str]) -> None:
        """Read the routes when it is time, next to the polls: some answers take seconds."""
        loop = asyncio.get_running_loop()
        if loop.time() >= self._next_look and (self._looking is None or self._looking.done()):
            self._looking = loop.create_task(self._look_unless_away(clusters))

    async def _look_unless_away(self, clusters: list[str]) -> None:
        try:
            await self._look(clusters)
        except Away:
            # The polls say so; what was known before stays in force.
            self._next_look = 0.0

    async def _look(self, clusters: list[str]) -> None:
        self._next_look = asyncio.get_running_loop().time() + LOOK_SECONDS
        self._routes = await asyncio.to_thread(self._plane.routes, clusters)
        await self._follow(self._routes.balancers)
        self.servers_changed()

    async def _follow(self, balancers: tuple[LoadBalancer, ...]) -> None:
        wanted: set[Place] = {(b.name, b.address) for b in balancers if b.address is not None}
        wanted.update((name, None) for name in self._lent)
        for gone in set(self._open) - wanted:
            self._open.pop(gone).close()
        for name, address in wanted - set(self._open):
            if address is not None:
                await self._listen_at(name, address)

    async def _listen_at(self, name: str, address: Address) -> None:
        lent = self._lent.get(name)
        if lent is not None and lent.getsockname()[1] == address[1]:
            return
        try:
            await self._listen(name, address, open_socket(*address))
        except OSError as error:
            if address not in self._refused:
                say(f"the load balancer {name} cannot listen at {address}: {error}")
            self._refused.add(address)

    async def _listen(self, name: str, address: Address | None, listener: socket.socket) -> None:
        balancer = Balancer(name, self._pool(name))
        await balancer.listen(listener)
        self._open[(name, address)] = balancer

    def _pool(self, name: str) -> Targets:
        return self._pools.setdefault(name, Targets())
