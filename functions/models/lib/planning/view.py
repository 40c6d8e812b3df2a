"""A plan as the API shows it: camelCase, every number with its unit in its name."""

from planning.instances import QUOTA_NAMES
from planning.memory import BLOCK, Memory, cache_need
from planning.plan import Candidate, Plan
from planning.prices import HOURS_PER_MONTH, Price
from planning.shown import (
    CandidateView,
    PlannedInstance,
    PlannedMemory,
    PlannedModel,
    PlannedPrice,
    PlannedWeights,
    PlanView,
    PriceTag,
)


def view(plan: Plan) -> PlanView:
    """Return a plan as plain values; null is unknown."""
    reason = plan.reason
    return {
        "starts": plan.starts,
        "reason": None
        if reason is None
        else {"code": reason.code, "message": reason.message, "fix": reason.fix},
        "model": _model(plan),
        "weights": _weights(plan),
        "memory": _memory(plan.fit.memory),
        "context": {
            "modelTokens": plan.subject.architecture.context if plan.subject else None,
            "requestedTokens": plan.fit.requested,
            "largestTokens": plan.fit.largest,
            "concurrentFullLengthSequences": plan.fit.sequences,
        },
        "instance": _instance(plan),
        "price": _price(plan.price, plan),
        "candidates": [_candidate(candidate) for candidate in plan.candidates],
        "notes": list(plan.notes),
        "unknowns": list(plan.unknowns),
    }


def _model(plan: Plan) -> PlannedModel | None:
    if plan.subject is None:
        return None
    model = plan.subject.architecture
    return {
        "architecture": model.kind or None,
        "attentionHeads": model.heads,
        "keyValueHeads": model.kv_heads,
        "fullAttentionLayers": model.full_layers,
        "windowedLayers": model.windowed_layers,
        "windowTokens": model.window or None,
        "latentAttention": model.latent,
        "encoderOnly": model.encoder,
        "dataType": model.dtype or None,
        "quantization": model.quantization or None,
        "cacheBytesPerToken": _per_token(plan),
    }


def _weights(plan: Plan) -> PlannedWeights | None:
    if plan.subject is None:
        return None
    weights = plan.subject.weights
    return {
        "format": weights.format,
        "files": weights.files,
        "bytes": weights.bytes,
        "gib": _gib(weights.bytes),
        "elementsByDataType": dict(sorted(weights.elements.items())) or None,
    }


def _per_token(plan: Plan) -> int | None:
    """Return what one more token costs while no window is full, the GPUs taken together."""
    subject, on = plan.subject, Memory(1, 0, 0, 0, 0, 0)
    if subject is None:
        return None
    model, number = subject.architecture, subject.cache_number_bytes
    need = cache_need(subject, BLOCK, on)
    if not need or number is None:
        return need
    return (model.full_layers or 0) * model.cell_numbers(1) * number + (
        model.windowed_layers * model.cell_numbers(1) * number
    )


def _memory(on: Memory | None) -> PlannedMemory | None:
    return (
        None
        if on is None
        else {
            "gpus": on.gpus,
            "totalBytes": on.total,
            "usableBytes": on.usable,
            "weightsBytes": on.weights,
            "reserveBytesEstimated": on.reserve,
            "cacheBytes": max(0, on.cache),
            "cacheGib": _gib(max(0, on.cache)),
        }
    )


def _instance(plan: Plan) -> PlannedInstance:
    instance, place = plan.instance, plan.place
    shown: PlannedInstance = {
        "instanceType": plan.wish.instance_type,
        "region": plan.wish.region,
        "offered": place.offered,
        "availabilityZones": place.zones,
    }
    if instance is None:
        return shown
    return {
        **shown,
        "vcpus": instance.vcpus,
        "memoryGib": instance.memory_gib,
        "gpus": instance.gpus,
        "gpuName": instance.gpu.name if instance.gpu else None,
        "gpuMemoryMib": instance.gpu.memory_mib if instance.gpu else None,
        "nvmeGb": instance.nvme_gb,
        "volumeGib": plan.wish.volume_gib,
        "quota": {
            "name": QUOTA_NAMES[instance.quota],
            "limitVcpus": place.quota_vcpus,
            "wantedVcpusAtMinCapacity": instance.vcpus * plan.wish.min_capacity,
            "wantedVcpusAtMaxCapacity": instance.vcpus * plan.wish.max_capacity,
        },
    }


def _price(price: Price | None, plan: Plan) -> PlannedPrice | None:
    if price is None:
        return None
    few, many = plan.wish.min_capacity, plan.wish.max_capacity
    return {
        **_tag(price),
        "hoursPerMonth": HOURS_PER_MONTH,
        "perHourAtMinCapacity": round(price.per_hour * few, 6),
        "perHourAtMaxCapacity": round(price.per_hour * many, 6),
        "perMonthAtMinCapacity": price.per_month(few),
        "perMonthAtMaxCapacity": price.per_month(many),
    }


def _tag(price: Price) -> PriceTag:
    return {
        "perHour": price.per_hour,
        "currency": price.currency,
        "asOf": price.as_of,
        "kind": price.kind,
    }


def _candidate(candidate: Candidate) -> CandidateView:
    return {
        "instanceType": candidate.instance_type,
        "gpus": candidate.gpus,
        "largestTokens": candidate.largest,
        "changes": candidate.changes,
        "price": _tag(candidate.price) if candidate.price else None,
    }


def _gib(count: int) -> float:
    return round(count / (1 << 30), 2)
