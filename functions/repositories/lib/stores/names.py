"""Names of shelves become names of tables and indexes, so nothing else may pass for one."""

import re
import unicodedata

from stores.port import Shelf

_NAME = re.compile(r"[a-z0-9_]{1,40}", re.ASCII)
# Between a letter and a letter or digit: numbers keep their points.
_WITHIN = re.compile(r"(?<=[^\W\d_])[./](?=\w)|(?<=\w)[./](?=[^\W\d_])")


def checked(shelf: Shelf) -> str:
    """The name of the shelf; ValueError when it is none. What callers make up themselves is."""
    if not _NAME.fullmatch(shelf.name):
        raise ValueError(f"not the name of a shelf: {shelf.name!r}")
    return shelf.name


def clean(text: str) -> str:
    """The same text without what no database stores: NUL, and halves of surrogate pairs."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def searchable(text: str) -> str:
    """The text as its words are compared: each letter is spelt in one way, and `fi` is two.

    A name with dots or slashes is its parts, which PostgreSQL would take for one word: a host.
    """
    return _WITHIN.sub(" ", unicodedata.normalize("NFKC", clean(text)))
