"""Other clients that need nothing but another base URL."""

import json
import urllib.request
from typing import Any

import pytest
from httpx import Client
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from openai import AzureOpenAI, OpenAI
from pydantic import SecretStr

from tests.integration.gateway.stage import TOKEN, Gateway

WAV = ("talk.wav", b"RIFF", "audio/wav")


def origin(gateway: Gateway) -> str:
    return f"http://127.0.0.1:{gateway.port}"


@pytest.mark.parametrize("model", ["good", "renamed", "lane-good"])
@pytest.mark.parametrize("base", ["/v2/serve", "/v1/openai"])
def test_azures_client_names_the_model_in_the_path(gateway: Gateway, model: str, base: str) -> None:
    with AzureOpenAI(
        azure_endpoint=origin(gateway) + base, api_key=TOKEN, api_version="2026-01-01"
    ) as client:
        reply = client.chat.completions.create(
            model=model, messages=[{"role": "user", "content": "Hello"}]
        )
        assert str(reply.choices[0].message.content).endswith("heard you")
        heard = client.audio.transcriptions.create(model="hearer", file=WAV)
        assert heard.text == "4 bytes of talk.wav"
        assert client.responses.create(model=model, input="x").output_text.endswith("heard you")


def test_azures_path_wins_over_the_body(gateway: Gateway) -> None:
    path = "/v2/serve/openai/deployments/renamed/chat/completions?api-version=2026-01-01"
    bodies: list[dict[str, Any]] = [{"messages": []}, {"messages": [], "model": "nothing"}]
    for body in bodies:
        status, answer, _ = gateway.ask(path, body)
        assert status == 200
        assert answer["model"] == "org/inner"


def langchains(gateway: Gateway, http: Client) -> dict[str, Any]:
    """Its own client of HTTP cannot be closed, and leaves its connections to whoever cleans up."""
    key = SecretStr(TOKEN)
    return {"base_url": gateway.url, "api_key": key, "http_client": http, "max_retries": 0}


@pytest.mark.promise("clients.langchain")
@pytest.mark.parametrize("model", ["good", "lane-good"])
def test_langchain_chats_and_streams(gateway: Gateway, model: str) -> None:
    with Client() as http:
        chat = ChatOpenAI(model=model, **langchains(gateway, http))
        assert str(chat.invoke("Hello").content).endswith("heard you")
        assert "".join(str(chunk.content) for chunk in chat.stream("Hello")) == "0 1 2 3 4 "


@pytest.mark.promise("clients.langchain")
@pytest.mark.parametrize("model", ["vectors", "lane-vectors"])
def test_langchain_embeds(gateway: Gateway, model: str) -> None:
    with Client() as http:
        here = langchains(gateway, http)
        embeddings = OpenAIEmbeddings(model=model, check_embedding_ctx_length=False, **here)
        assert embeddings.embed_query("Hello") == [0.25, -0.5]


@pytest.mark.promise("clients.continue")
def test_an_editor_finds_the_models_and_chats_with_one(gateway: Gateway) -> None:
    """As Continue does with `model: AUTODETECT`."""
    status, listed, _ = gateway.ask("/v2/serve/models")
    assert status == 200
    names = [model["id"] for model in listed["data"]]
    assert "good" in names
    assert gateway.chat(names[names.index("good")])[0] == 200


@pytest.mark.promise("serve.v1")
@pytest.mark.parametrize("base", ["/v1/openai", "/v1/openai/v1", "/v2/serve/v1/"])
def test_documents_of_the_first_version_still_tell_the_truth(gateway: Gateway, base: str) -> None:
    with OpenAI(base_url=origin(gateway) + base, api_key=TOKEN, max_retries=0) as client:
        assert "good" in {model.id for model in client.models.list()}
        reply = client.embeddings.create(model="vectors", input="x")
    assert reply.data[0].embedding == [0.25, -0.5]
    url = f"{origin(gateway)}/v1/openai/chat/completions"
    body = json.dumps({"model": "good", "messages": []}).encode()
    request = urllib.request.Request(url, body, {"Api-Key": TOKEN})
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.status == 200
