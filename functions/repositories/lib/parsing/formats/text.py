"""Plain text: paragraphs between empty lines."""

import re
from itertools import groupby

from parsing.draft import Draft, clean
from parsing.encoding import decode

_ITEM = re.compile(r"[ \t]*([-*+•·]|\d{1,3}[.)])[ \t]")


def read(content: bytes, draft: Draft) -> None:
    """Add each paragraph as it is; one whose lines all begin an item is a list."""
    for has_text, group in groupby(
        clean(decode(content)).split("\n"), lambda line: bool(line.strip())
    ):
        lines = list(group) if has_text else []
        is_list = len(lines) > 1 and all(map(_ITEM.match, lines))
        draft.add("list" if is_list else "paragraph", "\n".join(lines))
