"""Making repositories when something goes wrong in between."""

from datetime import timedelta
from typing import Any

import pytest

from catalogue.collection import Collection
from catalogue.repository import LONGEST_CREATION, Repository, RepositoryRequest, repository_key
from kernel.http import Caller
from repositories.errors import RepositoryAlreadyExistsError
from repositories.founding import Ground, founded
from stores.errors import StoreUnavailableError
from tests.support.repository_world import AT, MODEL, OTHER_MODEL, ShelvedStore, World, wish

ADA = Caller("sub-ada", "ada", (), admin=True, signed_in=True)
LATER = AT + LONGEST_CREATION + timedelta(seconds=1)
DOWN = StoreUnavailableError("store_unreachable", "Nothing answers there.", "Check the host.")


class Killed(BaseException):
    """Lambda ends a function in the middle."""


def ground(world: World) -> Ground:
    return Ground(world.rows, world.stores, world.models, "lisa-test/repositories/", "ours")


def found(world: World, at: Any = AT, **changes: Any) -> Repository:
    return founded(ground(world), RepositoryRequest.model_validate(wish(**changes)), ADA, at)


def killed(world: World) -> None:
    """Ask for a repository, and be ended when its shelf has been made."""

    def end() -> None:
        raise Killed

    store = world.stores.opened.setdefault("hr-docs", ShelvedStore())
    store.when_prepared = end
    with pytest.raises(Killed):
        found(world)
    store.when_prepared = list


def test_a_creation_that_was_cut_off_has_failed_after_a_minute() -> None:
    world = World()
    killed(world)
    row = world.rows.get(Repository, repository_key("hr-docs"))
    assert row is not None
    assert row.seen(AT).status == "CREATE_IN_PROGRESS"
    seen = row.seen(LATER)
    assert (seen.status, seen.reason and seen.reason.code) == (
        "CREATE_FAILED", "CreationInterrupted",
    )  # fmt: skip


def test_it_may_be_asked_for_again_and_leaves_one_shelf() -> None:
    world = World()
    killed(world)
    with pytest.raises(RepositoryAlreadyExistsError):
        found(world)
    again = found(world, LATER, embeddingModelId=OTHER_MODEL)
    assert again.status == "CREATE_COMPLETE"
    (collection,) = world.rows.all(Collection)
    assert world.stores.opened["hr-docs"].shelves == {collection.shelf.name}
    assert (collection.embedding_model, collection.dimensions) == (OTHER_MODEL, 8)


def test_what_was_wrong_is_mended_under_the_same_id() -> None:
    world = World()
    world.stores.broken = DOWN
    assert found(world).status == "CREATE_FAILED"
    world.stores.broken = None
    again = found(world, description="second")
    assert (again.status, again.reason, again.description) == ("CREATE_COMPLETE", None, "second")


def test_a_bug_is_not_mistaken_for_a_reason() -> None:
    world = World()
    world.stores.broken = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        found(world)


def test_the_model_is_asked_once_for_its_vectors_length() -> None:
    world = World()
    found(world)
    assert world.models.asked == [MODEL]
