"""HTML: headings, paragraphs, lists, tables and code, without what only serves the page."""

import codecs
import re
from collections.abc import Iterator

from lxml import etree

from parsing.draft import Draft, clean
from parsing.encoding import decode, encoding_by_mark
from parsing.errors import Unreadable
from parsing.formats.html_parts import BLOCKS, LISTS, Grid, items, text_of
from parsing.markup import too_deep
from parsing.tables import markdown

_CHARSET = re.compile(rb"<(?:meta[^>]+charset|\?xml[^>]+encoding)=[\"']?\s*([\w.:-]+)", re.I)
_CHARSET_WITHIN = 4096
# What browsers take a name for: the larger set that pages of that name are written in.
_MEANT = {
    **dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be"), "utf-8"),
    "euc-kr": "cp949",
}
# Python knows more than files are written in, some of which take the square of a file's length.
_NO_PAGES = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
)
_LEFT_OUT = ("script", "style", "template", "noscript", "svg", "head", "nav", "iframe", "object",
             "button", "select", "textarea")  # fmt: skip
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Links by which a heading or a term shows its own address.
_PERMALINKS = frozenset("¶#§🔗")
_TOO_MUCH = "ERR_RESOURCE_LIMIT"
_DEEPEST = 256
_SPACE = re.compile(r"\s+")


def read(content: bytes, draft: Draft) -> None:
    """Add the blocks of the page; its title is the document's."""
    root = _tree(clean(_decoded(content)), draft)
    if root is None:
        return
    title = root.find(".//title")
    draft.title = text_of(title) if title is not None else ""
    etree.strip_elements(root, *_LEFT_OUT, with_tail=False)
    for link in root.iter("a"):
        if text_of(link) in _PERMALINKS:
            link.text = ""
            del link[:]
    main = root.find(".//main")
    _Walk(draft).through(root if main is None or not text_of(main) else main)


def _decoded(content: bytes) -> str:
    named = _CHARSET.search(content, 0, _CHARSET_WITHIN)
    if named and not encoding_by_mark(content):
        try:
            name = named[1].decode("ascii").lower()
            codec = codecs.lookup(_MEANT.get(name, name)).name
            return decode(content) if codec in _NO_PAGES else content.decode(codec)
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


class _Walk:
    """Goes through a page and adds a block wherever one ends."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._held: list[str] = []

    def through(self, root: etree._Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, node in walk:
            if node.tag in BLOCKS:
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
            self._draft.add("heading", text_of(node), level=int(tag[1]))
        elif tag == "pre":
            self._draft.add("code", "".join(map(str, node.itertext())))
        elif tag == "table" and not _holds(node, "table", "pre", *_HEADINGS):
            caption = node.find("caption")
            self._draft.add("paragraph", "" if caption is None else text_of(caption))
            self._draft.add("table", markdown(self._rows(node)))
        elif tag in LISTS and not _holds(node, "table", "pre", *_HEADINGS):
            self._draft.add("list", "\n".join(items(node)))
        else:
            return False
        return True

    def _rows(self, table: etree._Element) -> Iterator[list[str]]:
        grid = Grid()
        for row in table.iter("tr"):
            cells = grid.row(row)
            self._draft.count_cells(len(cells))
            yield cells


def _holds(node: etree._Element, *tags: str) -> bool:
    return any(inner is not node for inner in node.iter(*tags))
