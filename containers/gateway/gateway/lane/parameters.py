"""Which fields of a caller's request reach LiteLLM. Pure.

LiteLLM takes addresses, keys and credentials from the same keyword arguments, so everything that is
not listed here is dropped.
"""

from collections.abc import Mapping
from typing import Any

SAMPLING = frozenset(
    {
        "frequency_penalty",
        "logit_bias",
        "max_tokens",
        "n",
        "presence_penalty",
        "seed",
        "stop",
        "stream",
        "stream_options",
        "temperature",
        "top_k",
        "top_p",
        "user",
    }
)

ALLOWED: Mapping[str, frozenset[str]] = {
    "chat/completions": SAMPLING
    | {
        "audio",
        "function_call",
        "functions",
        "logprobs",
        "max_completion_tokens",
        "messages",
        "modalities",
        "parallel_tool_calls",
        "prediction",
        "reasoning_effort",
        "response_format",
        "service_tier",
        "thinking",
        "tool_choice",
        "tools",
        "top_logprobs",
        "verbosity",
        "web_search_options",
    },
    "completions": SAMPLING | {"best_of", "echo", "logprobs", "prompt", "suffix"},
    "embeddings": frozenset({"dimensions", "encoding_format", "input", "user"}),
}

NEEDED: Mapping[str, str] = {
    "chat/completions": "messages",
    "completions": "prompt",
    "embeddings": "input",
}


def arguments(operation: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    allowed = ALLOWED[operation]
    return {name: value for name, value in payload.items() if name in allowed}
