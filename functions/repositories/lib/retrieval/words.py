"""Words as the ranking compares them."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Return the runs of letters and digits, in lower case; an identifier is its parts."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())
