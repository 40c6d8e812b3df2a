"""What LiteLLM is told about a model at each call. Pure."""

import json
from typing import Any

from gateway import provider_parameters
from gateway.operations import RESPONSES, SPOKEN_BY_SERVER
from gateway.snapshot import Route

# These servers need no key of ours, and must not be sent one meant for the provider itself.
KEYLESS = frozenset({"openai", "hosted_vllm"})
NO_KEY = "none"
# Their key is a service account's document, or else it is a plain one.
VERTEX = frozenset({"vertex_ai", "vertex_ai_beta"})


def deployment(route: Route, key: str | None, silence: float, stream: bool) -> dict[str, Any]:
    """LiteLLM's keyword arguments that are the model's own: name, address, key, parameters.

    `silence` in seconds is how long an answer may take where the model's parameters say nothing.
    """
    told = {"timeout": silence} | provider_parameters.allowed(route.parameters)
    patience = told.pop("stream_timeout", None)
    if stream and patience is not None:
        told["timeout"] = patience
    provider = route.litellm_model.partition("/")[0]
    told |= {"model": route.litellm_model, "max_retries": 0}
    if route.api_base:
        told["api_base"] = route.api_base
    if key is not None:
        told |= _credential(provider, key)
    elif route.api_base and provider in KEYLESS:
        told["api_key"] = NO_KEY
    if RESPONSES not in SPOKEN_BY_SERVER.get(route.server, {RESPONSES}):
        told["use_chat_completions_api"] = True
    return told


def _credential(provider: str, key: str) -> dict[str, Any]:
    if provider in VERTEX:
        try:
            document = json.loads(key)
        except ValueError:
            document = None
        if isinstance(document, dict):
            return {"vertex_credentials": document}
    return {"api_key": key}
