"""What reaches LiteLLM, and what of its answers reaches a caller."""

import json
from typing import Any

import pytest

from gateway.lane.answers import completion, refusal
from gateway.lane.deployment import deployment
from gateway.lane.environment import lane_environment
from gateway.lane.parameters import arguments
from tests.unit.gateway.builders import route


class ProviderError(Exception):
    """As LiteLLM raises: with OpenAI's attributes where it knows them."""

    def __init__(self, message: str, **attributes: Any) -> None:
        super().__init__(message)
        self.__dict__ |= {"message": message, **attributes}


@pytest.mark.parametrize(
    "field",
    ["api_base", "base_url", "api_key", "extra_headers", "custom_llm_provider", "model_list"]
    + ["aws_access_key_id", "aws_bedrock_runtime_endpoint", "fallbacks", "mock_response", "model"],
)
def test_a_caller_cannot_steer_litellm(field: str) -> None:
    payload = {"messages": [], "temperature": 0.5, field: "http://evil.test"}
    assert arguments("chat/completions", payload) == {"messages": [], "temperature": 0.5}


def test_a_keyless_server_is_never_sent_the_providers_key() -> None:
    told = deployment(route("m1", "openai/x", api_base="http://10.0.0.7/v1"))
    assert told["litellm_params"]["api_key"] == "none"
    assert "api_key" not in deployment(route("m1", "openai/x", api_base=""))["litellm_params"]
    assert (told["model_name"], told["model_info"]) == ("m1", {"id": "m1"})


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
