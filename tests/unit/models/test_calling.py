"""What a definition says of calls: provider parameters, fallbacks, retries, and kinds of models."""

import json
from typing import Any

import pytest
from pydantic import ValidationError as Unreadable

from definition.payload import ModelType
from definition.update import UpdateModel
from kernel.faults import ValidationError
from models.changing import changed
from tests.support.model_payloads import (
    EXTERNAL,
    HOSTED,
    NOON,
    external,
    hosted,
    parsed,
    refusal,
)

type Json = dict[str, Any]

PARAMETERS: Json = {"api_version": "2026-01-01", "temperature": 0.2, "drop_params": True}
CALLING: Json = {
    "litellmParams": PARAMETERS,
    "fallbacks": ["second", "third"],
    "retries": 3,
    "cooldownSeconds": 30,
    "forwarding": False,
}
USUAL: Json = {"litellmParams": {}, "fallbacks": [], "cooldownSeconds": 0, "forwarding": True}


def calling(document: Json) -> Json:
    return {name: document[name] for name in CALLING}


def each(name: str, *values: object) -> list[tuple[str, object]]:
    return [(name, value) for value in values]


@pytest.mark.parametrize("payload", [HOSTED, EXTERNAL])
def test_what_is_said_of_calls_is_shown_as_it_was_said(payload: Json) -> None:
    assert calling(parsed(payload | CALLING).document()) == CALLING


@pytest.mark.parametrize(("payload", "retries"), [(HOSTED, 0), (EXTERNAL, 1)])
def test_who_says_nothing_gets_what_is_safe(payload: Json, retries: int) -> None:
    assert calling(parsed(payload).document()) == USUAL | {"retries": retries}
    route = (hosted() if payload is HOSTED else external()).serving(None, NOON).route
    assert route is not None
    assert (route.retries, route.cooldown_seconds, route.forwarding) == (retries, 0, True)


def test_a_route_has_what_is_said_of_calls() -> None:
    route = external("m", **CALLING).serving(None, NOON).route
    assert route is not None
    assert calling(route.model_dump(by_alias=True)) == CALLING


@pytest.mark.parametrize(
    "name",
    [
        *("api_key", "api_base", "base_url", "aws_secret_access_key", "client_secret"),
        *("aws_bedrock_runtime_endpoint", "aws_sts_endpoint", "aws_role_name", "s3_endpoint_url"),
        *("vertex_credentials", "azure_ad_token", "anthropic_identity_token_file"),
        *("mock_response", "model_list", "custom_llm_provider", "litellm_credential_name"),
        *("extra_headers", "extra_body", "max_retries", "callbacks", "tags", "proxy"),
        *("apiVersion", "model"),
    ],
)
def test_a_parameter_that_reaches_further_is_refused(name: str) -> None:
    assert "Extra inputs" in refusal(EXTERNAL | {"litellmParams": {name: "x"}})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *each("aws_region_name", "eu.evil.example", "a/b", "a@b", "EU", "", "é"),
        *each("vertex_location", "x.evil.example/", "a:b", "a" * 33, "a\n"),
        *each("api_version", "os.environ/AWS_SECRET_ACCESS_KEY", "a b", {}, 1),
        *each("temperature", -0.1, 2.1, "1", [1]),
        *each("timeout", 0, 3601, "os.environ/X"),
        *each("max_tokens", 0, 1.5, True, 10**8),
        *each("drop_params", "true", 1),
        *each("input_cost_per_token", -1e-9, 1.1, "0.1", True),
    ],
)
def test_a_parameter_with_another_meaning_is_refused(name: str, value: object) -> None:
    assert f"litellmParams.{name}" in refusal(EXTERNAL | {"litellmParams": {name: value}})


def test_no_number_that_json_does_not_know_becomes_a_parameter() -> None:
    assert "temperature" in refusal(EXTERNAL | {"litellmParams": {"temperature": float("nan")}})
    assert "timeout" in refusal(EXTERNAL | {"litellmParams": {"timeout": float("inf")}})
    costs = {"output_cost_per_token": float("nan")}
    assert "output_cost_per_token" in refusal(EXTERNAL | {"litellmParams": costs})


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("fallbacks", [EXTERNAL["modelId"]], "cannot stand in for itself"),
        ("fallbacks", ["a", "a"], "each model once"),
        ("fallbacks", list("abcdef"), "at most 5"),
        ("fallbacks", ["a/b"], "should match pattern"),
        ("retries", 6, "less than or equal to 5"),
        ("retries", -1, "greater than or equal to 0"),
        ("cooldownSeconds", 3601, "less than or equal to 3600"),
        ("forwarding", "no", "valid boolean"),
        ("modelName", "os.environ/AWS_SECRET_ACCESS_KEY", "must be a model's name"),
    ],
)
def test_what_cannot_be_meant_of_calls_is_refused(field: str, value: Any, reason: str) -> None:
    assert reason in refusal(EXTERNAL | {field: value})


def put(body: Json) -> UpdateModel:
    return UpdateModel.model_validate_json(json.dumps(body))


def test_an_update_replaces_each_whole_and_reaches_the_route_at_once() -> None:
    serving = external("m", **CALLING).serving(None, NOON)
    body: Json = {"litellmParams": {"top_p": 0.5}, "fallbacks": [], "retries": 0}
    model = changed(serving, put(body), NOON)
    assert model.route is not None
    route = model.route.model_dump(by_alias=True)
    assert calling(route) == CALLING | body
    assert calling(model.view()) == CALLING | body


def test_parameters_can_be_taken_away() -> None:
    serving = external("m", **CALLING).serving(None, NOON)
    assert changed(serving, put({"litellmParams": {}}), NOON).view()["litellmParams"] == {}


def test_a_model_cannot_be_told_to_fall_back_on_itself_later() -> None:
    with pytest.raises(ValidationError):
        changed(external("m").serving(None, NOON), put({"fallbacks": ["m"]}), NOON)


@pytest.mark.parametrize("kind", ModelType)
def test_others_host_every_kind_and_we_host_two(kind: ModelType) -> None:
    ours = HOSTED | {"modelType": kind, "streaming": False}
    assert parsed(EXTERNAL | {"modelType": kind, "streaming": False}).model_type is kind
    if kind in ("textgen", "embedding"):
        assert parsed(ours).model_type is kind
    else:
        assert "a hosted model is one of textgen, embedding" in refusal(ours)


@pytest.mark.parametrize("kind", ["embedding", "rerank", "moderation"])
def test_what_is_one_piece_does_not_stream(kind: str) -> None:
    assert "cannot stream" in refusal(EXTERNAL | {"modelType": kind})
    with pytest.raises(Unreadable, match="cannot stream"):
        put({"modelType": kind, "streaming": True})
    streaming = external("m").serving(None, NOON)
    assert changed(streaming, put({"modelType": kind}), NOON).config.streaming is False


def test_videos_are_refused_with_a_reason() -> None:
    assert "videogen models are not served yet" in refusal(EXTERNAL | {"modelType": "videogen"})
