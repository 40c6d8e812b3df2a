"""LiteLLM's answers as the documents of OpenAI and Anthropic have them. Pure."""

from collections.abc import Mapping
from typing import Any

from openai.types import moderation

from gateway.operations import (
    CHAT,
    COMPLETIONS,
    IMAGE_EDITS,
    IMAGES,
    MODERATIONS,
    RERANK,
    RESPONSES,
)
from gateway.payloads import dump

# In these LiteLLM counts no tokens, or writes zeros that no provider said.
COUNTED_BY_FEW = frozenset({IMAGES, IMAGE_EDITS})
# Answers that do not name the model.
NAMELESS = COUNTED_BY_FEW | {RERANK}
# OpenAI's mandatory fields, which LiteLLM leaves out when it has nothing to say.
NULLS: Mapping[str, Mapping[str, Any]] = {
    RESPONSES: {
        "error": None,
        "incomplete_details": None,
        "instructions": None,
        "metadata": None,
        "temperature": None,
        "top_p": None,
    }
}
CATEGORIES = {
    name: field.alias or name for name, field in moderation.Categories.model_fields.items()
}


def whole(operation: str, result: Any, model: str) -> dict[str, Any]:
    """A whole answer, by the caller's name for the model."""
    document = plain(result)
    if operation not in NAMELESS:
        document["model"] = model
    if operation in (CHAT, COMPLETIONS):
        return completion(document, model)
    if operation == MODERATIONS:
        document["results"] = [_moderated(one) for one in document.get("results") or ()]
    if operation in COUNTED_BY_FEW and not (document.get("usage") or {}).get("total_tokens"):
        document.pop("usage", None)
    return {**NULLS.get(operation, {}), **document}


def plain(result: Any) -> dict[str, Any]:
    """What is said, without LiteLLM's own notes."""
    if isinstance(result, Mapping):
        return {name: value for name, value in result.items() if not name.startswith("_")}
    # LiteLLM puts values of other types than it declares; they are said as they are.
    dumped: dict[str, Any] = result.model_dump(mode="json", exclude_none=True, warnings=False)
    return dumped


def completion(document: dict[str, Any], model: str) -> dict[str, Any]:
    """A whole answer or a chunk: the caller's name for the model, and OpenAI's mandatory nulls."""
    document["model"] = model
    for choice in document.get("choices") or ():
        choice.setdefault("finish_reason", None)
        choice.setdefault("logprobs", None)
        if "message" in choice:
            choice["message"].setdefault("content", None)
            choice["message"].setdefault("refusal", None)
    return document


def event(operation: str, chunk: Any, model: str) -> bytes:
    """One event of a stream; those of Anthropic's come as bytes from LiteLLM already."""
    if isinstance(chunk, bytes):
        return chunk
    if isinstance(chunk, str):
        return chunk.encode()
    document = plain(chunk)
    if operation == RESPONSES:
        if isinstance(document.get("response"), dict):
            document["response"] |= {**NULLS[RESPONSES], **document["response"], "model": model}
        return b"event: %b\ndata: %b\n\n" % (str(document["type"]).encode(), dump(document))
    if document.get("usage") and _says_nothing(document):
        document["choices"] = []
    return b"data: %b\n\n" % dump(completion(document, model))


def _says_nothing(document: Mapping[str, Any]) -> bool:
    """LiteLLM hangs the usage on an empty choice; OpenAI has it alone."""
    return all(
        choice.get("finish_reason") is None and not choice.get("delta") and not choice.get("text")
        for choice in document.get("choices") or ()
    )


def _moderated(result: Mapping[str, Any]) -> dict[str, Any]:
    """LiteLLM writes the names of Python's attributes where OpenAI has `violence/graphic`."""
    return {
        name: {CATEGORIES.get(one, one): said for one, said in value.items()}
        if isinstance(value, Mapping)
        else value
        for name, value in result.items()
    }
