"""A chat with passages in its prompt, and how many of them it has room for. Pure."""

from collections.abc import Mapping
from typing import Any

from gateway.grounding.wish import METADATA, OURS, text_of
from gateway.payloads import dump

# In tokens. Where nobody knows the model's context window, this much is taken by any of today's.
USUAL_BUDGET, MOST_BUDGET, LEAST_BUDGET = 3000, 8000, 100
# What the instructions around the passages take.
INSTRUCTIONS = 200
# On the safe side: of English it is four or more, and of scripts whose letters take three bytes
# each may be a token.
BYTES_PER_TOKEN = 3
# Of the window, where the caller does not say how long the answer may be.
SHARE_OF_THE_ANSWER = 4

type Json = Mapping[str, Any]


def budget(payload: Json, window: int) -> int:
    """How many tokens of passages fit between the messages and the answer.

    `window` is the model's context in tokens, 0 where it is not known.
    """
    if not window:
        return USUAL_BUDGET
    asked = payload.get("max_completion_tokens") or payload.get("max_tokens")
    answer = asked if isinstance(asked, int) else window // SHARE_OF_THE_ANSWER
    messages = [one for one in payload["messages"] if isinstance(one, Mapping)]
    said = sum(len(text_of(one).encode()) for one in messages) // BYTES_PER_TOKEN
    # The model reads what its tools are, too.
    said += len(dump(payload["tools"])) // BYTES_PER_TOKEN if payload.get("tools") else 0
    return max(LEAST_BUDGET, min(MOST_BUDGET, window - said - answer - INSTRUCTIONS))


def with_passages(payload: Json, prompt: str) -> dict[str, Any]:
    """The payload with the prompt in its system message, and without what was for us alone."""
    kept = {name: value for name, value in payload[METADATA].items() if name not in OURS}
    messages = _told(payload["messages"], prompt)
    grounded = {**payload, "messages": messages, METADATA: kept}
    if not kept:
        # Some servers refuse the field itself.
        del grounded[METADATA]
    return grounded


def _told(given: list[Any], prompt: str) -> list[Any]:
    """Many models know one system message only, and it has to be the first."""
    messages = [_unannotated(one) for one in given]
    first = messages[0]
    if not isinstance(first, Mapping) or first.get("role") not in ("system", "developer"):
        return [{"role": "system", "content": prompt}, *messages]
    content = first.get("content")
    if isinstance(content, list):
        more: Any = [*content, {"type": "text", "text": prompt}]
    else:
        more = f"{content}\n\n{prompt}" if content else prompt
    return [{**first, "content": more}, *messages[1:]]


def _unannotated(message: Any) -> Any:
    """Clients send earlier answers as they got them; their citations are no field of a request."""
    if not isinstance(message, Mapping) or "annotations" not in message:
        return message
    return {name: value for name, value in message.items() if name != "annotations"}
