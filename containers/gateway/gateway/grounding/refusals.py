"""Why a chat could not be grounded: what happened, why, what to do next. Pure."""

from collections.abc import Mapping
from typing import Any

from gateway.refusal import SERVER, Refusal

LONGEST_MESSAGE = 1000
# By the classes of the service's faults, whose names are published; others go by their status.
KNOWN = {
    "RepositoryNotFoundError": (404, "repository_not_found", "metadata.repository"),
    "CollectionNotFoundError": (404, "collection_not_found", "metadata.collection"),
    "ModelUnavailableError": (503, "retrieval_unavailable", None),
    "NotDeployed": (400, "retrieval_not_deployed", "metadata.repository"),
}


def not_deployed() -> Refusal:
    return Refusal(
        400,
        "retrieval_not_deployed",
        "The request names a repository in `metadata`, but this deployment has no repositories. "
        "Send it without `metadata.repository`, or ask your administrator to deploy RAG.",
        param="metadata.repository",
    )


def only_chats(operation: str) -> Refusal:
    return Refusal(
        400,
        "unsupported_parameter",
        f"`metadata.repository` is for chat/completions only, and this is {operation}. "
        "Send the question to POST /v2/serve/chat/completions, or leave the repository out.",
        param="metadata.repository",
    )


def malformed(field: str, wanted: str) -> Refusal:
    return Refusal(
        400,
        "invalid_metadata",
        f"`metadata.{field}` has to be {wanted}.",
        param=f"metadata.{field}",
    )


def nothing_asked() -> Refusal:
    return Refusal(
        400,
        "missing_required_parameter",
        "A repository is asked for what the last message of the role `user` says, and there is "
        "no such message with a text. Add one, or leave `metadata.repository` out.",
        param="messages",
    )


def confined() -> Refusal:
    return Refusal(
        403,
        "repository_not_allowed",
        "This API token is for certain models only and reaches no repository. "
        "Use a token without a list of models, or sign in.",
        param="metadata.repository",
    )


def unavailable(cause: str) -> Refusal:
    return Refusal(
        503,
        "retrieval_unavailable",
        f"The repository could not be searched just now ({cause}). Try again shortly; "
        "if it persists, give the x-request-id of this answer to your administrator.",
        kind=SERVER,
    )


def failed(fault: Mapping[str, Any]) -> Refusal:
    """What the search refused or broke with, as `{"error", "message", "status"}` tells it."""
    name, status = str(fault.get("error")), fault.get("status")
    if name == "NotDeployed":
        return not_deployed()
    asked_wrongly = isinstance(status, int) and status < 500
    usual = (400, "retrieval_refused", None) if asked_wrongly else (502, "retrieval_failed", None)
    told, code, param = KNOWN.get(name, usual)
    message = f"The repository could not be searched. {fault.get('message') or name}"
    kind = {"kind": SERVER} if told >= 500 else {}
    return Refusal(told, code, message[:LONGEST_MESSAGE], param=param, **kind)
