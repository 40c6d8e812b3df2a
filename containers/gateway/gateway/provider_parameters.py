"""The parameters of a provider that LiteLLM may be given from a models row. Pure.

Why these and no others is said where administrators' definitions are checked
(`definition.provider_parameters`; a contract test compares the two). LiteLLM takes keys, addresses
and files from the same mapping, so what is in a row in some other way is not believed here.
"""

import math
from collections.abc import Mapping
from decimal import Decimal
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

# Said of a model among them, and not for LiteLLM to be told: its names of the prices, and those
# that OpenRouter and our list have. In US dollars for a token.
PRICES = {
    "input_cost_per_token": "prompt",
    "output_cost_per_token": "completion",
    "cache_read_input_token_cost": "input_cache_read",
}


def allowed(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Those that LiteLLM may be given, unless they are more than a word, a number or a switch."""
    return {
        name: value
        for name, value in parameters.items()
        if name in ALLOWED and isinstance(value, bool | int | float | str)
    }


def prices(parameters: Mapping[str, Any]) -> dict[str, str]:
    """The prices among a model's parameters, or in an entry of LiteLLM's table, as decimals."""
    found = {ours: parameters.get(theirs) for theirs, ours in PRICES.items()}
    return {
        name: f"{Decimal(str(of)).normalize():f}" for name, of in found.items() if _is_price(of)
    }


def _is_price(value: object) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return math.isfinite(value) and value >= 0
