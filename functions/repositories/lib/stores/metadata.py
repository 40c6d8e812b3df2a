"""Metadata on its way to a database."""

from stores.names import clean
from stores.port import Metadata, Scalar


def plain(metadata: Metadata) -> dict[str, Scalar | list[str]]:
    """As JSON has it: a sequence that is no string is a list of tags."""
    return {
        clean(name): clean(value)
        if isinstance(value, str)
        else value
        if isinstance(value, int | float)
        else [clean(tag) for tag in value]
        for name, value in metadata.items()
    }
