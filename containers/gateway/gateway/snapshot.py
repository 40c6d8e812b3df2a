"""What a replica knows of the models: an immutable value, swapped and never changed. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from gateway import provider_parameters
from gateway.waiting import IN_SERVICE, STATES

type Json = Mapping[str, Any]


@dataclass(frozen=True)
class Versions:
    """Counters of the registry's version item: one for the models, one for the tokens."""

    models: int = 0
    tokens: int = 0


@dataclass(frozen=True)
class Route:
    """One model. `api_base` is empty when LiteLLM knows where it lives.

    A model that may not be called now has another `status` than IN_SERVICE, and no `litellm_model`.
    """

    model_id: str
    litellm_model: str
    api_base: str
    model_type: str
    streaming: bool
    allowed_groups: frozenset[str]
    created_at: int
    # What LiteLLM wants to know of this provider beside name and address; never a key.
    parameters: Mapping[str, Any] = field(default_factory=dict)
    # The secret in Secrets Manager that holds the provider's key, and which of its versions.
    secret: str = ""
    secret_version: str = ""
    # Asked in this order when the model itself fails.
    fallbacks: tuple[str, ...] = ()
    retries: int = 0
    # How long a failing model is passed over in favour of its fallbacks; 0 means never.
    cooldown_seconds: float = 0
    # Whether bytes may go straight to a server that speaks OpenAI, past LiteLLM.
    forwarding: bool = True
    # How many tokens prompt and answer may have together; 0 where nobody knows.
    context_window: int = 0
    # What runs a model of ours (vllm, tgi, llamacpp, ...); empty for those of others.
    server: str = ""
    # What people are told of it besides: features by their names, dollars for a token in decimals.
    status: str = IN_SERVICE
    description: str = ""
    features: tuple[str, ...] = ()
    pricing: Mapping[str, str] = field(default_factory=dict)

    def open_to(self, groups: frozenset[str]) -> bool:
        return not self.allowed_groups or not self.allowed_groups.isdisjoint(groups)


@dataclass(frozen=True)
class Snapshot:
    """`routes` are the models that may be called, `waiting` those that exist besides."""

    versions: Versions = Versions()
    routes: Mapping[str, Route] = field(default_factory=dict)
    waiting: Mapping[str, Route] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """What turns one set of routes into another."""

    gone: tuple[str, ...]
    put: tuple[Route, ...]


def change(old: Mapping[str, Route], new: Mapping[str, Route]) -> Change:
    return Change(
        gone=tuple(name for name in old if name not in new),
        put=tuple(route for name, route in new.items() if old.get(name) != route),
    )


def route_of(row: Json) -> Route | None:
    """The route of a models row; None when it may not be called or the row is damaged."""
    model_id, route = row.get("modelId"), row.get("route")
    if not isinstance(model_id, str) or not isinstance(route, Mapping):
        return None
    litellm_model = route.get("litellmModel")
    if not isinstance(litellm_model, str) or not litellm_model:
        return None
    return Route(
        model_id=model_id,
        litellm_model=litellm_model,
        api_base=str(route.get("apiBase") or "").rstrip("/"),
        model_type=str(route.get("modelType") or "textgen"),
        streaming=bool(route.get("streaming", True)),
        allowed_groups=frozenset(str(group) for group in route.get("allowedGroups") or ()),
        created_at=int(route.get("createdAt") or 0),
        **_provider(route),
        **_shown(row),
    )


def waiting_of(row: Json) -> Route | None:
    """What is told of a row's model that may not be called now; None if nothing is."""
    model_id, status, config = row.get("modelId"), row.get("status"), row.get("config")
    if not isinstance(model_id, str) or not isinstance(config, Mapping) or status not in STATES:
        return None
    return Route(
        model_id=model_id,
        litellm_model="",
        api_base="",
        model_type=str(config.get("modelType") or "textgen"),
        streaming=bool(config.get("streaming")),
        allowed_groups=frozenset(str(group) for group in config.get("allowedGroups") or ()),
        created_at=_seconds(row.get("createdAt")),
        fallbacks=tuple(str(model) for model in config.get("fallbacks") or ()),
        status=str(status),
        **_shown(row),
    )


def _shown(row: Json) -> dict[str, Any]:
    """What people are told of a model, whether or not it may be called."""
    config = row.get("config")
    said: Json = config if isinstance(config, Mapping) else {}
    features: Iterable[Any] = said.get("features") or ()
    return {
        "context_window": int(row.get("contextWindow") or row.get("plannedContext") or 0),
        "description": str(said.get("modelDescription") or ""),
        "features": tuple(str(one.get("name")) for one in features if isinstance(one, Mapping)),
    }


def _seconds(moment: object) -> int:
    try:
        return int(datetime.fromisoformat(str(moment)).timestamp())
    except ValueError:
        return 0


def _provider(route: Json) -> dict[str, Any]:
    """What a route may say of its provider, and of what to do when that fails."""
    said, forwarding = route.get("litellmParams"), route.get("forwarding")
    parameters = plain(said) if isinstance(said, Mapping) else {}
    return {
        "parameters": {
            name: of for name, of in parameters.items() if name not in provider_parameters.PRICES
        },
        "pricing": provider_parameters.prices(parameters),
        "secret": str(route.get("apiKeySecret") or ""),
        "secret_version": str(route.get("apiKeyVersion") or ""),
        "fallbacks": tuple(str(model) for model in route.get("fallbacks") or ()),
        "retries": int(route.get("retries") or 0),
        "cooldown_seconds": float(route.get("cooldownSeconds") or 0),
        "forwarding": forwarding is not False,
        "server": str(route.get("server") or ""),
    }


def plain(value: Any) -> Any:
    """A value of the table as JSON has it: DynamoDB's numbers are decimals."""
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def to_json(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "versions": asdict(snapshot.versions),
        "routes": [_written(route) for route in snapshot.routes.values()],
        "waiting": [_written(route) for route in snapshot.waiting.values()],
    }


def from_json(document: Json) -> Snapshot:
    routes, waiting = map(_route, document["routes"]), map(_route, document["waiting"])
    return Snapshot(Versions(**document["versions"]), by_id(routes), by_id(waiting))


def by_id(routes: Iterable[Route]) -> dict[str, Route]:
    return {route.model_id: route for route in routes}


def _written(route: Route) -> dict[str, Any]:
    return {**asdict(route), "allowed_groups": sorted(route.allowed_groups)}


def _route(written: Json) -> Route:
    tuples = {name: tuple(written[name]) for name in ("fallbacks", "features")}
    return Route(**{**written, **tuples, "allowed_groups": frozenset(written["allowed_groups"])})
