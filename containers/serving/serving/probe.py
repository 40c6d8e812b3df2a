"""`python3 -m serving.probe`: whether vLLM on this machine really answers, for a health check.

vLLM's `/health` says that the engine's process lives, not that it computes. This asks for one token
(or one vector). Under full load that waits in the queue, so an answer that does not come in time is
judged by the engine's counters: whoever computes tokens for others is busy, not dead.
"""

from __future__ import annotations

import json
import os
import re
import sys
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PATIENCE = 15.0  # seconds
COUNTERS = re.compile(
    rb"^vllm:(?:prompt|generation)_tokens_total(?:\{[^}\n]*\})? (\S+)$", re.MULTILINE
)
LARGEST_ANSWER = 4 * 1024 * 1024


def question(environment: Mapping[str, str]) -> tuple[str, dict[str, object]]:
    """Path and body of the smallest request that the model has to compute for."""
    model = environment.get("MODEL_ID", "")
    if environment.get("MODEL_TYPE") == "embedding":
        return "/v1/embeddings", {"model": model, "input": "a"}
    return "/v1/completions", {"model": model, "prompt": "a", "max_tokens": 1}


def answers(base: str, environment: Mapping[str, str], patience: float = PATIENCE) -> bool:
    """Whether the server at `base` computes, for this caller or for others."""
    path, body = question(environment)
    try:
        before = _computed(base, patience)
        try:
            _call(f"{base}{path}", patience, json.dumps(body).encode())
        except TimeoutError:
            return _computed(base, patience) > before
    except OSError:
        return False
    return True


def _computed(base: str, patience: float) -> float:
    """Tokens since the server started."""
    return sum(float(count) for count in COUNTERS.findall(_call(f"{base}/metrics", patience)))


def _call(url: str, patience: float, body: bytes | None = None) -> bytes:
    """The body of a 2xx answer. Raises TimeoutError and other OSErrors."""
    headers = {"Content-Type": "application/json"} if body else {}
    request = urllib.request.Request(url, body, headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=patience) as reply:  # noqa: S310
            return bytes(reply.read(LARGEST_ANSWER))
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise error.reason from error
        raise


def main() -> int:
    """0 when it answers, 1 when it does not."""
    port = os.environ.get("PORT") or "8080"
    return 0 if answers(f"http://127.0.0.1:{port}", os.environ) else 1


if __name__ == "__main__":
    sys.exit(main())
