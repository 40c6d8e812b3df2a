"""What markup says: HTML, Markdown, reStructuredText, JSON, YAML, XML."""

import pytest

from parsing import parse

HEAD = "| a | b |\n| --- | --- |"

type Shown = list[tuple[str, int, str]]


def shown(name: str, text: str) -> Shown:
    return [(block.kind, block.level, block.text) for block in parse(name, text.encode()).blocks]


def test_a_page_is_read_without_what_only_serves_it() -> None:
    page = """<!doctype html><html><head><title>A &amp; B</title><style>p {}</style></head><body>
        <nav>Menu</nav><h2>Part <i>one</i></h2><p>Some <b>bold</b> text<br>and more.</p>loose
        <ul><li>One<ol><li>Inner</li></ol></li></ul><script>alert()</script>
        <table><tr><th>a<th>b<tr><td><p>1</p><p>2</p><td>|</table><pre>\n  x = 1\n</pre>"""
    assert parse("x", page.encode()).title == "A & B"
    assert shown("page.html", page) == [
        ("heading", 2, "Part one"),
        ("paragraph", 0, "Some bold text"),
        ("paragraph", 0, "and more."),
        ("paragraph", 0, "loose"),
        ("list", 0, "- One\n  1. Inner"),
        ("table", 0, "| a | b |\n| --- | --- |\n| 1 2 | \\| |"),
        ("code", 0, "  x = 1"),
    ]


def test_a_page_names_its_encoding_and_its_main_part() -> None:
    page = '<html><meta charset="koi8-r"><div>menu</div><main><p>Да</p></main>'
    document = parse("page.html", page.encode("koi8-r"))
    assert document.text() == "Да"


def test_markdown_stays_as_it_is_written() -> None:
    source = (
        '---\ntitle: "Guide"\n---\n# The *guide*\n\nText with `code`.\n\nPart\n----\n\n'
        "- a\n  - b\n\n```py\nx = 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    assert parse("a.md", source.encode()).title == "Guide"
    assert shown("a.md", source) == [
        ("heading", 1, "The guide"),
        ("paragraph", 0, "Text with `code`."),
        ("heading", 2, "Part"),
        ("list", 0, "- a\n  - b"),
        ("code", 0, "x = 1"),
        ("table", 0, "| a | b |\n|---|---|\n| 1 | 2 |"),
    ]


def test_restructured_text_is_read_as_sphinx_means_it() -> None:
    source = (
        "Title\n=====\n\nSee :func:`open` and :ref:`that <x>`.\n\n.. toctree::\n\n   a\n   b\n\n"
        ".. function:: open(path)\n   :noindex:\n\n   Opens it.\n\nPart\n----\n\n- a\n- b\n\n"
        "Example::\n\n   x = 1\n\n=== ===\na   b\n=== ===\n1   2\n=== ===\n\n"
        ".. include:: /etc/passwd\n"
    )
    assert shown("a.rst", source) == [
        ("heading", 1, "Title"),
        ("paragraph", 0, "See open and that."),
        ("paragraph", 0, "open(path)"),
        ("paragraph", 0, "Opens it."),
        ("heading", 2, "Part"),
        ("list", 0, "- a\n- b"),
        ("paragraph", 0, "Example:"),
        ("code", 0, "x = 1"),
        ("table", 0, "| a | b |\n| --- | --- |\n| 1 | 2 |"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "blocks"),
    [
        ("a.json", '{"a": {"b": [1, 2.50, null]}}', ["a.b[0]: 1\na.b[1]: 2.50\na.b[2]:"]),
        ("a.json", '[{"a": 1, "b": "x"}, {"a": 2}]', [f"{HEAD}\n| 1 | x |\n| 2 |  |"]),
        ("a.jsonl", '{"a": 1}\n{"a": true}\n', ["| a |\n| --- |\n| 1 |\n| true |"]),
        ("no-suffix", '{"a": "\\ud800\\u0000b"}', ["a: b"]),
        ("a.yaml", "a: &x {b: [1, 2]}\nc: *x\n", ["a.b[0]: 1\na.b[1]: 2\nc: *x"]),
        ("a.xml", "<r><b i='1'><t>T <i>it</i></t></b><b>y</b></r>", ["b i: 1\nt: T it", "b: y"]),
    ],
)  # fmt: skip
def test_data_is_read_with_the_paths_that_lead_to_it(
    name: str, text: str, blocks: list[str]
) -> None:
    assert [block for _, _, block in shown(name, text)] == blocks


@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
def test_what_is_no_data_after_all_is_read_as_text(name: str) -> None:
    document = parse(name, b"{a: [1\n}} what")
    assert document.text() == "{a: [1\n}} what"
    assert "read as text" in document.warnings[0]
