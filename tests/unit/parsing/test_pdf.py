"""What a PDF says, page by page, read from how its lines look."""

import pytest

from parsing import Unreadable, parse
from passages.document import Document
from tests.support.pdfs import WAYS, Text, pdf


def shown(document: Document) -> list[tuple[str, int, int | None, str]]:
    return [(block.kind, block.level, block.page, block.text) for block in document.blocks]


def prose(*lines: str, y: float = 700, x: float = 72) -> list[Text]:
    return [Text(line, y - 12 * number, x) for number, line in enumerate(lines)]


def test_lines_are_joined_and_gaps_part_paragraphs() -> None:
    page = [*prose("One sentence goes on", "over two lines."), *prose("Another one.", y=670)]
    document = parse("report.pdf", pdf([page, prose("Page two.")]))
    assert shown(document) == [
        ("paragraph", 0, 1, "One sentence goes on over two lines."),
        ("paragraph", 0, 1, "Another one."),
        ("paragraph", 0, 2, "Page two."),
    ]
    assert (document.title, document.pages, document.media_type) == ("report", 2, "application/pdf")


def test_larger_lines_are_headings_by_their_size() -> None:
    body = prose("Body text that is longer than all of the headings together.", y=640)
    page = [Text("The report", 740, size=20), Text("First part", 700, size=14), *body]
    document = parse("a.pdf", pdf([page, [Text("Second part", 700, size=14), *body]]))
    headings = [(block.level, block.text) for block in document.blocks if block.kind == "heading"]
    assert headings == [(1, "The report"), (2, "First part"), (2, "Second part")]
    assert document.title == "The report"


@pytest.mark.parametrize("way", WAYS)
def test_a_page_reads_alike_whichever_way_its_lines_were_placed(way: str) -> None:
    rows = [("Name", "Size"), ("alpha", "1"), ("beta", "2"), ("gamma", "3")]
    cells = [
        Text(cell, 600 - 20 * place, x)
        for place, row in enumerate(rows)
        for x, cell in zip((72, 300), row, strict=True)
    ]
    page = [Text("The report", 740, size=20), *prose("One sentence goes on", "over two lines.")]
    document = parse("a.pdf", pdf([[*page, *cells, *prose("After it.", y=500)]], way=way))
    assert shown(document) == [
        ("heading", 1, 1, "The report"),
        ("paragraph", 0, 1, "One sentence goes on over two lines."),
        (
            "table",
            0,
            1,
            "| Name | Size |\n| --- | --- |\n| alpha | 1 |\n| beta | 2 |\n| gamma | 3 |",
        ),
        ("paragraph", 0, 1, "After it."),
    ]


def test_an_outline_says_better_what_is_a_heading() -> None:
    body = prose("Body text, and much of it, for a page that says something.", y=640)
    page = [Text("Very large advert", 740, size=30), Text("1.1 Scope", 700, size=10), *body]
    document = parse("a.pdf", pdf([page], outline=[("Scope", 0)], title="Manual"))
    headings = [(block.level, block.text) for block in document.blocks if block.kind == "heading"]
    assert headings == [(1, "1.1 Scope")]
    assert document.title == "Manual"


def test_what_runs_along_the_pages_is_left_out() -> None:
    pages = [
        [
            Text("Manual, release 4", 760, size=8),
            *prose(f"Text of page {word}."),
            Text(f"4.{number} Section {word}    {number + 10}", 40, size=8),
        ]
        for number, word in enumerate(["one", "two", "three", "four"])
    ]
    document = parse("a.pdf", pdf(pages))
    assert [block.text for block in document.blocks] == [
        f"Text of page {word}." for word in ("one", "two", "three", "four")
    ]


def test_hyphens_at_the_ends_of_lines_go_unless_the_word_has_one() -> None:
    lines = ["A mainte-", "nance script is a well-", "known thing, and well-known", "it is."]
    (block,) = parse("a.pdf", pdf([prose(*lines)])).blocks
    assert block.text == "A maintenance script is a well-known thing, and well-known it is."


def test_code_keeps_its_lines_and_lists_their_items() -> None:
    code = [Text("def f():", 700, font="F3"), Text("return 1", 688, x=96, font="F3")]
    items = [*prose("- one item that", y=650), *prose("goes on", y=638, x=80)]
    document = parse("a.pdf", pdf([[*code, *items, *prose("- two", y=626)]]))
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("code", "def f():\n    return 1"),
        ("list", "- one item that goes on\n- two"),
    ]


def test_pages_that_are_pictures_are_refused_and_some_are_told() -> None:
    with pytest.raises(Unreadable) as refused:
        parse("scan.pdf", pdf([[], []]))
    assert (refused.value.code, "scan" in refused.value.message) == ("NoText", True)
    mixed = parse("a.pdf", pdf([prose("Text."), [], []]))
    assert mixed.warnings == ("2 of 3 pages have no text: they may be scans.",)


def test_words_without_spaces_between_them_are_told() -> None:
    glued = "maintainerscriptsareremoved and so on"
    document = parse("a.pdf", pdf([prose(*[glued] * 20)]))
    assert "longer than 20 letters" in document.warnings[0]


def test_the_dots_of_contents_are_not_read() -> None:
    lines = ["1.1 Scope ................................ 7", "1.2 Words . . . . . . . . . . . 12"]
    document = parse("a.pdf", pdf([prose(*lines)]))
    assert "1.1 Scope ... 7 1.2 Words ... 12" in " ".join(block.text for block in document.blocks)


def test_a_password_is_asked_of_nobody() -> None:
    text = "(" + "x" * 32 + ")"
    locked = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {text} /U {text} /P -4 >> /ID [{text} {text}]"
    )
    with pytest.raises(Unreadable) as refused:
        parse("a.pdf", pdf([prose("Secret.")], trailer=locked))
    assert refused.value.code == "Encrypted"


def test_cells_below_each_other_are_a_table() -> None:
    columns = (72, 200, 330)
    rows = [
        ("Name", "Size", "Use"),
        ("alpha", "1", "for one"),
        ("", "", "or more"),
        ("b", "22", "none"),
    ]
    cells = [
        Text(cell, 650 - (0, 20, 32, 52)[place], x)
        for place, row in enumerate(rows)
        for x, cell in zip(columns, row, strict=True)
        if cell
    ]
    before, after = prose("Sizes and what for:", y=700), prose("The text goes on here.", y=560)
    document = parse("a.pdf", pdf([[*before, *cells, *after]]))
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("paragraph", "Sizes and what for:"),
        (
            "table",
            "| Name | Size | Use |\n| --- | --- | --- |\n| alpha | 1 | for one or more |\n"
            "| b | 22 | none |",
        ),
        ("paragraph", "The text goes on here."),
    ]


def test_lists_contents_and_columns_of_prose_are_no_tables() -> None:
    items = [
        Text(text, 700 - 12 * n, x) for n in range(4) for x, text in ((72, "*"), (90, f"it {n}"))
    ]
    contents = [
        Text(text, 600 - 12 * n, x)
        for n in range(4)
        for x, text in ((72, f"Part {n} . . . . . . ."), (400, str(n)))
    ]
    long = "A column of prose that is as wide as a half page is"
    columns = [Text(long, 500 - 12 * n, x) for n in range(5) for x in (72, 340)]
    document = parse("a.pdf", pdf([[*items], [*contents], [*columns]]))
    assert "table" not in {block.kind for block in document.blocks}
