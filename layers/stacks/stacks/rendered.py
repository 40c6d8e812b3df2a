"""A stack's names, templates and parameters. Pure.

Names are deterministic, free of collisions and within the limits of every service; templates lie at
an address of their own content.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

# Hexadecimal digits, 128 bits: far from any collision, and short enough to be read in an address.
_DIGEST = 32
LONGEST_DEPLOYMENT_NAME = 24
_HASH = 7
_DEPLOYMENT_NAME = re.compile(r"[a-z][a-z0-9-]*[a-z0-9]")


@dataclass(frozen=True)
class RenderedStack:
    """A stack, ready to be uploaded and then created or updated.

    The templates lie at an address of their own content: a nested stack sees that its template has
    changed, a rollback finds the one before, and a stack whose parameter `TemplatesUrl` is
    `templates_url` has been asked for exactly this already.
    """

    stack_name: str
    templates: dict[str, str]
    parameters: dict[str, str]
    # Of the templates and the parameters; a request that differs in anything has another.
    digest: str
    # Ends in the digest; `<templates_url>/template.yaml` is what CloudFormation is given.
    templates_url: str


def rendered(
    stack_name: str, texts: Mapping[str, str], parameters: Mapping[str, str], below: str
) -> RenderedStack:
    """Return a stack of templates (file name -> text) that will lie below an address."""
    content = json.dumps([dict(texts), dict(parameters)], sort_keys=True).encode()
    digest = hashlib.sha256(content).hexdigest()[:_DIGEST]
    templates_url = f"{below.rstrip('/')}/{digest}"
    return RenderedStack(
        stack_name=stack_name,
        templates=dict(texts),
        parameters={**parameters, "TemplatesUrl": templates_url},
        digest=digest,
        templates_url=templates_url,
    )


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
