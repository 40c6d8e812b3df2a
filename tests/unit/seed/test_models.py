"""The demo models, against a small admin API that only remembers."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from local.seed.admin_api import AdminApi
from local.seed.models import DEMO_MODELS, ensure_models
from local.supervisor.progress import StepFailed

TOKEN = "jwt"


class Remembering(ThreadingHTTPServer):
    """Models by id; a new one gets the status that `becomes` says."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.models: dict[str, dict[str, Any]] = {}
        self.calls: list[str] = []
        self.becomes: dict[str, Any] = {"status": "InService"}


class Answers(BaseHTTPRequestHandler):
    server: Remembering

    def do_GET(self) -> None:
        model = self.server.models.get(self._id())
        self._answer(200, {"model": model}) if model else self._answer(404, {"error": "missing"})

    def do_POST(self) -> None:
        payload = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.models[payload["modelId"]] = payload | self.server.becomes
        self._answer(200, {"model": payload})

    def do_DELETE(self) -> None:
        del self.server.models[self._id()]
        self._answer(200, {})

    def log_message(self, format: str, *args: object) -> None:
        self.server.calls.append(f"{self.command} {self.path}")

    def _id(self) -> str:
        return self.path.rpartition("/")[2]

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        allowed = self.headers["Authorization"] == f"Bearer {TOKEN}"
        self.send_response(status if allowed else 401)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())


@pytest.fixture
def server() -> Iterator[Remembering]:
    with Remembering() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def api(server: Remembering) -> AdminApi:
    return AdminApi(f"http://127.0.0.1:{server.server_port}", TOKEN)


def test_missing_models_are_created_with_the_payload_of_an_administrator(
    server: Remembering, api: AdminApi
) -> None:
    assert ensure_models(api, print) == list(DEMO_MODELS)
    assert server.models["tiny-chat"]["modelName"] == "demo/tiny-chat"
    assert server.models["minilm-l6-v2"]["modelType"] == "embedding"


def test_models_that_are_there_stay_as_they_are(server: Remembering, api: AdminApi) -> None:
    server.models = {name: {"status": "InService"} for name in DEMO_MODELS}
    assert ensure_models(api, print) == list(DEMO_MODELS)
    assert {call.split()[0] for call in server.calls} == {"GET"}


def test_a_model_that_failed_earlier_is_made_anew(server: Remembering, api: AdminApi) -> None:
    server.models = {"tiny-chat": {"status": "Failed"}}
    assert ensure_models(api, print) == list(DEMO_MODELS)
    assert "DELETE /models/tiny-chat" in server.calls


def test_a_failure_is_told_with_its_cause_and_its_cure(server: Remembering, api: AdminApi) -> None:
    reason = {"message": "No weights.", "fix": "Upload them."}
    server.becomes = {"status": "Failed", "failureReason": reason}
    notes: list[str] = []
    assert ensure_models(api, notes.append) == []
    assert notes[0] == "tiny-chat failed: No weights. Upload them."


def test_a_model_that_does_not_settle_is_told(server: Remembering, api: AdminApi) -> None:
    server.becomes = {"status": "Creating"}
    notes: list[str] = []
    assert ensure_models(api, notes.append, wait=0.1) == []
    assert notes[0] == "tiny-chat is still Creating after 0 s"


def test_a_refusal_shows_what_the_api_said(server: Remembering) -> None:
    stranger = AdminApi(f"http://127.0.0.1:{server.server_port}", "wrong")
    with pytest.raises(StepFailed, match="refused with status 401"):
        ensure_models(stranger, print)
