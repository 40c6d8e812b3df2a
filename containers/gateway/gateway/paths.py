"""From a request's method and path to what it asks for. Pure.

Paths are as they were sent, without the query: an id's own slashes may be percent-encoded.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from gateway import errors
from gateway.errors import Dialect
from gateway.operations import ANTHROPIC, OPERATIONS, RERANK

BASES = ("/v2/serve/", "/v1/openai/")
# Clients add `v1/`; Azure's add `openai/`, and its newer ones `openai/v1/`.
PREFIXES = ("openai/v1/", "openai/", "v1/", "")
DEPLOYMENTS = ("openai/deployments/", "deployments/")
# Cohere's client: the same request and the same answer.
ALIASES = {"v2/rerank": RERANK}

type Action = Literal["health", "list", "retrieve", "infer"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a request asks for; `subject` is an operation or the id of a model to retrieve.

    `model` is the one that the path names, for clients that put it there.
    """

    action: Action
    subject: str = ""
    model: str = ""
    dialect: Dialect = "openai"


def wish(method: str, path: str) -> Wish:
    """What is asked for; a Refusal (404, 405) when there is no such thing."""
    wanted = USUAL.get(path) or _wish(path)
    if wanted is None:
        raise errors.unknown_url(method, path)
    allowed = "POST" if wanted.action == "infer" else "GET"
    if method != allowed:
        raise errors.method_not_allowed(method, path, allowed)
    return wanted


def dialect(path: str) -> Dialect:
    """In whose form errors of this path are told, whether or not it exists."""
    return "anthropic" if path.rstrip("/").endswith(ANTHROPIC_ENDS) else "openai"


def _wish(path: str) -> Wish | None:
    path = path.rstrip("/")
    if path in USUAL:
        return USUAL[path]
    base = next((base for base in BASES if path.startswith(base)), None)
    if base is None:
        return None
    rest = path.removeprefix(base)
    for deployments in DEPLOYMENTS:
        if rest.startswith(deployments):
            return _deployment(rest.removeprefix(deployments))
    rest = rest.removeprefix(next(prefix for prefix in PREFIXES if rest.startswith(prefix)))
    model = rest.removeprefix("models/")
    return Wish("retrieve", unquote(model)) if model not in (rest, "") else None


def _deployment(rest: str) -> Wish | None:
    """`{model}/{operation}`; ids may have slashes, so the longest operation at the end counts."""
    segments = rest.split("/")
    for start in (len(segments) - 2, len(segments) - 1):
        operation = "/".join(segments[start:])
        model = "/".join(segments[:start])
        if start > 0 and model and operation in OPERATIONS:
            return _infer(operation, unquote(model))
    return None


def _infer(operation: str, model: str = "") -> Wish:
    return Wish("infer", operation, model, "anthropic" if operation in ANTHROPIC else "openai")


def _usual() -> Iterator[tuple[str, Wish]]:
    yield "/health", Wish("health")
    for base in BASES:
        for alias, operation in ALIASES.items():
            yield base + alias, _infer(operation)
        for prefix in PREFIXES:
            yield f"{base}{prefix}health", Wish("health")
            yield f"{base}{prefix}models", Wish("list")
            for operation in OPERATIONS:
                yield base + prefix + operation, _infer(operation)


# Nearly every request is one of these, and one look-up tells which.
USUAL: Mapping[str, Wish] = dict(_usual())
ANTHROPIC_ENDS = tuple(f"/{operation}" for operation in sorted(ANTHROPIC))
