"""vLLM's OpenAI server: `VLLM_*` variables as its command line.

The flags are those of `vllm serve --help` (0.10 and newer). Its `/health` answers only after the
model has been loaded and tried, and turns to 503 when the engine's process has died; that an engine
computes nothing any more it does not notice: see `serving.probe`.
"""

from __future__ import annotations

import re
import shlex
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from serving.command import Command, inherited
from serving.environment import first_set, number, switch, whole, wrong
from serving.selection import checkpoint
from serving.start import Server

if TYPE_CHECKING:
    from collections.abc import Mapping

    from serving.task import Task

QUIET = {"VLLM_NO_USAGE_STATS": "1"}
EXTRA = "VLLM_EXTRA_ARGS"
TENSOR_PARALLEL = "VLLM_TENSOR_PARALLEL_SIZE"
PIPELINE_PARALLEL = "VLLM_PIPELINE_PARALLEL_SIZE"


@dataclass(frozen=True)
class Flag:
    """A flag and the names it is known by, the first of which wins; and what its value is."""

    flag: str
    names: tuple[str, ...]
    kind: str = "word"


NUMBER, LENGTH, FRACTION, SWITCH = "number", "length", "fraction", "switch"
FLAGS = (
    Flag("--gpu-memory-utilization", ("VLLM_GPU_MEMORY_UTILIZATION",), FRACTION),
    # MAX_TOTAL_TOKENS is what TGI calls it, and what LISA's examples set for every container.
    Flag("--max-model-len", ("VLLM_MAX_MODEL_LEN", "MAX_MODEL_LEN", "MAX_TOTAL_TOKENS"), LENGTH),
    Flag("--max-num-batched-tokens", ("VLLM_MAX_NUM_BATCHED_TOKENS",), NUMBER),
    Flag("--max-num-seqs", ("VLLM_MAX_NUM_SEQS", "MAX_CONCURRENT_REQUESTS"), NUMBER),
    Flag("--tensor-parallel-size", (TENSOR_PARALLEL, "TENSOR_PARALLEL_SIZE"), NUMBER),
    Flag("--pipeline-parallel-size", (PIPELINE_PARALLEL,), NUMBER),
    Flag("--max-parallel-loading-workers", ("VLLM_MAX_PARALLEL_LOADING_WORKERS",), NUMBER),
    Flag("--enable-prefix-caching", ("VLLM_ENABLE_PREFIX_CACHING",), SWITCH),
    Flag("--enable-chunked-prefill", ("VLLM_ENABLE_CHUNKED_PREFILL",), SWITCH),
    Flag("--async-scheduling", ("VLLM_ASYNC_SCHEDULING",), SWITCH),
    Flag("--enforce-eager", ("VLLM_ENFORCE_EAGER",), SWITCH),
    Flag("--trust-remote-code", ("VLLM_TRUST_REMOTE_CODE",), SWITCH),
    Flag("--enable-auto-tool-choice", ("VLLM_ENABLE_AUTO_TOOL_CHOICE",), SWITCH),
    Flag("--tool-call-parser", ("VLLM_TOOL_CALL_PARSER",)),
    Flag("--reasoning-parser", ("VLLM_REASONING_PARSER",)),
    Flag("--reasoning-parser-plugin", ("VLLM_REASONING_PARSER_PLUGIN",)),
    Flag("--dtype", ("VLLM_DTYPE", "DTYPE")),
    Flag("--quantization", ("VLLM_QUANTIZATION", "QUANTIZE")),
    Flag("--kv-cache-dtype", ("VLLM_KV_CACHE_DTYPE",)),
    Flag("--load-format", ("VLLM_LOAD_FORMAT",)),
)
# Where the gateway finds the model, and by which name, is not the model's owner's to change.
OWNED = ("--model", "--served-model-name", "--host", "--port", "--uds", "--runner", "--config")
# vLLM reads none of these itself, and warns of `VLLM_*` variables that it does not know.
READ_HERE = frozenset(name for flag in FLAGS for name in flag.names) | {EXTRA, "HOST", "PORT"}
INPUT_LIMIT = "MAX_INPUT_LENGTH"


def command(environment: Mapping[str, str], task: Task, gpus: int) -> Command:
    """The whole call. Raises BadSetting."""
    argv = [sys.executable, "-m", "vllm.entrypoints.openai.api_server"]
    argv += ["--model", str(task.folder), "--served-model-name", task.model_id]
    argv += ["--host", task.host, "--port", str(task.port)]
    if task.model_type == "embedding":
        argv += ["--runner", "pooling"]
    for flag in FLAGS:
        argv += _argument(environment, flag)
    argv += _tensor_parallel(environment, gpus)
    argv += _extra(environment)
    told = {**QUIET, **inherited(environment, READ_HERE)}
    return Command(tuple(argv), told, _notes(environment))


def _argument(environment: Mapping[str, str], flag: Flag) -> list[str]:
    name = first_set(environment, flag.names)
    if name is None:
        return []
    if flag.kind == SWITCH:
        on = switch(environment, name)
        return [flag.flag if on else f"--no-{flag.flag.removeprefix('--')}"]
    if flag.kind == NUMBER:
        return [flag.flag, str(whole(environment, name, least=1))]
    if flag.kind == LENGTH:
        return [flag.flag, _length(environment, name)]
    if flag.kind == FRACTION:
        return [flag.flag, _fraction(environment, name)]
    return [flag.flag, _word(environment, name)]


def _length(environment: Mapping[str, str], name: str) -> str:
    text = environment[name].strip()
    if text in ("-1", "auto") or re.fullmatch(r"0*[1-9]\d{0,11}[kKmM]?", text, re.ASCII):
        return text
    raise wrong(environment, name, "Write tokens such as 32768 or 32K; -1 means as many as fit.")


def _fraction(environment: Mapping[str, str], name: str) -> str:
    text = environment[name].strip()
    if text.replace(".", "", 1).isdecimal() and text.isascii() and 0 < float(text) <= 1:
        return text
    raise wrong(environment, name, "Write a part of the GPU's memory such as 0.9, at most 1.")


def _word(environment: Mapping[str, str], name: str) -> str:
    text = environment[name].strip()
    if text.startswith("-") or any(letter.isspace() for letter in text):
        raise wrong(environment, name, "Write one word, as in vLLM's documentation of the option.")
    return text


def _tensor_parallel(environment: Mapping[str, str], gpus: int) -> list[str]:
    """All the GPUs of the container, unless the owner of the model says otherwise."""
    if first_set(environment, (TENSOR_PARALLEL, "TENSOR_PARALLEL_SIZE")):
        return []
    stages = number(environment, PIPELINE_PARALLEL, default=1, least=1)
    share = gpus // stages
    return ["--tensor-parallel-size", str(share)] if share > 1 else []


def _extra(environment: Mapping[str, str]) -> list[str]:
    """Whatever else vLLM understands, but for the flags that are ours."""
    try:
        words = shlex.split(environment.get(EXTRA, ""))
    except ValueError as error:
        raise wrong(environment, EXTRA, f"It cannot be read as a command line: {error}.") from error
    if words and (not words[0].startswith("-") or "--" in words):
        raise wrong(environment, EXTRA, "Write options and their values, and nothing else.")
    for word in words:
        # vLLM takes an underscore for a dash, and the beginning of an option for the whole.
        name = word.partition("=")[0].replace("_", "-")
        owned = [flag for flag in OWNED if len(name) > 2 and flag.startswith(name)]
        if word.startswith("--") and owned:
            raise wrong(environment, EXTRA, f"Leave out {word}: {owned[0]} is set by the platform.")
    return words


def _notes(environment: Mapping[str, str]) -> tuple[str, ...]:
    if not environment.get(INPUT_LIMIT):
        return ()
    return (
        f"{INPUT_LIMIT} is not used: vLLM limits a prompt together with its answer, by "
        "VLLM_MAX_MODEL_LEN or MAX_TOTAL_TOKENS.",
    )


SERVER = Server(("textgen", "embedding"), checkpoint, command)
