"""How LiteLLM's Router is told about a model. Pure."""

from typing import Any

from gateway.snapshot import Route

# These servers need no key of ours, and must not be sent one meant for the provider itself.
KEYLESS = ("openai/", "hosted_vllm/")
NO_KEY = "none"


def deployment(route: Route) -> dict[str, Any]:
    parameters: dict[str, Any] = {"model": route.litellm_model}
    if route.api_base:
        parameters["api_base"] = route.api_base
        if route.litellm_model.startswith(KEYLESS):
            parameters["api_key"] = NO_KEY
    return {
        "model_name": route.model_id,
        "litellm_params": parameters,
        "model_info": {"id": route.model_id},
    }
