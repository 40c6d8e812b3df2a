"""A stack's templates and parameters, at an address of their own content. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

# Hexadecimal digits, 128 bits: far from any collision, and short enough to be read in an address.
_DIGEST = 32


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
