"""The shape of a plan as the API shows it: every number with its unit in its name."""

from typing import NotRequired, TypedDict


class ReasonView(TypedDict):
    """What keeps the model from starting, and what helps."""

    code: str
    message: str
    fix: str


class PlannedModel(TypedDict):
    """The model's architecture, as its configuration tells it."""

    architecture: str | None
    attentionHeads: int | None
    keyValueHeads: int | None
    fullAttentionLayers: int | None
    windowedLayers: int
    windowTokens: int | None
    latentAttention: bool
    encoderOnly: bool
    dataType: str | None
    quantization: str | None
    cacheBytesPerToken: int | None


class PlannedWeights(TypedDict):
    """What the server loads."""

    format: str
    files: int
    bytes: int
    gib: float
    elementsByDataType: dict[str, int] | None


class PlannedMemory(TypedDict):
    """Where the memory goes, all GPUs taken together."""

    gpus: int
    totalBytes: int
    usableBytes: int
    weightsBytes: int
    reserveBytesEstimated: int
    cacheBytes: int
    cacheGib: float


class PlannedContext(TypedDict):
    """How long conversations may be, and how many of that length go at a time."""

    modelTokens: int | None
    requestedTokens: int | None
    largestTokens: int | None
    concurrentFullLengthSequences: float | None


class PlannedQuota(TypedDict):
    """The account's limit of running vCPUs, and what the model wants of it."""

    name: str
    limitVcpus: float | None
    wantedVcpusAtMinCapacity: int
    wantedVcpusAtMaxCapacity: int


class PlannedInstance(TypedDict):
    """The instance type; of one that is not known there is only the name."""

    instanceType: str
    region: str
    offered: bool | None
    availabilityZones: list[str] | None
    vcpus: NotRequired[int]
    memoryGib: NotRequired[int]
    gpus: NotRequired[int]
    gpuName: NotRequired[str | None]
    gpuMemoryMib: NotRequired[int | None]
    nvmeGb: NotRequired[int]
    volumeGib: NotRequired[int]
    quota: NotRequired[PlannedQuota]


class PriceTag(TypedDict):
    """One instance's price."""

    perHour: float
    currency: str
    asOf: str
    kind: str


class PlannedPrice(PriceTag):
    """What the model costs with as few and as many instances as it may have."""

    hoursPerMonth: int
    perHourAtMinCapacity: float
    perHourAtMaxCapacity: float
    perMonthAtMinCapacity: float
    perMonthAtMaxCapacity: float


class CandidateView(TypedDict):
    """Another instance type on which it starts, with what else must then be changed."""

    instanceType: str
    gpus: int
    largestTokens: int | None
    changes: dict[str, str]
    price: PriceTag | None


class PlanView(TypedDict):
    """A plan; null is unknown. `starts` is null where that cannot be known: see `unknowns`."""

    starts: bool | None
    reason: ReasonView | None
    model: PlannedModel | None
    weights: PlannedWeights | None
    memory: PlannedMemory | None
    context: PlannedContext
    instance: PlannedInstance
    price: PlannedPrice | None
    candidates: list[CandidateView]
    notes: list[str]
    unknowns: list[str]
