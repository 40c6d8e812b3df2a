"""The parameters of a provider that LiteLLM may be given from a models row. Pure.

Why these and no others is said where administrators' definitions are checked
(`definition.provider_parameters`; a contract test compares the two). LiteLLM takes keys, addresses
and files from the same mapping, so what is in a row in some other way is not believed here.
"""

from collections.abc import Mapping
from typing import Any

ALLOWED = frozenset(
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
    """Those that LiteLLM may be given, unless they are more than a word, a number or a switch."""
    return {
        name: value
        for name, value in parameters.items()
        if name in ALLOWED and isinstance(value, bool | int | float | str)
    }
