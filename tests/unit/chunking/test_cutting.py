"""How chunks look to a person who reads them."""

import pytest

from chunking import Strategy, UnusableStrategy, cut
from passages.chunk import Chunk
from passages.document import Block, BlockKind, Document
from passages.tokens import estimate
from tests.unit.chunking.documents import by_words


def words(number: int, name: str = "w") -> str:
    return " ".join(f"{name}{place}" for place in range(number))


def chunks(*blocks: tuple[BlockKind, str, int], size: int = 64, overlap: int = 0) -> list[Chunk]:
    made = tuple(Block(kind, text, level) for kind, text, level in blocks)
    return cut(Document("T", "text/plain", made), Strategy("structure", size, overlap), by_words)


def test_a_heading_of_the_upper_levels_begins_a_chunk() -> None:
    made = chunks(
        ("heading", "One", 1),
        ("paragraph", words(20), 0),
        ("heading", "Two", 2),
        ("paragraph", words(20), 0),
        ("heading", "Three", 3),
        ("paragraph", words(20), 0),
    )
    assert [chunk.headings for chunk in made] == [("One",), ("One", "Two")]
    assert made[1].text.startswith("Two\n\nw0")
    assert "Three" in made[1].text


def test_a_tiny_section_goes_with_the_next_one() -> None:
    made = chunks(("heading", "One", 1), ("heading", "Two", 2), ("paragraph", words(30), 0))
    assert [chunk.text.split()[:2] for chunk in made] == [["One", "Two"]]
    assert made[0].headings == ("One", "Two")


def test_a_heading_stays_with_what_is_below_it() -> None:
    made = chunks(
        ("heading", "One", 1),
        ("paragraph", words(50), 0),
        ("heading", "Detail", 3),
        ("paragraph", words(62, "d"), 0),
    )
    assert [chunk.text.split()[0] for chunk in made] == ["One", "Detail"]


def test_long_paragraphs_are_cut_between_sentences() -> None:
    sentences = [f"S{number} {words(11)} e.g. Dr. Who ends." for number in range(20)]
    made = chunks(("paragraph", " ".join(sentences), 0))
    assert all(chunk.text.startswith("S") and chunk.text.endswith("ends.") for chunk in made)
    assert {len(chunk.text.split("S")) - 1 for chunk in made} <= {3, 4}


def test_a_table_is_cut_between_rows_and_repeats_its_head() -> None:
    rows = [f"| row{number} | {words(5)} |" for number in range(40)]
    head = "| name | words |\n|---|---|"
    made = chunks(("paragraph", "Before.", 0), ("table", "\n".join([head, *rows]), 0))
    assert made[0].text.startswith(f"Before.\n\n{head}\n| row0 |")
    assert all(chunk.text.startswith(f"{head}\n| row") for chunk in made[1:])
    assert [line for chunk in made for line in chunk.text.split("\n") if "row" in line] == rows


def test_code_is_cut_between_lines_and_rather_at_empty_ones() -> None:
    function = "def f():\n" + "\n".join(f"    x{number} = {words(3)}" for number in range(8))
    made = chunks(("code", "\n\n".join([function] * 6), 0))
    assert all(chunk.text.startswith("def f():\n    x0") for chunk in made)
    inner = chunks(("code", "\n".join(f"    {words(6)}" for _ in range(40)), 0))
    assert all(chunk.text.startswith("    w0") for chunk in inner)


def test_chunks_of_a_long_text_are_about_as_long_as_each_other() -> None:
    sentences = " ".join(f"S{number} {words(6)}." for number in range(25))
    lengths = [chunk.tokens for chunk in chunks(("paragraph", sentences, 0))]
    assert max(lengths) - min(lengths) <= 16


def test_none_makes_one_chunk_where_it_can() -> None:
    blocks = (Block("heading", "One", 1), Block("paragraph", words(50)), Block("heading", "Two", 1))
    document = Document("T", "text/plain", blocks)
    (whole,) = cut(document, Strategy("none", 64), by_words)
    assert whole.text == document.text()


def test_a_document_without_text_has_no_chunks() -> None:
    assert cut(Document("T", "text/plain", ()), Strategy(), estimate) == []


@pytest.mark.parametrize(
    ("kind", "size", "overlap"),
    [("sliding", 200, 0), ("fixed", 63, 0), ("fixed", 8193, 0), ("none", 99, 50)],
)
def test_a_strategy_that_cannot_be_followed_says_what_can(
    kind: str, size: int, overlap: int
) -> None:
    with pytest.raises(UnusableStrategy) as refused:
        Strategy(kind, size, overlap)  # type: ignore[arg-type]
    assert refused.value.fix.endswith(".")


def test_an_estimate_needs_no_tokenizer() -> None:
    assert estimate(["", "a", "internationalization 2026", "漢字"]) == [0, 1, 13, 2]
