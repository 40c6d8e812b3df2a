"""Our gateway as a contender, with everything on: tokens, groups, usage.

It runs as in production, one edge worker, on the emulator's tables; only the token's own groups
open the model. The emulator shares the other core.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tests.bench.gateway.contender import (
    Contender,
    Load,
    Place,
    free_port,
    plain_environment,
    ready,
)
from tests.bench.gateway.measured import on_core
from tests.bench.gateway.orders import Door
from tests.bench.gateway.peers import OFFLINE, version
from tests.bench.gateway.steps import ITSELF, LIGHT
from tests.emulator.running import REPOSITORY, Emulator, interpreter
from tests.integration.gateway.stage import PYTHONPATH, TOKEN, Gateway, Tables

GROUP = "physicists"
SERVE = "/v2/serve"
PATH = f"{SERVE}/chat/completions"
EDGE = "gateway.edge_process"
LANE = "gateway.lane.process"
# The upstream knows the model by another name: the edge has that to change in every request.
PROVIDER = "hosted_vllm/served/bench"
# What can be asked of whom: the model's id, how the upstream behaves, and what else its row says.
LANED = {"forwarding": False}
MODELS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "bench": ("", {}),
    "bench-lane": ("", LANED),
    "vectors": ("", {"modelType": "embedding"}),
    "refusing": ("refusing", {}),
    "refusing-lane": ("refusing", LANED),
    "dying": ("dying", {}),
    "dying-lane": ("dying", LANED),
}


@contextmanager
def stage(place: Place) -> Iterator[Gateway]:
    """The gateway on its core, with `MODELS` and a token that may call them."""
    with on_core(place.other_core):
        emulator = Emulator("ministack", place.folder / "aws")
        with emulator:
            tables = Tables(emulator)
            tables.put_token(groups=[GROUP], username="ada")
            for model, (behaviour, more) in MODELS.items():
                base = place.base(behaviour)
                tables.put_model(model, PROVIDER, apiBase=base, allowedGroups=[GROUP], **more)
            queue = emulator.client("sqs").create_queue(QueueName="usage")["QueueUrl"]
            settings = {
                "MOST_AT_ONCE": "1000000",
                "USAGE_QUEUE_URL": queue,
                "METRICS_PORT": str(free_port()),
            }
            with on_core(place.core):
                gateway = Gateway(emulator, place.folder / "ours", **settings)
            with gateway:
                yield gateway


@contextmanager
def ours(place: Place) -> Iterator[list[Contender]]:
    """The same gateway twice: forwarding bytes, and through LiteLLM's lane."""
    with stage(place) as gateway:
        fast, slow = door(gateway, "bench"), door(gateway, "bench-lane")
        pid = gateway.process.pid
        for one in (fast, slow):
            ready(one, gateway.process)
        lane = Contender("lane", slow, pid, version("litellm"), LANE, LIGHT)
        yield [Contender("ours", fast, pid), lane]


@contextmanager
def router(place: Place) -> Iterator[list[Contender]]:
    """LiteLLM's Router as it is in the lane, and nothing around it."""
    command = [interpreter("gateway"), "-m", "tests.bench.gateway.router"]
    paths = os.pathsep.join(map(str, (REPOSITORY, *PYTHONPATH)))
    env = plain_environment(PYTHONPATH=paths, **OFFLINE)
    with Load(place, [*command, PROVIDER, place.base()], env) as alone:
        nowhere = Door(place.upstream, "/v1")
        yield [Contender("router", nowhere, alone.pid, version("litellm"), "", ITSELF, alone)]


def door(gateway: Gateway, model: str, path: str = PATH, token: str = TOKEN) -> Door:
    return Door(gateway.port, path, {"authorization": f"Bearer {token}"}, model)
