"""Which load balancer leads to which target groups, and which services fill those."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from local.ecs_agent.readiness import HealthCheck

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

type Address = tuple[str, int]


@dataclass(frozen=True)
class LoadBalancer:
    """A load balancer and the target groups that its listeners forward to."""

    name: str
    address: Address | None
    groups: tuple[str, ...]


@dataclass(frozen=True)
class TargetGroup:
    """A target group's health check and what is registered in it."""

    check: HealthCheck = field(default_factory=HealthCheck)
    registered: tuple[Address, ...] = ()


@dataclass(frozen=True)
class Routes:
    """The emulator's view, kept here so that its absence costs nothing."""

    balancers: tuple[LoadBalancer, ...] = ()
    groups: Mapping[str, TargetGroup] = field(default_factory=dict)
    services: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def check_of(self, service: str) -> HealthCheck:
        """The health check that a service's tasks have to pass before they are called."""
        for group in self.services.get(service, ()):
            if group in self.groups:
                return self.groups[group].check
        return HealthCheck()


@dataclass(frozen=True)
class Server:
    """A process of ours that serves now."""

    service: str
    address: Address


def living_targets(
    routes: Routes, balancer: LoadBalancer, servers: Iterable[Server], ours: frozenset[Address]
) -> set[Address]:
    """Our living processes, and what others have registered.

    `ours` are all addresses that ever were a task's: one of those that has no server is dead,
    whatever the emulator still says of it.
    """
    wanted = set(balancer.groups)
    living = {
        server.address
        for server in servers
        if wanted.intersection(routes.services.get(server.service, ()))
    }
    for group in wanted & set(routes.groups):
        living.update(a for a in routes.groups[group].registered if a not in ours)
    return living
