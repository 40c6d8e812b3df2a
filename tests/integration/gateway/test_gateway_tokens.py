"""Tokens made by the API, at every replica of the gateway."""

import time
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest

from tests.emulator.running import Emulator, eventually
from tests.integration.gateway.stage import Gateway, Tables, soon

MODELS = "/v2/serve/models"


@pytest.fixture(scope="module")
def replicas(
    emulator: Emulator, gateway: Gateway, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Gateway]]:
    """Two gateways on the same tables, with nothing else in common."""
    with Gateway(emulator, tmp_path_factory.mktemp("replica")) as other:
        eventually(lambda: other.ask("/health")[0] == 200)
        yield [gateway, other]


def put(tables: Tables, secret: str, **row: Any) -> str:
    """Store a token as the API does, and return its key."""
    key = sha256(secret.encode()).hexdigest()
    named = {"hashed": True, "tokenUUID": "0b0c7f6e-5d0a-4f6c-9d42-3f8a1c2b4d5e"}
    tables.put_token(key, username="ada", groups=["readers"], **named, **row)
    return key


def answers(replicas: list[Gateway], secret: str) -> list[int]:
    return [one.ask(MODELS, token=secret)[0] for one in replicas]


def test_a_revoked_token_is_refused_by_every_replica_within_a_second(
    replicas: list[Gateway], tables: Tables
) -> None:
    key = put(tables, "lisa_revoked")
    assert answers(replicas, "lisa_revoked") == [200, 200]
    tables.delete_token(key)
    assert soon(lambda: answers(replicas, "lisa_revoked") == [401, 401], within=1.0)


def test_a_token_that_is_ended_is_refused_by_every_replica_within_a_second(
    replicas: list[Gateway], tables: Tables
) -> None:
    put(tables, "lisa_ended", tokenExpiration=int(time.time()) + 600)
    assert answers(replicas, "lisa_ended") == [200, 200]
    put(tables, "lisa_ended", tokenExpiration=int(time.time()) - 1)
    assert soon(lambda: answers(replicas, "lisa_ended") == [401, 401], within=1.0)


def test_a_token_with_a_damaged_allow_list_opens_nothing(
    replicas: list[Gateway], tables: Tables
) -> None:
    put(tables, "lisa_damaged", models=[])
    assert answers(replicas, "lisa_damaged") == [401, 401]


def test_an_allow_list_hides_every_other_model_and_refuses_it(
    replicas: list[Gateway], tables: Tables
) -> None:
    put(tables, "lisa_confined", models=["good", "secret", "gone"])
    for gateway in replicas:
        data = gateway.ask(MODELS, token="lisa_confined")[1]["data"]
        assert [model["id"] for model in data] == ["good"]
        assert gateway.chat("good", token="lisa_confined")[0] == 200
        assert gateway.ask(f"{MODELS}/renamed", token="lisa_confined")[0] == 404
        for model in ("renamed", "secret", "gone"):
            code, body = gateway.chat(model, token="lisa_confined")
            assert (code, body["error"]["code"]) == (404, "model_not_found")
