"""What a route may tell LiteLLM about its provider beside name, address and key. Pure.

The admin API checks names and values; this is the gateway's own gate before LiteLLM, which takes
keys, addresses, files and callbacks from the same keyword arguments.
"""

from collections.abc import Mapping
from typing import Any

NAMES = frozenset(
    {
        "api_version",
        "aws_region_name",
        "dimensions",
        "drop_params",
        "frequency_penalty",
        "input_type",
        "max_completion_tokens",
        "max_tokens",
        "merge_reasoning_content_in_choices",
        "organization",
        "presence_penalty",
        "project_id",
        "reasoning_effort",
        "region_name",
        "seed",
        "service_tier",
        "space_id",
        "stream_timeout",
        "temperature",
        "timeout",
        "top_k",
        "top_p",
        "verbosity",
        "vertex_location",
        "vertex_project",
        "watsonx_region_name",
    }
)


def allowed(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Those that may pass, where they are plain values."""
    return {
        name: value
        for name, value in parameters.items()
        if name in NAMES and isinstance(value, str | int | float | bool)
    }
