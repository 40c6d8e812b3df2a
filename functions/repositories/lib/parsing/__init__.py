"""Files become documents: what a file is, what it says, and what is wrong with it.

Importing this loads no library of a format: each is loaded by the first file that needs it.
"""

from parsing.errors import Unreadable
from parsing.limits import Limits
from parsing.reading import parse

__all__ = ["Limits", "Unreadable", "parse"]
