"""Every part fits, nothing is lost, and any number of parts ends in one."""

import hypothesis.strategies as st
from hypothesis import given, settings

from context.parts import Part, Piece, label, packed, pieces_of, summary_of
from context.window import MOST_PARTS, ROUNDS, WindowTooSmall, asked_for, budget
from passages.document import Block, Document
from passages.tokens import tokens_of, trimmed
from tests.unit.chunking.documents import documents

ROOMS = st.integers(128, 3000)
TEXTS = st.text("abc défg漢字. []\n", max_size=400)


def words(text: str) -> list[str]:
    return text.split()


@settings(max_examples=60, deadline=None)
@given(documents(), ROOMS)
def test_every_part_of_a_document_fits_its_room(document: Document, room: int) -> None:
    parts = packed(pieces_of(document, room), room)
    assert all(tokens_of(part.text) <= room for part in parts)


@settings(max_examples=60, deadline=None)
@given(documents(), ROOMS)
def test_parts_have_all_of_a_documents_pieces_in_their_order(document: Document, room: int) -> None:
    pieces = pieces_of(document, room)
    parts = packed(pieces, room)
    assert "\n\n".join(part.text for part in parts) == "\n\n".join(one.written for one in pieces)
    kept = "".join("".join(words(one.text)) for one in pieces)
    assert all("".join(words(block.text)) in kept for block in plain(document))


def plain(document: Document) -> list[Block]:
    """Blocks that are not repeated or changed by being divided."""
    return [block for block in document.blocks if block.kind != "table"]


@settings(max_examples=100, deadline=None)
@given(st.integers(300, 200_000), st.integers(1, MOST_PARTS), TEXTS)
def test_any_number_of_parts_ends_in_one_within_the_rounds(
    window: int, parts: int, text: str
) -> None:
    try:
        shared = budget(window, 250)
    except WindowTooSmall:
        return
    rounds = 1
    assert shared.most_parts == MOST_PARTS
    while parts > 1:
        share = shared.share(parts)
        part = Part("", ("Heading > " + text,), (1, 2))
        summaries = [summary_of(part, "so " * 2000 + text, share)] * parts
        assert tokens_of(summaries[0].written) <= share
        parts = len(packed(summaries, shared.room))
        rounds += 1
    assert rounds <= ROUNDS


@given(st.integers(300, 200_000))
def test_prompt_text_and_answer_fit_the_window(window: int) -> None:
    try:
        shared = budget(window, 250)
    except WindowTooSmall:
        assert window < 600
        return
    assert shared.room + shared.final + 250 <= window
    assert asked_for(shared.share(1)) <= shared.share(1) == shared.final


@given(TEXTS, st.integers(0, 60))
def test_a_trimmed_text_is_a_beginning_that_fits(text: str, most: int) -> None:
    kept = trimmed(text, most)
    assert tokens_of(kept) <= most
    assert kept in text


def test_a_part_says_where_its_text_comes_from() -> None:
    pieces = [Piece(("One", "A"), (1, 2), "[x]", "first"), Piece(("Two",), (3, 4), "", "second")]
    [part] = packed(pieces, 100)
    assert part == Part("[x]\nfirst\n\nsecond", ("One > A ... Two",), (1, 4))
    assert label(part.headings, part.pages, 40) == "[pages 1-4, One > A ... Two]"
    assert Part.from_bytes(part.as_bytes()) == part


def test_a_page_alone_and_nothing_at_all_have_labels() -> None:
    assert label((), (7, 7), 10) == "[page 7]"
    assert label((), None, 10) == ""
