"""The bench's own parts: what it reads out of markup, how it splits, what it measures."""

import pytest

from tests.bench.retrieval.markup import (
    html_parts,
    index_entries,
    plain_html,
    plain_rst,
    underlined,
)
from tests.bench.retrieval.measures import interval, ndcg, recall, reciprocal_rank
from tests.bench.retrieval.sets import Query, RetrievalSet
from tests.bench.retrieval.variants import content, misspelt

PAGE = """Files
=====

.. index:: single: open; file
   pair: close; file

Opening
-------

Call :func:`open <io.open>` on ``path``.

.. index:: single: flush()

Flushing
--------
.. module:: flush
   :synopsis: Nothing to read.

Never mind.
"""


def test_headings_are_what_is_underlined() -> None:
    assert [part.heading for part in underlined(PAGE)] == ["Files", "Opening", "Flushing"]
    assert underlined("No heading.") == []


def test_markup_is_not_text() -> None:
    bodies = [plain_rst(part.body) for part in underlined(PAGE)]
    assert bodies == ["", "Call open on path.", "Never mind."]


def test_index_entries_belong_to_what_follows_them() -> None:
    entries = [list(index_entries(part.body)) for part in underlined(PAGE)]
    assert entries == [[("open file", True), ("close file", True)], [("flush()", True)], []]
    assert list(index_entries(".. index:: single: x y\n\nText.")) == [("x y", False)]


def test_html_is_read_as_people_see_it() -> None:
    page = "<h1>1.2. Why?</h1><p>Because&nbsp;<b>so</b>.</p><script>no()</script><h2>B</h2>x"
    parts = html_parts(page)
    assert [(part.heading, plain_html(part.body)) for part in parts] == [
        ("Why?", "Because so."),
        ("B", "x"),
    ]


def test_the_split_depends_on_the_words_alone() -> None:
    queries = [Query("question", f"Question {number}?", "x") for number in range(1000)]
    share = sum(query.tuning for query in queries) / len(queries)
    assert share == pytest.approx(0.4, abs=0.05)
    assert Query("other", "QUESTION 7?", "y").tuning == queries[7].tuning


def test_a_smaller_set_keeps_every_target() -> None:
    made = RetrievalSet()
    keys = [made.add("manual", f"Part {number}", f"text {number} " * 20) for number in range(50)]
    made.queries = [Query("question", "?", key) for key in keys[:3] if key]
    assert keys[0] in made.smaller(5).sections
    assert len(made.smaller(5).sections) == 8
    assert made.smaller(5).sections == made.smaller(5).sections


def test_measures_look_at_the_one_right_section() -> None:
    assert [recall(rank) for rank in (1, 5, 6, None)] == [1, 1, 0, 0]
    assert [reciprocal_rank(rank) for rank in (1, 10, 11, None)] == [1, 0.1, 0, 0]
    assert [ndcg(rank) for rank in (1, 3, 11, None)] == [1, 0.5, 0, 0]


def test_an_interval_holds_its_mean() -> None:
    sure, unsure = interval([0.5] * 50), interval([0.0, 1.0] * 50)
    assert (sure.mean, sure.low, sure.high) == (0.5, 0.5, 0.5)
    assert unsure.low < unsure.mean == 0.5 < unsure.high


def test_variants_of_a_question() -> None:
    assert misspelt("How do I copy a file?") == "How do I cpoy a file?"
    assert misspelt("a b") == "a b"
    assert content("How do I copy a file?") == "copy file"
    assert content("What is it?") == "What is it?"
