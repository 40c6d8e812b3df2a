"""What a replica knows of the models: an immutable value, swapped and never changed. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
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
    )


def to_json(snapshot: Snapshot) -> dict[str, Any]:
    routes = [
        {**asdict(route), "allowed_groups": sorted(route.allowed_groups)}
        for route in snapshot.routes.values()
    ]
    return {"versions": asdict(snapshot.versions), "routes": routes}


def from_json(document: Json) -> Snapshot:
    routes = [
        Route(**{**route, "allowed_groups": frozenset(route["allowed_groups"])})
        for route in document["routes"]
    ]
    return Snapshot(Versions(**document["versions"]), {route.model_id: route for route in routes})
