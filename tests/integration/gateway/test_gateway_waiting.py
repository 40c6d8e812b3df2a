"""Models that are not in service, and what models cost: read from the tables, told to clients."""

from typing import Any

import openai
import pytest
from openai import OpenAI

from tests.integration.gateway.stage import Gateway, Tables, soon

ALL = {"state": "all"}
LISTS = ("/v2/serve/models", "/v2/serve/v1/models", "/v2/serve/openai/models", "/v1/openai/models")


def shown(gateway: Gateway, model: str, token: str = "sesame") -> dict[str, Any]:
    """What the list of everything says of a model; nothing if it is not there."""
    status, page, _ = gateway.ask("/v2/serve/models?state=all", token=token)
    assert status == 200
    return next((one for one in page["data"] if one["id"] == model), {})


@pytest.mark.parametrize("path", LISTS)
def test_who_asks_sees_what_is_not_in_service(gateway: Gateway, tables: Tables, path: str) -> None:
    told = {"modelDescription": "Large", "features": [{"name": "imageInput", "overview": "Sees"}]}
    tables.put_waiting("asleep", "Stopped", **told, modelName="private/name")
    assert soon(lambda: shown(gateway, "asleep") != {})

    model = next(
        one for one in gateway.ask(f"{path}?state=all")[1]["data"] if one["id"] == "asleep"
    )
    assert model["status"] == "Stopped"
    assert (model["description"], model["features"]) == ("Large", ["imageInput"])
    assert "private" not in str(model)
    usual = gateway.ask(path)[1]["data"]
    assert {one["status"] for one in usual} == {"InService"}


def test_openais_client_is_told_what_a_call_meets(
    gateway: Gateway, tables: Tables, client: OpenAI
) -> None:
    tables.put_waiting("rising", "Starting")
    assert soon(lambda: shown(gateway, "rising") != {})
    assert "rising" not in {model.id for model in client.models.list()}
    assert "rising" in {model.id for model in client.models.list(extra_query=ALL)}
    assert client.models.retrieve("rising", extra_query=ALL).to_dict()["status"] == "Starting"

    with pytest.raises(openai.InternalServerError) as refused:
        client.chat.completions.create(model="rising", messages=[{"role": "user", "content": "x"}])

    assert (refused.value.status_code, refused.value.code) == (503, "model_not_in_service")
    assert refused.value.response.headers["retry-after"] == "15"
    assert "is starting" in str(refused.value)


def test_a_fallback_answers_for_a_model_that_is_stopped_on_either_lane(
    gateway: Gateway, tables: Tables
) -> None:
    for fallback in ("good", "lane-good"):
        name = f"covered-by-{fallback}"
        tables.put_waiting(name, "Stopped", fallbacks=[fallback])
        assert soon(lambda name=name: shown(gateway, name) != {})  # type: ignore[misc]
        assert gateway.chat(name)[0] == 200


def test_a_model_that_comes_into_service_is_listed_and_answers_within_a_second(
    gateway: Gateway, tables: Tables, upstream: Any
) -> None:
    tables.put_waiting("waking", "Starting")
    assert soon(lambda: shown(gateway, "waking").get("status") == "Starting")
    tables.put_model("waking", "hosted_vllm/waking", apiBase=upstream.base())
    assert soon(lambda: shown(gateway, "waking").get("status") == "InService")
    assert gateway.chat("waking")[0] == 200


def test_the_state_of_a_model_is_told_to_its_groups_alone(gateway: Gateway, tables: Tables) -> None:
    tables.put_token("of-reader", groups=["readers"])
    tables.put_waiting("hidden", "Failed", allowedGroups=["readers"])
    assert soon(lambda: shown(gateway, "hidden", "of-reader") != {})

    assert shown(gateway, "hidden") == {}
    assert gateway.chat("hidden")[0] == 404
    assert gateway.ask("/v2/serve/models/hidden?state=all")[0] == 404
    assert gateway.chat("hidden", "of-reader")[0] == 503


def test_a_state_that_means_nothing_is_refused(gateway: Gateway) -> None:
    assert gateway.ask("/v2/serve/models?state=asleep")[0] == 400


def test_the_list_tells_prices_where_they_are_known(
    gateway: Gateway, tables: Tables, upstream: Any
) -> None:
    agreed = {"input_cost_per_token": 1, "cache_read_input_token_cost": 0}
    tables.put_model("agreed", "openai/x", apiBase=upstream.base(), litellmParams=agreed)
    assert soon(lambda: shown(gateway, "agreed") != {})

    # As the pinned LiteLLM's own table has it.
    assert shown(gateway, "titan")["pricing"] == {
        "prompt": "0.0000002",
        "completion": "0.0000006",
    }
    assert shown(gateway, "agreed")["pricing"] == {"prompt": "1", "input_cache_read": "0"}
    assert "pricing" not in shown(gateway, "good")
    # Prices are nothing that LiteLLM has to heed: bytes still go straight to the server.
    assert gateway.chat("agreed", unheard_of=1)[0] == 200
    assert upstream.asked[-1][0]["unheard_of"] == 1
