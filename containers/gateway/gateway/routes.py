"""From a request to what it wants, and from a model to the upstream that serves it. Pure."""

from dataclasses import dataclass
from typing import Literal

from gateway import errors
from gateway.snapshot import Route, Snapshot

PREFIX = "/v2/serve/"
OPERATIONS = frozenset({"chat/completions", "completions", "embeddings"})
# Providers whose servers speak OpenAI's protocol themselves, so bytes need no translation.
SPEAKS_OPENAI = ("openai/", "hosted_vllm/")
LANE = "http://lane/v1"

type Action = Literal["health", "list", "retrieve", "infer"]


@dataclass(frozen=True)
class Wish:
    """What a request asks for; `subject` is an operation or a model id."""

    action: Action
    subject: str = ""


@dataclass(frozen=True)
class Target:
    """Where a request goes and by which name the model is known there."""

    base: str
    name: str
    through_lane: bool


def wish(method: str, path: str) -> Wish:
    if path == "/health":
        return _only("GET", Wish("health"), method, path)
    if not path.startswith(PREFIX):
        raise errors.unknown_url(method, path)
    rest = path.removeprefix(PREFIX).removeprefix("v1/")
    if rest == "models":
        return _only("GET", Wish("list"), method, path)
    if rest.startswith("models/") and rest != "models/":
        return _only("GET", Wish("retrieve", rest.removeprefix("models/")), method, path)
    if rest in OPERATIONS:
        return _only("POST", Wish("infer", rest), method, path)
    raise errors.unknown_url(method, path)


def _only(allowed: str, wanted: Wish, method: str, path: str) -> Wish:
    if method != allowed:
        raise errors.method_not_allowed(method, path, allowed)
    return wanted


def find(snapshot: Snapshot | None, model_id: str, groups: frozenset[str]) -> Route:
    """The route, for somebody who may use it; for everybody else the model does not exist."""
    if snapshot is None:
        raise errors.models_unknown()
    route = snapshot.routes.get(model_id)
    if route is None or not route.open_to(groups):
        raise errors.model_not_found(model_id)
    return route


def check(route: Route, operation: str, stream: bool) -> None:
    if (route.model_type == "embedding") != (operation == "embeddings"):
        raise errors.wrong_kind(route.model_id, route.model_type, operation)
    if stream and not route.streaming and operation != "embeddings":
        raise errors.cannot_stream(route.model_id)


def target(route: Route, operation: str) -> Target:
    if route.forwarding and route.api_base and route.litellm_model.startswith(SPEAKS_OPENAI):
        name = route.litellm_model.partition("/")[2]
        return Target(base=route.api_base, name=name, through_lane=False)
    return Target(base=LANE, name=route.model_id, through_lane=True)


def listing(snapshot: Snapshot | None, groups: frozenset[str]) -> dict[str, object]:
    if snapshot is None:
        raise errors.models_unknown()
    visible = [route for route in snapshot.routes.values() if route.open_to(groups)]
    visible.sort(key=lambda route: (route.created_at, route.model_id))
    return {"object": "list", "data": [description(route) for route in visible]}


def description(route: Route) -> dict[str, object]:
    return {
        "id": route.model_id,
        "object": "model",
        "created": route.created_at,
        "owned_by": "lisa",
    }
