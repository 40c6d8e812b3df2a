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


type Names = Mapping[str, tuple[str, ...]]

# The variables of each setting by container, as its start script reads them: the first that has a
# value counts, and the first of all is the one that a fix names.
CONTEXT: Names = {
    "vllm": ("VLLM_MAX_MODEL_LEN", "MAX_MODEL_LEN", "MAX_TOTAL_TOKENS"),
    "tgi": ("MAX_TOTAL_TOKENS",),
    "llamacpp": ("CONTEXT_LENGTH", "MAX_TOTAL_TOKENS"),
}
GPUS: Names = {"vllm": ("VLLM_TENSOR_PARALLEL_SIZE", "TENSOR_PARALLEL_SIZE"), "tgi": ("NUM_SHARD",)}
SHARE: Names = {"vllm": ("VLLM_GPU_MEMORY_UTILIZATION",), "tgi": ("CUDA_MEMORY_FRACTION",)}
SEQUENCES: Names = {
    "vllm": ("VLLM_MAX_NUM_SEQS", "MAX_CONCURRENT_REQUESTS"),
    "llamacpp": ("PARALLEL",),
}
BATCH: Names = {
    "vllm": ("VLLM_MAX_NUM_BATCHED_TOKENS",),
    "tgi": ("MAX_BATCH_PREFILL_TOKENS",),
    "tei": ("MAX_BATCH_TOKENS",),
}
CACHE_DTYPE: Names = {"vllm": ("VLLM_KV_CACHE_DTYPE",), "tgi": ("KV_CACHE_DTYPE",)}
DTYPE: Names = {"vllm": ("VLLM_DTYPE", "DTYPE"), "tgi": ("DTYPE",), "tei": ("DTYPE",)}
_THOUSANDS = {"k": 1000, "K": 1024, "m": 10**6, "M": 1 << 20}


def settings(wish: Wish) -> Settings:
    """Return the server's settings, or raise Blocked for a value that it would refuse."""
    container, given = wish.inference_container, wish.environment

    def named(names: Names) -> str:
        known = names.get(container, ("",))
        return next((name for name in known if given.get(name, "").strip()), known[0])

    llamacpp = container == "llamacpp"
    return Settings(
        variable=CONTEXT.get(container, ("",))[0],
        context=_context(given, named(CONTEXT), container),
        gpus=_number(given, named(GPUS)),
        share=_share(given, named(SHARE)),
        sequences=_number(given, named(SEQUENCES), 4 if llamacpp else None),
        batch_tokens=_number(given, named(BATCH)),
        cache_dtype=given.get(named(CACHE_DTYPE)) or "auto",
        dtype=given.get(named(DTYPE)) or "auto",
        prompt_cache_mib=_prompt_cache(given) if llamacpp else 0,
        model_file=given.get("MODEL_FILE", ""),
    )


def _context(given: Mapping[str, str], name: str, container: str) -> int | None:
    """Return a length in tokens; vLLM takes 32k for 32,000, 32K for 32,768, and what fits."""
    text = given.get(name, "").strip()
    if container == "vllm" and text in ("-1", "auto"):
        return FITTING
    short = re.fullmatch(r"(\d{1,12})([kKmM])", text, re.ASCII)
    if container == "vllm" and short and int(short[1]):
        return int(short[1]) * _THOUSANDS[short[2]]
    return _number(given, name, 4096 if container == "llamacpp" else None)


def _prompt_cache(given: Mapping[str, str]) -> int:
    return _number(given, "PROMPT_CACHE_MIB", 512, least=0) or 0


def _number(
    given: Mapping[str, str], name: str, default: int | None = None, least: int = 1
) -> int | None:
    text = given.get(name, "").strip()
    if not text:
        return default
    if not re.fullmatch(r"\d{1,12}", text, re.ASCII) or int(text) < least:
        raise _bad(name, text, f"a whole number from {least} up")
    return int(text)


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
