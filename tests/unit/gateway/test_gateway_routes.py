"""Which model answers, whether it can, and where it is served."""

import pytest

from gateway.errors import Refusal
from gateway.grants import Caller
from gateway.operations import ANTHROPIC, BY_TYPE, OPERATIONS
from gateway.routes import LANE, Target, candidates, check, find, listing, target
from tests.unit.gateway.builders import NOBODY, member, route, snapshot

OPENAIS = sorted(OPERATIONS - ANTHROPIC)


@pytest.mark.promise("serve.routes-by-model")
@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_our_own_server_gets_the_very_bytes(operation: str) -> None:
    assert target(route(), operation) == Target("http://10.0.0.7/v1", "m1", through_lane=False)


@pytest.mark.parametrize("operation", OPENAIS)
def test_an_openai_server_is_called_by_its_own_name_for_the_model(operation: str) -> None:
    known = route("assistant", "openai/org/gpt-x", api_base="https://example.test/v1")
    told = target(known, operation)
    assert told == Target("https://example.test/v1", "org/gpt-x", through_lane=False)


@pytest.mark.parametrize("operation", sorted(ANTHROPIC))
def test_an_openai_server_is_spoken_to_for_clients_of_anthropic(operation: str) -> None:
    known = route("assistant", "openai/gpt-x", api_base="https://example.test/v1")
    assert target(known, operation) == Target(LANE, "assistant", through_lane=True)


@pytest.mark.parametrize(
    ("server", "operation", "lane"),
    [
        ("tgi", "chat/completions", False),
        ("tgi", "completions", False),
        ("tgi", "messages", True),
        ("tgi", "responses", True),
        ("vllm", "messages", False),
        ("llamacpp", "responses", False),
        ("tei", "embeddings", False),
    ],
)
def test_a_server_is_sent_what_it_speaks_and_the_lane_the_rest(
    server: str, operation: str, lane: bool
) -> None:
    assert target(route(server=server), operation).through_lane is lane


@pytest.mark.promise("providers.hundred", "providers.sagemaker")
@pytest.mark.parametrize(
    ("litellm_model", "changes"),
    [
        ("bedrock/amazon.titan-text-express-v1", {"api_base": ""}),
        ("sagemaker/test-endpoint", {"api_base": ""}),
        ("openai/gpt-x", {"api_base": ""}),
        ("azure/gpt-x", {}),
        ("openai/gpt-x", {"forwarding": False}),
        ("hosted_vllm/m1", {"forwarding": False, "server": "tgi"}),
        ("no-provider", {}),
    ],
)
@pytest.mark.parametrize("operation", ["chat/completions", "messages"])
def test_everything_else_goes_through_the_lane_by_our_name(
    litellm_model: str, changes: dict[str, object], operation: str
) -> None:
    known = route("m1", litellm_model, **changes)
    assert target(known, operation) == Target(LANE, "m1", through_lane=True)


def test_what_litellm_cannot_do_is_not_sent_to_it() -> None:
    with pytest.raises(Refusal, match="LiteLLM, which cannot do audio/translations"):
        target(route("m1", "openai/whisper-1", api_base=""), "audio/translations")


def test_a_model_of_another_group_does_not_exist_for_me() -> None:
    models = snapshot(route("secret", allowed_groups=frozenset({"physicists"})), route("open"))
    assert find(models, "secret", member("physicists", "x")).model_id == "secret"
    with pytest.raises(Refusal) as refused:
        find(models, "secret", member("physicist"))
    with pytest.raises(Refusal) as unknown:
        find(models, "nothing", NOBODY)
    assert refused.value.body() == {
        **unknown.value.body(),
        "error": {
            "message": unknown.value.message.replace("nothing", "secret"),
            "type": "invalid_request_error",
            "param": "model",
            "code": "model_not_found",
        },
    }


def test_a_token_for_certain_models_sees_no_other() -> None:
    models, caller = snapshot(route("m1"), route("m2")), member(models=frozenset({"m2"}))
    assert find(models, "m2", caller).model_id == "m2"
    assert [model["id"] for model in listing(models, caller)["data"]] == ["m2"]  # type: ignore[attr-defined]
    with pytest.raises(Refusal):
        find(models, "m1", caller)


def test_fallbacks_are_those_that_exist_can_do_it_and_are_open_to_the_caller() -> None:
    models = snapshot(
        route("m1", fallbacks=("gone", "vectors", "secret", "whole", "m2")),
        route("vectors", model_type="embedding"),
        route("secret", allowed_groups=frozenset({"physicists"})),
        route("whole", streaming=False),
        route("m2"),
    )

    def names(caller: Caller, stream: bool) -> list[str]:
        found = candidates(models, "m1", caller, "chat/completions", stream)
        return [one.model_id for one in found]

    assert names(NOBODY, stream=True) == ["m1", "m2"]
    assert names(member("physicists"), stream=False) == ["m1", "secret", "whole", "m2"]


def test_the_list_shows_only_what_may_be_called_oldest_first() -> None:
    models = snapshot(
        route("new", created_at=2),
        route("old", created_at=1),
        route("secret", allowed_groups=frozenset({"physicists"})),
    )
    page = listing(models, NOBODY)
    data = page["data"]
    assert isinstance(data, list)
    assert [model["id"] for model in data] == ["old", "new"]
    openai = {"id": "old", "object": "model", "created": 1, "owned_by": "lisa"}
    assert data[0].items() >= openai.items()


def test_clients_of_anthropic_can_read_the_list_too() -> None:
    page = listing(snapshot(route("new", created_at=2), route("old", created_at=1)), NOBODY)
    assert (page["first_id"], page["last_id"], page["has_more"]) == ("old", "new", False)
    model = page["data"][0]  # type: ignore[index]
    assert (model["type"], model["display_name"]) == ("model", "old")
    assert model["created_at"] == "1970-01-01T00:00:01Z"
    assert listing(snapshot(), NOBODY)["first_id"] is None


def test_the_list_says_what_a_model_is_for_and_how_much_it_reads() -> None:
    models = snapshot(route("embeds", model_type="embedding", context_window=256))
    model = listing(models, NOBODY)["data"][0]  # type: ignore[index]
    assert (model["model_type"], model["context_window"]) == ("embedding", 256)


def test_a_gateway_that_has_read_nothing_yet_does_not_deny_a_model() -> None:
    for ask in (lambda: find(None, "m1", NOBODY), lambda: listing(None, NOBODY)):
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.status == 503


@pytest.mark.parametrize("operation", ["chat/completions", "completions", "responses", "messages"])
def test_a_model_that_cannot_stream_says_so(operation: str) -> None:
    check(route(streaming=False), operation, stream=False)
    with pytest.raises(Refusal) as refused:
        check(route(streaming=False), operation, stream=True)
    assert (refused.value.status, refused.value.param) == (400, "stream")


def test_a_field_that_means_nothing_here_is_not_refused() -> None:
    check(route(streaming=False, model_type="embedding"), "embeddings", stream=True)


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_a_model_does_what_its_type_can_and_says_what_that_is(operation: str) -> None:
    for model_type, able in BY_TYPE.items():
        if operation in able:
            check(route(model_type=model_type), operation, stream=False)
            continue
        with pytest.raises(Refusal) as refused:
            check(route(model_type=model_type), operation, stream=False)
        assert (refused.value.status, refused.value.code) == (400, "model_not_supported")
        assert all(one in refused.value.message for one in able)


def test_a_type_without_operations_says_so() -> None:
    with pytest.raises(Refusal, match="no operation for it yet, or choose another"):
        check(route(model_type="videogen"), "chat/completions", stream=False)
