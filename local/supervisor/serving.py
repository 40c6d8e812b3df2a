"""Whether a model answers through the gateway, which its row in a table does not tell."""

import json
import urllib.error
import urllib.request
from typing import Any

_QUESTIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "textgen": ("completions", {"prompt": "Hello", "max_tokens": 1}),
    "embedding": ("embeddings", {"input": "Hello"}),
}


def answers(serve_url: str, token: str, model_id: str, model_type: str) -> bool:
    """Ask the smallest question there is."""
    path, question = _QUESTIONS[model_type]
    request = urllib.request.Request(
        f"{serve_url}/{path}",
        data=json.dumps({"model": model_id} | question).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False
