"""One suite for the table of models, in DynamoDB and in memory."""

from datetime import timedelta

import boto3
import pytest
from botocore.stub import Stubber
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel.observability import client
from models.adapters.dynamo import TRIES, DynamoModels
from models.errors import Busy, ModelAlreadyExistsError, ModelNotFoundError, Superseded
from models.model import FailureReason, Model
from models.ports import Models
from tests.conftest import MODELS_ENVIRONMENT as NAMES
from tests.support.in_memory import InMemoryModels
from tests.support.model_payloads import EXTERNAL, NOON, external, hosted, parsed

LATER = NOON + timedelta(seconds=1)
VERSION = {"scope": {"S": "version"}}


def dynamo() -> DynamoModels:
    return DynamoModels(NAMES["MODELS_TABLE"], NAMES["REGISTRY_TABLE"])


@pytest.fixture(params=["in memory", "DynamoDB"])
def models(request: pytest.FixtureRequest) -> Models:
    if request.param == "in memory":
        return InMemoryModels()
    request.getfixturevalue("aws")
    return dynamo()


def version(models: Models) -> int:
    if isinstance(models, InMemoryModels):
        return models.version
    reply = boto3.client("dynamodb").get_item(TableName=NAMES["REGISTRY_TABLE"], Key=VERSION)
    return int(reply.get("Item", {"models": {"N": "0"}})["models"]["N"])


@pytest.mark.parametrize("model", [hosted(), external()])
def test_a_model_is_read_as_it_was_stored(models: Models, model: Model) -> None:
    models.add(model)
    assert models.get(model.model_id) == model


def test_a_model_that_is_not_there_is_not_found(models: Models) -> None:
    with pytest.raises(ModelNotFoundError, match="model with ID nobody could not be found"):
        models.get("nobody")


def test_an_id_is_given_once(models: Models) -> None:
    models.add(hosted("m"))
    with pytest.raises(ModelAlreadyExistsError):
        models.add(external("m"))
    assert models.get("m") == hosted("m")


def test_a_change_gets_the_next_revision(models: Models) -> None:
    models.add(hosted("m"))
    second = models.replace(hosted("m"), hosted("m").claimed_by("execution"))
    assert second.revision == 2
    assert models.get("m") == second


@pytest.mark.parametrize("change", ["replace", "remove"])
def test_who_knows_an_old_revision_changes_nothing(models: Models, change: str) -> None:
    old = hosted("m")
    models.add(old)
    new = models.replace(old, old.claimed_by("first"))
    with pytest.raises(Superseded):
        if change == "replace":
            models.replace(old, old.serving("http://m/v1", LATER))
        else:
            models.remove(old)
    assert models.get("m") == new
    assert version(models) == 1


@pytest.mark.parametrize("change", ["replace", "remove"])
def test_a_namesake_with_the_same_revision_is_somebody_else(models: Models, change: str) -> None:
    former, present = hosted("m", NOON), hosted("m", LATER)
    models.add(former)
    models.remove(former)
    models.add(present)
    with pytest.raises(Superseded):
        if change == "replace":
            models.replace(former, former.deleting(LATER))
        else:
            models.remove(former)
    assert models.get("m") == present


@pytest.mark.parametrize("change", ["replace", "remove"])
def test_what_is_gone_cannot_be_changed(models: Models, change: str) -> None:
    with pytest.raises(Superseded):
        if change == "replace":
            models.replace(hosted("m"), hosted("m").deleting(LATER))
        else:
            models.remove(hosted("m"))
    assert list(models.all()) == []


def test_each_change_that_gateways_are_told_of_moves_the_version_by_one(models: Models) -> None:
    models.add(external("m"))
    assert version(models) == 1
    serving = models.replace(external("m"), external("m").serving(None, LATER))
    assert version(models) == 2
    claimed = models.replace(serving, serving.claimed_by("execution"))
    assert version(models) == 2
    widened = models.replace(claimed, claimed.model_copy(update={"context_window": 512}))
    assert version(models) == 3
    deleting = models.replace(widened, widened.deleting(LATER))
    assert version(models) == 4
    models.remove(deleting)
    assert version(models) == 4


def test_a_failed_model_keeps_its_reason_and_loses_its_route(models: Models) -> None:
    reason = FailureReason(code="ServerDied", message="Schluß:\nerror ☃", fix="Mend it.")
    models.add(external("m"))
    serving = models.replace(external("m"), external("m").serving(None, LATER))
    failed = models.replace(serving, serving.failed(reason, LATER))
    assert models.get("m") == failed
    assert (models.get("m").failure_reason, models.get("m").route) == (reason, None)


def test_all_models_are_listed_by_id(models: Models) -> None:
    for model_id in ("b", "a.2", "a-1", "B"):
        models.add(external(model_id))
    assert [model.model_id for model in models.all()] == ["B", "a-1", "a.2", "b"]


def test_more_models_than_fit_a_page_are_all_listed(models: Models) -> None:
    environment = {f"V{number}": "x" * 4096 for number in range(40)}
    big = hosted()
    container = big.config.container_config
    assert container
    container = container.model_copy(update={"environment": environment})
    config = big.config.model_copy(update={"container_config": container})
    for number in range(8):
        row = {"model_id": f"m{number}", "config": config}
        models.add(big.model_copy(update=row))
    assert [model.model_id for model in models.all()] == [f"m{number}" for number in range(8)]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=200), on=st.booleans())
def test_any_text_survives_storage(models: Models, text: str, on: bool) -> None:
    config = parsed(EXTERNAL | {"modelDescription": text, "streaming": on})
    model = Model.requested(config, NOON)
    models.add(model)
    assert models.get(model.model_id) == model
    models.remove(model)


def conflict(stub: Stubber, times: int) -> None:
    for _ in range(times):
        stub.add_client_error(
            "transact_write_items",
            "TransactionCanceledException",
            modeled_fields={"CancellationReasons": [{"Code": "TransactionConflict"}]},
        )


def test_two_transactions_at_the_same_moment_are_no_lost_race(aws: None) -> None:
    with Stubber(client("dynamodb")) as dynamodb:
        conflict(dynamodb, TRIES)
        with pytest.raises(Busy):
            dynamo().replace(hosted(), hosted().deleting(LATER))


def test_whoever_meets_another_transaction_tries_again(aws: None) -> None:
    with Stubber(client("dynamodb")) as dynamodb:
        conflict(dynamodb, TRIES - 1)
        dynamodb.add_response("transact_write_items", {})
        dynamo().add(hosted())
        dynamodb.assert_no_pending_responses()
