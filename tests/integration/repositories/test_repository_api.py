"""Repositories through the API: real functions, the real table and bucket on moto."""

from typing import Any

import pytest

from kernel.observability import client
from tests.conftest import REPOSITORIES_ENVIRONMENT
from tests.support.repository_calls import DOWN, ask, collection, made, removal, send, shelves
from tests.support.repository_world import MODEL, InMemoryStores, wish

BUCKET = REPOSITORIES_ENVIRONMENT["DOCUMENTS_BUCKET"]


def database(**changes: str) -> dict[str, Any]:
    return {"rdsConfig": {"dbHost": "db", **changes}}


def test_a_repository_is_ready_when_its_database_has_answered(stores: InMemoryStores) -> None:
    repository = made()
    assert (repository["status"], repository["reason"]) == ("CREATE_COMPLETE", None)
    assert repository["rdsConfig"]["passwordSecretId"] == "lisa-test/repositories/hr"
    found = send("list_collections", repository_id="hr-docs").body["collections"]
    assert [(one["default"], one["embeddingModel"], one["dimensions"]) for one in found] == [
        (True, MODEL, 7)
    ]
    assert found[0]["collectionId"] == repository["defaultCollectionId"]


def test_a_database_that_does_not_answer_is_told_with_what_to_do(stores: InMemoryStores) -> None:
    stores.broken = DOWN
    failed = made()
    assert failed["status"] == "CREATE_FAILED"
    assert failed["reason"] == {
        "code": "store_unreachable", "message": DOWN.message, "fix": DOWN.fix,
    }  # fmt: skip
    stores.broken = None
    assert made()["status"] == "CREATE_COMPLETE"
    assert send("get_repository_status").body == {"hr-docs": "CREATE_COMPLETE"}


def test_a_model_that_does_not_serve_is_told_with_what_to_do(stores: InMemoryStores) -> None:
    failed = made(embeddingModelId="nothing")
    assert failed["status"] == "CREATE_FAILED"
    assert failed["reason"]["code"] == "ModelRefusedError"
    assert "lisa-repositories" in failed["reason"]["fix"]
    assert stores.opened == {}


def test_an_id_is_taken_once(stores: InMemoryStores) -> None:
    made()
    reply = send("create_repository", wish())
    assert (reply.status, reply.body["error"]) == (400, "RepositoryAlreadyExistsError")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rdsConfig": None}, "rdsConfig with the dbHost"),
        ({"type": "opensearch", "rdsConfig": None}, "opensearchConfig with the endpoint"),
        (database(passwordSecretId="lisa-test/models/key"), "begins with lisa-test/repositories/"),
        (database(passwordSecretId="lisa-test/service-tokens/repositories"), "begins with"),
        (database(), "name begins with lisa"),
        (database(password="hunter2"), "Extra inputs"),
        ({"repositoryId": "status"}, "none of collections"),
        ({"repositoryId": "HR"}, "pattern"),
        ({"pipelines": [{"s3Bucket": "b-1", "collectionId": "0" * 36}]}, "collection of this"),
        ({"pipelines": [{"s3Bucket": "b-1", "s3Prefix": "a/"}, {"s3Bucket": "b-1"}]}, "another"),
    ],
)
def test_what_cannot_be_is_refused_by_field(
    stores: InMemoryStores, changes: dict[str, Any], said: str
) -> None:
    reply = send("create_repository", wish(**changes))
    assert (reply.status, reply.body["error"]) == (422, "ValidationError")
    assert said in str(reply.body["details"])
    assert "hunter2" not in str(reply.body)
    assert send("list_repositories").body == []


def test_only_administrators_see_where_a_database_is(stores: InMemoryStores) -> None:
    made(allowedGroups=["readers"])
    (shown,) = send("list_repositories", user="bob").body
    assert shown == send("get_repository", user="bob", repository_id="hr-docs").body
    assert {"rdsConfig", "opensearchConfig", "pipelines", "createdBy"}.isdisjoint(shown)
    assert "rdsConfig" in send("get_repository", repository_id="hr-docs").body


def test_what_one_may_not_see_is_not_there(stores: InMemoryStores) -> None:
    repository = made(allowedGroups=["law"])
    default = repository["defaultCollectionId"]
    assert send("list_repositories", user="bob").body == []
    assert send("list_all_collections", user="bob").body["collections"] == []
    for reply in (
        send("get_repository", user="bob", repository_id="hr-docs"),
        send("list_collections", user="bob", repository_id="hr-docs"),
        send("get_collection", user="bob", repository_id="hr-docs", collection_id=default),
        ask({"query": "leave"}, user="bob"),
        ask({"query": "leave", "modelName": MODEL}, user="bob"),
    ):
        assert (reply.status, reply.body["error"]) == (404, "RepositoryNotFoundError")


def test_a_repository_is_renamed_and_given_to_others_at_once(stores: InMemoryStores) -> None:
    made(allowedGroups=["law"])
    change = {"repositoryName": "People", "allowedGroups": ["readers"]}
    reply = send("update_repository", change, repository_id="hr-docs")
    assert (reply.status, reply.body["repositoryName"]) == (200, "People")
    assert reply.body["description"] == ""
    assert send("get_repository", user="bob", repository_id="hr-docs").status == 200


def test_what_a_repository_stands_on_is_for_ever(stores: InMemoryStores) -> None:
    made()
    for field in ("rdsConfig", "embeddingModelId", "type", "repositoryId"):
        reply = send("update_repository", {field: wish()[field]}, repository_id="hr-docs")
        assert (reply.status, reply.body["error"]) == (422, "ValidationError")


@pytest.mark.parametrize("prefix", ["", "up", "uploads/", "attachments/", "staging/summaries/"])
def test_a_pipeline_may_not_read_peoples_own_files(stores: InMemoryStores, prefix: str) -> None:
    made()
    change = {"pipelines": [{"s3Bucket": BUCKET, "s3Prefix": prefix}]}
    reply = send("update_repository", change, repository_id="hr-docs")
    assert (reply.status, "people's own files" in str(reply.body)) == (422, True)


def test_a_pipeline_may_not_take_what_another_repositorys_has(stores: InMemoryStores) -> None:
    made(pipelines=[{"s3Bucket": "files", "s3Prefix": "hr/"}])
    made(repositoryId="law")
    for prefix, status in (("hr/contracts/", 422), ("", 422), ("law/", 200), ("hr", 422)):
        change = {"pipelines": [{"s3Bucket": "files", "s3Prefix": prefix}]}
        assert send("update_repository", change, repository_id="law").status == status


def test_a_repository_goes_with_all_that_is_in_it(stores: InMemoryStores) -> None:
    default = made()["defaultCollectionId"]
    other = collection()["collectionId"]
    mine, others = f"uploads/hr-docs/{other}/x/1/a.pdf", f"uploads/law/{default}/x/1/b.pdf"
    for key in (mine, mine, others):
        client("s3").put_object(Bucket=BUCKET, Key=key, Body=b"text")
    closed = send("delete_repository", repository_id="hr-docs").body
    assert closed["status"] == "DELETE_IN_PROGRESS"
    assert send("get_repository", user="bob", repository_id="hr-docs").status == 404
    for _ in range(2):
        removal("on_repository_removal_requested", repository_id="hr-docs")
    assert send("get_repository", repository_id="hr-docs").status == 404
    assert shelves(stores) == []
    left = client("s3").list_object_versions(Bucket=BUCKET)["Versions"]
    assert [one["Key"] for one in left] == [others]


def test_a_database_that_is_gone_does_not_keep_its_repository(stores: InMemoryStores) -> None:
    made()
    stores.broken = DOWN
    send("delete_repository", repository_id="hr-docs")
    removal("on_repository_removal_requested", repository_id="hr-docs")
    stuck = send("get_repository", repository_id="hr-docs").body
    assert (stuck["status"], stuck["reason"]["code"]) == ("DELETE_FAILED", "store_unreachable")
    ask({"storeIsLost": "true"}, "delete_repository")
    removal("on_repository_removal_requested", repository_id="hr-docs")
    assert send("get_repository", repository_id="hr-docs").status == 404


def test_a_repository_whose_creation_failed_can_be_removed(stores: InMemoryStores) -> None:
    stores.broken = DOWN
    made()
    send("delete_repository", repository_id="hr-docs")
    removal("on_repository_removal_requested", repository_id="hr-docs")
    assert send("list_repositories").body == []


def test_a_removal_that_nobody_asked_for_removes_nothing(stores: InMemoryStores) -> None:
    default = made()["defaultCollectionId"]
    removal("on_repository_removal_requested", repository_id="hr-docs")
    removal("on_collection_removal_requested", repository_id="hr-docs", collection_id=default)
    assert send("get_repository", repository_id="hr-docs").body["status"] == "CREATE_COMPLETE"
    assert len(shelves(stores)) == 1
