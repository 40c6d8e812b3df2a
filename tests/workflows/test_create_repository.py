"""create_repository: a database of its own, or the reason why not and nothing left behind."""

import pytest

from catalogue.connection import OpenSearchConfig, RdsConfig
from tests.support.infrastructure_world import HR, InfrastructureWorld
from tests.support.repository_calls import DOWN, send
from tests.support.repository_stacks import ENDPOINT, SECRET
from tests.support.repository_world import MODEL, wish

STEPS = ("claim_repository", "create_stack", "watch_stack", "prepare_store")
# More than any step is tried.
ALWAYS = 20


def made(world: InfrastructureWorld) -> None:
    assert world.create().body["status"] == "CREATE_IN_PROGRESS"
    world.settle()
    assert world.status() == "CREATE_COMPLETE"


def nothing_is_left(world: InfrastructureWorld) -> bool:
    found = world.repository()
    return not (world.databases.standing or world.collections() or (found and found.has_stack))


@pytest.mark.promise("rag.databases-made")
def test_a_repository_gets_a_database_that_is_asked_before_it_is_complete(
    infrastructure: InfrastructureWorld,
) -> None:
    made(infrastructure)
    found = infrastructure.repository()
    assert found is not None
    assert found.rds_config == RdsConfig(db_host=ENDPOINT, password_secret_id=SECRET)
    [collection] = infrastructure.collections()
    assert (collection.default, collection.embedding_model) == (True, MODEL)
    assert collection.shelf.name in infrastructure.stores.opened[HR].shelves
    names = [type(fact).__name__ for fact in infrastructure.facts]
    assert names == ["RepositoryRequested", "RepositoryCreated"]


def test_nobody_but_administrators_sees_it_before_it_is_complete(
    infrastructure: InfrastructureWorld,
) -> None:
    infrastructure.create()
    assert send("get_repository", user="bob", repository_id=HR).status == 404
    infrastructure.settle()
    seen = send("get_repository", user="bob", repository_id=HR)
    assert (seen.status, "infrastructure" in seen.body) == (200, False)


@pytest.mark.promise("rag.databases-made")
def test_a_repository_gets_a_domain_of_opensearch(infrastructure: InfrastructureWorld) -> None:
    asked = wish(type="opensearch", rdsConfig=None, opensearchConfig={"dataNodes": 4})
    assert infrastructure.done(send("create_repository", asked)).status == 200
    infrastructure.settle()
    found = infrastructure.repository()
    assert found is not None
    assert (found.status, found.rds_config) == ("CREATE_COMPLETE", None)
    assert found.opensearch_config == OpenSearchConfig(endpoint=f"https://{ENDPOINT}")


def test_an_existing_database_starts_no_workflow(infrastructure: InfrastructureWorld) -> None:
    infrastructure.done(send("create_repository", wish()))
    assert infrastructure.status() == "CREATE_COMPLETE"
    assert not infrastructure.executions


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("after", [False, True])
def test_a_step_that_stumbles_is_repeated(
    infrastructure: InfrastructureWorld, step: str, after: bool
) -> None:
    infrastructure.fails(step, 2, after)
    made(infrastructure)
    assert len(infrastructure.collections()) == 1


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("after", [False, True])
def test_a_step_that_always_breaks_leaves_a_reason_and_no_stack(
    infrastructure: InfrastructureWorld, step: str, after: bool
) -> None:
    infrastructure.fails(step, ALWAYS, after)
    infrastructure.create()
    infrastructure.settle()
    if (step, after) == ("prepare_store", True):
        # All its work is done at the first try; whatever is told, the stack goes.
        assert not infrastructure.databases.standing
        return
    assert infrastructure.status() == "CREATE_FAILED"
    assert infrastructure.reason() == "InternalError"
    assert nothing_is_left(infrastructure)


def test_what_cloudformation_says_is_told(infrastructure: InfrastructureWorld) -> None:
    infrastructure.databases.failure = "InstanceQuotaExceeded: too many databases"
    infrastructure.create()
    infrastructure.settle()
    assert (infrastructure.status(), infrastructure.reason()) == ("CREATE_FAILED", "QuotaExceeded")
    assert nothing_is_left(infrastructure)


def test_without_a_way_to_a_database_none_is_made(infrastructure: InfrastructureWorld) -> None:
    infrastructure.databases.refusal = "There is no network."
    infrastructure.create()
    infrastructure.settle()
    assert (infrastructure.status(), infrastructure.reason()) == ("CREATE_FAILED", "NoNetwork")
    assert nothing_is_left(infrastructure)
    assert infrastructure.executions[0].waited < 60


def test_a_model_that_is_refused_is_not_waited_for(infrastructure: InfrastructureWorld) -> None:
    del infrastructure.models.known[MODEL]
    infrastructure.create()
    infrastructure.settle()
    assert infrastructure.reason() == "ModelRefusedError"
    assert infrastructure.models.asked == [MODEL]
    assert nothing_is_left(infrastructure)


def test_a_database_that_does_not_answer_is_asked_again_and_then_given_up(
    infrastructure: InfrastructureWorld,
) -> None:
    infrastructure.stores.broken = DOWN
    infrastructure.create()
    infrastructure.settle()
    assert infrastructure.reason() == "store_unreachable"
    assert len(infrastructure.models.asked) > 3
    assert nothing_is_left(infrastructure)


def test_one_that_failed_may_be_asked_for_again(infrastructure: InfrastructureWorld) -> None:
    infrastructure.databases.failure = "no capacity"
    infrastructure.create()
    infrastructure.settle()
    infrastructure.databases.failure = ""
    made(infrastructure)


def test_a_stack_that_cannot_be_removed_is_told_and_removed_with_the_repository(
    infrastructure: InfrastructureWorld,
) -> None:
    infrastructure.databases.failure, infrastructure.databases.stuck = "no capacity", "in use"
    infrastructure.create()
    infrastructure.settle()
    found = infrastructure.repository()
    assert found is not None
    assert found.reason is not None
    assert "no capacity" in found.reason.message
    assert "delete the repository" in found.reason.fix
    infrastructure.databases.stuck = ""
    infrastructure.delete()
    infrastructure.settle()
    assert infrastructure.status() is None
    assert nothing_is_left(infrastructure)


def test_a_stack_left_from_another_try_is_not_taken_for_this_one(
    infrastructure: InfrastructureWorld,
) -> None:
    infrastructure.create()
    infrastructure.kill(infrastructure.until("WatchStack"))
    assert infrastructure.reason() == "WorkflowEnded"
    infrastructure.create(storage=100)
    infrastructure.settle()
    assert infrastructure.reason() == "StackLeftOver"
    assert nothing_is_left(infrastructure)
    infrastructure.create(storage=100)
    infrastructure.settle()
    assert infrastructure.status() == "CREATE_COMPLETE"


def test_the_same_request_heard_twice_makes_one_database(
    infrastructure: InfrastructureWorld,
) -> None:
    infrastructure.create()
    infrastructure.start(infrastructure.facts[0])
    infrastructure.settle()
    assert infrastructure.status() == "CREATE_COMPLETE"
    assert list(infrastructure.databases.standing) == [HR]


@pytest.mark.parametrize("state", ["CreateStack", "WatchStack", "PrepareStore", "RemoveStack"])
def test_a_workflow_that_is_aborted_leaves_a_reason_and_can_be_deleted(
    infrastructure: InfrastructureWorld, state: str
) -> None:
    infrastructure.fails("prepare_store", ALWAYS * (state == "RemoveStack"))
    infrastructure.create()
    infrastructure.kill(infrastructure.until(state))
    assert (infrastructure.status(), infrastructure.reason()) == ("CREATE_FAILED", "WorkflowEnded")
    infrastructure.delete()
    infrastructure.settle()
    assert infrastructure.status() is None
    assert nothing_is_left(infrastructure)


@pytest.mark.parametrize("state", ["ClaimRepository", "CreateStack", "WatchStack", "PrepareStore"])
def test_a_delete_in_the_middle_ends_with_nothing(
    infrastructure: InfrastructureWorld, state: str
) -> None:
    infrastructure.create()
    infrastructure.until(state)
    infrastructure.delete()
    infrastructure.settle()
    assert infrastructure.status() is None
    assert nothing_is_left(infrastructure)
    assert [type(fact).__name__ for fact in infrastructure.facts][-1] == "RepositoryRemoved"
