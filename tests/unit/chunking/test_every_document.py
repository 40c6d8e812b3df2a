"""What holds for every document, every strategy and every way of counting."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from chunking import Strategy, cut
from chunking.outline import Outline
from chunking.ruler import Count
from passages.chunk import Chunk
from passages.document import Block, Document
from tests.unit.chunking.documents import COUNTS, by_words, documents, strategies

slowly = settings(max_examples=40, deadline=None)


def continues_a_table(chunk: Chunk) -> bool:
    return len(chunk.text) != chunk.span[1] - chunk.span[0]


@slowly
@given(documents(), strategies(), COUNTS)
def test_a_span_is_where_the_text_stands(
    document: Document, strategy: Strategy, count: Count
) -> None:
    text = document.text()
    for chunk in cut(document, strategy, count):
        start, end = chunk.span
        if continues_a_table(chunk):
            head, _, rows = chunk.text.partition("\n" + text[start:end])
            assert head in text[:start]
            assert rows == ""
        else:
            assert chunk.text == text[start:end]


@slowly
@given(documents(), strategies(), COUNTS)
def test_no_chunk_is_larger_than_asked(
    document: Document, strategy: Strategy, count: Count
) -> None:
    chunks = cut(document, strategy, count)
    assert [chunk.tokens for chunk in chunks] == count([chunk.text for chunk in chunks])
    assert all(chunk.tokens <= strategy.size for chunk in chunks)


@slowly
@given(documents(), strategies(), COUNTS)
def test_nothing_is_lost_and_all_is_in_order(
    document: Document, strategy: Strategy, count: Count
) -> None:
    chunks = cut(document, strategy, count)
    text = document.text()
    missing = text[: chunks[0].span[0]] if chunks else text
    for one, other in pairwise(chunks):
        missing += text[one.span[1] : other.span[0]]
        assert one.span[0] < other.span[0]
        assert one.span[1] < other.span[1]
    missing += text[chunks[-1].span[1] :] if chunks else ""
    assert not missing.strip()
    assert [chunk.ordinal for chunk in chunks] == list(range(len(chunks)))


@slowly
@given(documents(), strategies(), COUNTS)
def test_pages_are_those_of_the_blocks(
    document: Document, strategy: Strategy, count: Count
) -> None:
    places = Outline(document).places
    for chunk in cut(document, strategy, count):
        start, end = chunk.span
        pages = [
            place.block.page or 0 for place in places if place.start < end and place.end > start
        ]
        assert chunk.pages == (min(pages), max(pages))


@slowly
@given(documents(), strategies(("fixed", "recursive", "structure")))
def test_an_overlap_is_as_many_words_as_asked(document: Document, strategy: Strategy) -> None:
    text = document.text()
    for one, other in pairwise(cut(document, strategy, by_words)):
        if not continues_a_table(other) and one.span[1] > other.span[0]:
            repeated = text[other.span[0] : one.span[1]]
            assert by_words([repeated])[0] <= strategy.overlap


@slowly
@given(st.integers(64, 200), st.integers(100, 3000), st.data())
def test_windows_repeat_exactly_the_overlap(size: int, length: int, data: st.DataObject) -> None:
    overlap = data.draw(st.integers(0, (size - 1) // 2))
    text = " ".join(f"w{number}" for number in range(length))
    document = one_paragraph(text)
    chunks = cut(document, Strategy("fixed", size, overlap), by_words)
    repeated = [text[b.span[0] : a.span[1]] for a, b in pairwise(chunks)]
    assert by_words(repeated) == [overlap] * len(repeated)
    assert all(chunk.tokens == size for chunk in chunks[:-1])


@slowly
@given(documents(), strategies(("structure",)), COUNTS)
def test_no_chunk_crosses_a_heading_but_from_something_tiny(
    document: Document, strategy: Strategy, count: Count
) -> None:
    outline = Outline(document)
    for chunk in cut(document, strategy, count):
        touched = outline.touched(*chunk.span)
        if touched[0].section == touched[-1].section:
            continue
        first = [place for place in outline.places if place.section == touched[0].section]
        last = [place for place in outline.places if place.section == touched[-1].section]
        tokens = [sum(count([place.block.text for place in places])) for places in (first, last)]
        assert min(tokens) < strategy.size / 8


def one_paragraph(text: str) -> Document:
    return Document("Title", "text/plain", (Block("paragraph", text),))
