"""Word documents: the body in its order, with headings, lists, tables, code and notes."""

import re
from collections.abc import Iterator

from docx import Document as open_document
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from parsing.archive import unpacked
from parsing.draft import Draft
from parsing.tables import markdown
from passages.document import BlockKind

type Element = etree._Element

_HEADING = re.compile(r"heading (\d)$", re.IGNORECASE)
_CODE = re.compile(r"code|preformatted|listing|macro", re.IGNORECASE)
_CONTENTS = re.compile(r"toc \d|toc heading|table of figures", re.IGNORECASE)
_WRAPPERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag")))
_NOTES = ("/footnotes", "/endnotes")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BASES = 8
_LEVELS = 8
# No table is wider than Word allows.
_COLUMNS = 63


def read(content: bytes, draft: Draft) -> None:
    """Add what the body says. Word makes pages only where it shows them, so there are none."""
    document = open_document(unpacked(content, draft))
    draft.title = document.core_properties.title or ""
    body = document.element.body
    # Older versions' copy of a text box, and what a reviewer moved elsewhere.
    etree.strip_elements(body, _FALLBACK, qn("w:moveFrom"), with_tail=False)
    reader = _Reader(draft, _styles(document))
    for part in _parts(body):
        reader.add(part)
    reader.flush()
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(_NOTES):
            for note in etree.fromstring(relation.target_part.blob):
                draft.add("paragraph", _text(note))


def _styles(document: Document) -> dict[str, list[str]]:
    """Return the names of each style and of those that it is based on."""
    styles = list(document.styles.element.iterchildren(qn("w:style")))
    names = {style.get(qn("w:styleId")): _value(style, "w:name") for style in styles}
    bases = {style.get(qn("w:styleId")): _value(style, "w:basedOn") for style in styles}
    return {style: [names[base] for base in _chain(style, bases)] for style in names}


def _chain(style: str, bases: dict[str, str]) -> Iterator[str]:
    for _ in range(_BASES):
        if style in bases:
            yield style
            style = bases[style]


def _parts(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _parts(child)
        elif child.tag in (qn("w:p"), qn("w:tbl")):
            yield child


class _Reader:
    """Adds one part after the other; lines of lists and of code, each a paragraph, gather."""

    def __init__(self, draft: Draft, styles: dict[str, list[str]]) -> None:
        self._draft = draft
        self._styles = styles
        self._kind: BlockKind = "list"
        self._lines: list[str] = []

    def add(self, part: Element) -> None:
        if part.tag == qn("w:tbl"):
            self.flush()
            self._draft.add("table", markdown(_rows(part, self._draft)))
        elif text := _text(part):
            self._paragraph(part, text)

    def flush(self) -> None:
        self._draft.add(self._kind, "\n".join(self._lines))
        self._lines.clear()

    def _paragraph(self, part: Element, text: str) -> None:
        names = self._styles.get(_value(part, "w:pPr/w:pStyle"), [""])
        level = next((int(found[1]) for name in names if (found := _HEADING.match(name))), 0)
        if "Title" in names:
            self._draft.title = self._draft.title or text
            level = 1
        if level:
            self.flush()
            self._draft.add("heading", text, level=level)
        elif not _CONTENTS.match(names[0]):
            self._plain(part, text, names)

    def _plain(self, part: Element, text: str, names: list[str]) -> None:
        numbering = part.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if any(map(_CODE.search, names)):
            self._gather("code", text)
        elif numbering is not None or names[0].startswith("List"):
            level = _value(part, "w:pPr/w:numPr/w:ilvl")
            indent = "  " * min(int(level or 0), _LEVELS)
            self._gather("list", f"{indent}- {text.strip()}")
        else:
            self.flush()
            self._draft.add("paragraph", text)

    def _gather(self, kind: BlockKind, text: str) -> None:
        if kind != self._kind:
            self.flush()
        self._kind = kind
        self._lines.append(text)


def _value(part: Element, path: str) -> str:
    found = part.find("/".join(map(qn, path.split("/"))))
    return "" if found is None else found.get(qn("w:val"), "")


_PIECES = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def _text(part: Element) -> str:
    """Return the text of a paragraph or cell, with that of links and text boxes."""
    pieces: list[str] = []
    for node in part.iter(qn("w:t"), qn("w:p"), *_PIECES):
        if node.tag == qn("w:t"):
            pieces.append(node.text or "")
        elif node.tag == qn("w:p"):
            pieces.append("\n" if pieces else "")
        elif (parent := node.getparent()) is not None and parent.tag == qn("w:r"):
            pieces.append(_PIECES[str(node.tag)])
    return "".join(pieces).strip("\n")


def _rows(table: Element, draft: Draft) -> Iterator[list[str]]:
    for row in table.iterchildren(qn("w:tr")):
        cells: list[str] = []
        for cell in row.iterchildren(qn("w:tc"), qn("w:sdt")):
            merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merged is not None and merged.get(qn("w:val")) != "restart"
            width = min(int(_value(cell, "w:tcPr/w:gridSpan") or 1), _COLUMNS)
            cells += ["" if goes_on else _text(cell), *[""] * (width - 1)]
        draft.count_cells(len(cells))
        yield cells
