"""The two demo models, created through the admin API exactly as an administrator would."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

from local.supervisor.control import until
from local.supervisor.progress import StepFailed
from local.supervisor.state import REPOSITORY

_WAIT, _REMOVAL = 180.0, 60.0
_SETTLED = {"InService", "Failed"}


class AdminApi:
    """The models routes, called with an administrator's sign-in."""

    def __init__(self, url: str, id_token: str) -> None:
        self._url, self._token = url, id_token

    def model(self, model_id: str) -> dict[str, Any] | None:
        """The model as the API shows it, or nothing when it does not exist."""
        status, body = self._call("GET", f"/models/{model_id}")
        if status == 404:
            return None
        return dict(_expect(status, body, f"Reading the model {model_id!r}")["model"])

    def create(self, payload: dict[str, Any]) -> None:
        """POST /models."""
        status, body = self._call("POST", "/models", payload)
        _expect(status, body, f"Creating the model {payload['modelId']!r}")

    def delete(self, model_id: str) -> None:
        """DELETE /models/{id}."""
        status, body = self._call("DELETE", f"/models/{model_id}")
        _expect(status, body, f"Deleting the model {model_id!r}")

    def _call(
        self, method: str, path: str, payload: dict[str, Any] | None = None
    ) -> tuple[int, bytes]:
        request = urllib.request.Request(
            self._url + path,
            data=None if payload is None else json.dumps(payload).encode(),
            method=method,
            headers={
                "Authorization": f"Bearer {self._token}",
                "Content-Type": "application/json",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return reply.status, reply.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()


_EXAMPLE = REPOSITORY / "events" / "http" / "create_cpu_model.json"


def demo_payload(model_id: str, *, embedding: bool) -> dict[str, Any]:
    """The documented example of a hosted model on a CPU instance, for one of our own models."""
    example: dict[str, Any] = json.loads(_EXAMPLE.read_text("utf-8"))
    return example | {
        "modelId": model_id,
        "modelName": f"demo/{model_id}",
        "modelType": "embedding" if embedding else "textgen",
        "streaming": not embedding,
    }


DEMO_MODELS = {
    "tiny-chat": demo_payload("tiny-chat", embedding=False),
    "minilm-l6-v2": demo_payload("minilm-l6-v2", embedding=True),
}


def ensure_models(api: AdminApi, note: Callable[[str], None], wait: float = _WAIT) -> list[str]:
    """Create the demo models that are missing; the ids of all that may be called in the end."""
    for model_id, payload in DEMO_MODELS.items():
        if _must_be_made(api, model_id):
            api.create(payload)
    found: dict[str, dict[str, Any]] = {}

    def settled() -> bool:
        found.update({model_id: api.model(model_id) or {} for model_id in DEMO_MODELS})
        return all(model.get("status") in _SETTLED for model in found.values())

    until(settled, wait, pause=0.5)
    for model_id, model in found.items():
        if model.get("status") != "InService":
            note(unready(model_id, model, wait))
    return [model_id for model_id, model in found.items() if model.get("status") == "InService"]


def _must_be_made(api: AdminApi, model_id: str) -> bool:
    """Also after a failure, whose cause may be mended by now."""
    model = api.model(model_id)
    if model is not None and model["status"] == "Failed":
        api.delete(model_id)
        until(lambda: api.model(model_id) is None, _REMOVAL, pause=0.5)
        return True
    return model is None


def unready(model_id: str, model: dict[str, Any], wait: float) -> str:
    """Why a model may not be called yet."""
    reason = model.get("failureReason") or {}
    if reason:
        return f"{model_id} failed: {reason.get('message', '')} {reason.get('fix', '')}".rstrip()
    return f"{model_id} is still {model.get('status', 'missing')} after {wait:.0f} s"


def _expect(status: int, body: bytes, doing: str) -> dict[str, Any]:
    if status < 300:
        return dict(json.loads(body))
    raise StepFailed(
        f"{doing} was refused with status {status}.",
        why=body.decode(errors="replace")[:1000],
        fix="`make logs` shows what the function said about it.",
    )
