"""What a client of OpenAI finds, with the newest `openai` package."""

import openai
import pytest
from openai import OpenAI
from openai.types.chat import ChatCompletionUserMessageParam

from tests.integration.gateway.stage import Gateway, Tables, soon
from tests.integration.gateway.upstream import TOO_LONG, Upstream

HELLO: list[ChatCompletionUserMessageParam] = [{"role": "user", "content": "Hello"}]


@pytest.mark.promise("clients.openai-library", "serve.models-list")
def test_models_are_listed_and_retrieved(client: OpenAI) -> None:
    listed = {model.id for model in client.models.list()}
    assert {"good", "titan", "vectors"} <= listed
    assert client.models.retrieve("good").id == "good"
    with pytest.raises(openai.NotFoundError) as refused:
        client.models.retrieve("nothing")
    assert refused.value.code == "model_not_found"


@pytest.mark.promise("serve.any-openai-tool", "serve.openai", "tokens.in-libraries")
@pytest.mark.parametrize("model", ["good", "lane-good"])
def test_a_chat_is_answered(client: OpenAI, model: str) -> None:
    reply = client.chat.completions.create(model=model, messages=HELLO)
    assert str(reply.choices[0].message.content).endswith("heard you")
    assert reply.choices[0].finish_reason == "stop"
    assert reply.usage and reply.usage.total_tokens == 2


@pytest.mark.promise("serve.streams")
@pytest.mark.parametrize("model", ["good", "lane-good"])
def test_a_chat_streams(client: OpenAI, model: str) -> None:
    stream = client.chat.completions.create(model=model, messages=HELLO, stream=True, max_tokens=4)
    parts = [chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices]
    assert "".join(parts) == "0 1 2 3 "


# LiteLLM turns a prompt into a chat for providers that have nothing else.
@pytest.mark.promise("serve.openai")
@pytest.mark.parametrize(("model", "text"), [("good", "done"), ("lane-good", "x heard you")])
def test_a_prompt_is_completed(client: OpenAI, model: str, text: str) -> None:
    assert client.completions.create(model=model, prompt="Once").choices[0].text == text


@pytest.mark.promise("serve.openai")
def test_a_text_is_embedded(client: OpenAI) -> None:
    reply = client.embeddings.create(model="vectors", input="x", encoding_format="float")
    assert reply.data[0].embedding == [0.25, -0.5]


@pytest.mark.promise("serve.routes-by-model")
def test_the_very_bytes_reach_a_server_that_knows_the_model_by_our_name(
    gateway: Gateway, upstream: Upstream
) -> None:
    assert gateway.chat("good", seed=2**70, unheard_of={"a": [1]})[0] == 200
    body, headers = upstream.asked[-1]
    assert (body["seed"], body["unheard_of"], body["model"]) == (2**70, {"a": [1]}, "good")
    assert "authorization" not in headers
    assert headers["x-request-id"].startswith("req_")


def test_a_server_that_knows_the_model_otherwise_hears_its_own_name(
    gateway: Gateway, upstream: Upstream
) -> None:
    status, body = gateway.chat("renamed", unheard_of=1)
    assert (status, upstream.asked[-1][0]["model"]) == (200, "org/inner")
    assert upstream.asked[-1][0]["unheard_of"] == 1


@pytest.mark.promise("serve.errors")
def test_an_upstreams_error_arrives_word_for_word(gateway: Gateway) -> None:
    body = {"model": "refusing", "messages": []}
    status, told, headers = gateway.ask("/v2/serve/v1/chat/completions", body)
    assert (status, told, headers["retry-after"]) == (400, TOO_LONG, "7")
    assert headers["x-request-id"].startswith("req_")


def test_an_error_through_the_lane_keeps_code_and_param(client: OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        client.chat.completions.create(model="lane-refusing", messages=HELLO)
    assert (refused.value.code, refused.value.param) == ("context_length_exceeded", "messages")
    assert "127.0.0.1" not in str(refused.value)


@pytest.mark.promise("providers.hundred")
def test_bedrock_is_reached_through_litellm(client: OpenAI) -> None:
    reply = client.chat.completions.create(model="titan", messages=HELLO)
    assert "amazon.titan-text-express-v1" in str(reply.choices[0].message.content)
    stream = client.chat.completions.create(model="titan", messages=HELLO, stream=True)
    parts = [chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices]
    assert "amazon.titan-text-express-v1" in "".join(parts)


@pytest.mark.promise("providers.unknown-parameters")
def test_what_a_provider_does_not_know_is_left_out(client: OpenAI) -> None:
    reply = client.chat.completions.create(model="titan", messages=HELLO, logit_bias={"1": 5})
    assert "amazon.titan-text-express-v1" in str(reply.choices[0].message.content)


def test_a_misspelt_provider_is_explained_and_harms_no_other_model(gateway: Gateway) -> None:
    status, body = gateway.chat("misspelt")
    assert (status, body["error"]["code"]) == (503, "model_unavailable")
    assert "litellmModel" in body["error"]["message"]


@pytest.mark.parametrize("litellm_model", ["openai/x", "lm_studio/x"])
def test_a_model_lives_within_a_second_of_its_row(
    gateway: Gateway, tables: Tables, upstream: Upstream, litellm_model: str
) -> None:
    tables.put_model("guest", litellm_model, apiBase=upstream.base())
    assert soon(lambda: gateway.chat("guest")[0] == 200)
    tables.remove_model("guest")
    assert soon(lambda: gateway.chat("guest")[0] == 404)
    assert soon(lambda: gateway.ask("/v2/serve/models/guest")[0] == 404)
