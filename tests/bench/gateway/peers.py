"""Other people's gateways, each as its makers say it is run, in front of the same upstream.

Every one comes from its registry into an environment of its own, locked with hashes. LiteLLM's
proxy has its master key, Portkey and vllm-router have no callers to tell apart: what they do for a
request is less than what ours does.
"""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from local.toolchain.node import node_modules
from local.toolchain.places import REPOSITORY
from local.toolchain.venvs import Toolchain
from tests.bench.gateway.contender import (
    Contender,
    Place,
    free_port,
    plain_environment,
    process,
    ready,
)
from tests.bench.gateway.orders import Door
from tests.bench.gateway.steps import LIGHT

PATH = "/v1/chat/completions"
PEERS = REPOSITORY / "tests/bench/peers"
PORTKEY = "tests/bench/peers/portkey"
# LiteLLM fetches price lists and policies at import unless told not to; quiet, as our lane has it.
OFFLINE = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",
    "LITELLM_LOCAL_POLICY_TEMPLATES": "True",
    "LITELLM_LOCAL_BLOG_POSTS": "True",
    "LITELLM_LOCAL_AUTOROUTER_PRESETS": "True",
    "LITELLM_MODE": "PRODUCTION",
    "LITELLM_LOG": "ERROR",
}


@dataclass(frozen=True)
class Start:
    """How a peer is started, and which loads it can carry on one core at all."""

    command: Sequence[str]
    door: Door
    env: Mapping[str, str]
    steps: frozenset[str] | None = None


def litellm(place: Place, tools: Toolchain) -> Start:
    key = f"sk-{secrets.token_hex(16)}"
    parameters = {"model": "hosted_vllm/served/bench", "api_base": place.base(), "api_key": "none"}
    config = {
        "model_list": [{"model_name": "bench", "litellm_params": parameters}],
        "general_settings": {"master_key": key},
    }
    # JSON is YAML, too.
    file = place.folder / "litellm.yaml"
    file.write_text(json.dumps(config))
    port = free_port()
    where = ["--host", "127.0.0.1", "--port", str(port)]
    program = str(tools.programs("litellm_proxy") / "litellm")
    return Start(
        [program, "--config", str(file), *where, "--telemetry", "False"],
        Door(port, PATH, {"authorization": f"Bearer {key}"}),
        plain_environment(**OFFLINE),
        LIGHT,
    )


def portkey(place: Place, tools: Toolchain) -> Start:
    program = node_modules(tools.cache, PORTKEY) / "@portkey-ai/gateway/build/start-server.js"
    port = free_port()
    headers = {
        "authorization": "Bearer none",
        "x-portkey-provider": "openai",
        "x-portkey-custom-host": place.base(),
    }
    command = ["node", str(program), f"--port={port}", "--headless"]
    return Start(command, Door(port, PATH, headers), plain_environment(), LIGHT)


def vllm_router(place: Place, tools: Toolchain) -> Start:
    port = free_port()
    where = ["--host", "127.0.0.1", "--port", str(port), "--prometheus-port", str(free_port())]
    worker = ["--worker-urls", f"http://127.0.0.1:{place.upstream}", "--policy", "round_robin"]
    program = str(tools.programs("vllm_router") / "vllm-router")
    return Start([program, *worker, *where], Door(port, PATH), plain_environment())


STARTS = {"litellm": litellm, "portkey": portkey, "vllm-router": vllm_router}
ENVIRONMENTS = {"litellm": "litellm_proxy", "vllm-router": "vllm_router"}


@contextmanager
def peer(name: str, place: Place) -> Iterator[list[Contender]]:
    """A running peer; InstallationFailed where its registry cannot be reached."""
    tools = Toolchain()
    if name in ENVIRONMENTS:
        tools.ensure([ENVIRONMENTS[name]], lambda *_: None)
    start = STARTS[name](place, tools)
    with process(start.command, place.folder / f"{name}.log", place.core, start.env) as running:
        ready(start.door, running)
        yield [Contender(name, start.door, running.pid, version(name), steps=start.steps)]


def version(name: str) -> str:
    """What is locked, as the requirements beside the lock say it."""
    if name == "portkey":
        written = json.loads((PEERS / "portkey/package.json").read_text())
        return str(written["dependencies"]["@portkey-ai/gateway"])
    lines = (PEERS / name.replace("-", "_") / "requirements.in").read_text().splitlines()
    return lines[0].partition("==")[2]
