"""The order of hits: what both searches find comes first, and chance has no say."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.fusion import by_words, fused
from retrieval.search import Settings, hits
from stores.port import Candidate
from tests.unit.retrieval.candidates import candidate

BOTH = candidate("both", 2, 2)
BY_VECTOR = candidate("by-vector", 1)
BY_TEXT = candidate("by-text", text_rank=1)
FOUND = [BY_TEXT, BOTH, BY_VECTOR]
USUAL = Settings()


def names(found: Sequence[Candidate], settings: Settings, top_k: int = 10) -> list[str]:
    return [hit.candidate.document_id for hit in hits("anything", found, settings, top_k)]


def test_what_both_searches_find_comes_first() -> None:
    assert names(FOUND, USUAL)[0] == "both"


@pytest.mark.parametrize(("weight", "first"), [(1.0, "by-vector"), (0.0, "by-text")])
def test_the_weight_moves_the_order(weight: float, first: str) -> None:
    assert names(FOUND, Settings(vector_weight=weight))[0] == first


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (Settings(mode="vector"), ["by-vector", "both"]),
        (Settings(mode="text"), ["by-text", "both"]),
    ],
)
def test_one_search_alone_leaves_out_what_only_the_other_found(
    settings: Settings, expected: list[str]
) -> None:
    assert names(FOUND, settings) == expected


def test_the_order_of_candidates_changes_nothing() -> None:
    equal = [candidate(name, 1, 1) for name in "abc"]
    orders = {tuple(names(order, USUAL)) for order in itertools.permutations([*FOUND, *equal])}
    assert len(orders) == 1


def test_an_empty_list_of_one_search_leaves_the_order_of_the_other() -> None:
    by_text = [candidate(f"t{rank}", text_rank=rank) for rank in range(1, 6)]
    assert names(by_text, Settings()) == ["t1", "t2", "t3", "t4", "t5"]
    by_vector = [candidate(f"v{rank}", rank) for rank in range(1, 6)]
    assert names(by_vector, Settings()) == ["v1", "v2", "v3", "v4", "v5"]


@pytest.mark.parametrize("weight", [0.0, 0.9, 1.0])
def test_a_search_that_found_nothing_takes_nothing_from_the_other(weight: float) -> None:
    assert fused([0.0, 0.0], [1.0, 0.5], weight) == [1.0, 0.5]
    assert fused([1.0, 0.5], [0.0, 0.0], weight) == [1.0, 0.5]


def test_a_text_that_the_words_left_out_is_not_one_without_the_words() -> None:
    left_out, without = by_words([BY_VECTOR, BY_VECTOR, BY_TEXT], [1.0, 0.0, 1.0])[:2]
    assert left_out > without == 0


def test_no_candidates_give_no_hits() -> None:
    assert hits("anything", [], Settings(), 3) == []


def test_scores_fall_from_1_and_ranks_count_from_1() -> None:
    found = hits("?", [candidate(f"c{rank}", rank, rank) for rank in range(1, 5)], Settings(), 3)
    assert [hit.rank for hit in found] == [1, 2, 3]
    scores = [hit.score for hit in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


@pytest.mark.parametrize("wrong", [{"vector_weight": 1.1}, {"vector_weight": -0.1}])
def test_a_weight_is_a_share(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="vector_weight"):
        Settings(**wrong)  # type: ignore[arg-type]


def test_copies_of_one_text_are_one_hit_unless_they_are_wanted() -> None:
    text = "The office is closed on the first Monday of the month, and on all public holidays."
    copies = [candidate(name, rank, rank, text) for rank, name in enumerate("abc", 1)]
    assert names([*copies, BY_TEXT], Settings()) == ["a", "by-text"]
    assert len(names([*copies, BY_TEXT], Settings(deduplicate=False))) == 4


def test_a_copy_makes_room_for_the_next() -> None:
    text = "The office is closed on the first Monday of the month, and on all public holidays."
    found = [candidate("a", 1, 1, text), candidate("b", 2, 2, text), candidate("c", 3, 3)]
    assert names(found, Settings(), top_k=2) == ["a", "c"]


def test_the_vectors_alone_give_their_cosines() -> None:
    found = hits("anything", FOUND, Settings(mode="vector"), 3)
    assert [hit.score for hit in found] == [BY_VECTOR.similarity, BOTH.similarity]


def test_a_cosine_below_0_is_a_score_of_0() -> None:
    opposite = replace(BY_VECTOR, similarity=-0.5)
    (found,) = hits("anything", [opposite], Settings(mode="vector"), 3)
    assert (found.score, found.similarity) == (0, -0.5)


SCORE = st.none() | st.floats(-1, 1)


@given(st.lists(st.tuples(SCORE, SCORE), max_size=12), st.sampled_from([0.0, 0.3, 1.0]))
def test_scores_are_0_to_1_and_fall_whatever_the_searches_say(
    scores: list[tuple[float | None, float | None]], weight: float
) -> None:
    found = [
        replace(
            candidate(str(place), 1 if near is not None else None, text_rank=None),
            similarity=near,
            bm25=None if said is None else abs(said),
            text_rank=None if said is None else 1,
        )
        for place, (near, said) in enumerate(scores)
    ]
    ranked = hits("the text of 3", found, Settings(vector_weight=weight), 20)
    assert len(ranked) <= sum(near is not None or said is not None for near, said in scores)
    assert all(0 <= hit.score <= 1 for hit in ranked)
    assert [hit.score for hit in ranked] == sorted((hit.score for hit in ranked), reverse=True)
