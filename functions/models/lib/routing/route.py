"""A route, made of a model's definition. `gateway.snapshot` reads what is written here."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from definition.payload import CreateModel, HostingType, ModelType

type Scalar = bool | int | float | str


class Row(BaseModel):
    """Base of what is stored and shown: camelCase names, never changed in place."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class KeyReference(Row):
    """Where a third party's key lies in Secrets Manager: the secret's name and its VersionId."""

    secret: str
    version: str


class Route(Row):
    """How the gateway reaches the model. A row has one exactly while the model may be called."""

    # protected_namespaces: pydantic would warn of every field that starts with `model_`.
    model_config = ConfigDict(protected_namespaces=())

    litellm_model: str
    api_base: str | None = None
    model_type: ModelType
    streaming: bool
    allowed_groups: list[str]
    created_at: int
    litellm_params: dict[str, Scalar] = {}
    # The version is here so that a new key under the old name is a change that gateways see.
    api_key_secret: str | None = None
    api_key_version: str | None = None
    fallbacks: list[str] = []
    retries: int = 0
    cooldown_seconds: int = 0
    forwarding: bool = True
    # What runs a model of ours: not every server speaks every operation.
    server: str | None = None


def routed(
    config: CreateModel, created_at: datetime, api_base: str | None, key: KeyReference | None
) -> Route:
    """Return how a model is reached at an address; None where LiteLLM knows where it lives."""
    return Route(
        litellm_model=_litellm_model(config),
        api_base=(api_base or "").rstrip("/") or None,
        model_type=config.model_type,
        streaming=config.streaming,
        allowed_groups=config.allowed_groups,
        created_at=int(created_at.timestamp()),
        litellm_params=config.litellm_params.model_dump(),
        api_key_secret=key and key.secret,
        api_key_version=key and key.version,
        fallbacks=config.fallbacks,
        retries=config.attempts,
        cooldown_seconds=config.cooldown_seconds,
        forwarding=config.forwarding,
        server=config.inference_container,
    )


def _litellm_model(config: CreateModel) -> str:
    if config.hosted:
        return f"hosted_vllm/{config.model_id}"
    name = config.model_name
    if config.hosting_type is HostingType.INTERNAL_HOSTED:
        return f"openai/{name.removeprefix('openai/')}"
    return name
