"""The parent process: holds the listening socket and keeps all the others running."""

import os
import resource
import socket
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path

from gateway.child import Child
from gateway.end_signals import EndSignals
from gateway.lane.environment import lane_environment
from gateway.log import say
from gateway.settings import Settings

SOON = 5.0
# What an edge needs beyond its drain to cancel what is left and leave.
MARGIN = 3.0


def run(settings: Settings) -> None:
    allow_many_connections()
    with ExitStack() as cleanup:
        asked_to_end = cleanup.enter_context(EndSignals())
        private = cleanup.enter_context(tempfile.TemporaryDirectory(prefix="gateway-"))
        listener = cleanup.enter_context(listen(settings))
        env = child_environment(settings, Path(private), listener.fileno())
        poller, desk = Child("poller", env), Child("desk_process", env)
        lane = Child("lane.process", lane_environment(env))
        edges = [
            Child("edge_process", env, keep_open=[listener.fileno()])
            for _ in range(settings.edge_workers)
        ]
        others = [lane, desk, poller, Child("metrics.process", env)]
        if settings.usage_queue_url:
            others.append(Child("usage.shipper", env))
        say("gateway started", port=listener.getsockname()[1], edges=len(edges))
        asked_to_end.wait()
        say("gateway draining", at_most_seconds=settings.drain_seconds)
        drain(edges, settings.drain_seconds + MARGIN)
        # The others go after the edges, whose answers need them to their end.
        drain(others, SOON)
    say("gateway stopped")


def allow_many_connections() -> None:
    """As many files as the host grants: it often gives 1,024 unasked, and a client costs one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def listen(settings: Settings) -> socket.socket:
    """Ours for as long as we live, so that a dying edge loses no new connection."""
    if settings.listen_fd is not None:
        return socket.socket(fileno=settings.listen_fd)
    return socket.create_server((settings.host, settings.port), backlog=2048)


def child_environment(settings: Settings, private: Path, listen_fd: int) -> dict[str, str]:
    state = settings.state_dir or private
    state.mkdir(parents=True, exist_ok=True)
    # Whoever lends us a socket has a successor at it, which takes what comes after us.
    accepting = settings.accept_seconds if settings.listen_fd is None else 0
    return {
        # boto3 knows the region by this name only; containers are given the other.
        "AWS_DEFAULT_REGION": os.environ.get("AWS_REGION", ""),
        **os.environ,
        "LISTEN_FD": str(listen_fd),
        "STATE_DIR": str(state),
        "ACCEPT_SECONDS": str(accepting),
        "LANE_SOCKET": str(private / "lane.sock"),
        "DESK_SOCKET": str(private / "desk.sock"),
    }


def drain(children: list[Child], patience: float) -> None:
    stopping = [threading.Thread(target=child.stop, args=(patience,)) for child in children]
    for thread in stopping:
        thread.start()
    for thread in stopping:
        thread.join()
