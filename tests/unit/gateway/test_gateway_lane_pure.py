"""What reaches LiteLLM, and what of its answers reaches a caller."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from gateway.errors import Refusal
from gateway.lane.answers import completion
from gateway.lane.deployment import deployment
from gateway.lane.environment import lane_environment
from gateway.lane.parameters import ALLOWED, NEEDED, arguments
from gateway.lane.refusals import refusal
from gateway.operations import NOT_LITELLMS, OPERATIONS
from gateway.snapshot import Route
from tests.unit.gateway.builders import route


class ProviderError(Exception):
    """As LiteLLM raises: with OpenAI's attributes where it knows them."""

    def __init__(self, message: str, **attributes: Any) -> None:
        super().__init__(message)
        self.__dict__ |= {"message": message, **attributes}


@pytest.mark.parametrize(
    "field",
    ["api_base", "base_url", "api_key", "extra_headers", "custom_llm_provider", "model_list"]
    + ["metadata", "litellm_metadata", "callbacks", "client", "timeout", "vertex_credentials"]
    + ["aws_access_key_id", "aws_bedrock_runtime_endpoint", "fallbacks", "mock_response", "model"],
)
@pytest.mark.parametrize("operation", sorted(ALLOWED))
def test_a_caller_cannot_steer_litellm(operation: str, field: str) -> None:
    needed = dict.fromkeys(NEEDED[operation], "x") | dict.fromkeys({"file", "image"}, ("a", b""))
    passed = arguments(operation, needed | {field: "http://evil.test"})
    assert field not in passed
    assert passed.keys() >= set(NEEDED[operation])


def test_litellm_does_all_that_the_edge_sends_it() -> None:
    assert ALLOWED.keys() == NEEDED.keys() == OPERATIONS - NOT_LITELLMS


def test_nothing_is_stored_at_the_provider() -> None:
    assert arguments("responses", {"input": "x", "store": True})["store"] is False


@pytest.mark.parametrize("operation", sorted(ALLOWED))
def test_what_is_missing_is_asked_for(operation: str) -> None:
    with pytest.raises(Refusal) as refused:
        arguments(operation, {"model": "m1"})
    assert refused.value.param == NEEDED[operation][0]


def told(known: Route, key: str | None = None, stream: bool = False) -> dict[str, Any]:
    return deployment(known, key, 600, stream)


def test_a_keyless_server_is_never_sent_the_providers_key() -> None:
    ours = told(route("m1", "openai/x", api_base="http://10.0.0.7/v1"))
    assert (ours["api_key"], ours["api_base"]) == ("none", "http://10.0.0.7/v1")
    assert "api_key" not in told(route("m1", "openai/x", api_base=""))
    assert told(route("m1", "openai/x"), "sk-1")["api_key"] == "sk-1"


def test_retries_are_not_litellms() -> None:
    assert told(route())["max_retries"] == 0


DOCUMENT = '{"type": "service_account", "project_id": "p"}'


@pytest.mark.parametrize(
    ("litellm_model", "key", "credential"),
    [
        ("azure/gpt", "k", {"api_key": "k"}),
        ("bedrock/x", "k", {"api_key": "k"}),
        ("gemini/x", "k", {"api_key": "k"}),
        ("vertex_ai/gemini", DOCUMENT, {"vertex_credentials": json.loads(DOCUMENT)}),
        ("vertex_ai/gemini", "k", {"api_key": "k"}),
        ("vertex_ai_beta/gemini", "[]", {"api_key": "[]"}),
    ],
)
def test_each_provider_gets_its_key_where_litellm_looks_for_it(
    litellm_model: str, key: str, credential: dict[str, Any]
) -> None:
    passed = told(route("m1", litellm_model, api_base=""), key)
    assert {name: passed[name] for name in ("api_key", "vertex_credentials") if name in passed} == (
        credential
    )


def test_a_models_parameters_go_along_and_nothing_that_would_steer_litellm() -> None:
    safe = {"temperature": 0.5, "api_version": "2026-01-01", "aws_region_name": "eu-west-1"}
    unsafe: dict[str, Any] = {
        "api_key": "x",
        "api_base": "http://evil.test",
        "callbacks": ["x"],
        "model": "y",
    }
    unsafe |= {"mock_response": "x", "vertex_credentials": "/etc/passwd", "extra_headers": {}}
    passed = told(route("m1", "azure/gpt", api_base="", parameters=safe | unsafe))
    assert passed.items() >= safe.items()
    assert passed["model"] == "azure/gpt"
    assert not {"api_key", "api_base", "callbacks", "mock_response"} & passed.keys()
    assert not {"vertex_credentials", "extra_headers"} & passed.keys()


@pytest.mark.parametrize(
    ("parameters", "stream", "seconds"),
    [
        ({}, False, 600),
        ({"timeout": 5}, True, 5),
        ({"timeout": 5, "stream_timeout": 9}, True, 9),
        ({"stream_timeout": 9}, False, 600),
    ],
)
def test_a_model_says_how_long_to_wait_for_it(
    parameters: dict[str, Any], stream: bool, seconds: float
) -> None:
    passed = told(route(parameters=parameters), stream=stream)
    assert passed["timeout"] == seconds
    assert "stream_timeout" not in passed


def test_a_server_without_responses_is_chatted_with() -> None:
    assert told(route(server="tgi"))["use_chat_completions_api"] is True
    assert "use_chat_completions_api" not in told(route(server="vllm"))


@pytest.mark.parametrize(
    ("env", "endpoint"),
    [
        ({}, None),
        ({"AWS_ENDPOINT_URL": "http://all.test/"}, "http://all.test"),
        (
            {"AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": "http://one"},
            "http://one",
        ),
        (
            {"AWS_ENDPOINT_URL": "http://all", "AWS_BEDROCK_RUNTIME_ENDPOINT": "http://x"},
            "http://x",
        ),
    ],
)
def test_bedrock_is_found_where_the_aws_sdks_would_find_it(
    env: dict[str, str], endpoint: str | None
) -> None:
    lane = lane_environment(env)
    assert lane.get("AWS_BEDROCK_RUNTIME_ENDPOINT") == endpoint
    assert lane["LITELLM_LOCAL_MODEL_COST_MAP"] == "True"


def test_a_providers_own_error_keeps_its_code_param_and_type() -> None:
    body = {"message": "too long", "type": "bad", "param": "messages", "code": "context_length"}
    error = ProviderError("litellm.BadRequestError: too long", status_code=400, body=body)
    told = refusal(error, "m1")
    assert told.status == 400
    assert told.body() == {"error": body}


def test_a_providers_error_is_found_behind_what_litellm_made_of_it() -> None:
    inner = {"message": "too long", "type": "bad", "param": "messages", "code": "context_length"}
    raised = ProviderError("litellm.X: too long", status_code=400)
    raised.__context__ = ProviderError("x", body=None)
    raised.__context__.__context__ = ProviderError(json.dumps({"error": inner}))
    assert refusal(raised, "m1").body() == {"error": inner}


@pytest.mark.parametrize(
    ("raised", "answered"),
    [(400, 400), (408, 504), (429, 429), (500, 502), (503, 503), (None, 502)],
)
def test_a_status_says_whose_failure_it_is(raised: int | None, answered: int) -> None:
    assert refusal(ProviderError("x", status_code=raised), "m1").status == answered


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_of_our_own_key_is_not_told_as_the_callers(status: int) -> None:
    told = refusal(ProviderError("Incorrect API key sk-123", status_code=status), "m1")
    assert (told.status, told.code) == (502, "upstream_authentication")
    assert "sk-123" not in told.message


KEY = "a key of no known form"
DOCUMENTED = '{"type": "service_account", "private_key": "-----BEGIN x", "client": "me@x.test"}'


@pytest.mark.parametrize(
    ("key", "told"), [(KEY, KEY), (DOCUMENTED, "-----BEGIN x"), (DOCUMENTED, "me@x.test")]
)
def test_a_provider_that_tells_our_key_back_is_not_quoted(key: str, told: str) -> None:
    body = {"message": f"Bad {told}.", "type": told, "param": told, "code": told}
    answer = refusal(ProviderError("x", status_code=400, body=body), "m1", key)
    assert told not in str(answer.body())
    assert answer.message == "Bad [hidden]."


def test_a_word_of_a_provider_is_not_endless() -> None:
    body = {"message": "x" * 5000, "type": "y" * 5000, "param": "z" * 5000, "code": "c" * 5000}
    answer = refusal(ProviderError("x", status_code=400, body=body), "m1")
    assert len(str(answer.body())) < 2000


@pytest.mark.parametrize(
    ("said", "passed"),
    [
        ("7", "7"),
        ("Tue, 24 Nov 2026 20:00:00 GMT", "Tue, 24 Nov 2026 20:00:00 GMT"),
        ("7\r\nset-cookie: x", ""),
        ("9" * 100, ""),
    ],
)
def test_what_a_provider_says_of_when_to_come_again_is_passed_on(said: str, passed: str) -> None:
    answer = SimpleNamespace(headers={"retry-after": said})
    raised = ProviderError("x", status_code=429)
    raised.__context__ = ProviderError("y", response=answer)
    assert refusal(raised, "m1").retry_after == passed


def test_addresses_keys_and_traces_are_taken_out_of_a_message() -> None:
    message = (
        "litellm.InternalServerError: BedrockException - cannot connect to host 10.0.0.7:8080 at "
        "https://10.0.0.7/x with sk-123 or AKIAABCDEFGHIJKLMNOP\n"
        "Traceback (most recent call last): x"
    )
    told = refusal(ProviderError(message, status_code=503), "m1")
    expected = "cannot connect to host [hidden] at [hidden] with [hidden] or [hidden]"
    assert told.message == expected


def test_an_answer_bears_the_callers_name_for_the_model_and_openais_mandatory_fields() -> None:
    told = completion({"model": "titan", "choices": [{"message": {"role": "assistant"}}]}, "m1")
    assert told == {
        "model": "m1",
        "choices": [
            {
                "message": {"role": "assistant", "content": None, "refusal": None},
                "finish_reason": None,
                "logprobs": None,
            }
        ],
    }
