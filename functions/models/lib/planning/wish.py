"""What was asked for, and what the servers make of the environment they are given."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from checkpoint.blocked import Blocked

# As much as fits: what vLLM makes of -1.
FITTING = -1


@dataclass(frozen=True)
class Wish:
    """One model as POST /models defines it; the volume is in GiB, capacities in instances."""

    model_type: str
    inference_container: str
    model_name: str
    instance_type: str
    region: str
    environment: Mapping[str, str] = field(default_factory=dict)
    volume_gib: int = 50
    min_capacity: int = 1
    max_capacity: int = 1


@dataclass(frozen=True)
class Settings:
    """The environment read as the container's start script reads it; None: the server's default.

    `variable` is the name that lowers the context, for the fix.
    """

    variable: str
    context: int | None = None
    gpus: int | None = None
    share: float | None = None
    sequences: int | None = None
    batch_tokens: int | None = None
    cache_dtype: str = "auto"
    dtype: str = "auto"
    prompt_cache_mib: int = 0
    model_file: str = ""


# The variable of each setting by container, the one that a fix names first.
_CONTEXT = {
    "vllm": ("VLLM_MAX_MODEL_LEN", "MAX_MODEL_LEN", "MAX_TOTAL_TOKENS"),
    "tgi": ("MAX_TOTAL_TOKENS",),
    "llamacpp": ("CONTEXT_LENGTH", "MAX_TOTAL_TOKENS"),
}
_GPUS = {"vllm": "VLLM_TENSOR_PARALLEL_SIZE", "tgi": "NUM_SHARD"}
_SHARE = {"vllm": "VLLM_GPU_MEMORY_UTILIZATION", "tgi": "CUDA_MEMORY_FRACTION"}
_SEQUENCES = {"vllm": "VLLM_MAX_NUM_SEQS", "llamacpp": "PARALLEL"}
_BATCH = {
    "vllm": "VLLM_MAX_NUM_BATCHED_TOKENS",
    "tgi": "MAX_BATCH_PREFILL_TOKENS",
    "tei": "MAX_BATCH_TOKENS",
}
_CACHE_DTYPE = {"vllm": "VLLM_KV_CACHE_DTYPE", "tgi": "KV_CACHE_DTYPE"}
_DTYPE = {"vllm": "VLLM_DTYPE", "tgi": "DTYPE", "tei": "DTYPE"}
_THOUSANDS = {"": 1, "k": 1000, "K": 1024, "m": 10**6, "M": 1 << 20}


def settings(wish: Wish) -> Settings:
    """Return the server's settings, or raise Blocked for a value that it would refuse."""
    container, given = wish.inference_container, wish.environment

    def named(names: Mapping[str, str]) -> str:
        return names.get(container, "")

    contexts = _CONTEXT.get(container, ("",))
    context = next((name for name in contexts if given.get(name)), contexts[0])
    llamacpp = container == "llamacpp"
    return Settings(
        variable=contexts[0],
        context=_context(given, context, 4096 if llamacpp else None),
        gpus=_number(given, named(_GPUS)),
        share=_share(given, named(_SHARE)),
        sequences=_number(given, named(_SEQUENCES), 4 if llamacpp else None),
        batch_tokens=_number(given, named(_BATCH)),
        cache_dtype=given.get(named(_CACHE_DTYPE)) or "auto",
        dtype=given.get(named(_DTYPE)) or "auto",
        prompt_cache_mib=_prompt_cache(given) if llamacpp else 0,
        model_file=given.get("MODEL_FILE", ""),
    )


def _context(given: Mapping[str, str], name: str, default: int | None) -> int | None:
    return FITTING if given.get(name) in ("-1", "auto") else _number(given, name, default)


def _prompt_cache(given: Mapping[str, str]) -> int:
    return _number(given, "PROMPT_CACHE_MIB", 512, least=0) or 0


def _number(
    given: Mapping[str, str], name: str, default: int | None = None, least: int = 1
) -> int | None:
    """Return a count; vLLM takes 32k for 32,000 and 32K for 32,768."""
    text = given.get(name, "").strip()
    if not text:
        return default
    found = re.fullmatch(r"(\d{1,12})([kKmM]?)", text, re.ASCII)
    if found is None or int(found[1]) < least:
        raise _bad(name, text, f"a whole number from {least} up")
    return int(found[1]) * _THOUSANDS[found[2]]


def _share(given: Mapping[str, str], name: str) -> float | None:
    text = given.get(name, "").strip()
    if not text:
        return None
    if not re.fullmatch(r"[01](\.\d{1,9})?|\.\d{1,9}", text, re.ASCII) or not 0 < float(text) <= 1:
        raise _bad(name, text, "a share of the GPU's memory above 0 and at most 1")
    return float(text)


def _bad(name: str, text: str, wanted: str) -> Blocked:
    return Blocked(
        "BadConfig",
        f"{name} is {text[:80]!r}, which is not {wanted}.",
        f"Correct {name} in containerConfig.environment, or leave it out.",
    )
