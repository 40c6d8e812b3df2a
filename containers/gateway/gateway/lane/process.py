"""The process of the lane: LiteLLM behind a unix socket that only the edge reaches."""

import asyncio
from pathlib import Path

import uvloop

from gateway import serving
from gateway.lane.app import Lane
from gateway.lane.router import Models
from gateway.log import say
from gateway.settings import Settings
from gateway.shared_snapshot import FOLLOW_SECONDS, Follower

KEEP_ALIVE = 3600


async def main(settings: Settings) -> None:
    follower = Follower(settings.snapshot_file)
    lane = Lane(follower, Models(settings.upstream_timeout), settings.max_body_bytes)
    await lane.follow()
    listener = serving.listen(Path(settings.lane_socket))
    say("lane ready")
    # A group, so that a failing follower ends the process: it is started again, not left deaf.
    async with asyncio.TaskGroup() as group:
        following = group.create_task(keep_following(lane))
        await serving.serve(lane, listener, settings.drain_seconds, KEEP_ALIVE)
        following.cancel()


async def keep_following(lane: Lane) -> None:
    while True:
        await lane.follow()
        await asyncio.sleep(FOLLOW_SECONDS)


if __name__ == "__main__":
    uvloop.run(main(Settings.load()))
