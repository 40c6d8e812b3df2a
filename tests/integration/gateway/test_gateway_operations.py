"""Every operation of OpenAI's client, straight to a server and through LiteLLM."""

import base64

import pytest
from openai import OpenAI

from tests.integration.gateway.stage import Gateway
from tests.integration.gateway.upstream import Upstream
from tests.integration.gateway.upstream_shapes import PICTURE, SOUND

PNG = ("a.png", b"\x89PNG\r\n--", "image/png")
WAV = ("talk.wav", b"RIFF\r\n\r\n--\x00\xff", "audio/wav")
TEXT_MODELS = ["good", "renamed", "lane-good", "lane-openai"]


@pytest.mark.promise("serve.images-and-more")
@pytest.mark.parametrize("model", TEXT_MODELS)
def test_a_response_is_given(client: OpenAI, model: str) -> None:
    reply = client.responses.create(model=model, input="Hello")
    assert reply.output_text.endswith("heard you")
    assert reply.usage and (reply.usage.input_tokens, reply.usage.output_tokens) == (1, 1)
    assert reply.status == "completed"


@pytest.mark.parametrize("model", TEXT_MODELS)
def test_a_response_streams_with_its_usage_at_the_end(client: OpenAI, model: str) -> None:
    events = list(client.responses.create(model=model, input="Hello", stream=True))
    deltas = [event.delta for event in events if event.type == "response.output_text.delta"]
    assert "".join(deltas) == "0 1 2 3 4 "
    assert events[0].type == "response.created"
    last = events[-1]
    assert last.type == "response.completed"
    assert last.response.usage and last.response.usage.input_tokens == 1


@pytest.mark.parametrize("model", ["good", "lane-good", "lane-openai"])
def test_a_chats_stream_says_its_usage_alone_when_asked(client: OpenAI, model: str) -> None:
    stream = client.chat.completions.create(
        model=model,
        messages=[{"role": "user", "content": "x"}],
        stream=True,
        stream_options={"include_usage": True},
    )
    chunks = list(stream)
    assert [chunk.usage is not None for chunk in chunks].count(True) == 1
    last = chunks[-1]
    assert last.choices == []
    assert last.usage and last.usage.completion_tokens == 5


@pytest.mark.parametrize("model", ["good", "lane-openai"])
def test_a_completions_stream_says_its_usage_alone_when_asked(client: OpenAI, model: str) -> None:
    stream = client.completions.create(
        model=model, prompt="x", stream=True, stream_options={"include_usage": True}
    )
    chunks = list(stream)
    assert "".join(chunk.choices[0].text or "" for chunk in chunks[:-1]) == "0 1 2 3 4 "
    assert chunks[-1].choices == []
    assert chunks[-1].usage and chunks[-1].usage.total_tokens == 6


@pytest.mark.parametrize("model", ["vectors", "lane-vectors"])
def test_text_is_embedded(client: OpenAI, model: str) -> None:
    reply = client.embeddings.create(model=model, input=["a"])
    assert reply.data[0].embedding == [0.25, -0.5]
    assert reply.usage.prompt_tokens == 1


@pytest.mark.promise("serve.images-and-more")
@pytest.mark.parametrize("model", ["painter", "lane-painter"])
def test_pictures_are_made_and_changed(client: OpenAI, upstream: Upstream, model: str) -> None:
    made = client.images.generate(model=model, prompt="a cat", n=1)
    assert made.data and made.data[0].b64_json == PICTURE
    changed = client.images.edit(model=model, image=PNG, mask=PNG, prompt="a dog", n=1)
    assert changed.data and base64.b64decode(str(changed.data[0].b64_json))
    asked = upstream.asked[-1][0]
    assert (asked["model"], asked["prompt"]) == (model.removeprefix("lane-"), "a dog")
    assert asked["mask"]["size"] == len(PNG[1])


@pytest.mark.parametrize("model", ["speaker", "lane-speaker"])
def test_text_is_spoken(client: OpenAI, model: str) -> None:
    spoken = client.audio.speech.create(model=model, input="Hello", voice="alloy")
    assert spoken.content == SOUND
    assert spoken.response.headers["content-type"] == "audio/mpeg"


@pytest.mark.parametrize("model", ["hearer", "lane-hearer"])
def test_speech_is_written_down(client: OpenAI, upstream: Upstream, model: str) -> None:
    heard = client.audio.transcriptions.create(model=model, file=WAV, temperature=0.5)
    assert heard.text == f"{len(WAV[1])} bytes of talk.wav"
    assert upstream.asked[-1][0]["model"] == "hearer"
    text = client.audio.transcriptions.create(model=model, file=WAV, response_format="text")
    assert str(text).strip() == heard.text


def test_speech_is_translated_by_a_server_that_can(client: OpenAI) -> None:
    # OpenAI would rather see another operation used; those who host Whisper have this one.
    with pytest.deprecated_call():
        heard = client.audio.translations.create(model="hearer", file=WAV)
    assert heard.text.endswith("talk.wav")


@pytest.mark.parametrize("model", ["judge", "lane-judge"])
def test_text_is_judged(client: OpenAI, model: str) -> None:
    result = client.moderations.create(model=model, input="x").results[0]
    assert (result.flagged, result.categories.violence) == (True, True)
    assert result.category_scores.violence == 0.9


@pytest.mark.parametrize("model", ["ranker", "lane-ranker"])
@pytest.mark.parametrize("path", ["/v2/serve/rerank", "/v2/serve/v1/rerank", "/v2/serve/v2/rerank"])
def test_documents_are_ranked(gateway: Gateway, model: str, path: str) -> None:
    status, body, _ = gateway.ask(path, {"model": model, "query": "q", "documents": ["a", "b"]})
    assert status == 200
    assert [result["index"] for result in body["results"]] == [0, 1]
    assert body["results"][0]["relevance_score"] == 0.5
