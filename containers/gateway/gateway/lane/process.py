"""The process of the lane: LiteLLM behind a unix socket that only the edge reaches."""

import asyncio
import sys
from pathlib import Path

import uvloop

from gateway.desk import Desk
from gateway.edge_process import (
    CONNECT_SECONDS,
    DESK_SECONDS,
    IDLE_SECONDS,
    follow,
    spare_the_collector,
)
from gateway.guarded_loop import guarded
from gateway.http1.client import Pool
from gateway.http1.hall import Hall, Patience, Room
from gateway.http1.service import Ending, listen_locally, serve
from gateway.keys import Keys
from gateway.lane.app import Lane
from gateway.lane.models import Models
from gateway.lane.redirects import never_follow
from gateway.log import say
from gateway.settings import Settings
from gateway.shared_snapshot import Follower

# The edge decides how long a caller may take and what is held of bodies; nobody else comes here.
FOR_EVER = Patience(*[float("inf")] * 4)
NO_LIMIT = Room(sys.maxsize)


async def main(settings: Settings) -> None:
    follower = Follower(settings.snapshot_file)
    to_desk = Pool(CONNECT_SECONDS, IDLE_SECONDS, DESK_SECONDS, socket=settings.desk_socket)
    models = Models(Keys(Desk(to_desk)), settings.upstream_timeout)
    lane = Lane(follower, models, settings.max_body_bytes)
    hall = Hall(lane, FOR_EVER, NO_LIMIT)
    listener = listen_locally(Path(settings.lane_socket))
    ending = Ending(accepting=0, draining=settings.drain_seconds)
    spare_the_collector()
    say("lane ready")
    # A group, so that a failing follower ends the process: it is started again, not left deaf.
    async with asyncio.TaskGroup() as group:
        following = group.create_task(follow(follower))
        await serve(hall, listener, ending, to_desk.sweep)
        following.cancel()


if __name__ == "__main__":
    settings = Settings.load()
    never_follow()
    uvloop.run(main(settings), loop_factory=guarded(settings.reach))
