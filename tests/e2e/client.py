"""A person with an HTTP client: what the tests know of the product, they know through this."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
import openai

EXAMPLES = Path(__file__).parents[2] / "events" / "http"


def hosted() -> dict[str, Any]:
    """Return the mission's own example, on a CPU and with the weights that are here."""
    payload: dict[str, Any] = json.loads((EXAMPLES / "create_hosted_model.json").read_text())
    del payload["modelId"]
    payload["containerConfig"]["image"] = {"baseImage": "lisa/llamacpp:local", "type": "registry"}
    here = {"modelName": "demo/tiny-chat", "inferenceContainer": "llamacpp"}
    return payload | here | {"instanceType": "m5.large"}


HOSTED = hosted()
SETTLED = ("InService", "Stopped", "Failed")


def eventually[T](look: Callable[[], T | None], within: float = 90.0) -> T:
    """Return the first answer that is not None, asked for again until then."""
    deadline = time.monotonic() + within
    while (answer := look()) is None:
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {within:g} s")
        time.sleep(0.2)
    return answer


class Admin:
    """The admin API, as an administrator or as somebody with another credential."""

    def __init__(self, product: dict[str, Any], credential: str | None = None) -> None:
        self._url = product["api_url"]
        self._credential = product["admin"]["id_token"] if credential is None else credential

    def call(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Return the status and the parsed answer; `body` may be bytes to be sent as they are."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        if self._credential:
            headers["Authorization"] = f"Bearer {self._credential}"
        request = urllib.request.Request(
            self._url + path, data if body is not None else None, headers, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return reply.status, json.load(reply)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def create(self, model_id: str, **definition: Any) -> None:
        status, answer = self.call("POST", "/models", {"modelId": model_id, **definition})
        assert (status, answer["model"]["status"]) == (200, "Creating"), answer

    def settled(self, model_id: str, within: float = 90.0) -> dict[str, Any]:
        """Return the model once no workflow holds it."""

        def look() -> dict[str, Any] | None:
            model: dict[str, Any] = self.call("GET", f"/models/{model_id}")[1]["model"]
            return model if model["status"] in SETTLED else None

        return eventually(look, within)

    def remove(self, model_id: str) -> None:
        """Delete a model and return when it is gone."""
        status, answer = self.call("DELETE", f"/models/{model_id}")
        assert status == 200, answer
        eventually(lambda: self.call("GET", f"/models/{model_id}")[0] == 404 or None)


def aws(product: dict[str, Any], service: str) -> Any:
    """Return a boto3 client of the account that the product runs in."""
    make: Any = boto3.client
    return make(
        service,
        endpoint_url=product["aws_endpoint_url"],
        region_name=product["region"],
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


# Closed after each test: whoever is left open keeps a connection until somebody cleans up.
OPENED: list[openai.OpenAI] = []


def serve(product: dict[str, Any], credential: str | None = None) -> openai.OpenAI:
    """Return OpenAI's own client, pointed at the product, for as long as the test runs."""
    client = openai.OpenAI(
        base_url=product["serve_url"], api_key=credential or product["token"], max_retries=0
    )
    OPENED.append(client)
    return client


def listed(product: dict[str, Any], credential: str | None = None) -> list[str]:
    """Return the ids of the models that a person may call."""
    return [entry.id for entry in serve(product, credential).models.list()]


def ask(client: openai.OpenAI, model: str, text: str, **options: Any) -> Any:
    """Ask a chat model one question."""
    messages: Any = [{"role": "user", "content": text}]
    return client.chat.completions.create(model=model, messages=messages, **options)
