"""The process of one edge worker: wires the edge together and serves on the inherited socket."""

import asyncio
import gc
import socket

import uvloop

from gateway.access import Access
from gateway.crowd import Crowd
from gateway.desk import Desk
from gateway.edge import Edge
from gateway.forward import Upstreams
from gateway.grounding.grounder import Grounder
from gateway.guarded_loop import guarded
from gateway.http1.client import Pool
from gateway.http1.hall import Hall, Patience, Room
from gateway.http1.service import Ending, serve
from gateway.inference import Inference
from gateway.keeping.keeper import Keeper
from gateway.keys import Keys
from gateway.ledger import Ledger
from gateway.observation import Observation
from gateway.observer import Observer
from gateway.pages import Pages
from gateway.settings import Settings
from gateway.shared_snapshot import FOLLOW_SECONDS, Follower
from gateway.usage.spool import Spool, keep_turning

CONNECT_SECONDS = 5.0
# Below the 5 s after which common model servers close an idle connection.
IDLE_SECONDS = 4.0
DESK_SECONDS = 15.0
# For what is kept of answers whose readers have left.
CLOSING_SECONDS = 5.0


async def main(settings: Settings) -> None:
    spare_the_collector()
    follower = Follower(settings.snapshot_file)
    silence = settings.upstream_timeout
    direct = Pool(CONNECT_SECONDS, IDLE_SECONDS, silence)
    lane = Pool(CONNECT_SECONDS, IDLE_SECONDS, silence, socket=settings.lane_socket)
    to_desk = Pool(CONNECT_SECONDS, IDLE_SECONDS, DESK_SECONDS, socket=settings.desk_socket)
    desk = Desk(to_desk)
    access = Access(desk, takes_sign_ins=bool(settings.oidc.issuer))
    upstreams = Upstreams(direct, lane, Keys(desk), settings.connect_patience, silence)
    observer = Observer(Observation.load(), settings.snapshot_file.parent)
    spool = Spool(settings.usage_folder) if settings.usage_queue_url else None
    ledger = Ledger(observer, spool)
    grounder = Grounder(desk, bool(settings.retrieve_function), settings.admin_group)
    keeper = Keeper(desk)
    keeps = bool(settings.keep_function)
    crowd = Crowd(settings.most_at_once)
    inference = Inference(follower, upstreams, grounder, keeps, settings.max_body_bytes, crowd)
    edge = Edge(follower, access, inference, ledger, keeper)
    app = Pages(edge, settings.allowed_origin) if settings.allowed_origin else edge
    hall = Hall(app, Patience(idle=settings.keep_alive), Room(settings.body_room))
    listener = socket.socket(fileno=settings.listen_fd)

    def sweep(now: float) -> None:
        for pool in (direct, lane, to_desk):
            pool.sweep(now)

    # A group, so that a failing follower ends the process: it is started again, not left deaf.
    async with asyncio.TaskGroup() as group:
        chores = [follow(follower), observer.keep_publishing()]
        if spool:
            chores.append(keep_turning(spool))
        tasks = [group.create_task(chore) for chore in chores]
        ending = Ending(settings.accept_seconds, settings.drain_seconds)
        await serve(hall, listener, ending, sweep)
        await keeper.close(CLOSING_SECONDS)
        for task in tasks:
            task.cancel()


def spare_the_collector() -> None:
    """What was imported is not looked at again, and what requests leave behind is looked at seldom.

    Requests hardly make cycles; at Python's usual 700 objects the search for them costs a tenth.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


async def follow(follower: Follower) -> None:
    while True:
        follower.refresh()
        await asyncio.sleep(FOLLOW_SECONDS)


if __name__ == "__main__":
    settings = Settings.load()
    uvloop.run(main(settings), loop_factory=guarded(settings.reach))
