"""A model's scores set the order; what they are not is refused."""

import math

import pytest

from retrieval.reranking import needed, reranked
from tests.unit.retrieval.candidates import candidate, hit

HITS = [hit(candidate(name, rank), rank) for rank, name in enumerate("abc", 1)]


def test_the_model_decides_the_order() -> None:
    found = reranked(HITS, [0.1, 0.9, 0.5], 2)
    assert [one.candidate.document_id for one in found] == ["b", "c"]
    assert [(one.rank, one.score, one.rerank) for one in found] == [(1, 0.9, 0.9), (2, 0.5, 0.5)]
    assert found[0].fused == HITS[1].fused


def test_equal_scores_keep_the_order_of_the_searches() -> None:
    assert [one.candidate.document_id for one in reranked(HITS, [0.5] * 3, 3)] == ["a", "b", "c"]


def test_logits_become_shares_in_the_same_order() -> None:
    found = reranked(HITS, [-800.0, 2.0, 800.0], 3)
    assert [one.candidate.document_id for one in found] == ["c", "b", "a"]
    assert all(0 <= one.score <= 1 for one in found)


@pytest.mark.parametrize("scores", [[0.1], [0.1, 0.2, math.nan], [0.1, 0.2, math.inf]])
def test_scores_that_are_none_are_refused(scores: list[float]) -> None:
    with pytest.raises(ValueError, match="The model gave"):
        reranked(HITS, scores, 3)


@pytest.mark.parametrize(("top_k", "texts"), [(1, 20), (3, 20), (10, 30), (40, 50), (100, 100)])
def test_so_many_texts_are_sent(top_k: int, texts: int) -> None:
    assert needed(top_k) == texts
