"""What an administrator changes of a model, and the definition that comes of it. Pure."""

from typing import Annotated, Any, Self

from pydantic import Field, model_validator
from pydantic import ValidationError as Unreadable

from definition.hosting import Payload, Seconds, VariableName, VariableValue
from definition.payload import CreateModel, Description, Features, Groups, ModelType
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
    """The body of PUT /models/{modelId}."""

    auto_scaling_instance_config: AutoScalingInstanceConfig | None = None
    enabled: bool | None = None
    model_type: ModelType | None = None
    model_description: Description | None = None
    streaming: bool | None = None
    allowed_groups: Groups | None = None
    features: Features | None = None
    container_config: ContainerChange | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        return _with_a_field(self)

    @model_validator(mode="after")
    def _one_intent(self) -> Self:
        if self.enabled is not None and self.auto_scaling_instance_config is not None:
            raise ValueError(
                "enabled and autoScalingInstanceConfig exclude each other: send two requests"
            )
        return self

    @model_validator(mode="after")
    def _embeddings_do_not_stream(self) -> Self:
        if self.streaming and self.model_type is ModelType.EMBEDDING:
            raise ValueError("an embedding model cannot stream: set streaming to false")
        return self

    def applied_to(self, config: CreateModel) -> CreateModel:
        """Return the definition as it is to be, or raise ValidationError for what cannot be."""
        document = config.model_dump(mode="json", by_alias=True, exclude_none=True)
        own = {"enabled", "auto_scaling_instance_config", "container_config"}
        document |= _given(self, exclude=own)
        if self.model_type is ModelType.EMBEDDING:
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
