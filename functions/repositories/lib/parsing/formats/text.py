"""Plain text: paragraphs between empty lines."""

import re

from parsing.draft import Draft, clean
from parsing.encoding import decode

_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*?(?=\S|[ \t]+\S|$)")
_ITEM = re.compile(r"[ \t]*([-*+•·]|\d{1,3}[.)])[ \t]")


def read(content: bytes, draft: Draft) -> None:
    """Add each paragraph as it is; one whose lines all begin an item is a list."""
    for paragraph in _EMPTY_LINES.split(clean(decode(content))):
        lines = paragraph.strip("\n").splitlines()
        is_list = len(lines) > 1 and all(map(_ITEM.match, lines))
        draft.add("list" if is_list else "paragraph", paragraph)
