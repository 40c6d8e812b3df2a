"""What has no markup: text, logs, source code, tables of values."""

import pytest

from parsing import parse


def test_paragraphs_lie_between_empty_lines() -> None:
    document = parse("notes.txt", b"One\nline.\r\n\r\n \r\n- a\r\n- b\r\n\n\nThree.")
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("paragraph", "One\nline."),
        ("list", "- a\n- b"),
        ("paragraph", "Three."),
    ]
    assert (document.title, document.media_type) == ("notes", "text/plain")


@pytest.mark.parametrize(
    "content",
    [
        "Größe – 5 €".encode(),
        "\ufeffGröße – 5 €".encode(),
        "Größe – 5 €".encode("utf-16"),
        "\ufeffGröße – 5 €".encode("utf-16-be"),
        "Größe – 5 €".encode("cp1252"),
    ],
)
def test_text_is_read_in_the_encoding_that_it_has(content: bytes) -> None:
    assert parse("a.txt", content).text() == "Größe – 5 €"


@pytest.mark.parametrize(
    ("encoding", "text", "is_told"),
    [
        ("cp1251", "Это руководство по насосу.", True),
        ("koi8-r", "Обслуживание ежемесячно.", True),
        ("shift_jis", "これはポンプの説明書です。", True),
        ("utf-8", "Это руководство по насосу.", False),
        ("cp1252", "Où l'été s'achève, le cœur a déjà froid: «Ça va?»", False),
        ("utf-8", "Það er kalt í dag, og ég á ekki úlpu.", False),
    ],
)
def test_a_text_that_was_read_in_a_wrong_encoding_says_so(
    encoding: str, text: str, is_told: bool
) -> None:
    warnings = parse("a.txt", text.encode(encoding)).warnings
    assert any("encoding" in warning for warning in warnings) is is_told


def test_what_no_database_stores_is_left_out() -> None:
    lone = b"a\x00b\x08c" + b"\xed\xa0\x80 " + "\ufeff d äöü ".encode() * 200
    text = parse("a.txt", lone).text()
    assert text.startswith("abc")
    assert not set(text) & {"\0", "\x08", "\ufeff"}
    assert text.encode("utf-8")


def test_the_colours_of_a_terminal_are_no_text() -> None:
    log = b"2026-11-30 \x1b[1;31mERROR\x1b[0m pump [E-5512]\n"
    assert parse("a.log", log).text() == "2026-11-30 ERROR pump [E-5512]"


def test_quotes_within_values_are_read_though_the_beginning_has_none() -> None:
    rows = "".join(f'{number},"said, {number}"\n' for number in range(900))
    content = f'id,text\n{rows}901,"a ""quoted"" word, yes"\n'.encode()
    assert parse("a.csv", content).text().splitlines()[-1] == '| 901 | a "quoted" word, yes |'


def test_a_title_above_a_table_is_not_its_head() -> None:
    content = b"Sales of 2026\n\nname;amount\nA;1\nB;2\n\nAll numbers in EUR;\n"
    assert [block.text for block in parse("a.csv", content).blocks] == [
        "Sales of 2026",
        "| name | amount |\n| --- | --- |\n| A | 1 |\n| B | 2 |\n| All numbers in EUR |  |",
    ]
    (table,) = parse("a.csv", b"name\nA\nB\n").blocks
    assert table.text == "| name |\n| --- |\n| A |\n| B |"


def test_code_keeps_its_lines_and_its_name() -> None:
    document = parse("src/tool.py", b"def f():\n    return 1\n\n\nprint(f())\n")
    assert [block.kind for block in document.blocks] == ["code"]
    assert document.text() == "def f():\n    return 1\n\n\nprint(f())"
    assert document.title == "tool.py"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_values_become_a_table_whatever_separates_them(separator: str) -> None:
    rows = [["name", "size"], ["a b", "1"], ["c", "2"], ["d", "3"]]
    content = "\n".join(separator.join(row) for row in rows).encode()
    (block,) = parse("sizes.csv", content).blocks
    assert block.kind == "table"
    assert block.text.splitlines()[:3] == ["| name | size |", "| --- | --- |", "| a b | 1 |"]
