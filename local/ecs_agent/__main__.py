"""`python -m local.ecs_agent` runs the tasks of the emulated ECS until it is told to end."""

from __future__ import annotations

import asyncio
import fcntl
import os
import resource
import signal
import sys
from typing import IO

from local.ecs_agent.agent import Agent
from local.ecs_agent.aws import BalancingPlane, StsRoles
from local.ecs_agent.control_plane import ControlPlane
from local.ecs_agent.credentials import CredentialsEndpoint
from local.ecs_agent.front import Front
from local.ecs_agent.leash import Leash
from local.ecs_agent.local_task import Tools
from local.ecs_agent.log_files import say
from local.ecs_agent.runners import Runners
from local.ecs_agent.settings import Misconfigured, Settings


def only_agent(settings: Settings) -> IO[str]:
    """A lock on the state: two agents would report each other's tasks as lost."""
    settings.logs.mkdir(parents=True, exist_ok=True)
    lock = (settings.state / "ecs-agent.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        message = f"Another ECS agent works in {settings.state}. Stop it first: make down"
        raise Misconfigured(message) from error
    return lock


def allow_many_connections() -> None:
    """Each balanced connection takes two descriptors."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65536 if hard == resource.RLIM_INFINITY else min(hard, 65536)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


async def serve(settings: Settings) -> None:
    """Put the parts together and work until a signal comes."""
    end = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, end.set)
    endpoint = CredentialsEndpoint(StsRoles(settings))
    await endpoint.start()
    front = Front(BalancingPlane(settings), settings.lent_sockets)
    tools = Tools(settings, Runners(settings), endpoint, Leash())
    agent = Agent(ControlPlane(settings), tools, front)
    front.servers = agent.servers
    await front.open_lent_sockets()
    say(f"running the tasks of {settings.endpoint}")
    await agent.run(end)


def main() -> int:
    """Start, and say in one sentence why not."""
    try:
        settings = Settings.of(os.environ)
        lock = only_agent(settings)
    except (Misconfigured, ValueError) as error:
        say(str(error))
        return 2
    allow_many_connections()
    # The threads that ask the control plane must not hold up bytes on their way to a caller.
    sys.setswitchinterval(0.001)
    with lock:
        asyncio.run(serve(settings))
    return 0


if __name__ == "__main__":
    sys.exit(main())
