"""The process that observes the gateway: `/metrics`, metrics in the log, traces on their way.

It has no part in answering: should it die, requests are served, and their numbers wait for it.
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvloop
from aiohttp import ClientSession

from gateway.http1.hall import Hall, Patience
from gateway.http1.service import Ending, serve
from gateway.log import say
from gateway.metrics.pages import Pages
from gateway.metrics.replica import Replica
from gateway.metrics.telling import Teller
from gateway.observation import OFF, XRAY, Observation
from gateway.settings import Settings
from gateway.tracing.handover import Taker
from gateway.tracing.shipping import Shipper
from gateway.tracing.spans import spans

LOOK_SECONDS = 2.0
SHIP_SECONDS = 0.25
KEEP_ALIVE = 75.0
DRAIN_SECONDS = 1
# Within what the parent waits for us.
LAST_SECONDS = 2.5


async def main(settings: Settings, observation: Observation) -> None:
    state = settings.snapshot_file.parent
    replica = Replica(os.getppid(), settings.snapshot_file, settings.lane_socket)
    async with _shipper(settings, observation) as shipper:
        teller = Teller(state / "metrics", replica, shipper)
        chores = [keep_looking(teller)]
        if observation.emf_seconds:
            chores.append(keep_telling(teller, settings.deployment_name, observation.emf_seconds))
        if shipper:
            chores.append(keep_shipping(shipper, Taker(state)))
        # A group, so that a failing chore ends the process: it is started again, not left mute.
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(chore) for chore in chores]
            listener = listen(observation.metrics_host, observation.metrics_port)
            hall = Hall(Pages(teller.numbers), Patience(idle=KEEP_ALIVE))
            await serve(hall, listener, Ending(accepting=0, draining=DRAIN_SECONDS))
            for task in tasks:
                task.cancel()
        if shipper:
            await shipper.end(LAST_SECONDS)
        teller.look()
        if observation.emf_seconds:
            teller.tell(settings.deployment_name)


def listen(host: str, port: int) -> socket.socket:
    """On the wanted port; on any other when that is taken, as by a second gateway on a laptop."""
    try:
        listener = socket.create_server((host, port))
    except OSError as error:
        say("metrics port unavailable", port=port, cause=error.strerror, effect="another is used")
        listener = socket.create_server((host, 0))
    say("metrics served", port=listener.getsockname()[1])
    return listener


async def keep_looking(teller: Teller) -> None:
    while True:
        await asyncio.to_thread(teller.look)
        await asyncio.sleep(LOOK_SECONDS)


async def keep_telling(teller: Teller, deployment: str, seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        teller.tell(deployment)


async def keep_shipping(shipper: Shipper, taker: Taker) -> None:
    try:
        while True:
            _take(shipper, taker)
            await shipper.ship()
            await asyncio.sleep(SHIP_SECONDS)
    finally:
        # The workers have ended before us: this is the last of what they gave.
        _take(shipper, taker)
        taker.close()


def _take(shipper: Shipper, taker: Taker) -> None:
    for told in taker.take():
        shipper.offer(spans(told))


@asynccontextmanager
async def _shipper(settings: Settings, observation: Observation) -> AsyncIterator[Shipper | None]:
    if observation.traces == OFF:
        yield None
        return
    # boto3 is half of this process's memory: only for those who trace.
    from gateway.tracing.receivers import Collector, XRay  # noqa: PLC0415

    name = settings.deployment_name
    if observation.traces == XRAY:
        yield Shipper(XRay(name))
    else:
        async with ClientSession() as session:
            to = observation.otlp_endpoint
            yield Shipper(Collector(session, to, observation.otlp_headers, name))


if __name__ == "__main__":
    uvloop.run(main(Settings.load(), Observation.load()))
