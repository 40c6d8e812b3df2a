"""A repository on a real PostgreSQL, from its registration to its removal."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from catalogue.collection import Collection
from catalogue.connection import RdsConfig
from catalogue.repository import Repository, repository_key
from kernel.observability import client
from passages.chunk import Chunk
from repositories.adapters.databases import MOST_KEPT, Databases
from repositories.wiring import rows, use
from stores.port import Copy, Embedded
from tests.conftest import REPOSITORIES_ENVIRONMENT
from tests.support.postgres import Postgres
from tests.support.repository_calls import ask, collection, made, removal, send
from tests.support.repository_world import AT, WORDS, InMemoryStores, a_repository, vector_of

SECRET = "lisa-test/repositories/hr"
TABLES = "select count(*) from information_schema.tables where table_schema = 'lisa' and {}"


@pytest.fixture
def databases(stores: InMemoryStores) -> Iterator[Databases]:
    """Real databases, beside moto's table and bucket."""
    databases = Databases(REPOSITORIES_ENVIRONMENT["AWS_REGION"])
    with use(stores=databases):
        yield databases
    databases.close()


@pytest.fixture
def config(postgres: Postgres, database: str, databases: Databases) -> dict[str, Any]:
    """How the database of this test is reached; its password is in a secret."""
    client("secretsmanager").create_secret(Name=SECRET, SecretString=postgres.password)
    return {
        "dbHost": postgres.host,
        "dbPort": postgres.port,
        "dbName": database,
        "username": postgres.user,
        "passwordSecretId": SECRET,
        "tls": "off",
    }


def shelves(postgres: Postgres, database: str, of: str) -> object:
    """How many tables there are of a collection."""
    like = f"table_name like 'c_{of.replace('-', '')}%'"
    return postgres.run(TABLES.format(like), database)[0][0]


def put(databases: Databases, text: str) -> None:
    found = rows().get(Repository, repository_key("hr-docs"))
    (default,) = (one for one in rows().all(Collection) if one.default)
    assert found is not None
    store = databases.of(found)
    embedded = Embedded(Chunk(0, text, span=(0, len(text))), vector_of(text, len(WORDS) + 1))
    store.replace(default.shelf, Copy("d1", 1, "Leave", "leave.pdf", {"year": 2026}), [embedded])


@pytest.mark.promise("rag.pgvector")
def test_a_passage_is_found_in_a_database_that_was_registered(
    databases: Databases, config: dict[str, Any]
) -> None:
    assert made(rdsConfig=config)["status"] == "CREATE_COMPLETE"
    put(databases, "Holiday leave is thirty days a year")
    for mode in ("hybrid", "vector", "text"):
        asked = {
            "query": "leave's 'quotes' OR holiday",
            "searchMode": mode,
            "filter": '{"year":2026}',
        }
        (found,) = ask(asked).body["docs"]
        assert found["Document"]["page_content"].startswith("Holiday")
    assert ask({"query": "leave", "filter": '{"year": 2025}'}).body["docs"] == []


def test_removing_a_repository_leaves_no_table(
    postgres: Postgres, database: str, config: dict[str, Any]
) -> None:
    repository = made(rdsConfig=config)
    other = collection()["collectionId"]
    both = (repository["defaultCollectionId"], other)
    assert all(shelves(postgres, database, one) for one in both)
    send("delete_repository", repository_id="hr-docs")
    removal("on_repository_removal_requested", repository_id="hr-docs")
    assert [shelves(postgres, database, one) for one in both] == [0, 0]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"dbPort": 1}, "store_unreachable"),
        ({"dbName": "nothing"}, "database_missing"),
        ({"username": "nobody"}, "access_refused"),
        ({"tls": "require"}, "tls_failed"),
        # IAM signs a password, which this server knows nothing of.
        ({"passwordSecretId": None}, "access_refused"),
        ({"passwordSecretId": "lisa-test/repositories/nothing"}, "secret_unreadable"),
    ],
)
def test_a_database_that_cannot_be_used_says_why_and_what_to_do(
    config: dict[str, Any], changes: dict[str, Any], code: str
) -> None:
    failed = made(rdsConfig=config | changes)
    assert (failed["status"], failed["reason"]["code"]) == ("CREATE_FAILED", code)
    assert failed["reason"]["fix"].endswith(".")
    # What was wrong is mended, and asked for again under the same id.
    assert made(rdsConfig=config)["status"] == "CREATE_COMPLETE"


@pytest.mark.parametrize(
    "text", ['{"username": "u"}', '{"password": 1}', "{not json", "{" * 100_000]
)
def test_a_secret_without_a_password_is_told_and_not_shown(
    config: dict[str, Any], text: str
) -> None:
    client("secretsmanager").put_secret_value(SecretId=SECRET, SecretString=text)
    failed = made(rdsConfig=config)
    assert failed["reason"]["code"] == "secret_unreadable"
    assert text not in json.dumps(failed)


def test_a_password_may_lie_in_json_as_rds_writes_it(
    postgres: Postgres, config: dict[str, Any]
) -> None:
    text = json.dumps({"username": postgres.user, "password": postgres.password})
    client("secretsmanager").put_secret_value(SecretId=SECRET, SecretString=text)
    assert made(rdsConfig=config)["status"] == "CREATE_COMPLETE"


def test_the_password_is_in_no_row(postgres: Postgres, config: dict[str, Any]) -> None:
    made(rdsConfig=config)
    table = REPOSITORIES_ENVIRONMENT["REPOSITORY_TABLE"]
    assert postgres.password not in json.dumps(client("dynamodb").scan(TableName=table)["Items"])


def test_a_store_is_kept_until_its_connection_changes_or_others_need_the_room(
    databases: Databases,
) -> None:
    first = a_repository("first")
    kept = databases.of(first)
    assert databases.of(first.changed(AT, description="new")) is kept
    moved = RdsConfig(db_host="elsewhere", password_secret_id=SECRET)
    assert databases.of(first.changed(AT, rds_config=moved)) is not kept
    for number in range(MOST_KEPT):
        databases.of(a_repository(f"repository-{number}"))
    assert databases.of(first) is not kept
