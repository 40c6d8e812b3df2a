"""Values that the gateway's unit tests begin with."""

from gateway.grants import Caller
from gateway.snapshot import Route, Snapshot, Versions
from gateway.usage.record import Record, Tokens


def route(model_id: str = "m1", litellm_model: str = "hosted_vllm/m1", **changes: object) -> Route:
    values: dict[str, object] = {
        "model_id": model_id,
        "litellm_model": litellm_model,
        "api_base": "http://10.0.0.7/v1",
        "model_type": "textgen",
        "streaming": True,
        "allowed_groups": frozenset(),
        "created_at": 1_700_000_000,
    }
    return Route(**(values | changes))  # type: ignore[arg-type]


def snapshot(*routes: Route, models: int = 1, tokens: int = 1) -> Snapshot:
    return Snapshot(Versions(models, tokens), {one.model_id: one for one in routes})


def record(**changes: object) -> Record:
    values: dict[str, object] = {
        "request_id": "req_1",
        "at": 1_795_000_000.5,
        "user": "ada",
        "token_id": "tok_1",
        "groups": frozenset({"readers"}),
        "model": "m1",
        "served": "m1",
        "operation": "chat/completions",
        "status": 200,
        "streamed": True,
        "milliseconds": 812.5,
        "first_token": 95.25,
        "tokens": Tokens(30, 7, 12),
    }
    return Record(**(values | changes))  # type: ignore[arg-type]


NOBODY = Caller("", frozenset(), None)


def member(*groups: str, models: frozenset[str] = frozenset()) -> Caller:
    return Caller("ada", frozenset(groups), None, models=models)
