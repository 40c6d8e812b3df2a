"""Source code, configuration and logs: lines as they are."""

from parsing.draft import Draft
from parsing.encoding import decode


def read(content: bytes, draft: Draft) -> None:
    """Add the whole file as one piece of code; its name is its title."""
    draft.title = draft.name
    draft.add("code", decode(content))
