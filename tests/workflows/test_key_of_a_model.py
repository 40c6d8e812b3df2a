"""The key of a third party in the life of its model: known to its secret, and to nothing else."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest

from kernel.events import envelope
from kernel.observability import logger
from models.errors import ModelNotFoundError
from models.model import Status
from tests.support.calling import Reply
from tests.support.model_payloads import EXTERNAL
from tests.support.model_world import World

KEY, NEW_KEY = "not-a-real-key-1", "not-a-real-key-2"
TITAN = EXTERNAL["modelId"]


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What every function of the process logs, whatever the environment asks for."""
    handler = logger.registered_handler
    assert isinstance(handler, logging.StreamHandler)
    said = StringIO()
    before = handler.setStream(said)
    yield said
    handler.setStream(before)


def lived(world: World) -> list[Reply]:
    """Create a model with a key, renew the key, and look at the model."""
    replies = [world.create(EXTERNAL | {"apiKey": KEY})]
    world.settle()
    replies.append(world.update(TITAN, {"apiKey": NEW_KEY}))
    world.settle()
    return replies


def written(world: World) -> str:
    """Every row as it was and became, every fact, and what every execution was given."""
    rows = [f"{change.before} {change.after}" for change in world.models.changes]
    facts = [json.dumps(envelope(fact, "test")) for fact in world.facts]
    executions = [f"{execution.__dict__}" for execution in world.executions]
    return "\n".join([*rows, *facts, *executions])


def test_nothing_but_its_secret_ever_holds_a_key(
    world: World, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERTOOLS_LOGGER_LOG_EVENT", "true")
    replies = lived(world)
    replies.append(world.create(EXTERNAL | {"apiKey": "not-a-real-key-3"}))
    world.delete(TITAN)
    assert world.keys.kept == {TITAN: {"v1": KEY, "v2": NEW_KEY}}
    world.settle()
    everything = "\n".join([written(world), log.getvalue(), str(replies)])
    assert "refused" in log.getvalue()
    assert all(said in everything for said in ("ModelReady", TITAN, "hasApiKey", "providerKey"))
    assert "not-a-real-key" not in everything


def test_a_removed_models_key_is_gone_before_its_row(world: World) -> None:
    lived(world)
    world.delete(TITAN)
    seen: set[tuple[bool, bool]] = set()
    while running := world.running():
        world.advance(running[0])
        seen.add((bool(world.keys.kept), has_row(world)))
    assert (True, False) not in seen
    assert (bool(world.keys.kept), has_row(world)) == (False, False)


def has_row(world: World) -> bool:
    try:
        return world.model(TITAN).status in Status
    except ModelNotFoundError:
        return False


def test_a_removal_that_is_repeated_after_the_key_has_gone_still_ends(world: World) -> None:
    lived(world)
    world.fails("forget_model", times=2)
    world.keys.forget(TITAN)
    world.delete(TITAN)
    world.settle()
    assert not has_row(world)


def test_a_leftover_goes_with_the_next_model_of_its_name(world: World) -> None:
    world.keys.kept[TITAN] = {"v1": "left by a request that died"}
    world.create(EXTERNAL)
    world.settle()
    world.delete(TITAN)
    world.settle()
    assert world.keys.kept == {}


def test_a_namesake_can_be_made_at_once(world: World) -> None:
    lived(world)
    world.delete(TITAN)
    world.settle()
    assert world.create(EXTERNAL | {"apiKey": NEW_KEY}).status == 200
    world.settle()
    assert world.model(TITAN).status is Status.IN_SERVICE
    assert world.keys.kept == {TITAN: {"v1": NEW_KEY}}
