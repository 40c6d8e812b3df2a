"""reStructuredText, by docutils; what only Sphinx knows is read for its text."""

import re
from collections.abc import Iterable, Iterator

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, directives
from docutils.parsers.rst.languages import en

from parsing.draft import Draft, clean
from parsing.encoding import decode
from parsing.tables import markdown

# Nothing from files or from the network, no code that runs, no message printed.
_SETTINGS: dict[str, object] = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
    "halt_level": 5,
    "report_level": 5,
    "warning_stream": False,
    "syntax_highlight": "none",
    "doctitle_xform": False,
}
# docutils reads 100 kB a second, and for words takes time by the square of their length.
_LONGEST = 5_000_000
_LONGEST_WORD = 500
_ROLE = re.compile(r":[a-zA-Z][\w:+.-]{0,40}:`[~!]?([^`<>]{0,300}?)(?:\s*<[^`<>]{0,300}>)?`")
_DIRECTIVE = re.compile(r"(\s*)\.\. ([\w:.+-]+)::[ \t]*(.*)")
_OPTION = re.compile(r"\s+:[\w-]+:")
# Of Sphinx, without a text that anybody reads.
_NO_TEXT = frozenset(
    {"toctree", "index", "module", "currentmodule", "highlight", "py:module", "sectionauthor"}
)
_CODE = (nodes.literal_block, nodes.doctest_block)
_LISTS = (nodes.bullet_list, nodes.enumerated_list)
_SKIPPED = (nodes.system_message, nodes.comment, nodes.substitution_definition, nodes.title)
_APART = (*_CODE, nodes.table)


class _Nothing(Directive):
    """A directive without a text."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        return []


# Even where it may insert no file, docutils imports the module that its option `parser` names.
directives.register_directive("include", _Nothing)


def read(content: bytes, draft: Draft) -> None:
    """Add sections, paragraphs, lists, tables and code."""
    written = clean(decode(content))
    if len(written) <= _LONGEST and max(map(len, written.split())) <= _LONGEST_WORD:
        text = "\n".join(_without_sphinx(written.split("\n")))
        # Roles as plain text: docutils knows few of them, and repeats what it does not know.
        tree = publish_doctree(_ROLE.sub(r"``\1``", text), settings_overrides=_SETTINGS)
        _Walk(draft).through(tree, 0)
    if draft.empty:
        # docutils also refuses files itself, for instance for lines of 10,000 characters.
        draft.warn("The file is no valid reStructuredText; it was read as text.")
        draft.add("paragraph", written)


def _without_sphinx(lines: Iterable[str]) -> Iterator[str]:
    """Turn directives that docutils does not know into paragraphs of what they are about."""
    dropped: int | None = None
    options = False
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if dropped is not None and (not line.strip() or indent > dropped):
            continue
        dropped = None
        found = _DIRECTIVE.match(line)
        if options and _OPTION.match(line):
            continue
        options = bool(found) and found[2] not in en.directives if found else False
        if not found or not options:
            yield line
        elif found[2] in _NO_TEXT:
            dropped = indent
        else:
            yield from _told(*found.groups())


def _told(indent: str, name: str, about: str) -> Iterator[str]:
    if about:
        yield indent + (f"{name} {about}" if name.startswith(("version", "deprec")) else about)
        yield ""


class _Walk:
    """Goes through docutils' tree and adds its blocks."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def through(self, parent: nodes.Element, level: int) -> None:
        for node in parent.children:
            if isinstance(node, nodes.section):
                self._section(node, level + 1)
            elif isinstance(node, nodes.Element) and not isinstance(node, _SKIPPED):
                self._add(node, level)

    def _section(self, node: nodes.section, level: int) -> None:
        title = node.next_node(nodes.title)
        text = title.astext() if title else ""
        if level == 1 and not self._draft.title:
            self._draft.title = text
        self._draft.add("heading", text, level=level)
        self.through(node, level)

    def _add(self, node: nodes.Element, level: int) -> None:
        if isinstance(node, _CODE):
            self._draft.add("code", node.astext())
        elif isinstance(node, nodes.table):
            self._draft.add("table", markdown(self._rows(node)))
        elif isinstance(node, _LISTS) and not _holds(node):
            self._draft.add("list", "\n".join(_items(node, 0)))
        elif isinstance(node, nodes.definition_list_item | nodes.field) and not _holds(node):
            texts = [_line(child) for child in node.children]
            self._draft.add("paragraph", "\n".join(filter(None, texts)))
        elif isinstance(node, nodes.TextElement):
            self._draft.add("paragraph", node.astext())
        else:
            self.through(node, level)

    def _rows(self, table: nodes.table) -> Iterator[list[str]]:
        for row in table.findall(nodes.row):
            cells = [_line(entry) for entry in row.children]
            self._draft.count_cells(len(cells))
            yield cells


def _holds(node: nodes.Element) -> bool:
    return any(isinstance(inner, _APART) for inner in node.findall())


def _line(node: nodes.Node) -> str:
    return " ".join(node.astext().split())


def _items(node: nodes.Element, depth: int) -> Iterator[str]:
    for place, item in enumerate(node.children, 1):
        mark = f"{place}." if isinstance(node, nodes.enumerated_list) else "-"
        inner = [child for child in item.children if isinstance(child, _LISTS)]
        own = [_line(child) for child in item.children if not isinstance(child, _LISTS)]
        yield f"{'  ' * depth}{mark} {' '.join(own)}"
        for child in inner:
            yield from _items(child, depth + 1)
