"""From a request to what it wants, and from a model to where it is served."""

import pytest

from gateway.errors import Refusal
from gateway.routes import LANE, Target, Wish, check, find, listing, target, wish
from tests.unit.gateway.builders import route, snapshot

NOBODY: frozenset[str] = frozenset()


@pytest.mark.parametrize("prefix", ["/v2/serve/", "/v2/serve/v1/"])
def test_every_route_exists_with_and_without_v1(prefix: str) -> None:
    assert wish("GET", f"{prefix}models") == Wish("list")
    assert wish("GET", f"{prefix}models/a/b c") == Wish("retrieve", "a/b c")
    for operation in ("chat/completions", "completions", "embeddings"):
        assert wish("POST", prefix + operation) == Wish("infer", operation)


@pytest.mark.parametrize(
    "path",
    ["/", "/v2/serve", "/v2/serve/", "/v2/serve/models/", "/v2/serve/v1/v1/models", "/v1/models"],
)
def test_an_unknown_url_is_404(path: str) -> None:
    with pytest.raises(Refusal) as refused:
        wish("GET", path)
    assert (refused.value.status, refused.value.code) == (404, "unknown_url")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/health", "GET"),
        ("DELETE", "/v2/serve/models/m1", "GET"),
        ("GET", "/v2/serve/chat/completions", "POST"),
    ],
)
def test_a_wrong_method_is_405_and_names_the_right_one(
    method: str, path: str, allowed: str
) -> None:
    with pytest.raises(Refusal) as refused:
        wish(method, path)
    assert refused.value.status == 405
    assert refused.value.message.endswith(f"Use {allowed}.")


def test_our_own_server_gets_the_very_bytes() -> None:
    assert target(route(), "chat/completions") == Target(
        "http://10.0.0.7/v1", "m1", through_lane=False
    )


def test_an_openai_server_is_called_by_its_own_name_for_the_model() -> None:
    known = route("assistant", "openai/org/gpt-x", api_base="https://example.test/v1")
    assert target(known, "chat/completions") == Target(
        "https://example.test/v1", "org/gpt-x", through_lane=False
    )


@pytest.mark.parametrize(
    ("litellm_model", "api_base"),
    [
        ("bedrock/amazon.titan-text-express-v1", ""),
        ("openai/gpt-x", ""),
        ("azure/gpt-x", "https://example.test"),
    ],
)
def test_everything_else_goes_through_the_lane_by_our_name(
    litellm_model: str, api_base: str
) -> None:
    known = route("m1", litellm_model, api_base=api_base)
    assert target(known, "chat/completions") == Target(LANE, "m1", through_lane=True)


def test_a_model_of_another_group_does_not_exist_for_me() -> None:
    models = snapshot(route("secret", allowed_groups=frozenset({"physicists"})), route("open"))
    assert find(models, "secret", frozenset({"physicists", "x"})).model_id == "secret"
    with pytest.raises(Refusal) as refused:
        find(models, "secret", frozenset({"physicist"}))
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


def test_the_list_shows_only_what_may_be_called_oldest_first() -> None:
    models = snapshot(
        route("new", created_at=2),
        route("old", created_at=1),
        route("secret", allowed_groups=frozenset({"physicists"})),
    )
    data = listing(models, NOBODY)["data"]
    assert isinstance(data, list)
    assert [model["id"] for model in data] == ["old", "new"]
    assert data[0] == {"id": "old", "object": "model", "created": 1, "owned_by": "lisa"}


def test_a_gateway_that_has_read_nothing_yet_does_not_deny_a_model() -> None:
    for ask in (lambda: find(None, "m1", NOBODY), lambda: listing(None, NOBODY)):
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.status == 503


def test_a_model_that_cannot_stream_says_so() -> None:
    check(route(streaming=False), "chat/completions", stream=False)
    with pytest.raises(Refusal) as refused:
        check(route(streaming=False), "chat/completions", stream=True)
    assert (refused.value.status, refused.value.param) == (400, "stream")


@pytest.mark.parametrize(
    ("model_type", "operation"),
    [("embedding", "chat/completions"), ("embedding", "completions"), ("textgen", "embeddings")],
)
def test_a_model_of_the_wrong_type_says_what_to_use_instead(
    model_type: str, operation: str
) -> None:
    with pytest.raises(Refusal) as refused:
        check(route(model_type=model_type), operation, stream=False)
    assert (refused.value.status, refused.value.code) == (400, "model_not_supported")
    assert "Use " in refused.value.message
