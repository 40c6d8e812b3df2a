"""From a request's path to what it asks for."""

import pytest

from gateway.errors import Refusal
from gateway.operations import BY_TYPE, OPERATIONS
from gateway.paths import USUAL, Wish, dialect, wish

PREFIXES = [
    base + version
    for base in ("/v2/serve/", "/v1/openai/")
    for version in ("", "v1/", "openai/", "openai/v1/")
]


@pytest.mark.promise("serve.single-place")
@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_route_exists_under_both_bases_with_and_without_v1(prefix: str) -> None:
    assert wish("GET", f"{prefix}models") == Wish("list")
    assert wish("GET", f"{prefix}models/a/b c") == Wish("retrieve", "a/b c")
    assert wish("GET", f"{prefix}models/a%2Fb%20c") == Wish("retrieve", "a/b c")
    assert wish("GET", f"{prefix}health") == Wish("health")
    for operation in OPERATIONS:
        assert wish("POST", prefix + operation).subject == operation


def test_the_operations_are_those_that_the_documents_name() -> None:
    assert sorted(OPERATIONS) == [
        "audio/speech",
        "audio/transcriptions",
        "audio/translations",
        "chat/completions",
        "completions",
        "embeddings",
        "images/edits",
        "images/generations",
        "messages",
        "messages/count_tokens",
        "moderations",
        "rerank",
        "responses",
    ]
    assert sum(map(len, BY_TYPE.values())) == len(OPERATIONS)


@pytest.mark.parametrize("base", ["/v2/serve/", "/v1/openai/"])
@pytest.mark.parametrize("deployments", ["openai/deployments/", "deployments/"])
@pytest.mark.parametrize("model", ["m1", "org/m 1", "chat"])
def test_azures_paths_name_the_model(base: str, deployments: str, model: str) -> None:
    for operation in OPERATIONS:
        wanted = wish("POST", f"{base}{deployments}{model}/{operation}")
        assert (wanted.model, wanted.subject) == (model, operation)


def test_an_encoded_slash_is_the_models_and_no_other() -> None:
    wanted = wish("POST", "/v2/serve/deployments/org%2Fmessages%2520/completions")
    assert (wanted.model, wanted.subject) == ("org/messages%20", "completions")
    assert wish("POST", "/v2/serve/deployments/a%2Fchat/completions").model == "a/chat"


def test_coheres_client_finds_rerank() -> None:
    assert wish("POST", "/v2/serve/v2/rerank") == wish("POST", "/v2/serve/rerank")


@pytest.mark.parametrize("path", ["/health", "/v2/serve/models", "/v2/serve/models/a/b"])
def test_a_slash_at_the_end_makes_no_difference(path: str) -> None:
    assert wish("GET", f"{path}/") == wish("GET", path)
    assert wish("POST", "/v2/serve/messages/") == wish("POST", "/v2/serve/v1/messages")


@pytest.mark.parametrize(
    "path",
    ["", "/", "/v2/serve", "/v2/serve/", "/v2/serve/v1/v1/models", "/v1/models", "/v3/serve/models"]
    + ["/v2/serve/deployments/m1", "/v2/serve/deployments/chat/completion", "/v2/serve/v2/models"]
    + ["/v2/serve/images/variations", "/v2/serve/responses/resp_1", "/v2/serve/health/x"],
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
        ("GET", "/v2/serve/deployments/m1/embeddings", "POST"),
    ],
)
def test_a_wrong_method_is_405_and_names_the_right_one(
    method: str, path: str, allowed: str
) -> None:
    with pytest.raises(Refusal) as refused:
        wish(method, path)
    assert (refused.value.status, refused.value.allow) == (405, allowed)
    assert refused.value.message.endswith(f"Use {allowed}.")


def test_anthropics_paths_have_anthropics_errors_even_where_nothing_is() -> None:
    for path, wanted in USUAL.items():
        assert dialect(path) == wanted.dialect
    assert dialect("/v2/serve/v1/v1/messages/") == "anthropic"
    assert dialect("/v2/serve/openai/deployments/m1/messages/count_tokens") == "anthropic"
    assert dialect("/v2/serve/nothing") == "openai"
