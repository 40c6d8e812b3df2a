"""Our gateway as a contender, with everything on: tokens, groups, usage.

It runs as in production, one edge worker, on the emulator's tables; only the token's own groups
open the model. The emulator shares the other core.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.gateway.contender import Contender, Load, Place, plain_environment, ready
from tests.bench.gateway.measured import on_core
from tests.bench.gateway.orders import Door
from tests.bench.gateway.peers import OFFLINE, version
from tests.bench.gateway.steps import ITSELF, LIGHT
from tests.emulator.running import REPOSITORY, Emulator, interpreter
from tests.integration.gateway.stage import PYTHONPATH, TOKEN, Gateway, Tables

GROUP = "physicists"
PATH = "/v2/serve/chat/completions"
EDGE = "gateway.edge_process"
LANE = "gateway.lane.process"
FAST, SLOW = "bench", "bench-lane"
# A provider that speaks OpenAI, but that the edge leaves to LiteLLM.
THROUGH_LITELLM = "lm_studio/bench"


@contextmanager
def ours(place: Place) -> Iterator[list[Contender]]:
    """The same gateway twice: forwarding bytes, and through LiteLLM's lane."""
    with on_core(place.other_core):
        emulator = Emulator("ministack", place.folder / "aws")
        with emulator:
            tables = Tables(emulator)
            tables.put_token(groups=[GROUP], username="ada")
            for model, provider in ((FAST, "hosted_vllm/bench"), (SLOW, THROUGH_LITELLM)):
                tables.put_model(model, provider, apiBase=place.base(), allowedGroups=[GROUP])
            with on_core(place.core):
                gateway = Gateway(emulator, place.folder / "ours", EDGE_WORKERS="1")
            with gateway:
                doors = [door(gateway, model) for model in (FAST, SLOW)]
                for one in doors:
                    ready(one, gateway.process)
                pid = gateway.process.pid
                yield [
                    Contender("ours", doors[0], pid),
                    Contender("lane", doors[1], pid, version("litellm"), LANE, LIGHT),
                ]


@contextmanager
def router(place: Place) -> Iterator[list[Contender]]:
    """LiteLLM's Router as it is in the lane, and nothing around it."""
    command = [interpreter("gateway"), "-m", "tests.bench.gateway.router"]
    paths = os.pathsep.join(map(str, (REPOSITORY, *PYTHONPATH)))
    env = plain_environment(PYTHONPATH=paths, **OFFLINE)
    with Load(place, [*command, THROUGH_LITELLM, place.base()], env) as alone:
        nowhere = Door(place.upstream, "/v1")
        yield [Contender("router", nowhere, alone.pid, version("litellm"), "", ITSELF, alone)]


def door(gateway: Gateway, model: str) -> Door:
    return Door(gateway.port, PATH, {"authorization": f"Bearer {TOKEN}"}, model)
