"""The process of one edge worker: wires the edge together and serves on the inherited socket."""

import asyncio
import socket

import uvloop
from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, UnixConnector

from gateway import serving
from gateway.access import Access
from gateway.edge import Edge
from gateway.forward import Upstreams
from gateway.registry import TokenRows
from gateway.settings import Oidc, Settings
from gateway.shared_snapshot import FOLLOW_SECONDS, Follower
from gateway.usage.spool import Spool, keep_turning
from identity.oidc import Verifier

CONNECT_SECONDS = 3.0
# Below the 5 s after which common model servers close an idle connection.
IDLE_SECONDS = 4.0
WARM_SECONDS = 60.0


async def main(settings: Settings) -> None:
    follower = Follower(settings.snapshot_file)
    judge = _judge(settings.oidc)
    access = Access(TokenRows(settings.tokens_table), judge)
    direct = TCPConnector(limit=0, keepalive_timeout=IDLE_SECONDS)
    lane = UnixConnector(settings.lane_socket, limit=0, keepalive_timeout=IDLE_SECONDS)
    async with _session(direct, settings) as to_models, _session(lane, settings) as to_lane:
        upstreams = Upstreams(
            to_models, to_lane, settings.connect_patience, settings.upstream_timeout
        )
        spool = Spool(settings.usage_folder) if settings.usage_queue_url else None
        edge = Edge(follower, access, upstreams, settings.max_body_bytes, spool)
        listener = socket.socket(fileno=settings.listen_fd)
        # A group, so that a failing follower ends the process: it is started again, not left deaf.
        async with asyncio.TaskGroup() as group:
            chores = [group.create_task(follow(follower))]
            if spool:
                chores.append(group.create_task(keep_turning(spool)))
            if judge:
                chores.append(group.create_task(keep_keys_young(judge)))
            await serving.serve(edge, listener, settings.drain_seconds, settings.keep_alive)
            for chore in chores:
                chore.cancel()


async def follow(follower: Follower) -> None:
    while True:
        follower.refresh()
        await asyncio.sleep(FOLLOW_SECONDS)


async def keep_keys_young(judge: Verifier) -> None:
    """Fetch the identity provider's keys ahead of time, so that no request waits for them."""
    while True:
        await asyncio.to_thread(judge.warm)
        await asyncio.sleep(WARM_SECONDS)


def _session(connector: TCPConnector | UnixConnector, settings: Settings) -> ClientSession:
    silence = settings.upstream_timeout
    return ClientSession(
        connector=connector,
        auto_decompress=False,
        cookie_jar=DummyCookieJar(),
        skip_auto_headers=("User-Agent",),
        timeout=ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=silence),
        # The environment's proxy is for the internet, not for our own balancers.
        trust_env=False,
    )


def _judge(oidc: Oidc) -> Verifier | None:
    if not oidc.issuer:
        return None
    return Verifier(oidc.issuer, oidc.client_id, oidc.groups_claim, metadata_url=oidc.metadata_url)


if __name__ == "__main__":
    uvloop.run(main(Settings.load()))
