"""What a client of Anthropic finds, with the newest `anthropic` package."""

import anthropic
import pytest
from anthropic import Anthropic
from anthropic.types import MessageParam, TextBlockParam

from tests.integration.gateway.stage import Gateway

HELLO: list[MessageParam] = [{"role": "user", "content": "Hello"}]
# Served by a server that speaks it; translated to chat; by a provider of Anthropic's own kind.
MODELS = ["good", "bridged", "lane-good", "lane-claude"]


@pytest.mark.parametrize("model", MODELS)
def test_a_message_is_answered(claude: Anthropic, model: str) -> None:
    reply = claude.messages.create(model=model, messages=HELLO, max_tokens=9, system="Be kind.")
    assert reply.content[0].type == "text"
    assert reply.content[0].text.endswith("heard you")
    assert (reply.type, reply.role, reply.stop_reason) == ("message", "assistant", "end_turn")
    assert reply.usage.output_tokens > 0


@pytest.mark.parametrize("model", MODELS)
def test_a_message_streams_with_its_usage(claude: Anthropic, model: str) -> None:
    kind: list[TextBlockParam] = [{"type": "text", "text": "Be kind."}]
    with claude.messages.stream(model=model, messages=HELLO, max_tokens=4, system=kind) as stream:
        assert "".join(stream.text_stream) == "0 1 2 3 "
        final = stream.get_final_message()
    assert final.usage.output_tokens == 4
    assert final.stop_reason == "end_turn"


@pytest.mark.parametrize("model", ["good", "lane-good", "lane-claude"])
def test_tokens_are_counted(claude: Anthropic, model: str) -> None:
    counted = claude.messages.count_tokens(model=model, messages=HELLO)
    assert counted.input_tokens > 0


def test_a_count_says_whether_it_is_an_estimate(gateway: Gateway) -> None:
    for model, estimated in {"good": None, "lane-claude": None, "lane-good": True}.items():
        body = {"model": model, "messages": HELLO}
        status, counted, _ = gateway.ask("/v2/serve/messages/count_tokens", body)
        assert (status, counted.get("estimated")) == (200, estimated), model


def test_models_are_listed(claude: Anthropic) -> None:
    models = {model.id: model for model in claude.models.list()}
    assert models["good"].type == "model"
    assert models["good"].display_name == "good"
    assert claude.models.retrieve("good").id == "good"


@pytest.mark.parametrize(
    ("model", "raised", "kind"),
    [
        ("nothing", anthropic.NotFoundError, "not_found_error"),
        ("vectors", anthropic.BadRequestError, "invalid_request_error"),
        ("lane-busy", anthropic.RateLimitError, "rate_limit_error"),
        ("lane-refusing", anthropic.BadRequestError, "invalid_request_error"),
    ],
)
def test_a_refusal_raises_what_the_client_knows(
    claude: Anthropic, model: str, raised: type[anthropic.APIStatusError], kind: str
) -> None:
    with pytest.raises(raised) as refused:
        claude.messages.create(model=model, messages=HELLO, max_tokens=9)
    body = refused.value.body
    assert isinstance(body, dict)
    assert (body["type"], body["error"]["type"]) == ("error", kind)
    assert body["request_id"].startswith("req_")
    assert body["request_id"] == refused.value.response.headers["x-request-id"]


def test_a_wrong_key_and_a_field_too_few_are_told_in_anthropics_words(gateway: Gateway) -> None:
    with gateway.anthropic("wrong") as stranger, pytest.raises(anthropic.AuthenticationError):
        stranger.messages.create(model="good", messages=HELLO, max_tokens=9)
    body = {"model": "lane-good", "messages": HELLO}
    status, told, _ = gateway.ask("/v2/serve/v1/messages", body)
    assert (status, told["error"]["type"]) == (400, "invalid_request_error")
    assert "max_tokens" in told["error"]["message"]


def test_a_stream_that_breaks_off_ends_with_an_error_that_clients_raise(claude: Anthropic) -> None:
    stream = claude.messages.create(model="dying-vllm", messages=HELLO, max_tokens=9, stream=True)
    with pytest.raises(anthropic.APIError, match="closed the connection"):
        list(stream)
