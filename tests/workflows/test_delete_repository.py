"""delete_repository: the stack of a database that LISA made goes, then the row."""

import pytest

from tests.support.infrastructure_world import HR, InfrastructureWorld
from tests.support.repository_calls import DOWN, send
from tests.support.repository_world import wish

STEPS = ("claim_repository", "remove_stack", "watch_removal", "forget_repository")
ALWAYS = 20


@pytest.fixture
def complete(infrastructure: InfrastructureWorld) -> InfrastructureWorld:
    """A world with a repository on a database of its own."""
    infrastructure.create()
    infrastructure.settle()
    assert infrastructure.status() == "CREATE_COMPLETE"
    return infrastructure


def is_gone(world: InfrastructureWorld) -> bool:
    return not (world.repository() or world.databases.standing or world.collections())


def test_a_removed_repository_leaves_no_stack(complete: InfrastructureWorld) -> None:
    complete.objects.keys = {f"uploads/{HR}/{complete.collections()[0].collection_id}/a.txt"}
    complete.delete()
    assert complete.status() == "DELETE_IN_PROGRESS"
    complete.settle()
    assert is_gone(complete)
    assert not complete.objects.keys
    names = [type(fact).__name__ for fact in complete.facts[2:]]
    removed = ["RepositoryRemovalRequested", "CollectionRemoved"]
    assert names == [*removed, "RepositoryEmptied", "RepositoryRemoved"]


def test_a_database_that_does_not_answer_goes_all_the_same(complete: InfrastructureWorld) -> None:
    complete.stores.broken = DOWN
    complete.delete()
    complete.settle()
    assert is_gone(complete)


def test_the_last_snapshot_has_what_was_in_the_database(complete: InfrastructureWorld) -> None:
    shelves = set(complete.stores.opened[HR].shelves)
    complete.delete()
    complete.settle()
    assert set(complete.stores.opened[HR].shelves) == shelves != set()


def test_an_existing_database_is_emptied_and_starts_no_workflow(
    infrastructure: InfrastructureWorld,
) -> None:
    infrastructure.done(send("create_repository", wish()))
    infrastructure.delete()
    assert is_gone(infrastructure)
    assert not infrastructure.executions
    assert not infrastructure.stores.opened[HR].shelves


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("after", [False, True])
def test_a_step_that_stumbles_is_repeated(
    complete: InfrastructureWorld, step: str, after: bool
) -> None:
    complete.fails(step, 2, after)
    complete.delete()
    complete.settle()
    assert is_gone(complete)


@pytest.mark.parametrize("step", STEPS)
def test_a_removal_that_always_breaks_leaves_a_reason_and_can_be_repeated(
    complete: InfrastructureWorld, step: str
) -> None:
    complete.fails(step, ALWAYS)
    complete.delete()
    complete.settle()
    assert (complete.status(), complete.reason()) == ("DELETE_FAILED", "InternalError")
    complete.before.clear()
    complete.delete()
    complete.settle()
    assert is_gone(complete)


def test_a_stack_that_is_stuck_leaves_a_reason_and_can_be_removed_later(
    complete: InfrastructureWorld,
) -> None:
    complete.databases.stuck = "the security group has a dependent object"
    complete.delete()
    complete.settle()
    assert (complete.status(), complete.reason()) == ("DELETE_FAILED", "StackNotDeleted")
    complete.databases.stuck = ""
    complete.delete()
    complete.settle()
    assert is_gone(complete)


@pytest.mark.parametrize("state", ["ClaimRepository", "RemoveStack", "WatchRemoval"])
def test_a_removal_that_is_asked_for_twice_ends_once(
    complete: InfrastructureWorld, state: str
) -> None:
    complete.delete()
    complete.until(state)
    complete.delete()
    complete.settle()
    assert is_gone(complete)


@pytest.mark.parametrize("state", ["RemoveStack", "WatchRemoval", "ForgetRepository"])
def test_a_removal_that_is_aborted_leaves_a_reason_and_can_be_repeated(
    complete: InfrastructureWorld, state: str
) -> None:
    complete.delete()
    complete.kill(complete.until(state))
    assert (complete.status(), complete.reason()) == ("DELETE_FAILED", "WorkflowEnded")
    complete.delete()
    complete.settle()
    assert is_gone(complete)


def test_a_fact_that_is_heard_late_removes_nothing(complete: InfrastructureWorld) -> None:
    complete.delete()
    complete.settle()
    late = next(one for one in complete.facts if type(one).__name__ == "RepositoryEmptied")
    complete.create()
    complete.start(late)
    complete.settle()
    assert complete.status() == "CREATE_COMPLETE"
