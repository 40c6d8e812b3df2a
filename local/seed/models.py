"""The two demo models, created through the admin API exactly as an administrator would."""

import json
from collections.abc import Callable
from typing import Any

from local.seed.admin_api import AdminApi
from local.supervisor.control import until
from local.supervisor.state import REPOSITORY

_WAIT, _REMOVAL = 180.0, 60.0
_SETTLED = {"InService", "Failed"}
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


EMBEDDER = "minilm-l6-v2"
DEMO_MODELS = {
    "tiny-chat": demo_payload("tiny-chat", embedding=False),
    EMBEDDER: demo_payload(EMBEDDER, embedding=True),
}


def ensure_models(api: AdminApi, note: Callable[[str], None], wait: float = _WAIT) -> list[str]:
    """Create the demo models that are missing; the ids of all that may be called in the end."""
    for model_id, payload in DEMO_MODELS.items():
        if _must_be_made(api, model_id):
            api.send("POST", "/models", payload)
    found: dict[str, dict[str, Any]] = {}

    def settled() -> bool:
        found.update({model_id: _model(api, model_id) or {} for model_id in DEMO_MODELS})
        return all(model.get("status") in _SETTLED for model in found.values())

    until(settled, wait, pause=0.5)
    for model_id, model in found.items():
        if model.get("status") != "InService":
            note(unready(model_id, model, wait))
    return [model_id for model_id, model in found.items() if model.get("status") == "InService"]


def _model(api: AdminApi, model_id: str) -> dict[str, Any] | None:
    answer = api.read(f"/models/{model_id}")
    return None if answer is None else dict(answer["model"])


def _must_be_made(api: AdminApi, model_id: str) -> bool:
    """Also after a failure, whose cause may be mended by now."""
    model = _model(api, model_id)
    if model is not None and model["status"] == "Failed":
        api.send("DELETE", f"/models/{model_id}")
        until(lambda: _model(api, model_id) is None, _REMOVAL, pause=0.5)
        return True
    return model is None


def unready(model_id: str, model: dict[str, Any], wait: float) -> str:
    """Why a model may not be called yet."""
    reason = model.get("failureReason") or {}
    if reason:
        return f"{model_id} failed: {reason.get('message', '')} {reason.get('fix', '')}".rstrip()
    return f"{model_id} is still {model.get('status', 'missing')} after {wait:.0f} s"
