"""Models that others host: in service in seconds, called through LiteLLM or forwarded."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import openai
import pytest

from tests.e2e.client import Admin, ask, aws, eventually, listed, serve

KEY, NEW_KEY = "not-a-real-key-1", "not-a-real-key-2"
SECRET = "lisa-local/models/e2e-key"
PARTNER = {"modelName": "openai/some-model", "modelUrl": "https://llm.example.com/v1"}


class Upstream(BaseHTTPRequestHandler):
    """Somebody's OpenAI-compatible server, which says what it was asked."""

    # The key that it demands, if any; a test sets it to another as a provider would.
    key = ""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.key and self.headers["Authorization"] != f"Bearer {self.key}":
            self._answer(401, {"error": {"message": "Wrong key.", "code": "invalid_api_key"}})
            return
        message = {"role": "assistant", "content": f"{self.path} {asked['model']}"}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        reply = {"id": "1", "object": "chat.completion", "created": 1, "choices": [choice]}
        self._answer(200, reply | {"model": asked["model"]})

    def _answer(self, status: int, document: dict[str, Any]) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing on the test's terminal."""


class Guarded(Upstream):
    """The same with a door: each test has one of its own, and a provider may change the lock."""


def serving(handler: type[Upstream]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


@pytest.fixture
def upstream() -> Iterator[str]:
    yield from serving(Upstream)


@pytest.fixture
def guarded() -> Iterator[str]:
    Guarded.key = KEY
    yield from serving(Guarded)


def in_service(product: dict[str, Any], model_id: str, **definition: Any) -> None:
    Admin(product).create(model_id, modelType="textgen", **definition)
    assert Admin(product).settled(model_id, within=30)["status"] == "InService"
    eventually(lambda: model_id in listed(product) or None, within=5)


@pytest.mark.promise("providers.bedrock")
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


@pytest.mark.promise("providers.openai-compatible")
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


def row(product: dict[str, Any], model_id: str) -> Any:
    key = {"modelId": {"S": model_id}}
    found = aws(product, "dynamodb").get_item(TableName="lisa-local-LISAModelTable", Key=key)
    return found["Item"]


def kept(product: dict[str, Any], model_id: str) -> str:
    """What is kept under the name and the version that a model's route says."""
    route = row(product, model_id)["route"]["M"]
    found = aws(product, "secretsmanager").get_secret_value(
        SecretId=route["apiKeySecret"]["S"], VersionId=route["apiKeyVersion"]["S"]
    )
    return str(found["SecretString"])


def test_a_providers_key_is_kept_renewed_and_removed(product: dict[str, Any]) -> None:
    in_service(product, "e2e-key", **PARTNER, apiKey=KEY)
    assert kept(product, "e2e-key") == KEY

    answer = Admin(product).call("PUT", "/models/e2e-key", {"apiKey": NEW_KEY})[1]
    assert answer["model"]["hasApiKey"] is True
    assert kept(product, "e2e-key") == NEW_KEY

    answer = Admin(product).call("PUT", "/models/e2e-key", {"apiKey": None})[1]
    assert answer["model"]["hasApiKey"] is False
    secrets = aws(product, "secretsmanager")
    with pytest.raises(secrets.exceptions.ResourceNotFoundException):
        secrets.describe_secret(SecretId=SECRET)
    Admin(product).remove("e2e-key")


def test_a_removed_models_key_goes_with_it_and_its_id_is_free_at_once(
    product: dict[str, Any],
) -> None:
    secrets = aws(product, "secretsmanager")
    for key in (KEY, NEW_KEY):
        in_service(product, "e2e-key", **PARTNER, apiKey=key)
        assert kept(product, "e2e-key") == key
        Admin(product).remove("e2e-key")
        with pytest.raises(secrets.exceptions.ResourceNotFoundException):
            secrets.describe_secret(SecretId=SECRET)


def test_a_key_is_in_no_row_no_answer_and_no_log(product: dict[str, Any]) -> None:
    in_service(product, "e2e-key", **PARTNER, apiKey=KEY)
    told = [Admin(product).call("GET", path)[1] for path in ("/models", "/models/e2e-key")]
    logs = aws(product, "logs")
    for group in logs.describe_log_groups()["logGroups"]:
        told.append(logs.filter_log_events(logGroupName=group["logGroupName"])["events"])
    executions = aws(product, "stepfunctions")
    for machine in executions.list_state_machines()["stateMachines"]:
        for one in executions.list_executions(stateMachineArn=machine["stateMachineArn"])[
            "executions"
        ]:
            told.append(executions.get_execution_history(executionArn=one["executionArn"]))
    everything = str([*told, row(product, "e2e-key")])
    assert "e2e-key" in everything
    assert KEY not in everything
    Admin(product).remove("e2e-key")


@pytest.mark.promise("providers.keys")
def test_a_model_is_asked_with_its_key_and_soon_with_the_new_one(
    product: dict[str, Any], guarded: str
) -> None:
    in_service(product, "e2e-key", modelName="openai/some-model", modelUrl=guarded, apiKey=KEY)
    assert ask(serve(product), "e2e-key", "Hello").choices[0].message.content

    Guarded.key = NEW_KEY
    with pytest.raises(openai.APIStatusError):
        ask(serve(product), "e2e-key", "Hello")
    Admin(product).call("PUT", "/models/e2e-key", {"apiKey": NEW_KEY})

    def answered() -> Any:
        try:
            return ask(serve(product), "e2e-key", "Hello")
        except openai.APIStatusError:
            return None

    assert eventually(answered, within=5).choices[0].message.content
    Admin(product).remove("e2e-key")
