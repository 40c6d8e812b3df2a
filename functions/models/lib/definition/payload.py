"""What an administrator sends: the model definition of LISA v3, with its rules."""

from enum import StrEnum
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic.alias_generators import to_camel

from definition.api_key import POINTER
from definition.calling import CooldownSeconds, Fallbacks, ModelId, Retries
from definition.hosting import AutoScalingConfig, ContainerConfig, LoadBalancerConfig, Payload
from definition.provider_parameters import ProviderParameters
from definition.web_address import require_web_address
from planning.instances import INSTANCES

# What stands in their place in a path is a route of its own.
RESERVED = frozenset({"plan", "metadata"})


def _itself(name: str) -> str:
    if name.startswith(POINTER):
        raise ValueError(f"modelName must be a model's name, not {POINTER} and a variable's")
    return name


type ModelName = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,254}$"),
    AfterValidator(_itself),
]


class ModelType(StrEnum):
    """What a model does."""

    TEXTGEN = "textgen"
    EMBEDDING = "embedding"
    IMAGEGEN = "imagegen"
    RERANK = "rerank"
    SPEECH = "speech"
    TRANSCRIPTION = "transcription"
    MODERATION = "moderation"


# What our inference containers serve.
HOSTABLE = (ModelType.TEXTGEN, ModelType.EMBEDDING)
# Their answers are one piece.
NEVER_STREAMED = (ModelType.EMBEDDING, ModelType.RERANK, ModelType.MODERATION)


class HostingType(StrEnum):
    """Who runs a model's servers: others, this product, or the organisation beside it."""

    THIRD_PARTY = "third_party"
    LISA_HOSTED = "lisa_hosted"
    INTERNAL_HOSTED = "internal_hosted"


class InferenceContainer(StrEnum):
    """The server that runs a hosted model."""

    TGI = "tgi"
    TEI = "tei"
    VLLM = "vllm"
    INSTRUCTOR = "instructor"
    LLAMACPP = "llamacpp"


def _known(value: str) -> str:
    if value not in INSTANCES:
        raise ValueError(f"not a known instance type; known are {', '.join(sorted(INSTANCES))}")
    return value


type InstanceType = Annotated[str, AfterValidator(_known)]


def _served(value: object) -> object:
    if value == "videogen":
        raise ValueError("videogen models are not served yet: leave this one out")
    return value


type ServedType = Annotated[ModelType, BeforeValidator(_served)]


def _is_our_balancer(text: str) -> bool:
    """Whether an address is a load balancer's own, as every partition names them."""
    labels = (urlsplit(text).hostname or "").split(".")
    return "elb" in labels[1:-2]


class Feature(Payload):
    """Something a model is good at, such as `summarization` or `imageInput`."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    overview: Annotated[str, StringConstraints(max_length=1000)] = ""


type Description = Annotated[str, StringConstraints(max_length=1000)]
type Group = Annotated[str, StringConstraints(min_length=1, max_length=256)]
type Groups = Annotated[list[Group], Field(max_length=100)]
type Features = Annotated[list[Feature], Field(max_length=50)]

# A model is hosted by us when all of these are given, external when none is.
HOSTED = (
    "container_config",
    "inference_container",
    "instance_type",
    "auto_scaling_config",
    "load_balancer_config",
)


class CreateModel(Payload):
    """A model as it is asked for, kept and shown."""

    model_id: ModelId
    model_name: ModelName
    model_type: ServedType
    model_description: Description | None = None
    model_url: Annotated[str, StringConstraints(max_length=2048)] | None = None
    streaming: bool = False
    allowed_groups: Groups = []
    features: Features = []
    litellm_params: ProviderParameters = ProviderParameters()
    fallbacks: Fallbacks = []
    retries: Retries | None = None
    cooldown_seconds: CooldownSeconds = 0
    # Whether the gateway may hand bytes on as they are where the server speaks OpenAI's protocol.
    forwarding: bool = True
    hosting_type: HostingType | None = None
    inference_container: InferenceContainer | None = None
    instance_type: InstanceType | None = None
    container_config: ContainerConfig | None = None
    auto_scaling_config: AutoScalingConfig | None = None
    load_balancer_config: LoadBalancerConfig | None = None
    # Start it even where the plan says that it cannot: plans know the usual, not every server.
    force: bool = False

    @property
    def hosted(self) -> bool:
        """Return whether we run this model's servers ourselves."""
        return self.container_config is not None

    @property
    def attempts(self) -> int:
        """Return how often a failed request is sent again before the fallbacks are asked.

        Others' servers lie behind the internet, where one more try mends most failures. Ours fail
        under load, and a second try would be more of it.
        """
        return (0 if self.hosted else 1) if self.retries is None else self.retries

    @model_validator(mode="after")
    def _an_id_that_is_no_route(self) -> Self:
        if self.model_id in RESERVED:
            raise ValueError(f"modelId must be none of {', '.join(sorted(RESERVED))}")
        return self

    @model_validator(mode="after")
    def _hosted_all_or_nothing(self) -> Self:
        missing = [name for name in HOSTED if getattr(self, name) is None]
        if missing and len(missing) < len(HOSTED):
            names = ", ".join(to_camel(name) for name in missing)
            raise ValueError(f"a hosted model needs all of its fields; missing: {names}")
        return self

    @model_validator(mode="after")
    def _hosted_by_whom_it_says(self) -> Self:
        kind = self.hosting_type
        if kind is HostingType.LISA_HOSTED and not self.hosted:
            names = ", ".join(to_camel(name) for name in HOSTED)
            raise ValueError(f"a lisa_hosted model needs {names}")
        if kind not in (None, HostingType.LISA_HOSTED) and self.hosted:
            raise ValueError(f"a {kind} model has no container, instances or load balancer of ours")
        if kind is HostingType.INTERNAL_HOSTED and not _is_our_balancer(self.model_url or ""):
            raise ValueError("an internal_hosted model needs the modelUrl of a load balancer")
        return self

    @model_validator(mode="after")
    def _a_type_that_can_do_it(self) -> Self:
        if self.hosted and self.model_type not in HOSTABLE:
            raise ValueError(f"a hosted model is one of {', '.join(HOSTABLE)}")
        if self.streaming and self.model_type in NEVER_STREAMED:
            raise ValueError(
                f"a model of type {self.model_type} cannot stream: leave streaming out"
            )
        return self

    @model_validator(mode="after")
    def _falls_back_on_others(self) -> Self:
        if self.model_id in self.fallbacks:
            raise ValueError("fallbacks must be other models: a model cannot stand in for itself")
        return self

    @model_validator(mode="after")
    def _weights_stay_below_one_prefix(self) -> Self:
        # The name becomes a policy's resource: `..` or an empty part would reach further.
        if self.hosted and any(part in ("", ".", "..") for part in self.model_name.split("/")):
            raise ValueError("modelName must be a plain S3 key prefix such as org/model")
        return self

    @model_validator(mode="after")
    def _url_is_a_web_address(self) -> Self:
        if self.model_url is None:
            return self
        if self.hosted:
            raise ValueError("modelUrl is for external models: a hosted one gets its own address")
        require_web_address(self.model_url)
        return self

    def document(self) -> dict[str, Any]:
        """Return the definition as the API shows it: every field, camelCase, plain values."""
        usual = HostingType.LISA_HOSTED if self.hosted else HostingType.THIRD_PARTY
        shown = {"hostingType": self.hosting_type or usual, "retries": self.attempts}
        return self.model_dump(mode="json", by_alias=True) | shown
