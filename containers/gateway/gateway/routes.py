"""Which model answers, whether it can, and where it is served. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from gateway import errors
from gateway.errors import Refusal
from gateway.grants import Caller
from gateway.operations import BY_TYPE, NOT_LITELLMS, SPOKEN, SPOKEN_BY_SERVER, STREAMED
from gateway.paths import Wish
from gateway.snapshot import Route, Snapshot
from gateway.waiting import IN_SERVICE, not_in_service

LANE = "http://lane/v1"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes and by which name the model is known there."""

    base: str
    name: str
    through_lane: bool


def find(snapshot: Snapshot | None, model_id: str, caller: Caller) -> Route:
    """The model, in service or not, for somebody who may use it; for others it does not exist."""
    if snapshot is None:
        raise errors.models_unknown()
    route = snapshot.routes.get(model_id) or snapshot.waiting.get(model_id)
    if route is None or not caller.may_call(route):
        raise errors.model_not_found(model_id)
    return route


def candidates(
    snapshot: Snapshot | None, model_id: str, caller: Caller, operation: str, stream: bool
) -> Sequence[Route]:
    """The model, and after it those of its fallbacks that exist, may be called and can do it.

    For one that is not in service they answer, as for one that fails: a Refusal (503) without any.
    """
    route = find(snapshot, model_id, caller)
    check(route, operation, stream)
    serving = [route] if route.status == IN_SERVICE else []
    if serving and not route.fallbacks:
        return serving
    routes = snapshot.routes if snapshot else {}
    others = [routes[name] for name in route.fallbacks if name in routes]
    able = [one for one in others if caller.may_call(one) and can(one, operation, stream)]
    if not serving and not able:
        raise not_in_service(route.model_id, route.status)
    return [*serving, *able]


def can(route: Route, operation: str, stream: bool) -> bool:
    try:
        check(route, operation, stream)
    except Refusal:
        return False
    return True


def check(route: Route, operation: str, stream: bool) -> None:
    """Refuse (400) what a model of this type cannot do."""
    able = BY_TYPE.get(route.model_type, ())
    if operation not in able:
        raise errors.wrong_kind(route.model_id, route.model_type, operation, able)
    if stream and not route.streaming and operation in STREAMED:
        raise errors.cannot_stream(route.model_id)


def target(route: Route, operation: str) -> Target:
    """Straight to a server that does this itself, otherwise through LiteLLM.

    A server is asked by its own name for the model, the lane by ours. Refuses (400) what neither
    can do.
    """
    provider, _, name = route.litellm_model.partition("/")
    # Parameters are for LiteLLM to heed: a byte that passes it by would not.
    plain = route.forwarding and route.api_base and not route.parameters
    if plain and operation in _spoken(provider, route.server):
        return Target(base=route.api_base, name=name, through_lane=False)
    if operation in NOT_LITELLMS:
        raise errors.not_through_litellm(route.model_id, operation)
    return Target(base=LANE, name=route.model_id, through_lane=True)


def _spoken(provider: str, server: str) -> frozenset[str]:
    return SPOKEN_BY_SERVER.get(server) or SPOKEN.get(provider) or frozenset()


def shown(snapshot: Snapshot | None, caller: Caller, wish: Wish, query: str) -> dict[str, object]:
    """The list, or one model, of those in service; of all with `state=all` in the query."""
    everything = _wants_all(query)
    if wish.action == "list":
        return listing(snapshot, caller, everything)
    route = find(snapshot, wish.subject, caller)
    if route.status != IN_SERVICE and not everything:
        raise not_in_service(route.model_id, route.status)
    return description(route)


def _wants_all(query: str) -> bool:
    state = dict(parse_qsl(query)).get("state", "") if query else ""
    if state not in ("", "all"):
        raise errors.unknown_state(state)
    return state == "all"


def listing(
    snapshot: Snapshot | None, caller: Caller, everything: bool = False
) -> dict[str, object]:
    """What somebody may call, oldest first, on one page: OpenAI's list and Anthropic's.

    `everything`: and what he may call, but not now.
    """
    if snapshot is None:
        raise errors.models_unknown()
    known = [*snapshot.routes.values(), *(snapshot.waiting.values() if everything else ())]
    visible = [route for route in known if caller.may_call(route)]
    visible.sort(key=lambda route: (route.created_at, route.model_id))
    ends = (visible[0].model_id, visible[-1].model_id) if visible else (None, None)
    page = {"has_more": False, "first_id": ends[0], "last_id": ends[1]}
    return {"object": "list", "data": [description(route) for route in visible], **page}


def description(route: Route) -> dict[str, object]:
    """A model as OpenAI's clients know it, with what Anthropic's and the console read besides."""
    told: dict[str, object] = {
        "id": route.model_id,
        "object": "model",
        "created": route.created_at,
        "owned_by": "lisa",
        "type": "model",
        "display_name": route.model_id,
        "model_type": route.model_type,
        "context_window": route.context_window,
        "status": route.status,
        "created_at": f"{datetime.fromtimestamp(route.created_at, UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    more = {
        "description": route.description,
        "features": route.features,
        "pricing": route.pricing,
    }
    return told | {name: value for name, value in more.items() if value}
