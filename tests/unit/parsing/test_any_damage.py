"""Whatever happens to a file on its way, it is read or refused, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsing import Limits, Unreadable, parse
from tests.support.pdfs import Text, pdf
from tests.unit.parsing.office import excel, powerpoint, word

FILES = {
    "a.pdf": pdf([[Text("Hello", 700)]] * 2, outline=[("Hello", 0)], title="T"),
    "a.docx": word(),
    "a.xlsx": excel(),
    "a.pptx": powerpoint(),
    "a.html": b"<!doctype html><html><h1>T</h1><p>x<table><tr><td>1</table><ul><li>a</ul></html>",
    "a.md": b"# T\n\ntext\n\n- a\n  - b\n\n| a |\n|---|\n| 1 |\n\n```\nx\n```\n",
    "a.rst": b"T\n=\n\n.. note:: x\n\n- a\n\n::\n\n  x\n\n== ==\na  b\n== ==\n1  2\n== ==\n",
    "a.json": b'{"a": [1, {"b": "\\ud800"}], "c": null}',
    "a.yaml": b"a: &x {b: [1]}\nc: *x\n? [d]\n: e\n",
    "a.xml": b"<?xml version='1.0'?><a b='c'><d>x <e>y</e></d></a>",
    "a.csv": b'a,b\n"x\ny",2\n',
}


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    broken = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(broken)))
        length = draw(st.sampled_from([0, 1, 4, 50]))
        broken[at : at + length] = draw(st.binary(max_size=6))
    return bytes(broken[: draw(st.integers(0, len(broken)))] if draw(st.booleans()) else broken)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(name: str, data: st.DataObject) -> None:
    content = data.draw(damaged(FILES[name]))
    try:
        document = parse(name, content, Limits(seconds=20))
    except Unreadable as refused:
        assert refused.message
        assert refused.fix
    else:
        text = document.text() + document.title
        assert "\0" not in text
        assert text.encode("utf-8")
