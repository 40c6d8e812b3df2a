"""What a model's tokens cost: as an administrator says, else as LiteLLM's own table has it.

The table is data that comes with the pinned package. It is read without importing the package, and
only by the process that reads the registry; what no model needs is dropped again.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from gateway import provider_parameters
from gateway.log import say
from gateway.snapshot import Route

TABLE = "model_prices_and_context_window_backup.json"
# Each customer of these has an address of his own; behind one given for another provider's model
# may be anybody, with prices of his own.
ADDRESSED = frozenset({"azure", "azure_ai", "bedrock", "databricks", "snowflake", "watsonx"})
PUBLIC = frozenset({"api.openai.com", "api.anthropic.com", "api.mistral.ai"})

type Table = Mapping[str, Any]


def names(route: Route, region: str) -> tuple[str, ...]:
    """Under which names the table may have a model, the likeliest first; none if it is not theirs.

    `region` is where AWS's models are asked unless the model's parameters say otherwise.
    """
    provider, slash, name = route.litellm_model.partition("/")
    if route.api_base and provider not in ADDRESSED and host(route.api_base) not in PUBLIC:
        return ()
    if not slash:
        return (provider,)
    if provider != "bedrock":
        return (route.litellm_model, name)
    name = name.removeprefix("converse/").removeprefix("invoke/")
    region = str(route.parameters.get("aws_region_name") or region)
    # An inference profile costs what its model does, unless it has an entry of its own.
    regional = f"bedrock/{region}/{name}"
    return (route.litellm_model, regional, name, name.partition(".")[2])


def listed(table: Table, route: Route, region: str) -> dict[str, str]:
    """What the table says of a model; nothing where it knows no price above zero."""
    provider, slash, _ = route.litellm_model.partition("/")
    for name in names(route, region):
        entry = table.get(name)
        if isinstance(entry, Mapping):
            theirs = str(entry.get("litellm_provider", ""))
            if not slash or theirs.startswith(provider):
                found = provider_parameters.prices(entry)
                return found if any(map(float, found.values())) else {}
    return {}


class Prices:
    """Prices of the models that there are, looked up when a model is new."""

    def __init__(self, region: str, table: Path | None = None) -> None:
        self._region = region
        self._table = table or packaged()
        self._known: dict[tuple[str, ...], dict[str, str]] = {}

    def of(self, routes: Iterable[Route]) -> list[Route]:
        """The same models with their prices; an administrator's go before the table's."""
        named = [(route, names(route, self._region)) for route in routes]
        if any(key and key not in self._known for _, key in named):
            table = read(self._table)
            self._known = {key: listed(table, route, self._region) for route, key in named if key}
        return [
            replace(route, pricing={**self._known.get(key, {}), **route.pricing})
            for route, key in named
        ]


def host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def packaged() -> Path | None:
    """Where the table lies; None where LiteLLM is not installed."""
    spec = find_spec("litellm")
    places = spec.submodule_search_locations if spec else None
    return Path(places[0]) / TABLE if places else None


def read(path: Path | None) -> Table:
    """The table; an empty one if it cannot be read, for prices are no reason not to serve."""
    try:
        table = json.loads(path.read_bytes()) if path else {}
    except (OSError, ValueError) as error:
        say("price table unreadable", cause=type(error).__name__, effect="models without prices")
        return {}
    return table if isinstance(table, dict) else {}
