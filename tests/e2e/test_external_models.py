"""Models that others host: in service in seconds, called through LiteLLM or forwarded."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import openai
import pytest

from tests.e2e.client import Admin, ask, eventually, listed, serve


class Upstream(BaseHTTPRequestHandler):
    """Somebody's OpenAI-compatible server, which says what it was asked."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        message = {"role": "assistant", "content": f"{self.path} {asked['model']}"}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        reply = {"id": "1", "object": "chat.completion", "created": 1, "choices": [choice]}
        body = json.dumps(reply | {"model": asked["model"]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing on the test's terminal."""


@pytest.fixture
def upstream() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def in_service(product: dict[str, Any], model_id: str, **definition: Any) -> None:
    Admin(product).create(model_id, modelType="textgen", **definition)
    assert Admin(product).settled(model_id, within=30)["status"] == "InService"
    eventually(lambda: model_id in listed(product) or None, within=5)


def test_a_bedrock_model_reaches_bedrock_through_litellm(product: dict[str, Any]) -> None:
    in_service(
        product,
        "titan-express-v1",
        modelName="bedrock/amazon.titan-text-express-v1",
        streaming=True,
    )

    reply = ask(serve(product), "titan-express-v1", "Hello", max_tokens=20)

    assert reply.choices[0].message.content
    Admin(product).remove("titan-express-v1")


def test_an_openai_model_with_its_own_address_is_forwarded(
    product: dict[str, Any], upstream: str
) -> None:
    in_service(product, "e2e-openai", modelName="openai/some-model", modelUrl=upstream)

    reply = ask(serve(product), "e2e-openai", "Hello")

    assert reply.choices[0].message.content == "/v1/chat/completions some-model"
    Admin(product).remove("e2e-openai")
    eventually(lambda: "e2e-openai" not in listed(product) or None, within=2)
    with pytest.raises(openai.NotFoundError):
        ask(serve(product), "e2e-openai", "Hello")
