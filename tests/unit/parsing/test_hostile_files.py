"""Files that want to harm: each is refused by itself, cheaply, with a reason that people read."""

import sys
import time
import tracemalloc

import pytest

from parsing import Limits, Unreadable, parse
from parsing.errors import CODES
from tests.support.pdfs import Text, pdf
from tests.unit.parsing.office import changed, excel, packed, parts, powerpoint, word

LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><a>&b;</a>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
BODY = "word/document.xml"
SHEET = "xl/worksheets/sheet1.xml"
BINARY = bytes(range(256)) * 40


def with_laughs(content: bytes) -> bytes:
    start = content.index(b"<", content.index(b"?>"))
    return content[:start] + LAUGHS[: LAUGHS.index(b"<a>")] + content[start:]


def deep_word() -> bytes:
    return changed(
        word(), BODY, lambda body: body.replace(b"<w:body>", b"<w:body>" + b"<w:p>" * 900)
    )


def bomb() -> bytes:
    return packed({**parts(word()), "word/media/a.bin": bytes(30_000_000)})


REFUSED = {
    "nothing": ("a.txt", b"", "Empty"),
    "only space": ("a.txt", b" \n\0\n", "Empty"),
    "no text": ("a.html", b"<html><body><script>x</script></body></html>", "Empty"),
    "binary as text": ("a.txt", BINARY, "UnknownType"),
    "picture": ("a.pdf", b"\x89PNG\r\n\x1a\n" + BINARY, "UnknownType"),
    "archive": ("a.docx", packed({"a.txt": b"x", "b.zip": packed({"c": b"d"})}), "UnknownType"),
    "word of 1997": ("a.docx", OLE, "OldOffice"),
    "locked word": ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "Encrypted"),
    "truncated word": ("a.docx", word()[:-200], "Broken"),
    "truncated excel": ("a.xlsx", excel()[:2000], "Broken"),
    "half a presentation": ("a.pptx", powerpoint()[: len(powerpoint()) // 2], "Broken"),
    "a pdf's first line": ("a.pdf", b"%PDF-1.7\n", "Broken"),
    "laughs": ("a.xml", LAUGHS, "Unsafe"),
    "laughs in utf-16": ("a.xml", LAUGHS.decode().encode("utf-16"), "Unsafe"),
    "another's file": ("a.svg", b'<?xml version="1.0"?>' + OUTSIDE, "Unsafe"),
    "laughs in word": ("a.docx", changed(word(), BODY, with_laughs), "Unsafe"),
    "laughs in excel": ("a.xlsx", changed(excel(), SHEET, lambda xml: LAUGHS + xml), "Unsafe"),
    "deep json": ("a.json", b"[" * 200_000, "TooDeep"),
    "deep yaml": ("a.yaml", b"- " * 5_000 + b"x", "TooDeep"),
    "deep xml": ("a.xml", b"<a>" * 200_000, "TooDeep"),
    "deep html": ("a.html", b"<!doctype html>" + b"<div>" * 200_000 + b"x", "TooDeep"),
    "deep word": ("a.docx", deep_word(), "TooDeep"),
    "zip bomb": ("a.docx", bomb(), "TooLarge"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_or_broken_file_is_refused_with_a_reason(case: str) -> None:
    name, content, code = REFUSED[case]
    with pytest.raises(Unreadable) as refused:
        parse(name, content)
    assert refused.value.code == code
    assert refused.value.code in CODES
    assert refused.value.message.endswith(".")
    assert refused.value.fix.endswith(".")
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    ("limits", "name", "content", "code"),
    [
        (Limits(size=3), "a.txt", b"four", "TooLarge"),
        (Limits(characters=3), "a.txt", b"four", "TooMuchText"),
        (Limits(characters=3), "a.pdf", pdf([[Text("four", 700)]]), "TooMuchText"),
        (Limits(pages=1), "a.pdf", pdf([[Text("a", 700)]] * 2), "TooManyPages"),
        (Limits(pages=1), "a.pptx", powerpoint(), "TooManyPages"),
        (Limits(cells=5), "a.csv", b"a,b\n" * 3, "TooManyParts"),
        (Limits(cells=5), "a.xlsx", excel(), "TooManyParts"),
        (Limits(cells=5), "a.json", b"[1, 2, 3, 4, 5, 6]", "TooManyParts"),
        (Limits(cells=5), "a.yaml", b"[1, 2, 3, 4, 5, 6]", "TooManyParts"),
        (Limits(elements=50), "a.docx", word(), "TooManyParts"),
        (Limits(elements=5), "a.html", b"<html>" + b"<p>a</p>" * 5, "TooManyParts"),
        (Limits(unpacked=5_000), "a.docx", word(), "TooLarge"),
        (Limits(seconds=-1), "a.txt", b"a: b", "TookTooLong"),
        (Limits(seconds=-1), "a.yaml", b"a: b", "TookTooLong"),
        (Limits(seconds=-1), "a.pdf", pdf([[Text("a", 700)]]), "TookTooLong"),
        (Limits(seconds=-1), "a.docx", word(), "TookTooLong"),
    ],
)  # fmt: skip
def test_every_limit_is_kept(limits: Limits, name: str, content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(name, content, limits)
    assert refused.value.code == code


def test_a_directory_that_lies_about_sizes_does_not_help() -> None:
    honest = bomb()
    size = (30_000_000).to_bytes(4, "little")
    lying = honest.replace(size, (100).to_bytes(4, "little"))
    assert lying != honest
    tracemalloc.start()
    with pytest.raises(Unreadable):
        parse("a.docx", lying)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 15_000_000


def test_aliases_that_stand_for_each_other_stay_names() -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    begun = time.monotonic()
    document = parse("a.yaml", "\n".join(lines).encode())
    assert time.monotonic() - begun < 5
    assert len(document.text()) < 20_000


def test_a_zip_whose_list_of_types_is_damaged_is_refused_by_what_it_was() -> None:
    content = bytearray(word())
    packed_from = content.index(b"[Content_Types].xml") + len("[Content_Types].xml")
    content[packed_from : packed_from + 8] = bytes(8)
    with pytest.raises(Unreadable) as refused:
        parse("a.docx", bytes(content))
    assert refused.value.code == "Broken"


MARKS = [".. include:: a.txt", ".. include ::", ".. |x| include:: a.txt"]


@pytest.mark.parametrize("mark", MARKS)
def test_no_file_chooses_a_module_that_is_imported(mark: str) -> None:
    assert "antigravity" not in sys.modules
    text = f"Title\n=====\n\n{mark}\n   :parser: antigravity\n\nA word.\n"
    assert "A word." in parse("a.rst", text.encode()).text()
    assert "antigravity" not in sys.modules


LONG_NAME = b"k" * 100_000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b'{"' + LONG_NAME + b'": [' + b"1," * 50_000 + b"1]}"),
        ("a.yaml", LONG_NAME[:1_000] + b": [" + b"1," * 50_000 + b"1]"),
        (
            "a.xml",
            b"<" + LONG_NAME + b" " + b" ".join(b'a%d="1"' % n for n in range(5_000)) + b"/>",
        ),
    ],
)
def test_a_name_that_each_value_repeats_makes_no_endless_text(name: str, content: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(Unreadable) as refused:
        parse(name, content, Limits(characters=1_000_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.value.code == "TooMuchText"
    assert peak < 30_000_000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("wrong.txt", pdf([[Text("Hello", 700)]])),
        ("wrong.pdf", b"Hello"),
        ("no-name", b"\xef\xbb\xbfHello"),
        ("polyglot.html", b"<!--\n" + pdf([[Text("Hello", 700)]]) + b"--><html>Hello</html>"),
        ("wrong.csv", b"<!-- a --><!DOCTYPE html><p>Hello"),
        ("wrong.md", changed(word(), BODY, lambda body: body.replace(b"After it", b"Hello"))),
    ],
)
def test_the_content_decides_whatever_the_name_says(name: str, content: bytes) -> None:
    assert "Hello" in parse(name, content).text()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("spaces.txt", b"a" + b" " * 500_000 + b"b\n\n" + b" " * 500_000 + b"c"),
        ("comments.html", b"<!---->" * 500 + b"x"),
        ("escapes.json", b'["' + b'\\"' * 500_000),
        ("brackets.md", b"# " + b"[" * 500_000),
        ("roles.rst", b":a" * 4_000 + b"\n\nx"),
        ("long.rst", b"a " * 50_000),
        ("quotes.csv", b'"' * 200_000),
    ],
)
def test_what_slows_patterns_down_is_read_in_no_time(name: str, content: bytes) -> None:
    begun = time.monotonic()
    assert parse(name, content).blocks
    assert time.monotonic() - begun < 5
