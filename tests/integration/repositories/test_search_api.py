"""Similarity search through the API: real functions and fusion, a store in memory."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from passages.chunk import Chunk
from tests.support.repository_calls import ask, collection, filled_with, made, send
from tests.support.repository_world import (
    MODEL,
    OTHER_MODEL,
    RERANKER,
    WORDS,
    InMemoryStores,
)

LEAVE = "Holiday leave is thirty days a year"
PRINTER = "The printer takes paper of form A-113"
MANUAL = ("Office", "Machines")


@pytest.fixture
def filled(stores: InMemoryStores) -> Iterator[InMemoryStores]:
    """A repository with two documents in its default collection."""
    made()
    filled_with(stores, "leave", Chunk(0, LEAVE, ("Time off",), (3, 4), (100, 135), 8))
    filled_with(stores, "printer", Chunk(0, PRINTER, MANUAL, None, (0, 37), 8), year=2024)
    yield stores


def found(**asked: str) -> list[dict[str, Any]]:
    reply = ask({"query": "How much leave is there?"} | asked)
    assert reply.status == 200, reply.body
    return [one["Document"] for one in reply.body["docs"]]


def titles(**asked: str) -> list[str]:
    return [one["metadata"]["title"] for one in found(**asked)]


@pytest.mark.promise("rag.without-chat")
def test_a_passage_is_found_with_where_it_stands(filled: InMemoryStores) -> None:
    best = found()[0]
    assert best["page_content"] == LEAVE
    about = best["metadata"]
    assert (about["documentId"], about["source"], about["title"]) == ("leave", "leave.pdf", "Leave")
    assert (about["headings"], about["pages"], about["span"]) == (["Time off"], [3, 4], [100, 135])
    assert (about["year"], about["tags"], about["rank"]) == (2026, ["hr", "leave"], 1)
    assert about["scores"]["similarity"] == pytest.approx(0.709, abs=0.001)
    assert 0 < about["scores"]["score"] <= 1
    assert "similarity_score" not in about
    assert found(score="true")[0]["metadata"]["similarity_score"] == about["scores"]["score"]


def test_an_answer_says_how_it_was_searched(filled: InMemoryStores) -> None:
    asked = {"query": "leave", "searchMode": "text", "topK": "1"}
    reply = ask(asked).body
    assert len(reply["docs"]) == 1
    said = reply["metadata"]
    assert (said["search_mode"], said["actual_mode_used"]) == ("text", "text")
    assert (said["repositoryId"], said["embeddingModel"]) == ("hr-docs", MODEL)


def test_words_are_found_by_text_and_meaning_by_vectors(filled: InMemoryStores) -> None:
    assert titles(query="forms paper", searchMode="text") == ["Printer"]
    assert titles(query="xyzzy", searchMode="text") == []
    by_vector = found(query="holiday", searchMode="vector", topK="1")
    assert by_vector[0]["metadata"]["scores"]["bm25"] is None
    assert by_vector[0]["page_content"] == LEAVE


def test_a_filter_takes_only_what_has_the_value(filled: InMemoryStores) -> None:
    for where, wanted in (
        ({"year": 2024}, ["Printer"]),
        ({"year": [2024, 2026]}, ["Leave", "Printer"]),
        ({"tags": ["printer", "nothing"]}, ["Printer"]),
        ({"year": 2024, "tags": "leave"}, []),
    ):
        assert titles(filter=json.dumps(where)) == wanted


@pytest.mark.parametrize(
    "asked",
    [
        {"query": ""},
        {"query": "  "},
        {"query": "x" * 10_001},
        {"query": "a\0b"},
        {"query": "a\ud800b"},
        {"topK": "0"},
        {"topK": "101"},
        {"topK": "many"},
        {"searchMode": "magic"},
        {"vectorWeight": "0.7", "lexicalWeight": "0.7"},
        {"vectorWeight": "nan"},
        {"filter": "{"},
        {"filter": "[1]"},
        {"filter": '{"a b": 1}'},
        {"filter": '{"a": {"b": 1}}'},
        {"filter": "[" * 4000},
        {"collectionId": "../x"},
        {"neighbours": "9"},
    ],
)
def test_what_cannot_be_asked_is_refused(filled: InMemoryStores, asked: dict[str, str]) -> None:
    reply = ask({"query": "leave"} | asked)
    assert (reply.status, reply.body["error"]) == (422, "ValidationError")


def test_weights_shift_the_fusion(filled: InMemoryStores) -> None:
    question = "printer holiday leave"
    assert titles(query=question, lexicalWeight="0", topK="1") == ["Leave"]
    assert ask({"query": question, "lexicalWeight": "1"}).body["metadata"]["vector_weight"] == 0


def test_a_model_stands_for_its_collection(filled: InMemoryStores) -> None:
    other = collection(embeddingModel=OTHER_MODEL)["collectionId"]
    for asked, wanted in (({"modelName": OTHER_MODEL}, other), ({"collectionId": other}, other)):
        assert ask({"query": "leave"} | asked).body["metadata"]["collectionId"] == wanted
    assert titles(modelName=MODEL)[0] == "Leave"
    missing = ask({"query": "leave", "modelName": "nothing"})
    assert (missing.status, missing.body["error"]) == (404, "CollectionNotFoundError")


def test_a_hidden_collection_cannot_be_searched_by_its_id_or_model(filled: InMemoryStores) -> None:
    hidden = collection(embeddingModel=OTHER_MODEL, allowedGroups=["law"])["collectionId"]
    for asked in ({"collectionId": hidden}, {"modelName": OTHER_MODEL}):
        reply = ask({"query": "leave"} | asked, user="bob")
        assert (reply.status, reply.body["error"]) == (404, "CollectionNotFoundError")


def test_a_collection_of_another_repository_cannot_be_searched(filled: InMemoryStores) -> None:
    foreign = made(repositoryId="law")["defaultCollectionId"]
    reply = ask({"query": "leave", "collectionId": foreign})
    assert (reply.status, reply.body["error"]) == (404, "CollectionNotFoundError")


def test_what_is_being_removed_is_not_searched(filled: InMemoryStores) -> None:
    send("delete_repository", repository_id="hr-docs")
    assert ask({"query": "leave"}, user="bob").status == 404
    assert ask({"query": "leave"}).status == 409


@pytest.mark.promise("rag.ranked")
def test_a_rerank_model_has_the_last_word(filled: InMemoryStores) -> None:
    question = "printer holiday leave"
    assert titles(query=question, rerank=RERANKER, topK="1") == ["Leave"]
    best = found(query="printer takes paper holiday leave", rerank=RERANKER, topK="1")[0][
        "metadata"
    ]
    assert (best["title"], best["scores"]["rerank"]) == ("Printer", 0.6)
    assert best["scores"]["fused"] != best["scores"]["score"] == 0.6


def test_the_rerank_model_reads_more_than_is_asked_for(filled: InMemoryStores) -> None:
    asked = {"query": "holiday leave that the machine takes of", "lexicalWeight": "0", "topK": "1"}
    assert titles(**asked) == ["Leave"]
    assert titles(**asked, rerank=RERANKER) == ["Printer"]


def test_more_is_looked_at_than_is_asked_for(filled: InMemoryStores) -> None:
    filled_with(filled, "copy", Chunk(0, LEAVE))
    filled_with(filled, "interns", Chunk(0, "Of holiday leave interns have less"))
    texts = [one["page_content"] for one in found(query="holiday leave", topK="2")]
    assert sorted(texts) == [LEAVE, "Of holiday leave interns have less"]


def test_a_collections_rerank_model_is_used_unless_a_question_leaves_it_out(
    filled: InMemoryStores,
) -> None:
    default = send("list_all_collections").body["collections"][0]["collectionId"]
    settings = {"searchSettings": {"rerankModel": RERANKER}}
    send("update_collection", settings, repository_id="hr-docs", collection_id=default)
    for asked, model in (
        ({}, RERANKER),
        ({"rerank": "false"}, None),
        ({"rerank": "true"}, RERANKER),
    ):
        reply = ask({"query": "leave"} | asked)
        assert reply.body["metadata"]["rerank_model"] == model
        scores = reply.body["docs"][0]["Document"]["metadata"]["scores"]
        assert (scores["rerank"] is not None) == (model is not None)


def test_a_hit_is_read_with_what_stands_around_it(filled: InMemoryStores) -> None:
    filled_with(
        filled,
        "policy",
        *(Chunk(n, f"Part {n} {WORDS[n]}.", span=(n * 20, n * 20 + 18)) for n in range(4)),
    )
    best = found(query="salary", searchMode="vector", neighbours="1", topK="1")[0]
    assert best["page_content"] == "Part 1 holiday.\n\nPart 2 salary.\n\nPart 3 printer."
    assert (best["metadata"]["chunks"], best["metadata"]["span"]) == ([1, 3], [20, 78])
