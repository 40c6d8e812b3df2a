"""What an administrator changes of a model, and the definition that comes of it. Pure."""

from typing import Annotated, Any, Self

from pydantic import Field, SecretStr, model_validator
from pydantic import ValidationError as Unreadable

from definition.api_key import require_usable
from definition.calling import CooldownSeconds, Fallbacks, Retries
from definition.hosting import Payload, Seconds, VariableName, VariableValue
from definition.payload import (
    NEVER_STREAMED,
    CreateModel,
    Description,
    Features,
    Groups,
    ServedType,
)
from definition.provider_parameters import ProviderParameters
from kernel.faults import ValidationError

# The value that takes a variable out of a server's environment, as LISA's clients send it.
REMOVED = "LISA_MARKED_FOR_DELETION"

type Count = Annotated[int, Field(ge=1, le=100)]


class AutoScalingInstanceConfig(Payload):
    """The numbers of instances, and how fast they may change; whatever is left out stays."""

    min_capacity: Count | None = None
    max_capacity: Count | None = None
    desired_capacity: Count | None = None
    cooldown: Seconds | None = None
    default_instance_warmup: Seconds | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        return _with_a_field(self)


class ContainerChange(Payload):
    """What may change of a container: its servers are replaced, one after the other."""

    environment: dict[VariableName, VariableValue] | None = Field(default=None, max_length=100)
    shared_memory_size: Annotated[int, Field(ge=0, le=1_048_576)] | None = None
    health_check_command: str | list[str] | None = None
    health_check_interval: int | None = None
    health_check_timeout: int | None = None
    health_check_start_period: int | None = None
    health_check_retries: int | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        return _with_a_field(self)


class UpdateModel(Payload):
    """The body of PUT /models/{modelId}.

    What is given takes the place of what was, whole; only variables of a container are merged.
    """

    auto_scaling_instance_config: AutoScalingInstanceConfig | None = None
    enabled: bool | None = None
    model_type: ServedType | None = None
    model_description: Description | None = None
    streaming: bool | None = None
    allowed_groups: Groups | None = None
    features: Features | None = None
    litellm_params: ProviderParameters | None = None
    fallbacks: Fallbacks | None = None
    retries: Retries | None = None
    cooldown_seconds: CooldownSeconds | None = None
    forwarding: bool | None = None
    container_config: ContainerChange | None = None
    # No part of the definition. Here alone null means something: the model has no key any more.
    api_key: SecretStr | None = None

    @property
    def removes_key(self) -> bool:
        """Return whether the model's key is to go."""
        return "api_key" in self.model_fields_set and self.api_key is None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        return self if self.removes_key else _with_a_field(self)

    @model_validator(mode="after")
    def _one_intent(self) -> Self:
        if self.enabled is not None and self.auto_scaling_instance_config is not None:
            raise ValueError(
                "enabled and autoScalingInstanceConfig exclude each other: send two requests"
            )
        return self

    @model_validator(mode="after")
    def _streams_if_its_type_can(self) -> Self:
        if self.streaming and self.model_type in NEVER_STREAMED:
            raise ValueError(f"a model of type {self.model_type} cannot stream")
        return self

    def applied_to(self, config: CreateModel) -> CreateModel:
        """Return the definition as it is to be, or raise ValidationError for what cannot be."""
        self._require_usable_key(config)
        document = config.model_dump(mode="json", by_alias=True, exclude_none=True)
        own = {"enabled", "auto_scaling_instance_config", "container_config", "api_key"}
        document |= _given(self, exclude=own)
        if self.model_type in NEVER_STREAMED:
            document["streaming"] = False
        if self.container_config is not None:
            document["containerConfig"] = _container(
                document["containerConfig"], self.container_config
            )
        if self.auto_scaling_instance_config is not None:
            changes = _given(self.auto_scaling_instance_config)
            document["autoScalingConfig"] = _scaling(document["autoScalingConfig"], changes)
        try:
            return CreateModel.model_validate(document, strict=False)
        except Unreadable as reasons:
            raise ValidationError.of(reasons) from None

    def _require_usable_key(self, config: CreateModel) -> None:
        if self.api_key is None:
            return
        try:
            require_usable(self.api_key, config.model_name)
        except ValueError as reason:
            raise ValidationError([{"field": "apiKey", "message": str(reason)}]) from None


type _Json = dict[str, Any]


def _given(payload: Payload, exclude: set[str] | None = None) -> _Json:
    return payload.model_dump(mode="json", by_alias=True, exclude_none=True, exclude=exclude)


def _with_a_field[Change: Payload](change: Change) -> Change:
    if not _given(change):
        raise ValueError("at least one field must be given")
    return change


def _container(container: _Json, change: ContainerChange) -> _Json:
    """Variables are merged, so that nobody has to repeat those that stay."""
    given = _given(change)
    variables = container.get("environment", {}) | given.pop("environment", {})
    check = dict(container["healthCheckConfig"])
    for name in [name for name in given if name.startswith("healthCheck")]:
        short = name.removeprefix("healthCheck")
        check[short[0].lower() + short[1:]] = given.pop(name)
    kept = {name: value for name, value in variables.items() if value != REMOVED}
    return container | given | {"environment": kept, "healthCheckConfig": check}


def _scaling(scaling: _Json, changes: _Json) -> _Json:
    """A desired number that was not asked for follows the limits that were."""
    merged = scaling | changes
    if "desiredCapacity" in scaling and "desiredCapacity" not in changes:
        at_most = min(scaling["desiredCapacity"], merged["maxCapacity"])
        merged["desiredCapacity"] = max(at_most, merged["minCapacity"])
    return merged


class ContextWindow(Payload):
    """The body of PUT /models/{modelId}/context-window: tokens of prompt and answer together."""

    context_window: Annotated[int, Field(ge=1, le=100_000_000)]
