"""Hugging Face's text-generation-launcher (TGI), whose own variables are its settings.

TGI reads a variable for every option, so what the model's owner sets goes to it as it is; only what
would mean something else is taken out: MODEL_ID is a path to TGI and the model's name to us, and
HOSTNAME, which every container has, would be taken for the address to listen on. TGI has no option
for the name that answers carry: it accepts any `model`, and answers with the weights' folder.

Its `/health` generates a token before it first answers 200 and whenever a generation has failed;
while generations succeed it asks every shard for memory on its device. It proves enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from serving.command import Command, inherited
from serving.environment import first_set, number, whole, wrong
from serving.selection import checkpoint
from serving.start import Server

if TYPE_CHECKING:
    from collections.abc import Mapping

    from serving.task import Task

QUIET = {"USAGE_STATS": "off"}
INPUT_NAMES = ("MAX_INPUT_TOKENS", "MAX_INPUT_LENGTH")
TOTAL = "MAX_TOTAL_TOKENS"
# What is told on the command line instead.
TOLD = frozenset({"MODEL_ID", "HOSTNAME", "HOST", "PORT", *INPUT_NAMES})
NUMBERS = (TOTAL, "MAX_CONCURRENT_REQUESTS", "MAX_BATCH_PREFILL_TOKENS", "NUM_SHARD")


def command(environment: Mapping[str, str], task: Task, gpus: int) -> Command:
    """The whole call. Raises BadSetting."""
    for name in NUMBERS:
        number(environment, name, default=1, least=1)
    argv = ["text-generation-launcher", "--model-id", str(task.folder)]
    argv += ["--hostname", task.host, "--port", str(task.port)]
    argv += _input_limit(environment)
    # Left alone, TGI counts the GPUs only when they are named one by one.
    if gpus > 1 and not first_set(environment, ("NUM_SHARD", "SHARDED")):
        argv += ["--num-shard", str(gpus)]
    return Command(tuple(argv), {**QUIET, **inherited(environment, TOLD)})


def _input_limit(environment: Mapping[str, str]) -> list[str]:
    """One of TGI's two names for it: it refuses to start with both."""
    name = first_set(environment, INPUT_NAMES)
    if name is None:
        return []
    limit = whole(environment, name, least=1)
    total = number(environment, TOTAL, default=limit + 1)
    if limit >= total:
        remedy = f"It has to be less than {TOTAL}, {total}, which counts the answer too."
        raise wrong(environment, name, remedy)
    return ["--max-input-tokens", str(limit)]


SERVER = Server(("textgen",), checkpoint, command)
