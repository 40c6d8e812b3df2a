"""Markdown: its own source, block by block, so that what is found reads as it was written."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from parsing.draft import Draft, clean
from parsing.encoding import decode
from passages.document import BlockKind

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_TITLE = re.compile(r"^title:[ \t]*[\"']?(.{1,300}?)[\"']?[ \t]*$", re.M)
_TAG = re.compile(r"<[/!a-zA-Z][^<>]*>")
# Links, code, anchors, emphasis; of each, what remains of it.
_MARKS = re.compile(
    r"!?\[(?P<link>[^\]]*)\]\([^)]*\)|`+(?P<code>[^`]+)`+|\s*\{#[^}]*\}\s*$"
    r"|\*+(?=\S)|(?<=\S)\*+|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)"
)
_ATX = re.compile(r"^#{1,6}(?=\s|$)|\s#+\s*$")
_LONGEST_HEADING = 1000
_KINDS: dict[str, BlockKind] = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "blockquote_open": "paragraph",
    "html_block": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "table_open": "table",
    "fence": "code",
    "code_block": "code",
}


def read(content: bytes, draft: Draft) -> None:
    """Add the blocks; what is within a list or a quotation stays in it."""
    text = clean(decode(content))
    if front := _FRONT_MATTER.match(text):
        titled = _TITLE.search(front[1])
        draft.title = titled[1] if titled else ""
        text = text[front.end() :]
    lines = text.split("\n")
    # Only the rules of blocks: what is within lines stays as it is, and costs nothing.
    for token in MarkdownIt("commonmark").enable("table").disable("inline").parse(text):
        if token.level == 0 and token.map and token.type in _KINDS:
            _add(token, "\n".join(lines[slice(*token.map)]), draft)


def _add(token: Token, source: str, draft: Draft) -> None:
    kind = _KINDS[token.type]
    if kind == "heading":
        level = int(token.tag[1:])
        text = _heading(token, source)
        if level == 1 and not draft.title:
            draft.title = text
        draft.add("heading", text, level=level)
    elif kind == "code":
        draft.add("code", token.content)
    else:
        draft.add(kind, _TAG.sub(" ", source) if token.type == "html_block" else source)


def _heading(token: Token, source: str) -> str:
    written = source.strip()
    # Without marks the last line underlines those above it.
    marked = token.markup.startswith("#")
    written = _ATX.sub("", written) if marked else written.rpartition("\n")[0]
    shown = _MARKS.sub(lambda mark: mark["link"] or mark["code"] or "", written[:_LONGEST_HEADING])
    return " ".join(shown.split())
