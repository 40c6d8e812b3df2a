"""Collections through the API: real functions, the real table on moto."""

from typing import Any

import pytest

from catalogue.base import ASK, FAILED
from catalogue.collection import Collection
from repositories.wiring import rows
from tests.support.repository_calls import DOWN, collection, made, removal, send, shelves
from tests.support.repository_world import MODEL, OTHER_MODEL, InMemoryStores

HR = {"repository_id": "hr-docs"}


@pytest.mark.usefixtures("stores")
def test_words_are_stemmed_in_the_language_of_the_collection_or_its_repository() -> None:
    made(language="german")
    assert collection()["language"] == "german"
    assert collection(language="french", name="Contrats")["language"] == "french"
    languages = sorted(one.shelf.language for one in rows().all(Collection))
    assert languages == ["french", "german", "german"]
    refused = send("create_collection", **HR, body={"name": "Q", "language": "klingon"})
    assert refused.status == 422
    assert "must be one of arabic" in refused.body["details"][0]["message"]


def test_a_collection_has_its_own_model_cuts_and_settings(stores: InMemoryStores) -> None:
    made()
    wished: dict[str, Any] = {
        "embeddingModel": OTHER_MODEL,
        "chunkingStrategy": {"type": "fixed", "size": 256, "overlap": 32},
        "searchSettings": {"mode": "vector", "vectorWeight": 1, "neighbours": 1},
        "metadata": {"tags": ["law"], "customFields": {"year": 2026}},
    }
    found = collection(**wished)
    assert (found["embeddingModel"], found["dimensions"]) == (OTHER_MODEL, 8)
    assert found["chunkingStrategy"] == {"kind": "fixed", "size": 256, "overlap": 32}
    assert found["searchSettings"]["vectorWeight"] == 1.0
    again = send("get_collection", **HR, collection_id=found["collectionId"]).body
    assert again == found
    assert len(shelves(stores)) == 2


def test_without_wishes_a_collection_is_as_its_repository(stores: InMemoryStores) -> None:
    made()
    found = collection()
    assert (found["embeddingModel"], found["allowedGroups"]) == (MODEL, None)
    assert found["chunkingStrategy"] == {"kind": "structure", "size": 200, "overlap": 0}


@pytest.mark.parametrize(
    "wished",
    [
        {"chunkingStrategy": {"kind": "fixed", "size": 32}},
        {"chunkingStrategy": {"kind": "fixed", "size": 100, "overlap": 50}},
        {"chunkingStrategy": {"kind": "semantic"}},
        {"searchSettings": {"vectorWeight": 1.5}},
        {"name": "<script>"},
        {"name": ""},
        {"embeddingModel": "../secret"},
        {"collectionId": "mine"},
    ],
)
def test_what_cannot_be_is_refused(stores: InMemoryStores, wished: dict[str, object]) -> None:
    made()
    reply = send("create_collection", {"name": "Contracts"} | wished, **HR)
    assert (reply.status, reply.body["error"]) == (422, "ValidationError")
    assert len(shelves(stores)) == 1


def test_a_model_that_does_not_serve_makes_no_collection(stores: InMemoryStores) -> None:
    made()
    reply = send("create_collection", {"name": "x", "embeddingModel": "nothing"}, **HR)
    assert (reply.status, reply.body["error"]) == (422, "ModelRefusedError")


def test_the_groups_of_a_collection_narrow_those_of_its_repository(stores: InMemoryStores) -> None:
    made(allowedGroups=["readers"])
    hidden = collection(allowedGroups=["law"])["collectionId"]
    shown = send("list_collections", user="bob", **HR).body["collections"]
    assert [one["default"] for one in shown] == [True]
    reply = send("get_collection", user="bob", **HR, collection_id=hidden)
    assert (reply.status, reply.body["error"]) == (404, "CollectionNotFoundError")
    send("update_collection", {"allowedGroups": None}, **HR, collection_id=hidden)
    assert send("get_collection", user="bob", **HR, collection_id=hidden).status == 200


def test_a_curator_keeps_collections_and_hides_none_from_themself(stores: InMemoryStores) -> None:
    made(allowedGroups=["readers"])
    wish = {"name": "Contracts", "allowedGroups": ["board"]}
    refused = send("create_collection", wish, user="cora", **HR)
    assert (refused.status, refused.body["details"][0]["field"]) == (422, "allowedGroups")
    assert len(shelves(stores)) == 1
    kept = send("create_collection", {"name": "Contracts"}, user="cora", **HR).body
    place = {**HR, "collection_id": kept["collectionId"]}
    assert send("update_collection", wish, user="cora", **place).status == 422
    assert send("update_collection", {"name": "New"}, user="cora", **place).body["name"] == "New"
    assert send("delete_collection", user="cora", **place).body["status"] == "DELETE_IN_PROGRESS"
    assert send("get_collection", user="cora", **place).status == 200


def test_a_change_keeps_what_was_not_sent(stores: InMemoryStores) -> None:
    made()
    was = collection(description="Signed ones", allowedGroups=["law"])
    now = send("update_collection", {"name": "New"}, **HR, collection_id=was["collectionId"]).body
    assert now == was | {"name": "New", "updatedAt": now["updatedAt"]}
    refused = send(
        "update_collection", {"embeddingModel": MODEL}, **HR, collection_id=was["collectionId"]
    )
    assert refused.status == 422


def test_a_collection_goes_with_all_that_is_in_it(stores: InMemoryStores) -> None:
    default = made()["defaultCollectionId"]
    gone = collection()["collectionId"]
    asked = send("delete_collection", **HR, collection_id=gone)
    assert asked.body["status"] == "DELETE_IN_PROGRESS"
    assert send("get_collection", user="bob", **HR, collection_id=gone).status == 404
    for _ in range(2):
        removal("on_collection_removal_requested", **HR, collection_id=gone)
    found = send("list_all_collections").body["collections"]
    assert [one["collectionId"] for one in found] == [default]
    assert shelves(stores) == [f"c_{default.replace('-', '')}"]


def test_a_removal_that_failed_may_be_asked_for_again(stores: InMemoryStores) -> None:
    made()
    gone = {**HR, "collection_id": collection()["collectionId"]}
    send("delete_collection", **gone)
    stores.broken = DOWN
    removal("on_collection_removal_requested", **gone)
    failed = send("get_collection", **gone).body
    assert (failed["status"], failed["reason"]["fix"]) == ("DELETE_FAILED", DOWN.fix)
    told = send("get_collection", user="cora", **gone).body["reason"]
    assert told == {"code": DOWN.code, "message": FAILED, "fix": ASK}
    refused = send("create_collection", {"name": "x"}, user="cora", **HR)
    assert refused.body["message"] == f"{FAILED} {ASK}"
    assert send("update_collection", {"name": "x"}, **gone).status == 409
    stores.broken = None
    assert send("delete_collection", **gone).body["reason"] is None
    removal("on_collection_removal_requested", **gone)
    assert send("get_collection", **gone).status == 404


def test_the_default_collection_stays_with_its_repository(stores: InMemoryStores) -> None:
    default = made()["defaultCollectionId"]
    reply = send("delete_collection", **HR, collection_id=default)
    assert (reply.status, reply.body["error"]) == (409, "DefaultCollectionError")


def test_a_collection_that_comes_while_its_repository_goes_leaves_no_shelf(
    stores: InMemoryStores,
) -> None:
    made()
    store = stores.opened["hr-docs"]
    store.when_prepared = lambda: send("delete_repository", **HR)
    reply = send("create_collection", {"name": "Late"}, **HR)
    assert (reply.status, reply.body["error"]) == (409, "ChangedMeanwhileError")
    assert len(shelves(stores)) == 1
    assert len(send("list_all_collections").body["collections"]) == 1
