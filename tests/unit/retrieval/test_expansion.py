"""Passages around hits: nothing twice, nothing lost, one passage for each run."""

from hypothesis import given
from hypothesis import strategies as st

from passages.chunk import Chunk
from retrieval.expansion import expanded
from tests.unit.retrieval.candidates import hit, of_document

TEXT = "".join(f"Sentence {number} says something. " for number in range(40)).strip()
SIZE, STEP = 100, 80


def chunks(text: str = TEXT, size: int = SIZE, step: int = STEP) -> list[Chunk]:
    starts = range(0, len(text), step)
    return [
        Chunk(
            ordinal,
            text[start : start + size],
            headings=("Guide", f"Part {ordinal // 4}"),
            pages=(ordinal + 1, ordinal + 1),
            span=(start, min(start + size, len(text))),
            tokens=20,
        )
        for ordinal, start in enumerate(starts)
    ]


ALL = [of_document("guide", chunk) for chunk in chunks()]


def test_neighbours_become_one_text_without_repetition() -> None:
    (found,) = expanded([hit(ALL[5])], ALL[4:7], 1)
    assert found.ordinals == (4, 6)
    start, end = found.passage.span
    assert (start, end) == (320, 580)
    assert found.passage.text == TEXT[start:end]
    assert found.passage.pages == (5, 7)
    assert found.passage.headings == ("Guide", "Part 1")
    assert found.candidate == ALL[5]


def test_hits_that_touch_become_one_at_the_better_place() -> None:
    hits = [hit(ALL[2], 1), hit(ALL[9], 2), hit(ALL[4], 3)]
    found = expanded(hits, ALL, 1)
    assert [(one.rank, one.ordinals) for one in found] == [(1, (1, 5)), (2, (8, 10))]


def test_passages_with_nothing_between_them_become_one() -> None:
    found = expanded([hit(ALL[2], 1), hit(ALL[5], 2)], ALL, 1)
    assert [one.ordinals for one in found] == [(1, 6)]
    assert len(expanded([hit(ALL[2], 1), hit(ALL[6], 2)], ALL, 1)) == 2


def test_the_first_and_the_last_chunk_have_neighbours_on_one_side() -> None:
    found = expanded([hit(ALL[0], 1), hit(ALL[-1], 2)], ALL, 3)
    last = len(ALL) - 1
    assert [one.ordinals for one in found] == [(0, 3), (last - 3, last)]
    assert (found[0].passage.span[0], found[1].passage.span[1]) == (0, len(TEXT))


def test_a_hit_between_two_joins_all_three() -> None:
    hits = [hit(ALL[2], 1), hit(ALL[6], 2), hit(ALL[4], 3)]
    assert [one.ordinals for one in expanded(hits, ALL, 1)] == [(1, 7)]


def test_documents_are_never_mixed() -> None:
    other = [of_document("other", chunk) for chunk in chunks()]
    found = expanded([hit(ALL[2], 1), hit(other[3], 2)], [*ALL, *other], 1)
    assert [(one.candidate.document_id, one.ordinals) for one in found] == [
        ("guide", (1, 3)),
        ("other", (2, 4)),
    ]


def test_a_missing_neighbour_ends_the_run() -> None:
    (found,) = expanded([hit(ALL[5])], [ALL[3], ALL[6], ALL[7]], 2)
    assert found.ordinals == (5, 7)


def test_without_neighbours_a_hit_is_its_own_chunk() -> None:
    (found,) = expanded([hit(ALL[5])], [], 0)
    assert found.passage == ALL[5].chunk


def test_what_was_found_stays_when_the_document_has_changed() -> None:
    changed = of_document("guide", Chunk(5, "New words.", span=(400, 410)))
    (found,) = expanded([hit(ALL[5])], [ALL[4], changed], 1)
    assert found.passage.text.endswith(ALL[5].chunk.text[20:])


def test_texts_that_do_not_overlap_as_told_are_all_kept() -> None:
    table = [Chunk(n, f"| head |\n| row {n} |", span=(10 * n, 10 * n + 12)) for n in range(2)]
    around = [of_document("table", chunk) for chunk in table]
    (found,) = expanded([hit(around[0])], around, 1)
    assert found.passage.text == "| head |\n| row 0 |\n\n| head |\n| row 1 |"


def test_what_parted_lines_and_blocks_is_put_back() -> None:
    lines = [
        Chunk(0, "one", span=(0, 3)),
        Chunk(1, "two", span=(4, 7)),
        Chunk(2, "x", span=(9, 10)),
    ]
    around = [of_document("code", chunk) for chunk in lines]
    (found,) = expanded([hit(around[1])], around, 1)
    assert found.passage.text == "one\ntwo\n\nx"


@given(st.sets(st.integers(0, len(ALL) - 1), min_size=1), st.integers(0, 4))
def test_every_hit_is_in_exactly_one_passage(ordinals: set[int], reach: int) -> None:
    hits = [hit(ALL[ordinal], rank) for rank, ordinal in enumerate(sorted(ordinals), 1)]
    found = expanded(hits, ALL, reach)
    for ordinal in ordinals:
        assert sum(one.ordinals[0] <= ordinal <= one.ordinals[1] for one in found) == 1
    for one in found:
        assert one.passage.text == TEXT[slice(*one.passage.span)]
    assert [one.rank for one in found] == list(range(1, len(found) + 1))
