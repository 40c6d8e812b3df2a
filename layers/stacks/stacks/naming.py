"""Physical names: deterministic, free of collisions, within the limits of every service. Pure."""

import base64
import hashlib
import re

LONGEST_DEPLOYMENT_NAME = 24
_HASH = 7
_DEPLOYMENT_NAME = re.compile(r"[a-z][a-z0-9-]*[a-z0-9]")


def short_name(deployment_name: str, identifier: str, longest: int) -> str:
    """Return the deployment's name, as much of an id as fits, and a hash of that id.

    `longest` is the service's limit in characters. A longer deployment's name leaves fewer
    characters for the hash, never more than the name may have. Raise ValueError for a deployment
    whose name cannot begin one.
    """
    require_deployment_name(deployment_name)
    hashed = digest(identifier)[: longest - len(deployment_name) - 1]
    room = longest - len(deployment_name) - len(hashed) - 2
    return "-".join(filter(None, (deployment_name, slug(identifier, room), hashed)))


def slug(text: str, longest: int) -> str:
    """Return a text in lower-case letters, digits and single dashes, cut to a length."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return plain[: max(longest, 0)].strip("-")


def digest(text: str) -> str:
    """Return seven letters and digits that tell one text from another."""
    return base64.b32encode(hashlib.sha256(text.encode()).digest()).decode()[:_HASH].lower()


def require_deployment_name(name: str) -> None:
    """Raise ValueError, for people, if a deployment's name cannot begin other names."""
    if len(name) > LONGEST_DEPLOYMENT_NAME or not _DEPLOYMENT_NAME.fullmatch(name):
        raise ValueError(
            f"The deployment name {name!r} cannot begin the names of resources: use 2 to "
            f"{LONGEST_DEPLOYMENT_NAME} lower-case letters, digits and dashes, a letter first."
        )
