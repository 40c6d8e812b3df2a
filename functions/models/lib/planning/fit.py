"""Whether a model starts on an instance: the first reason why not, or what it can then do."""

from dataclasses import dataclass
from typing import NamedTuple

from checkpoint.architecture import Architecture
from checkpoint.blocked import gib
from planning.instances import GIB, Instance
from planning.memory import Memory, Subject, cache_need, fits, largest_context, memory
from planning.wish import FITTING

# GiB that system and unpacked image take of the root volume: estimates, rounded up.
IMAGE_GIB = {"vllm": 30, "tgi": 30, "tei": 15, "instructor": 20, "llamacpp": 10}
# Tokens, for models that do not say where they end.
_ENDLESS = 1 << 22
_BFLOAT16_SINCE = 80
SPLITTING = {"vllm": "VLLM_TENSOR_PARALLEL_SIZE", "tgi": "NUM_SHARD"}


class Obstacle(NamedTuple):
    """A code of `reasons.CODES`, what happened, and what may be changed: clauses, best first."""

    code: str
    message: str
    ways: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fit:
    """A model on an instance; tokens; None is unknown."""

    memory: Memory | None = None
    requested: int | None = None
    largest: int | None = None
    sequences: int | None = None
    obstacle: Obstacle | None = None


def gpus_asked(subject: Subject, instance: Instance) -> int:
    """Return over how many GPUs the server spreads the model: all of them, unless told."""
    if not instance.gpus or subject.container == "llamacpp":
        return 0
    return (subject.settings.gpus or instance.gpus) if subject.container in SPLITTING else 1


def gpus_possible(subject: Subject, instance: Instance) -> int:
    """Return the largest number of the instance's GPUs over which the heads can be spread."""
    most = instance.gpus if subject.architecture.heads else 1
    counts = range(max(1, most), 0, -1)
    return next(count for count in counts if _spreads(subject.architecture, count))


def _spreads(model: Architecture, gpus: int) -> bool:
    """Return whether the attention heads can be spread over a number of GPUs.

    vLLM wants as many on each, and of key-value heads as many on each or as many copies of each
    (`verify_with_parallel_config`, and the attention of its models); a latent is on all of them.
    """
    heads, kv_heads = model.heads or gpus, model.kv_heads or 1
    if heads % gpus:
        return False
    return model.latent or kv_heads % gpus == 0 or gpus % kv_heads == 0


def fit(subject: Subject, instance: Instance, gpus: int, volume_gib: int) -> Fit:
    """Return how a model fares on an instance when it is spread over `gpus` GPUs (0: none)."""
    if obstacle := _split(subject, instance, gpus) or _compute(subject, instance, gpus):
        return Fit(obstacle=obstacle)
    on = memory(subject, instance, gpus)
    end = subject.architecture.context
    wanted = subject.settings.context
    limit = end or (wanted if wanted and wanted > 0 else _ENDLESS)
    largest = largest_context(subject, on, limit) if on.cache > 0 else 0
    requested = largest if wanted == FITTING else wanted or end
    # llama.cpp takes what the model was trained for where that is less, the others refuse.
    if subject.container == "llamacpp" and end and requested:
        requested = min(requested, end)
    obstacle = (
        _weights(subject, instance, on)
        or _context(subject, instance, on, (requested, largest))
        or _disk(subject, instance, volume_gib)
    )
    return Fit(on, requested, largest, _sequences(subject, on, requested), obstacle)


def _split(subject: Subject, instance: Instance, gpus: int) -> Obstacle | None:
    model = subject.architecture
    if gpus <= instance.gpus and (not gpus or _spreads(model, gpus)):
        return None
    variable, possible = SPLITTING[subject.container], gpus_possible(subject, instance)
    why = (
        f"the instance has {instance.gpus}"
        if gpus > instance.gpus
        else f"its {model.heads} attention and {model.kv_heads} key-value heads do not divide so"
    )
    return Obstacle(
        "TensorParallelMismatch",
        f"The server would spread the model over {gpus} GPUs, and {why}.",
        (f"set {variable} to {possible}",),
    )


def _compute(subject: Subject, instance: Instance, gpus: int) -> Obstacle | None:
    gpu = instance.gpu
    if not (gpus and gpu) or gpu.capability >= _BFLOAT16_SINCE:
        return None
    what = f"{gpu.name} has compute capability {gpu.capability / 10}"
    if subject.settings.dtype == "bfloat16":
        return Obstacle(
            "DtypeUnsupported",
            f"The model is to be computed in bfloat16, which needs 8.0; {what}.",
            ("set the data type to float16",),
        )
    if subject.architecture.quantization == "mxfp4":
        return Obstacle("DtypeUnsupported", f"MXFP4 weights need 8.0; {what}.")
    return None


def _weights(subject: Subject, instance: Instance, on: Memory) -> Obstacle | None:
    if on.cache > 0:
        return None
    where = "by the task"
    if instance.gpu and on.gpus:
        where = f"on {'each' if on.gpus > 1 else 'the'} {instance.gpu.name}"
    return Obstacle(
        "WeightsTooLarge",
        f"The weights take {gib(on.weights)} and the server itself about {gib(on.reserve)}, and "
        f"{gib(on.usable)} can be used {where}.",
    )


def _context(
    subject: Subject, instance: Instance, on: Memory, tokens: tuple[int | None, int | None]
) -> Obstacle | None:
    requested, largest = tokens
    if requested is None or largest is None:
        return None
    variable, end = subject.settings.variable, subject.architecture.context
    if end and requested > end and subject.container == "vllm":
        return Obstacle(
            "ContextTooLong",
            f"{requested:,} tokens are requested, and the model ends at {end:,}.",
            (f"set {variable} to at most {largest}",),
        )
    if largest and fits(subject, requested, on):
        return None
    need = gib(cache_need(subject, requested, on) or 0)
    slots, ways = "", [f"set {variable} to at most {largest}"] if variable and largest else []
    if subject.container == "llamacpp":
        slots = f" for each of {subject.settings.sequences} callers"
        ways.append("lower PARALLEL")
    return Obstacle(
        "ContextTooLong",
        f"A sequence of {requested:,} tokens needs {need} of cache{slots}, and {gib(on.cache)} "
        f"is left: {largest:,} tokens fit.",
        tuple(ways),
    )


def volume_needed(subject: Subject, instance: Instance) -> int:
    """Return how many GiB the root volume must have.

    Weights lie on the instance's own NVMe where it has some, else beside the image on the volume.
    """
    weights = 0 if instance.nvme_gb else subject.weights.folder_bytes
    return IMAGE_GIB[subject.container] + -(-weights // GIB)


def _disk(subject: Subject, instance: Instance, volume_gib: int) -> Obstacle | None:
    needed, weights = volume_needed(subject, instance), subject.weights.folder_bytes
    if needed > volume_gib:
        return Obstacle(
            "DiskTooSmall",
            f"Image and weights take about {needed} GiB, and the volume has {volume_gib}.",
            (f"set blockDeviceVolumeSize to at least {needed}",),
        )
    if instance.nvme_gb and weights > instance.nvme_gb * 10**9:
        return Obstacle(
            "DiskTooSmall",
            f"The folder has {gib(weights)}, and the instance's own disks {instance.nvme_gb} GB.",
        )
    return None


def _sequences(subject: Subject, on: Memory, requested: int | None) -> int | None:
    if subject.container == "llamacpp":
        return subject.settings.sequences
    need = cache_need(subject, requested, on) if requested else None
    return max(0, on.cache) // need if need else None
