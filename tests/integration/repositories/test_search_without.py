"""Searches for which something is missing: what can be answered is, and what cannot is told."""

from typing import Any

import pytest

from catalogue.base import ASK, FAILED
from passages.chunk import Chunk
from searching.answering import MOST_CHARACTERS, TOO_LONG
from tests.support.repository_calls import DOWN, ask, collection, filled_with, made, send
from tests.support.repository_world import MODEL, OTHER_MODEL, RERANKER, InMemoryStores, WordModels

LEAVE = "Holiday leave is thirty days a year"


@pytest.fixture
def filled(stores: InMemoryStores) -> InMemoryStores:
    made()
    filled_with(stores, "leave", Chunk(0, LEAVE))
    return stores


def answered(**asked: str) -> dict[str, Any]:
    reply = ask({"query": "How much leave is there?"} | asked)
    assert reply.status == 200, reply.body
    assert reply.body["docs"][0]["Document"]["page_content"] == LEAVE
    found: dict[str, Any] = reply.body["metadata"]
    return found


def test_without_vectors_words_are_searched_and_that_is_told(
    filled: InMemoryStores, models: WordModels
) -> None:
    models.busy.add(MODEL)
    said = answered()
    assert (said["search_mode"], said["actual_mode_used"]) == ("hybrid", "text")
    assert said["warnings"] == [
        f"Searched by words alone. Model {MODEL} did not answer: it is loading."
    ]


def test_a_search_by_vectors_needs_them(filled: InMemoryStores, models: WordModels) -> None:
    models.busy.add(MODEL)
    reply = ask({"query": "leave", "searchMode": "vector"})
    assert (reply.status, reply.body["error"]) == (500, "ModelUnavailableError")


def test_without_the_rerank_model_the_searches_have_the_last_word(
    filled: InMemoryStores, models: WordModels
) -> None:
    models.busy.add(RERANKER)
    said = answered(rerank=RERANKER)
    assert said["rerank_model"] is None
    assert "Not read again by a model." in said["warnings"][0]


def test_a_collections_rerank_model_that_refuses_costs_no_answer(
    filled: InMemoryStores, models: WordModels
) -> None:
    default = send("list_all_collections").body["collections"][0]["collectionId"]
    settings = {"searchSettings": {"rerankModel": "gone"}}
    send("update_collection", settings, repository_id="hr-docs", collection_id=default)
    said = answered()
    assert said["rerank_model"] is None
    assert said["warnings"] == [
        "Not read again by a model. Model gone cannot be used: there is no such model."
    ]


@pytest.mark.parametrize("letter", ["x", "ж", "汉"])
def test_of_a_long_question_the_model_reads_both_ends(
    filled: InMemoryStores, models: WordModels, letter: str
) -> None:
    models.longest = 600
    for query in (f"{letter * 9000} holiday leave", f"holiday leave {letter * 9000}"):
        said = answered(query=query, searchMode="vector")
        assert said["warnings"] == []


def test_a_rerank_model_that_is_none_is_refused(filled: InMemoryStores) -> None:
    reply = ask({"query": "leave", "rerank": "nothing"})
    assert (reply.status, reply.body["error"]) == (422, "ModelRefusedError")


def test_a_model_that_became_another_is_told(filled: InMemoryStores, models: WordModels) -> None:
    models.known[MODEL] += 1
    reply = ask({"query": "leave"})
    assert (reply.status, reply.body["error"]) == (422, "ModelRefusedError")
    assert "8 numbers now, those of this collection 7" in reply.body["message"]


def test_a_database_that_is_down_is_told_with_what_to_do(filled: InMemoryStores) -> None:
    filled.broken = DOWN
    reply = ask({"query": "leave"})
    assert (reply.status, reply.body["error"]) == (500, "StoreFailedError")
    assert reply.body["message"] == f"{DOWN.message} {DOWN.fix}"


def test_a_collection_on_its_way_out_is_not_chosen_by_its_model(filled: InMemoryStores) -> None:
    gone, stays = (collection(name=name, embeddingModel=OTHER_MODEL) for name in ("A", "B"))
    send("delete_collection", repository_id="hr-docs", collection_id=gone["collectionId"])
    reply = ask({"query": "leave", "modelName": OTHER_MODEL}, user="cora")
    assert (reply.status, reply.body["metadata"]["collectionId"]) == (200, stays["collectionId"])
    assert reply.body["metadata"]["backend"] == "pgvector"


def test_where_a_database_is_only_administrators_read(filled: InMemoryStores) -> None:
    filled.broken = DOWN
    reply = ask({"query": "leave"}, user="bob")
    assert (reply.status, reply.body["error"]) == (500, "StoreFailedError")
    assert reply.body["message"] == f"{FAILED} {ASK}"


def test_an_answer_is_no_longer_than_can_be_handed_over(filled: InMemoryStores) -> None:
    words = "leave " * (MOST_CHARACTERS // 12)
    for number in range(3):
        filled_with(filled, f"long-{number}", Chunk(0, f"{words}{number}"))
    reply = ask({"query": "leave", "searchMode": "text", "topK": "10"})
    assert reply.status == 200
    assert 1 <= len(reply.body["docs"]) <= 2
    assert reply.body["metadata"]["warnings"] == [TOO_LONG]
