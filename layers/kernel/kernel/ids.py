"""Identifiers, from one place."""

import uuid


def new_id() -> str:
    """Return a random identifier: 36 characters of lower-case hexadecimal and dashes."""
    return str(uuid.uuid4())
