"""What a replica knows of the models, and how it is handed on."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gateway.shared_snapshot import Follower, publish
from gateway.snapshot import Change, Snapshot, change, from_json, route_of, to_json, waiting_of
from tests.unit.gateway.builders import route, snapshot


def row(**route_changes: Any) -> dict[str, Any]:
    fields = {
        "litellmModel": "hosted_vllm/m1",
        "apiBase": "http://10.0.0.7/v1/",
        "modelType": "textgen",
        "streaming": True,
        "allowedGroups": ["readers"],
        "createdAt": 1_700_000_000,
    }
    return {"modelId": "m1", "route": fields | route_changes}


def test_a_row_becomes_a_route() -> None:
    assert route_of(row()) == route(allowed_groups=frozenset({"readers"}))


def test_a_row_may_say_nothing_but_its_model() -> None:
    sparse = {"modelId": "m1", "route": {"litellmModel": "bedrock/x"}}
    expected = route("m1", "bedrock/x", api_base="", created_at=0)
    assert route_of(sparse) == expected


@pytest.mark.parametrize(
    ("known", "window"),
    [
        ({}, 0),
        ({"plannedContext": Decimal(4096)}, 4096),
        ({"plannedContext": Decimal(4096), "contextWindow": Decimal(8192)}, 8192),
        ({"contextWindow": None}, 0),
    ],
)
def test_a_row_may_know_how_much_its_model_reads(known: dict[str, Any], window: int) -> None:
    assert route_of(row() | known) == route(
        allowed_groups=frozenset({"readers"}), context_window=window
    )


@pytest.mark.parametrize(
    "damaged",
    [{}, {"modelId": "m1"}, {"modelId": "m1", "route": "x"}, row(litellmModel=None), {"route": {}}],
)
def test_a_row_without_a_usable_route_is_none(damaged: dict[str, Any]) -> None:
    assert route_of(damaged) is None


def test_a_row_says_how_its_provider_is_asked_and_what_to_do_when_it_fails() -> None:
    row = {
        "modelId": "m1",
        "route": {
            "litellmModel": "azure/gpt",
            "litellmParams": {"api_version": "2026-01-01", "max_tokens": Decimal("512")},
            "apiKeySecret": "lisa/models/m1",
            "apiKeyVersion": "v-2",
            "fallbacks": ["m2", "m3"],
            "retries": Decimal("2"),
            "cooldownSeconds": Decimal("30"),
            "forwarding": False,
        },
    }
    known = route_of(row)
    assert known is not None
    assert known.parameters == {"api_version": "2026-01-01", "max_tokens": 512}
    assert (known.secret, known.secret_version) == ("lisa/models/m1", "v-2")
    assert (known.fallbacks, known.retries, known.cooldown_seconds) == (("m2", "m3"), 2, 30.0)
    assert not known.forwarding


def test_prices_are_said_of_a_model_and_not_to_its_server() -> None:
    said = {"temperature": Decimal("0.5"), "input_cost_per_token": Decimal("0.0000025")}
    known = route_of(row(litellmParams=said))
    assert known is not None
    assert (known.parameters, known.pricing) == ({"temperature": 0.5}, {"prompt": "0.0000025"})


def stopped(**changes: Any) -> dict[str, Any]:
    config = {
        "modelType": "embedding",
        "streaming": False,
        "allowedGroups": ["readers"],
        "fallbacks": ["m2"],
        "modelDescription": "Small",
        "features": [{"name": "imageInput", "overview": "Sees"}],
    }
    at = "2023-11-14T22:13:20.5Z"
    return {"modelId": "m1", "status": "Stopped", "createdAt": at, "config": config} | changes


def test_a_row_without_a_route_says_what_its_model_is_and_how_it_fares() -> None:
    assert waiting_of(stopped(plannedContext=Decimal(256))) == route(
        litellm_model="",
        api_base="",
        model_type="embedding",
        streaming=False,
        allowed_groups=frozenset({"readers"}),
        fallbacks=("m2",),
        context_window=256,
        status="Stopped",
        description="Small",
        features=("imageInput",),
    )


@pytest.mark.parametrize(
    "row",
    [
        {},
        stopped(status="Deleting"),
        stopped(status="InService"),
        stopped(status=None),
        stopped(config=None),
        stopped(modelId=None),
    ],
)
def test_of_what_is_leaving_or_damaged_nothing_is_told(row: dict[str, Any]) -> None:
    assert waiting_of(row) is None


def test_a_moment_that_nobody_can_read_is_the_beginning() -> None:
    known = waiting_of(stopped(createdAt="yesterday"))
    assert known is not None
    assert known.created_at == 0


def test_a_change_names_what_is_gone_and_what_is_new_or_different() -> None:
    old = snapshot(route("kept"), route("moved"), route("gone")).routes
    moved = route("moved", api_base="http://10.0.0.8/v1")
    new = snapshot(route("kept"), moved, route("added")).routes
    assert change(old, new) == Change(gone=("gone",), put=(moved, route("added")))
    assert change(new, new) == Change(gone=(), put=())


def test_a_snapshot_survives_being_written_down() -> None:
    everything = route(
        allowed_groups=frozenset({"b", "a"}),
        parameters={"api_version": "1"},
        fallbacks=("m2",),
        features=("imageInput",),
        pricing={"prompt": "0.000001"},
    )
    whole = snapshot(everything, route("m2"), route("m3", status="Stopped"), models=7, tokens=9)
    assert from_json(json.loads(json.dumps(to_json(whole)))) == whole


def test_a_follower_sees_each_published_snapshot_once(tmp_path: Path) -> None:
    file = tmp_path / "snapshot.json"
    follower = Follower(file)
    assert not follower.refresh()
    assert follower.current is None
    for expected in (snapshot(route("m1")), snapshot(route("m2"), models=2)):
        publish(file, expected)
        assert follower.refresh()
        assert follower.current == expected
        assert not follower.refresh()


def test_a_follower_keeps_what_it_has_when_the_file_is_damaged(tmp_path: Path) -> None:
    file = tmp_path / "snapshot.json"
    follower = Follower(file)
    publish(file, Snapshot())
    follower.refresh()
    for damage in ("{", "[]", '{"versions": {"unknown": 1}, "routes": []}'):
        file.write_text(damage)
        assert not follower.refresh()
        assert follower.current == Snapshot()
