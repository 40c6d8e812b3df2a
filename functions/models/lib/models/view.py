"""What the API shows of a model: its definition as LISA's clients know it, and how it fares."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict, cast

from definition.hosting import AutoScalingConfig, ContainerConfig, LoadBalancerConfig
from definition.payload import Feature, HostingType, InferenceContainer, ModelType
from definition.provider_parameters import ProviderParameters
from models.model import FailureReason, Model, Moment, Status
from planning.shown import PlanView


class ModelView(TypedDict):
    """A model. `contextWindow` is in tokens, null where it is unknown."""

    modelId: str
    modelName: str
    modelType: ModelType
    modelDescription: str | None
    modelUrl: str | None
    streaming: bool
    allowedGroups: list[str]
    features: list[Feature]
    litellmParams: ProviderParameters
    fallbacks: list[str]
    retries: int
    cooldownSeconds: int
    forwarding: bool
    hostingType: HostingType
    inferenceContainer: InferenceContainer | None
    instanceType: str | None
    containerConfig: ContainerConfig | None
    autoScalingConfig: AutoScalingConfig | None
    loadBalancerConfig: LoadBalancerConfig | None
    force: bool
    status: Status
    timeline: list[Moment]
    failureReason: FailureReason | None
    createdAt: datetime
    updatedAt: datetime
    contextWindow: int | None
    hasApiKey: bool


class ModelAnswer(TypedDict):
    """One model."""

    model: ModelView


class ModelsAnswer(TypedDict):
    """Every model."""

    models: list[ModelView]


class PlanAnswer(TypedDict):
    """A model's plan."""

    plan: PlanView


class DeletionAnswer(TypedDict):
    """What LISA says of a model that is on its way out."""

    status: str
    message: str


def answer(model: Model) -> ModelAnswer:
    """Return one model as the API shows it, its parts as they are written."""
    return cast("ModelAnswer", {"model": model.view()})


def answers(models: Iterable[Model]) -> ModelsAnswer:
    """Return models as the API shows them."""
    return cast("ModelsAnswer", {"models": [model.view() for model in models]})
