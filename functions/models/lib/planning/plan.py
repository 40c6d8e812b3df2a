"""Whether a model starts on an instance, and what it costs: answered before anything is made."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from checkpoint.architecture import from_config, from_gguf
from checkpoint.blocked import Blocked
from checkpoint.folder import Folder
from checkpoint.weights import find_weights
from diagnosis import Reason
from planning.fit import (
    SPLITTING,
    Fit,
    Obstacle,
    fit,
    gpus_asked,
    gpus_possible,
    volume_needed,
)
from planning.instances import INSTANCES, QUOTA_NAMES, Instance
from planning.memory import Subject
from planning.ports import Account, ModelFiles
from planning.prices import Price, price
from planning.wish import Settings, Wish, settings

MAX_CANDIDATES = 3
_LAST_RESORT = (
    "stage a smaller or quantised version: no instance type known here has room",
    "choose another region: this one has no instance type known here on which the model starts",
)


@dataclass(frozen=True)
class Candidate:
    """Another instance type on which the model starts, when `changes` are made besides.

    `changes` are environment variables and fields of the definition with their new values.
    """

    instance_type: str
    gpus: int
    largest: int | None
    price: Price | None
    changes: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the type and its changes for people."""
        changes = " and ".join(f"{name}={value}" for name, value in self.changes.items())
        return f"{self.instance_type} with {changes}" if changes else self.instance_type


@dataclass(frozen=True)
class Place:
    """The account and the region, as far as they could be asked."""

    offered: bool | None = None
    zones: list[str] | None = None
    quota_vcpus: float | None = None


@dataclass(frozen=True)
class Plan:
    """The answer. `starts` is None where that cannot be known: `unknowns` say why."""

    wish: Wish
    starts: bool | None
    reason: Reason | None = None
    instance: Instance | None = None
    price: Price | None = None
    place: Place = Place()
    subject: Subject | None = None
    fit: Fit = Fit()
    candidates: tuple[Candidate, ...] = ()
    notes: tuple[str, ...] = ()
    unknowns: tuple[str, ...] = ()


def plan(wish: Wish, files: ModelFiles, account: Account) -> Plan:
    """Return the plan for one wish; whatever is wrong with it or its files becomes a reason."""
    instance = INSTANCES.get(wish.instance_type)
    empty = Plan(wish, None, instance=instance, price=price(wish.instance_type, wish.region))
    try:
        subject = _subject(wish, settings(wish), files)
    except Blocked as blocked:
        return replace(empty, starts=False, reason=blocked.reason)
    if instance is None:
        words = f"The instance type {wish.instance_type} is not known here."
        return replace(empty, subject=subject, unknowns=(words,))
    found = fit(subject, instance, gpus_asked(subject, instance), wish.volume_gib)
    place = _place(wish, instance, account)
    candidates = tuple(islice(_candidates(wish, subject, account), MAX_CANDIDATES))
    obstacle = found.obstacle or _not_to_be_had(wish, instance, place)
    doubts = tuple(_doubts(subject, instance))
    return replace(
        empty,
        starts=False if obstacle else None if doubts else True,
        reason=_reason(obstacle, candidates) if obstacle else None,
        place=place,
        subject=subject,
        fit=found,
        candidates=candidates,
        notes=subject.weights.notes,
        unknowns=doubts + tuple(_unasked(empty, place)),
    )


def _subject(wish: Wish, chosen: Settings, files: ModelFiles) -> Subject:
    folder = Folder(files, wish.model_name)
    weights = find_weights(folder, wish.inference_container, chosen.model_file)
    gguf = weights.format == "gguf"
    model = from_gguf(weights.metadata) if gguf else from_config(folder.json("config.json"))
    return Subject(wish.inference_container, model, weights, chosen)


def _place(wish: Wish, instance: Instance, account: Account) -> Place:
    return Place(
        account.offered(wish.instance_type),
        account.zones(wish.instance_type),
        account.quota_vcpus(instance.quota),
    )


def _not_to_be_had(wish: Wish, instance: Instance, place: Place) -> Obstacle | None:
    if place.offered is False:
        return Obstacle("InstanceNotOffered", f"{wish.region} does not offer {wish.instance_type}.")
    vcpus = instance.vcpus * wish.min_capacity
    if place.quota_vcpus is None or vcpus <= place.quota_vcpus:
        return None
    return Obstacle(
        "QuotaExceeded",
        f"The account may run {place.quota_vcpus:g} vCPUs ({QUOTA_NAMES[instance.quota]}), and "
        f"{wish.min_capacity} x {wish.instance_type} have {vcpus}.",
        (f"ask Service Quotas for at least {vcpus}",),
    )


def _reason(obstacle: Obstacle, candidates: tuple[Candidate, ...]) -> Reason:
    ways = list(obstacle.ways)
    if obstacle.code != "QuotaExceeded" and candidates:
        ways.append(f"use {candidates[0]}")
    if not ways:
        ways.append(_LAST_RESORT[obstacle.code == "InstanceNotOffered"])
    fix = ", or ".join(ways)
    return Reason(obstacle.code, obstacle.message, f"{fix[0].upper()}{fix[1:]}.")


def _candidates(wish: Wish, subject: Subject, account: Account) -> Iterator[Candidate]:
    """Yield other types on which the model starts, the cheapest first, unknown prices last.

    Of the types with the same GPUs or memory only the cheapest: the others add vCPUs alone. A type
    that the region is known to lack is left out, one that could not be asked for is not.
    """
    wants_gpu = INSTANCES[wish.instance_type].gpus > 0 and subject.container != "llamacpp"
    seen = set()
    for name in sorted(INSTANCES, key=lambda name: _cost(name, wish.region)):
        instance = INSTANCES[name]
        size = (instance.gpu, instance.gpus) if wants_gpu else (None, instance.memory_gib)
        if name == wish.instance_type or bool(instance.gpus) != wants_gpu or size in seen:
            continue
        candidate = _candidate(wish, subject, name)
        if candidate and account.offered(name) is not False:
            seen.add(size)
            yield candidate


def _cost(name: str, region: str) -> tuple[bool, float, int]:
    known = price(name, region)
    return known is None, known.per_hour if known else 0.0, INSTANCES[name].vcpus


def _candidate(wish: Wish, subject: Subject, name: str) -> Candidate | None:
    instance, changes = INSTANCES[name], {}
    asked = gpus = gpus_asked(subject, instance)
    if variable := SPLITTING.get(subject.container):
        gpus = gpus_possible(subject, instance) if asked else 0
        if gpus != asked:
            changes[variable] = str(gpus)
    volume = max(wish.volume_gib, volume_needed(subject, instance))
    if volume > wish.volume_gib:
        changes["blockDeviceVolumeSize"] = str(volume)
    found = fit(subject, instance, gpus, volume)
    if found.obstacle or any(_doubts(subject, instance)):
        return None
    return Candidate(name, gpus, found.largest, price(name, wish.region), changes)


def _doubts(subject: Subject, instance: Instance) -> Iterator[str]:
    """Yield why nobody can say that the model starts."""
    yield from subject.architecture.unknowns
    model, chosen = subject.architecture, subject.settings
    if subject.caches and subject.cache_number_bytes is None:
        yield f"The size of a cache in {chosen.cache_dtype[:40]!r} is not known here."
    if not instance.gpus and subject.container in ("vllm", "tgi"):
        yield f"{subject.container} runs without a GPU only in images built for that."
    if subject.caches and not model.context and not chosen.context:
        yield "Neither the model nor its environment says how long a sequence may be."
    if instance.gpu and instance.gpu.capability < 80:
        if "fp8" in model.quantization:
            yield f"Only recent releases of {subject.container} run FP8 on {instance.gpu.name}."
        elif model.dtype == "bfloat16" and (subject.container, chosen.dtype) == ("vllm", "auto"):
            yield (
                f"{instance.gpu.name} has no bfloat16: recent releases of vLLM use float16, others "
                "refuse. VLLM_DTYPE=float16 makes it sure."
            )


def _unasked(empty: Plan, place: Place) -> Iterator[str]:
    """Yield what could not be found out beside the model itself."""
    wish = empty.wish
    if empty.price is None:
        yield f"The price list has no price of {wish.instance_type} in {wish.region}."
    if place.offered is None:
        yield f"Whether {wish.region} offers {wish.instance_type} could not be asked."
    if place.quota_vcpus is None:
        yield "The account's quota of vCPUs could not be asked."
    else:
        yield "How much of the quota other instances use was not asked."
