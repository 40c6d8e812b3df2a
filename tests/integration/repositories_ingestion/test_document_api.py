"""Documents through the API: all is real but AWS, which is moto, the databases and the models."""

from collections.abc import Iterator
from typing import Any

import pytest

from ingestion.wiring import documents as table_of_documents
from kernel.observability import client
from repositories.wiring import use
from tests.support.documents import SOME
from tests.support.ingesting import BUCKET, notice, send, upload, work
from tests.support.repository_calls import collection, made
from tests.support.repository_world import InMemoryStores, WordModels
from tests.support.switching import InMemorySwitches

TEAM = {"repository_id": "hr-docs"}
HOLIDAYS = b"# Leave\n\nWhoever wants a holiday asks for it.\n\n# Money\n\nThe salary comes late.\n"


@pytest.fixture(autouse=True)
def repository(stores: InMemoryStores, models: WordModels) -> Iterator[str]:
    """A repository, and the id of its default collection."""
    with use(patient_models=models):
        yield made()["defaultCollectionId"]


def bulk(*keys: str, user: str = "bob", **more: Any) -> Any:
    return send("ingest_documents", body={"keys": list(keys), **more}, user=user, **TEAM)


def listed(user: str = "bob", **query: str) -> Any:
    return send("list_documents", query=query, user=user, **TEAM).body["documents"]


def test_a_file_is_uploaded_ingested_found_and_removed(repository: str) -> None:
    key = upload("hr-docs", repository, "bob", "leave.md", HOLIDAYS)
    notice(key)
    assert [one.status for one in work()] == ["SUCCEEDED"]
    [document] = listed()
    assert (document["status"], document["progress"]) == ("COMPLETED", 1.0)
    assert (document["mediaType"], document["chunks"]) == ("text/markdown", 1)
    query = {"query": "holiday", "searchMode": "text"}
    [hit] = send("search_repository", query=query, **TEAM).body["docs"]
    assert "holiday asks" in hit["Document"]["page_content"]
    ids = {"documentIds": [document["documentId"]]}
    [job] = send("delete_documents", body=ids, **TEAM).body["jobs"]
    assert (job["jobType"], job["status"]) == ("document_deletion", "DELETE_IN_PROGRESS")
    work()
    assert listed() == []
    assert send("search_repository", query=query, **TEAM).body["docs"] == []
    assert client("s3").list_objects_v2(Bucket=BUCKET).get("Contents", []) == []


def test_what_was_ingested_by_itself_keeps_its_job(repository: str) -> None:
    key = upload("hr-docs", repository, "bob", "leave.md", HOLIDAYS)
    notice(key)
    first, second = (bulk(key).body for _ in range(2))
    assert first == second
    assert (first["collectionId"], first["collectionName"]) == (repository, "Default")
    [job] = send("list_jobs", **TEAM).body["jobs"]
    assert first["jobs"] == [job]
    assert job["status"] == "INGESTION_PENDING"


def test_a_wish_for_other_chunks_supersedes_what_was_begun(repository: str) -> None:
    key = upload("hr-docs", repository, "bob", "leave.md", HOLIDAYS * 40)
    notice(key)
    strategy = {"kind": "fixed", "size": 64, "overlap": 8}
    bulk(key, chunkingStrategy=strategy, metadata={"tags": ["law"]})
    work()
    [document] = listed()
    assert document["chunkingStrategy"] == strategy
    assert document["chunks"] > 5
    statuses = [job["status"] for job in send("list_jobs", **TEAM).body["jobs"]]
    assert statuses == ["INGESTION_COMPLETED", "INGESTION_FAILED"]
    query = {"query": "salary", "filter": '{"tags": "law"}', "searchMode": "text"}
    assert send("search_repository", query=query, **TEAM).body["docs"]


def test_a_broken_file_says_why_it_is_not_ingested(repository: str) -> None:
    notice(upload("hr-docs", repository, "bob", "leave.pdf", b"%PDF-1.7\nbroken"))
    work()
    [document] = listed()
    assert document["status"] == "FAILED"
    assert document["reason"].keys() == {"code", "message", "fix"}
    [job] = send("list_jobs", **TEAM).body["jobs"]
    assert (job["status"], job["reason"]) == ("INGESTION_FAILED", document["reason"])


def test_the_key_of_an_upload_is_the_servers(repository: str) -> None:
    wish = {"repositoryId": "hr-docs", "fileName": "../../etc/päss wd?.txt"}
    reply = send("create_upload", body=wish)
    _, repository_id, collection_id, owner, _, name = reply.body["key"].split("/")
    assert (repository_id, collection_id, name) == ("hr-docs", repository, "päss wd_.txt")
    assert "bob" not in owner
    assert reply.body["fields"]["key"] == reply.body["key"]
    assert BUCKET in reply.body["url"]


def test_only_ones_own_uploads_are_ingested(repository: str) -> None:
    theirs = upload("hr-docs", repository, "eve", "leave.md", HOLIDAYS)
    elsewhere = theirs.replace("hr-docs", "others")
    for key in (theirs, elsewhere, "staging/x/1/chunks-00000.json", "secret.txt"):
        assert bulk(key).status == 403
    assert bulk(theirs, user="ada").status == 200
    gone = upload("hr-docs", repository, "bob", "leave.md", HOLIDAYS)
    client("s3").delete_object(Bucket=BUCKET, Key=gone)
    assert bulk(gone).body["error"] == "ObjectNotFoundError"


def test_what_earlier_clients_say_is_read_or_refused_with_what_to_say(repository: str) -> None:
    key = upload("hr-docs", repository, "bob", "leave.md", HOLIDAYS)
    assert bulk(key, embeddingModel={"modelName": "minilm"}).status == 200
    body, query = {"keys": [key]}, {"chunkSize": "512", "repositoryType": "pgvector"}
    refused = send("ingest_documents", body=body, query=query, **TEAM)
    assert (refused.status, refused.body["details"][0]["field"]) == (422, "chunkSize")
    assert "chunkingStrategy" in refused.body["details"][0]["message"]
    asked = {"query": "x", "modelName": "minilm", "repositoryType": "pgvector", "topK": "3"}
    assert send("search_repository", query=asked, **TEAM).body["docs"] == []


def test_only_owners_and_curators_remove_a_document(repository: str) -> None:
    notice(upload("hr-docs", repository, "eve", "leave.md", HOLIDAYS))
    [document] = listed()
    ids = {"documentIds": [document["documentId"]]}
    assert send("delete_documents", body=ids, **TEAM).status == 403
    assert send("delete_documents", body=ids, user="cora", **TEAM).status == 200


def test_a_document_is_fetched_by_an_address_that_was_signed_for_it(repository: str) -> None:
    notice(upload("hr-docs", repository, "eve", "leave.md", HOLIDAYS))
    [document] = listed()
    named = {**TEAM, "document_id": document["documentId"]}
    assert send("get_document", **named).body == document
    address = send("download_document", **named).body["url"]
    assert "leave.md" in address
    assert "X-Amz-Expires=300" in address


@pytest.mark.parametrize("function", ["get_document", "download_document"])
def test_a_document_is_reached_only_through_what_one_may_see(
    repository: str, function: str
) -> None:
    hidden = collection(allowedGroups=["board"])["collectionId"]
    notice(upload("hr-docs", hidden, "ada", "board.md", HOLIDAYS))
    [document] = listed("ada", collectionId=hidden)
    named = {"document_id": document["documentId"]}
    assert send(function, **TEAM, **named).body["error"] == "DocumentNotFoundError"
    assert send(function, **TEAM, **named, user="ada").status == 200
    elsewhere = send(function, repository_id="others", **named, user="ada")
    assert elsewhere.body["error"] == "RepositoryNotFoundError"
    assert send("list_documents", query={"collectionId": hidden}, **TEAM).status == 404
    assert (
        send("delete_documents", body={"documentIds": list(named.values())}, **TEAM).status == 404
    )


def test_people_see_their_own_jobs_and_administrators_all(repository: str) -> None:
    for user in ("bob", "eve"):
        notice(upload("hr-docs", repository, user, f"{user}.md", HOLIDAYS))
    mine = send("list_jobs", **TEAM).body
    assert [job["documentName"] for job in mine["jobs"]] == ["bob.md"]
    assert (mine["hasNextPage"], mine["hasPreviousPage"]) == (False, False)
    assert len(send("list_jobs", user="ada", **TEAM).body["jobs"]) == 2


def test_jobs_say_how_much_of_them_is_done_and_how_they_fare_together(repository: str) -> None:
    notice(upload("hr-docs", repository, "bob", "leave.md", HOLIDAYS))
    notice(upload("hr-docs", repository, "bob", "broken.pdf", b"%PDF-1.7\nbroken"))
    work()
    notice(upload("hr-docs", repository, "bob", "money.md", HOLIDAYS))
    waiting = send("list_jobs", **TEAM).body
    assert [job["progress"] for job in waiting["jobs"]] == [0.0, 0.0, 1.0]
    assert waiting["totals"] == {"total": 3, "completed": 1, "failed": 1, "progress": 0.667}
    [row] = [one for one in listed() if one["documentName"] == "money.md"]
    documents = table_of_documents()
    known = documents.find("hr-docs", row["documentId"])
    assert known is not None
    claimed = documents.put(known, known.claimed("one", known.updated_at))
    documents.put(claimed, claimed.parsed(SOME, known.updated_at))
    documents.embedded(claimed, 0)
    begun = send("list_jobs", **TEAM).body
    assert [job["progress"] for job in begun["jobs"]] == [0.475, 0.0, 1.0]
    assert begun["totals"]["progress"] == 0.825
    assert send("list_jobs", user="eve", **TEAM).body["totals"]["total"] == 0


def test_a_curator_sees_the_jobs_of_collections_that_they_may_see(repository: str) -> None:
    hidden = collection(allowedGroups=["board"])["collectionId"]
    notice(upload("hr-docs", hidden, "ada", "board.md", HOLIDAYS))
    notice(upload("hr-docs", repository, "eve", "eve.md", HOLIDAYS))
    names = [job["documentName"] for job in send("list_jobs", user="cora", **TEAM).body["jobs"]]
    assert names == ["eve.md"]


def test_documents_are_listed_page_by_page(repository: str) -> None:
    for number in range(3):
        notice(upload("hr-docs", repository, "bob", f"{number}.md", HOLIDAYS))
    first = send("list_documents", query={"pageSize": "2"}, **TEAM).body
    rest = {"pageSize": "2", "lastEvaluatedKey": first["lastEvaluatedKey"]}
    second = send("list_documents", query=rest, **TEAM).body
    parts = {"pageSize": "2", "lastEvaluatedKeyDocumentId": first["lastEvaluated"]["document_id"]}
    assert send("list_documents", query=parts, **TEAM).body == second
    ids = [one["documentId"] for one in (*first["documents"], *second["documents"])]
    assert len(set(ids)) == 3
    assert second["lastEvaluatedKey"] is None
    assert (first["hasNextPage"], second["hasPreviousPage"]) == (True, True)
    refused = send("list_documents", query={"lastEvaluatedKey": "!"}, **TEAM)
    assert (refused.status, refused.body["error"]) == (400, "UnknownCursorError")


def test_documents_are_sorted_and_filtered(repository: str) -> None:
    for name, size in (("b.md", 30), ("A.md", 10), ("c.txt", 20)):
        notice(upload("hr-docs", repository, "bob", name, b"x" * size))
    by_name = send("list_documents", query={"sortBy": "documentName", "pageSize": "2"}, **TEAM).body
    assert [one["documentName"] for one in by_name["documents"]] == ["A.md", "b.md"]
    assert (by_name["totalDocuments"], by_name["hasPreviousPage"]) == (3, False)
    rest = {"sortBy": "documentName", "pageSize": "2"}
    rest["lastEvaluatedKey"] = by_name["lastEvaluatedKey"]
    assert [one["documentName"] for one in listed(**rest)] == ["c.txt"]
    assert [one["size"] for one in listed(sortBy="size")] == [30, 20, 10]
    assert [one["documentName"] for one in listed(filter="A.M", status="PENDING")] == ["A.md"]
    assert listed(status="FAILED") == []
    refused = send("list_documents", query={"sortBy": "owner"}, **TEAM)
    assert (refused.status, refused.body["details"][0]["field"]) == (422, "sortBy")


def test_an_upload_to_a_collection_that_is_gone_becomes_nothing(repository: str) -> None:
    notice(upload("hr-docs", "0" * 36, "bob", "leave.md", HOLIDAYS))
    notice(upload("others", repository, "bob", "leave.md", HOLIDAYS))
    assert work() == []


def test_users_add_no_documents_while_that_is_switched_off_and_curators_do(repository: str) -> None:
    keys = {user: upload("hr-docs", repository, user, "a.md", HOLIDAYS) for user in ("bob", "cora")}
    body = {"repositoryId": "hr-docs", "fileName": "b.md"}
    with use(switches=InMemorySwitches("uploadRagDocs")):
        refused = [bulk(keys["bob"]), send("create_upload", body=body, user="bob")]
        done = [bulk(keys["cora"], user="cora"), send("create_upload", body=body, user="cora")]
        assert listed("bob")
    assert [(one.status, one.body["error"]) for one in refused] == [(403, "FeatureOffError")] * 2
    assert [one.status for one in done] == [200, 200]
