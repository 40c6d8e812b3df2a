"""The process of the lane: LiteLLM behind a unix socket that only the edge reaches."""

import asyncio
from pathlib import Path

import uvloop

from gateway import serving
from gateway.desk import Desk
from gateway.edge_process import (
    CONNECT_SECONDS,
    DESK_SECONDS,
    IDLE_SECONDS,
    follow,
    spare_the_collector,
)
from gateway.http1.client import Pool
from gateway.keys import Keys
from gateway.lane.app import Lane
from gateway.lane.models import Models
from gateway.log import say
from gateway.settings import Settings
from gateway.shared_snapshot import Follower

KEEP_ALIVE = 3600
SWEEP_SECONDS = 1.0


async def main(settings: Settings) -> None:
    follower = Follower(settings.snapshot_file)
    to_desk = Pool(CONNECT_SECONDS, IDLE_SECONDS, DESK_SECONDS, socket=settings.desk_socket)
    models = Models(Keys(Desk(to_desk)), settings.upstream_timeout)
    lane = Lane(follower, models, settings.max_body_bytes)
    listener = serving.listen(Path(settings.lane_socket))
    spare_the_collector()
    say("lane ready")
    # A group, so that a failing follower ends the process: it is started again, not left deaf.
    async with asyncio.TaskGroup() as group:
        chores = [group.create_task(follow(follower)), group.create_task(sweep(to_desk))]
        await serving.serve(lane, listener, settings.drain_seconds, KEEP_ALIVE)
        for chore in chores:
            chore.cancel()


async def sweep(pool: Pool) -> None:
    """Give up on what the desk does not answer."""
    while True:
        pool.sweep(asyncio.get_running_loop().time())
        await asyncio.sleep(SWEEP_SECONDS)


if __name__ == "__main__":
    uvloop.run(main(Settings.load()))
