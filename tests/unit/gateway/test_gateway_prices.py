"""What a model's tokens cost, from its definition and from a table like LiteLLM's."""

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.prices import Prices
from gateway.provider_parameters import prices
from tests.unit.gateway.builders import route

REGION = "us-gov-west-1"


def entry(provider: str, price: float = 2e-6, **more: object) -> dict[str, object]:
    costs = {"input_cost_per_token": price, "output_cost_per_token": 2 * price}
    return {"litellm_provider": provider, "mode": "chat", **costs, **more}


TABLE: dict[str, Any] = {
    "gpt-x": entry("openai", cache_read_input_token_cost=1e-6),
    "azure/gpt-x": entry("azure"),
    "gemini-x": entry("vertex_ai-language-models"),
    "amazon.text": entry("bedrock_converse"),
    "bedrock/us-gov-west-1/amazon.text": entry("bedrock", 3e-6),
    "eu.amazon.profile": entry("bedrock", 4e-6),
    "amazon.profile": entry("bedrock"),
    "ollama/llama": entry("ollama", 0.0),
    "damaged": "x",
}
USUAL = {"prompt": "0.000002", "completion": "0.000004"}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "prices.json"
    file.write_text(json.dumps(TABLE))
    return file


@pytest.mark.parametrize(
    ("name", "changes", "pricing"),
    [
        ("openai/gpt-x", {}, USUAL | {"input_cache_read": "0.000001"}),
        ("gpt-x", {}, USUAL | {"input_cache_read": "0.000001"}),
        ("azure/gpt-x", {"api_base": "https://ours.openai.azure.com"}, USUAL),
        ("vertex_ai/gemini-x", {}, USUAL),
        ("bedrock/amazon.text", {}, {"prompt": "0.000003", "completion": "0.000006"}),
        ("bedrock/converse/amazon.text", {"parameters": {"aws_region_name": "x"}}, USUAL),
        ("bedrock/us-gov-west-1/amazon.text", {}, {"prompt": "0.000003"}),
        ("bedrock/eu.amazon.profile", {}, {"prompt": "0.000004", "completion": "0.000008"}),
        ("bedrock/us.amazon.profile", {}, USUAL),
        ("openai/gpt-x", {"api_base": "https://api.openai.com/v1"}, USUAL),
    ],
)
def test_a_providers_model_costs_what_the_table_says(
    table: Path, name: str, changes: dict[str, Any], pricing: dict[str, str]
) -> None:
    asked = route("m1", name, **{"api_base": "", **changes})
    assert Prices(REGION, table).of([asked])[0].pricing.items() >= pricing.items()


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("openai/gpt-x", "https://llm.example.com/v1"),
        ("openai/gpt-x", "http://[broken"),
        ("hosted_vllm/gpt-x", ""),
        ("anthropic/gpt-x", ""),
        ("ollama/llama", ""),
        ("openai/unheard-of", ""),
        ("damaged", ""),
    ],
)
def test_where_nobody_knows_no_price_is_told(table: Path, name: str, base: str) -> None:
    assert Prices(REGION, table).of([route("m1", name, api_base=base)])[0].pricing == {}


def test_an_administrators_prices_go_first(table: Path) -> None:
    agreed = route("m1", "openai/gpt-x", api_base="", pricing={"prompt": "0.0000001"})
    found = Prices(REGION, table).of([agreed])[0].pricing
    assert found == {
        "prompt": "0.0000001",
        "completion": "0.000004",
        "input_cache_read": "0.000001",
    }


def test_the_table_is_read_again_for_a_new_model_only(table: Path) -> None:
    known = Prices(REGION, table)
    before = known.of([route("m1", "gpt-x", api_base="")])
    table.write_text("{}")
    assert known.of([route("m1", "gpt-x", api_base="")]) == before
    assert known.of([route("m2", "azure/gpt-x")])[0].pricing == {}


@pytest.mark.parametrize("text", ["", "{", "[]", None])
def test_without_a_table_models_are_served_without_prices(table: Path, text: str | None) -> None:
    if text is None:
        table.unlink()
    else:
        table.write_text(text)
    assert Prices(REGION, table).of([route("m1", "gpt-x", api_base="")])[0].pricing == {}


@pytest.mark.parametrize("price", [-1, True, "0.1", None, float("nan"), float("inf")])
def test_what_is_no_price_is_none(price: object) -> None:
    assert prices({"input_cost_per_token": price}) == {}


@pytest.mark.parametrize(
    ("price", "told"), [(0, "0"), (0.0, "0"), (2.5e-7, "0.00000025"), (1, "1"), (100, "100")]
)
def test_prices_are_decimals(price: float, told: str) -> None:
    assert prices({"output_cost_per_token": price}) == {"completion": told}
