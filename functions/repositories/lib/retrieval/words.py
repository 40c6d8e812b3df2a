"""Words as the ranking compares them."""

import re

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Return the runs of letters, digits and underscores, in lower case."""
    return _WORD.findall(text.lower())
