"""One small question to a model's server, over HTTP."""

import json
import urllib.error
import urllib.request
from http.client import HTTPException

from definition.payload import ModelType
from diagnosis import Reason
from models.errors import NoAnswerYet

# Within the step's own time, so that the reason is ours and not Lambda's.
PATIENCE = 50.0
_QUESTIONS: dict[ModelType, tuple[str, dict[str, object]]] = {
    ModelType.TEXTGEN: ("completions", {"prompt": "Hello", "max_tokens": 1}),
    ModelType.EMBEDDING: ("embeddings", {"input": "Hello"}),
}


class HttpInference:
    """The `Inference` port on the OpenAI protocol."""

    def answers(self, api_base: str, model_id: str, model_type: ModelType) -> None:
        path, question = _QUESTIONS[model_type]
        request = urllib.request.Request(  # noqa: S310 - api_base is our own load balancer
            f"{api_base}/{path}",
            data=json.dumps({"model": model_id} | question).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as reply:  # noqa: S310
                json.load(reply)
        except urllib.error.HTTPError as error:
            said = error.read(500).decode(errors="replace")
            raise _silence(f"/{path} answered {error.code}: {said}") from None
        except (OSError, ValueError, HTTPException) as error:
            raise _silence(f"/{path} gave no answer: {error}") from None


def _silence(told: str) -> NoAnswerYet:
    return NoAnswerYet(
        Reason(
            "SmokeTestFailed",
            f"The server is healthy and yet does not answer a request: {told}",
            "Check that modelType matches the weights, and read the model's log group.",
        )
    )
