"""What documents of Word, PowerPoint and Excel say."""

from copy import deepcopy
from datetime import datetime

import openpyxl
import pptx
import pytest
from pptx.enum.shapes import PP_PLACEHOLDER

from parsing import Unreadable, parse
from tests.unit.parsing.office import changed, excel, powerpoint, saved, word

TABLE = "| name | size |\n| --- | --- |\n| a \\| b | 1 |\n| c | 2 |"
BODY = "word/document.xml"
DATE, FOOTER = PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER
SLIDE_NUMBER = PP_PLACEHOLDER.SLIDE_NUMBER
SHEET2 = "xl/worksheets/sheet2.xml"


def test_a_body_keeps_its_order_with_tables_lists_and_headings() -> None:
    document = parse("manual.docx", word())
    assert [(block.kind, block.level, block.text) for block in document.blocks] == [
        ("heading", 1, "The manual"),
        ("heading", 1, "First part"),
        ("paragraph", 0, "Before the table."),
        ("table", 0, TABLE),
        ("list", 0, "- One\n- Two"),
        ("heading", 2, "A detail"),
        ("paragraph", 0, "After it."),
    ]
    assert (document.title, document.pages) == ("The manual", None)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", True),
        ("<w:p><w:hyperlink><w:r><w:t>Kept</w:t></w:r></w:hyperlink></w:p>", True),
        ("<w:p><w:ins><w:r><w:t>Kept</w:t></w:r></w:ins></w:p>", True),
        ("<w:p><w:del><w:r><w:delText>Kept</w:delText></w:r></w:del></w:p>", False),
        ("<w:p><w:moveFrom><w:r><w:t>Kept</w:t></w:r></w:moveFrom></w:p>", False),
    ],
)
def test_content_is_read_wherever_word_puts_it(written: str, read: bool) -> None:
    xml = written.format("<w:p><w:r><w:t>Kept</w:t></w:r></w:p>").encode()
    content = changed(word(), BODY, lambda body: body.replace(b"<w:body>", b"<w:body>" + xml))
    assert ("Kept" in parse("a.docx", content).text()) is read


def test_a_cell_over_endless_columns_ends() -> None:
    span = b'<w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>'
    content = changed(word(), BODY, lambda body: body.replace(b"<w:tc>", b"<w:tc>" + span, 1))
    table = next(block for block in parse("a.docx", content).blocks if block.kind == "table")
    assert table.text.startswith("| name |  | size |")


def test_slides_are_pages_with_their_titles_as_headings() -> None:
    document = parse("talk.pptx", powerpoint())
    assert document.pages == 2
    assert [(block.kind, block.level, block.page, block.text) for block in document.blocks[4:]] == [
        ("heading", 2, 2, "Slide 2"),
        ("list", 0, 2, "- First\n- Second"),
        ("table", 0, 2, TABLE),
        ("paragraph", 0, 2, "Notes: Speak slowly."),
    ]
    assert document.title == "Slide 1"


def test_what_stands_on_every_slide_is_left_out() -> None:
    presentation = pptx.Presentation()
    layout = presentation.slide_layouts[1]
    slide = presentation.slides.add_slide(layout)
    slide.shapes.title.text = "Pumps"
    for place in filter(lambda shape: shape.is_placeholder, layout.shapes):
        if place.placeholder_format.type in (DATE, FOOTER, SLIDE_NUMBER):
            slide.shapes._spTree.append(deepcopy(place._element))
    for shape in slide.placeholders:
        if shape.placeholder_format.type in (DATE, FOOTER, SLIDE_NUMBER):
            shape.text_frame.text = "Runs along"
    slide.placeholders[1].text = "Shown once"
    document = parse("a.pptx", saved(presentation.save))
    assert [block.text for block in document.blocks] == ["Pumps", "Shown once"]


def test_sheets_are_headings_and_empty_rows_part_tables() -> None:
    document = parse("sizes.xlsx", excel())
    assert [(block.kind, block.text) for block in document.blocks[:3]] == [
        ("heading", "Sizes"),
        ("paragraph", "A note on top"),
        ("table", "| name | size | 4 |\n| --- | --- | --- |\n| a \\| b | 1 |  |\n| c | 2 |  |"),
    ]


def book(*rows: list[object]) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.create_sheet("Empty", 0)
    for row in rows:
        workbook.worksheets[1].append(row)
    return saved(workbook.save)


def test_values_are_written_as_people_see_them() -> None:
    seen = [datetime(2026, 1, 2), datetime(2026, 1, 2, 9, 30), 0.1 + 0.2, 4.0, 1e21, True]  # noqa: DTZ001
    document = parse("a.xlsx", book(["Budget"], ["a", "b", "c", "d", "e", "f"], seen))
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("heading", "Sheet"),
        ("paragraph", "Budget"),
        (
            "table",
            "| a | b | c | d | e | f |\n| --- | --- | --- | --- | --- | --- |\n"
            "| 2026-01-02 | 2026-01-02 09:30:00 | 0.3 | 4 | 1000000000000000000000 | True |",
        ),
    ]


def test_formulas_that_nobody_has_worked_out_are_told() -> None:
    document = parse("a.xlsx", book(["sum", 1], ["all", "=B1*2"]))
    assert document.warnings[0].startswith("1 formulas have no stored value")
    with pytest.raises(Unreadable, match="2 formulas have no stored value"):
        parse("a.xlsx", book(["=1+1", "=A1"]))
    worked_out = changed(
        book(["=1+1"]),
        SHEET2,
        lambda xml: xml.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>"),
    )
    assert parse("a.xlsx", worked_out).warnings == ()


def test_a_sheet_that_lies_about_its_size_costs_nothing() -> None:
    name = "xl/worksheets/sheet1.xml"
    wide = b'<dimension ref="A1:XFD1048576"/>'
    content = changed(
        excel(), name, lambda xml: xml.replace(b"<sheetViews>", wide + b"<sheetViews>")
    )
    assert "A note on top" in parse("a.xlsx", content).text()
