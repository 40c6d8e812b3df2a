"""Values that the gateway's unit tests begin with."""

from gateway.grants import Caller
from gateway.grounding.grounds import Grounds, Passage
from gateway.snapshot import Route, Snapshot, Versions, by_id
from gateway.tracing.context import Sampler, Trace, begin
from gateway.usage.record import Record, Tokens
from gateway.waiting import IN_SERVICE


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
    serving = [one for one in routes if one.status == IN_SERVICE]
    waiting = [one for one in routes if one.status != IN_SERVICE]
    return Snapshot(Versions(models, tokens), by_id(serving), by_id(waiting))


def record(**changes: object) -> Record:
    values: dict[str, object] = {
        "request_id": "req_1",
        "at": 1_795_000_000.5,
        "user": "ada",
        "token_id": "tok_1",
        "groups": frozenset({"physicists"}),
        "model": "m1",
        "served": "m1",
        "operation": "chat/completions",
        "status": 200,
        "streamed": True,
        "milliseconds": 1500.0,
        "first_token": 500.0,
        "tokens": Tokens(10, 21, 4),
    }
    return Record(**(values | changes))  # type: ignore[arg-type]


NOBODY = Caller("", frozenset(), None)


def member(*groups: str, models: frozenset[str] = frozenset()) -> Caller:
    return Caller("ada", frozenset(groups), None, models=models)


def trace(recorded: bool = True, **headers: str) -> Trace:
    """The trace of a request with these headers; underscores stand for dashes."""
    pairs = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    return begin(pairs, Sampler(float(recorded)), at=1_700_000_000.0, began=100.0)


def passage(number: int) -> Passage:
    title, source = f"Doc {number}", f"s3://b/{number}"
    return Passage(number, f"d{number}", title, source, ("A", "B"), (2, 3), 0.5)


def grounds(count: int) -> Grounds:
    return Grounds("handbook", tuple(passage(number) for number in range(1, count + 1)))
