"""HTML: headings, paragraphs, lists, tables and code, without what only serves the page."""

import re
from collections.abc import Iterator

from lxml import etree

from parsing.draft import Draft, clean
from parsing.encoding import decode, encoding_by_mark
from parsing.errors import Unreadable
from parsing.markup import too_deep
from parsing.tables import markdown

_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_CHARSET_WITHIN = 4096
_LEFT_OUT = ("script", "style", "template", "noscript", "svg", "head", "nav", "iframe", "object",
             "button", "select", "textarea")  # fmt: skip
# What stands in lines of its own.
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "li",
    "main", "ol", "p", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "br",
})  # fmt: skip
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = ("ul", "ol")
_TOO_MUCH = "ERR_RESOURCE_LIMIT"
_DEEPEST = 256
_SPACE = re.compile(r"\s+")


def read(content: bytes, draft: Draft) -> None:
    """Add the blocks of the page; its title is the document's."""
    root = _tree(clean(_decoded(content)), draft)
    if root is None:
        return
    title = root.find(".//title")
    draft.title = _text(title) if title is not None else ""
    etree.strip_elements(root, *_LEFT_OUT, with_tail=False)
    main = root.find(".//main")
    _Walk(draft).through(root if main is None or not _text(main) else main)


def _decoded(content: bytes) -> str:
    named = _CHARSET.search(content, 0, _CHARSET_WITHIN)
    if named and not encoding_by_mark(content):
        try:
            return content.decode(named[1].decode("ascii"))
        except (LookupError, ValueError):
            return decode(content)
    return decode(content)


def _tree(text: str, draft: Draft) -> etree._Element | None:
    if text.count("<") > draft.limits.elements:
        raise Unreadable(
            "TooManyParts",
            f"The page has more than {draft.limits.elements:,} elements.",
            "Divide it into several files.",
        )
    # The encoding that the page names is not the one of these bytes any longer.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(text.encode(), parser)
    if any(entry.type_name == _TOO_MUCH for entry in parser.error_log):
        raise too_deep(_DEEPEST)
    return root


def _text(element: etree._Element) -> str:
    """Return the text of an element on one line."""
    parts: list[str] = []
    for node in element.iter():
        apart = " " if node.tag in _BLOCKS else ""
        parts += [apart, node.text or ""]
        if node is not element and node.tail:
            parts += [apart, node.tail]
    return _SPACE.sub(" ", "".join(parts)).strip()


class _Walk:
    """Goes through a page and adds a block wherever one ends."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._held: list[str] = []

    def through(self, root: etree._Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, node in walk:
            if node.tag in _BLOCKS:
                self._flush()
            if event == "start":
                if self._whole(node):
                    walk.skip_subtree()
                else:
                    self._held.append(node.text or "")
            elif node is not root:
                self._held.append(node.tail or "")
        self._flush()

    def _flush(self) -> None:
        text = _SPACE.sub(" ", "".join(self._held)).strip()
        self._held.clear()
        if text:
            self._draft.add("paragraph", text)

    def _whole(self, node: etree._Element) -> bool:
        """Add an element that is a block with all that is in it; say whether it was one."""
        tag = str(node.tag)
        if tag in _HEADINGS:
            self._draft.add("heading", _text(node), level=int(tag[1]))
        elif tag == "pre":
            self._draft.add("code", "".join(map(str, node.itertext())))
        elif tag == "table" and not _holds(node, "table", "pre", *_HEADINGS):
            self._draft.add("table", markdown(self._rows(node)))
        elif tag in _LISTS and not _holds(node, "table", "pre", *_HEADINGS):
            self._draft.add("list", "\n".join(_items(node, 0)))
        else:
            return False
        return True

    def _rows(self, table: etree._Element) -> Iterator[list[str]]:
        for row in table.iter("tr"):
            cells = [_text(cell) for cell in row if cell.tag in ("td", "th")]
            self._draft.count_cells(len(cells))
            yield cells


def _holds(node: etree._Element, *tags: str) -> bool:
    return any(inner is not node for inner in node.iter(*tags))


def _items(node: etree._Element, depth: int) -> Iterator[str]:
    for place, item in enumerate(node.iterchildren("li"), 1):
        inner = [child for child in item if child.tag in _LISTS]
        for child in inner:
            item.remove(child)
        mark = f"{place}." if node.tag == "ol" else "-"
        if text := _text(item):
            yield f"{'  ' * depth}{mark} {text}"
        for child in inner:
            yield from _items(child, depth + 1)
