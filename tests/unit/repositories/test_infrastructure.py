"""A database that LISA makes: how it is asked for, and what is said when it does not come."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from catalogue.infrastructure import NewDatabase, NewDomain
from catalogue.repository import Repository, RepositoryRequest
from infrastructure.errors import RepositoryRefused
from infrastructure.watching import Asked, still_there, watched, why
from stacks.state import Failure, Found
from tests.support.repository_stacks import ENDPOINT, OUTPUTS, SECRET
from tests.support.repository_world import AT, a_repository, wish

ASKED = Asked(digest="mine", since=AT)
STANDING = Found("mine", outputs=OUTPUTS)


def asked(**config: Any) -> RepositoryRequest:
    return RepositoryRequest.model_validate(wish(rdsConfig=config))


def domain(**config: Any) -> RepositoryRequest:
    body = wish(type="opensearch", rdsConfig=None, opensearchConfig=config)
    return RepositoryRequest.model_validate(body)


def refused(found: Found | None, minutes: int = 0) -> str:
    with pytest.raises(RepositoryRefused) as refusal:
        watched(ASKED, found, AT + timedelta(minutes=minutes))
    return refusal.value.reason.code


@pytest.mark.parametrize(
    "config",
    [{}, {"username": "postgres", "dbName": "postgres", "dbPort": 5432}, {"dbHost": None}],
)
def test_without_a_host_a_database_is_made(config: dict[str, Any]) -> None:
    wished = asked(**config)
    assert wished.infrastructure == NewDatabase()
    assert wished.connection == {}


def test_with_a_host_none_is_made() -> None:
    wished = asked(dbHost="db.example.internal", username="lisa")
    assert wished.infrastructure is None
    assert wished.connection.keys() == {"rds_config"}


def test_a_domain_is_made_without_an_endpoint_only() -> None:
    assert domain().infrastructure == NewDomain()
    existing = domain(endpoint="https://search.example.internal")
    assert (existing.infrastructure, list(existing.connection)) == (None, ["opensearch_config"])


@pytest.mark.parametrize(
    "config",
    [
        {"storage": 19},
        {"version": "15"},
        {"instanceClass": "t4g.medium"},
        {"instanceClass": "db.t4g.medium; drop"},
        {"username": "lisa"},
        {"passwordSecretId": "lisa-test/repositories/hr"},
        {"storage": "20"},
    ],
)
def test_a_database_that_cannot_be_is_refused(config: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=next(iter(config))):
        asked(**config)


@pytest.mark.parametrize("config", [{"dataNodes": 3}, {"masterNodes": 1}, {"volumeSize": 5}])
def test_a_domain_that_cannot_be_is_refused(config: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=next(iter(config))):
        domain(**config)


@pytest.mark.parametrize("infrastructure", [NewDatabase(multi_az=True), NewDomain(data_nodes=4)])
def test_a_row_keeps_what_was_asked_for(infrastructure: NewDatabase | NewDomain) -> None:
    row = a_repository(rds_config=None, infrastructure=infrastructure)
    kept = row.model_dump(mode="json", by_alias=True, exclude_none=True)
    assert Repository.model_validate(kept) == row


def test_a_creation_by_a_workflow_is_given_more_time_than_one_in_a_request() -> None:
    row = a_repository(status="CREATE_IN_PROGRESS", rds_config=None, infrastructure=NewDatabase())
    assert row.seen(AT + timedelta(hours=3)).status == "CREATE_IN_PROGRESS"
    assert row.seen(AT + timedelta(hours=5)).status == "CREATE_FAILED"


def test_a_stack_is_ready_when_it_stands_and_not_before() -> None:
    moving = watched(ASKED, Found("mine", moving=True), AT + timedelta(minutes=89))
    assert (moving.ready, moving.endpoint, moving.wait_seconds) == (False, None, 15)
    standing = watched(ASKED, STANDING, AT)
    assert (standing.ready, standing.endpoint) == (True, ENDPOINT)


def test_a_secret_is_known_by_its_name_and_a_domain_has_none() -> None:
    assert watched(ASKED, STANDING, AT).secret == SECRET
    domain = Found("mine", outputs={"Endpoint": ENDPOINT})
    assert watched(ASKED, domain, AT).secret is None


def test_a_stack_that_does_not_come_is_given_up() -> None:
    assert refused(Found("mine", moving=True), minutes=91) == "DatabaseTimedOut"
    assert refused(None) == "StackGone"
    assert refused(replace(STANDING, digest="another")) == "StackLeftOver"
    assert refused(Found("mine", failed=True)) == "StackFailed"
    assert refused(Found("mine", moving=True, leaving=True)) == "StackFailed"


def test_a_stack_that_is_leaving_is_waited_for() -> None:
    assert not still_there(None)
    assert not still_there(Found(moving=True, leaving=True))
    assert still_there(Found(moving=True))
    with pytest.raises(RepositoryRefused, match="StackNotDeleted"):
        still_there(Found(leaving=True, failed=True))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("User: x is not authorized to perform: rds:CreateDBInstance", "PermissionDenied"),
        ("InstanceQuotaExceeded: the maximum of 40 is reached", "QuotaExceeded"),
        ("DBInstanceAlreadyExists: lisa-hr-docs", "NameTaken"),
        ("Cannot create: Invalid DB Instance class: db.x.large", "NoSuchInstance"),
        ("you must enable a service-linked role to give access", "ServiceRoleMissing"),
        ("something nobody has seen before", "StackFailed"),
    ],
)
def test_what_cloudformation_says_becomes_a_reason(said: str, code: str) -> None:
    reason = why((Failure("Database", "AWS::RDS::DBInstance", "CREATE_FAILED", said),))
    assert reason.code == code
    assert said in reason.message
    assert reason.fix.endswith(".")


def test_a_long_reason_is_cut() -> None:
    reason = why((Failure("Database", "AWS::RDS::DBInstance", "CREATE_FAILED", "x" * 5000),))
    assert len(reason.message) < 600
