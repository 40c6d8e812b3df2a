"""Where a model's memory goes on an instance, and what is left for sequences.

The cache is vLLM's own sum (0.32, `v1/kv_cache_interface.py`, `v1/core/kv_cache_utils.py`): blocks
of 16 tokens; a layer with a window holds no more than that and what is in flight; groups of layers
are filled up to one size. What a server takes besides weights and cache shows only when it runs:
here it is an estimate, held against a start-up log (Llama-3.1-8B on a GPU of 22.07 GiB at a share
of 0.90: 4.60 GiB left for the cache).
"""

from dataclasses import dataclass

from checkpoint.architecture import Architecture
from checkpoint.weights import Weights
from planning.instances import MIB, Gpu, Instance
from planning.wish import Settings

BLOCK = 16
# vLLM takes 0.92 of the GPU and leaves 0.02 of it to CUDA graphs, releases before 0.21 take 0.90
# and capture the graphs beside: the same is left. TGI keeps a tenth back for fragmentation.
VLLM_SHARE, GRAPHS = 0.92, 0.02
TGI_SHARE = 0.9
CACHELESS = ("tei", "instructor")
_HALF = ("F16", "BF16")
_PROCESS = 64 * MIB
# The buffers through which GPUs talk to each other, on each of them.
_COLLECTIVES = 512 * MIB
# Tokens that one step of the server computes, unless told otherwise.
_STEP = {"tgi": 4096, "tei": 16_384, "instructor": 16_384, "llamacpp": 512}
_CACHE_BYTES = {"float16": 2, "bfloat16": 2, "half": 2, "float32": 4, "fp8": 1}


@dataclass(frozen=True)
class Subject:
    """A model as its server sees it."""

    container: str
    architecture: Architecture
    weights: Weights
    settings: Settings

    @property
    def caches(self) -> bool:
        """Return whether the server keeps keys and values between steps."""
        return not (self.architecture.encoder or self.container in CACHELESS)

    @property
    def cache_number_bytes(self) -> int | None:
        """Return the size of one cached number, None for a data type unknown here."""
        name = self.settings.cache_dtype
        if name == "auto":
            return 4 if self.settings.dtype == "float32" else 2
        return 1 if name.startswith(("fp8_e", "int8")) else _CACHE_BYTES.get(name)


@dataclass(frozen=True)
class Memory:
    """Bytes on each of `gpus` GPUs; of the container, where that is 0."""

    gpus: int
    total: int
    usable: int
    weights: int
    reserve: int
    in_flight: int

    @property
    def cache(self) -> int:
        """Return what is left for keys and values; below 0, the server cannot start."""
        return self.usable - self.weights - self.reserve


def memory(subject: Subject, instance: Instance, gpus: int) -> Memory:
    """Return where the memory goes when the model is split over `gpus` GPUs (0: none)."""
    gpu = instance.gpu if gpus else None
    total = gpu.memory_mib * MIB if gpu else instance.container_bytes
    tokens, sequences = step(subject, gpu)
    return Memory(
        gpus=gpus,
        total=total,
        usable=max(0, int(total * _share(subject))) if gpu else total,
        weights=-(-loaded_bytes(subject, on_gpu=bool(gpu)) // max(1, gpus)),
        reserve=_reserve(subject, tokens, sequences, gpus),
        # vLLM prepares one step while another runs.
        in_flight=2 * tokens if subject.container == "vllm" else tokens,
    )


def step(subject: Subject, gpu: Gpu | None) -> tuple[int, int]:
    """Return how many tokens and sequences one step computes (vLLM's `get_batch_defaults`)."""
    tokens, sequences = _STEP.get(subject.container, 2048), 256
    if subject.container == "vllm" and gpu and gpu.memory_mib >= 70 << 10 and gpu.capability > 80:
        tokens, sequences = 16_384 if gpu.memory_mib >= 160 << 10 else 8192, 1024
    return subject.settings.batch_tokens or tokens, subject.settings.sequences or sequences


def loaded_bytes(subject: Subject, on_gpu: bool) -> int:
    """Return what the weights become in memory: quantised ones stay packed.

    vLLM, TGI and TEI load float32 in half on a GPU; the embedding servers compute in float32 else.
    """
    stored, elements = subject.weights.bytes, subject.weights.elements
    if subject.container == "instructor" or (subject.container == "tei" and not on_gpu):
        return stored + 2 * sum(elements.get(dtype, 0) for dtype in _HALF)
    if subject.settings.dtype in ("float32", "float"):
        return stored + 2 * sum(elements.get(dtype, 0) for dtype in _HALF)
    return stored - 2 * elements.get("F32", 0)


def cache_need(subject: Subject, tokens: int, on: Memory) -> int | None:
    """Return the bytes that one sequence of `tokens` needs on each GPU, None when unknown."""
    model, number = subject.architecture, subject.cache_number_bytes
    if not subject.caches:
        return 0
    if model.full_layers is None or not model.known or number is None:
        return None
    page = BLOCK * number * model.cell_numbers(max(1, on.gpus))
    full, windowed = _grouped(model.full_layers, model.windowed_layers)
    # One block more: a window need not begin where a block does.
    held = -(-min(model.window - 1 + on.in_flight, tokens) // BLOCK) + 1
    return page * (full * -(-tokens // BLOCK) + windowed * held)


def largest_context(subject: Subject, on: Memory, limit: int) -> int | None:
    """Return the longest sequence, up to `limit` tokens, that fits; 0 when none does."""
    if cache_need(subject, 1, on) is None:
        return None
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(subject, middle, on) else (low, middle - 1)
    return low


def fits(subject: Subject, tokens: int, on: Memory) -> bool:
    """Return whether the server starts with that context; llama.cpp takes all slots at once."""
    slots = subject.settings.sequences or 1 if subject.container == "llamacpp" else 1
    return slots * (cache_need(subject, tokens, on) or 0) <= on.cache


def _grouped(full: int, windowed: int) -> tuple[int, int]:
    """Return the numbers of layers after vLLM fills its groups up to one size."""
    if not (full and windowed):
        return full, windowed
    small, large = sorted((full, windowed))
    group = large if large < small * 1.5 else small
    return -(-full // group) * group, -(-windowed // group) * group


def _share(subject: Subject) -> float:
    given = subject.settings.share
    if subject.container == "vllm":
        return (VLLM_SHARE if given is None else given) - GRAPHS
    return TGI_SHARE * (1.0 if given is None else given) if subject.container == "tgi" else 1.0


def _reserve(subject: Subject, tokens: int, sequences: int, gpus: int) -> int:
    """Return an estimate of activations, logits and the process itself.

    A step's largest moment is either in a feed-forward layer (in, out, and three inner tensors, two
    bytes a number) or at the logits (float32, and their probabilities).
    """
    model = subject.architecture
    inner = 3 * model.inner // max(1, gpus)
    moment = max(tokens * (2 * model.hidden + inner) * 2, sequences * model.vocabulary * 8)
    between = _COLLECTIVES if gpus > 1 else 0
    return moment + between + _PROCESS + subject.settings.prompt_cache_mib * MIB
