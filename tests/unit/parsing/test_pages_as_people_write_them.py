"""Pages and Markdown as they are found in the world: nothing of them is lost, nothing misplaced."""

import time

import pytest

from parsing import parse
from passages.document import Document


def page(body: str, encoding: str = "utf-8", head: str = "") -> Document:
    return parse("a.html", f"<!doctype html><html>{head}<body>{body}".encode(encoding))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def test_cells_that_span_rows_and_columns_leave_the_others_in_their_places() -> None:
    document = page(
        "<table><caption>Pumps</caption><tr><th rowspan=2>Name<th colspan=2>Size<th>Use"
        "<tr><th>w<th>h<td rowspan=9999999>all"
        "<tr><td rowspan=2>A<td>1<td>2<tr><td>3<td colspan=x>4</table>"
    )
    assert texts(document) == [
        "Pumps",
        "| Name | Size |  | Use |\n| --- | --- | --- | --- |\n| Name | w | h | all |\n"
        "| A | 1 | 2 |  |\n| A | 3 | 4 |  |",
    ]


def test_a_long_text_over_many_rows_is_said_once() -> None:
    long = "word " * 40
    (table,) = texts(page(f"<table><tr><td rowspan=90>{long}<td>1" + "<tr><td>2" * 80))
    assert table.count(long.strip()) == 1
    assert table.endswith("|  | 2 |")


def test_what_stands_around_inner_lists_is_kept() -> None:
    document = page(
        "<ul><li>One<ul><li>Inner</ul>goes <b>on</b></li><ul><li>Misplaced</ul><li>Two</ul>"
        "<ol><li>First<li><p>Second</p><ol><li>Below</ol>and more</ol>"
    )
    assert texts(document) == [
        "- One goes on\n  - Inner\n  - Misplaced\n- Two",
        "1. First\n2. Second and more\n  1. Below",
    ]


def test_a_headings_link_to_itself_is_no_part_of_it() -> None:
    document = page('<h1>C#<a class="headerlink" href="#c">¶</a> <a href="x">here</a></h1>')
    assert texts(document) == ["C# here"]


@pytest.mark.parametrize(
    ("named", "written", "text"),
    [
        ("iso-8859-1", "cp1252", "“Pump” – good"),
        ("Shift_JIS", "cp932", "①ポンプ"),
        ("gb2312", "gb18030", "泵镕"),
        ("utf-16", "utf-8", "Größe"),
        ("utf-7", "utf-8", "a+AGE-b"),
        ("no-such", "utf-8", "Größe"),
    ],
)
def test_a_page_is_decoded_as_browsers_do(named: str, written: str, text: str) -> None:
    assert texts(page(text, written, f'<meta charset="{named}">')) == [text]


def test_a_name_of_an_encoding_makes_nobody_wait() -> None:
    content = b'<html><meta charset="punycode"><p>' + b"a" * 20 + b"b9" * 300_000
    begun = time.monotonic()
    assert parse("a.html", content).blocks
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("source", "heading"),
    [
        ("# C#\n", "C#"),
        ("## The `__init__` of *this* ##\n", "The __init__ of this"),
        ("# 2 * 3 of a_b_c\n", "2 * 3 of a_b_c"),
        ("A title over\ntwo lines\n=====\n", "A title over two lines"),
        ("# [Pump](p.md) **now** {#pump}\n", "Pump now"),
        ("#\n\nx", "x"),
    ],
)
def test_headings_of_markdown_say_what_is_read(source: str, heading: str) -> None:
    assert texts(parse("a.md", source.encode())) == [heading]
