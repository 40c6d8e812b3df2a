"""What a replica knows of the models: an immutable value, swapped and never changed. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

type Json = Mapping[str, Any]


@dataclass(frozen=True)
class Versions:
    """Counters of the registry's version item: one for the models, one for the tokens."""

    models: int = 0
    tokens: int = 0


@dataclass(frozen=True)
class Route:
    """One model that may be called. `api_base` is empty when LiteLLM knows where it lives."""

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

    def open_to(self, groups: frozenset[str]) -> bool:
        return not self.allowed_groups or not self.allowed_groups.isdisjoint(groups)


@dataclass(frozen=True)
class Snapshot:
    versions: Versions = Versions()
    routes: Mapping[str, Route] = field(default_factory=dict)


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
        context_window=int(row.get("contextWindow") or row.get("plannedContext") or 0),
        **_provider(route),
    )


def _provider(route: Json) -> dict[str, Any]:
    """What a route may say of its provider, and of what to do when that fails."""
    parameters, forwarding = route.get("litellmParams"), route.get("forwarding")
    return {
        "parameters": plain(parameters) if isinstance(parameters, Mapping) else {},
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
    routes = [
        {**asdict(route), "allowed_groups": sorted(route.allowed_groups)}
        for route in snapshot.routes.values()
    ]
    return {"versions": asdict(snapshot.versions), "routes": routes}


def from_json(document: Json) -> Snapshot:
    routes = [_route(written) for written in document["routes"]]
    return Snapshot(Versions(**document["versions"]), {route.model_id: route for route in routes})


def _route(written: Json) -> Route:
    groups, fallbacks = frozenset(written["allowed_groups"]), tuple(written["fallbacks"])
    return Route(**{**written, "allowed_groups": groups, "fallbacks": fallbacks})
