"""LiteLLM's answers and errors in OpenAI's shape, without addresses and keys. Pure."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from gateway.errors import REQUEST, SERVER, Refusal, upstream_authentication

# "litellm.RateLimitError: RateLimitError: BedrockException - " and the like, before the cause.
PREAMBLE = re.compile(r"^(?:litellm\.\w+: |\w*(?:Error|Exception)(?::| -) )+")
# LiteLLM's own advice, and sometimes a stack trace, after the cause.
AFTERWORDS = re.compile(
    r"\s*(?:LiteLLM: model group|Received Model Group=|Available Model Group|model=\S+\. "
    r"context_window_fallbacks|Traceback \().*$",
    re.S,
)
SECRETS = re.compile(
    r"https?://\S+|\b[\w.-]+:\d{2,5}\b|\bBearer \S+|\bsk-\S+|\b(?:AKIA|ASIA)[A-Z0-9]{12,}"
)
LONGEST = 1000
# A provider that failed is not this server failing; a provider's timeout is a gateway's.
STATUSES = {500: 502, 408: 504}
TYPES = {429: "rate_limit_error"}
CODES = {400: "invalid_request", 404: "model_not_found", 408: "timeout", 429: "rate_limit_exceeded"}
CODES_BY_CLASS = {
    "ContextWindowExceededError": "context_length_exceeded",
    "ContentPolicyViolationError": "content_policy_violation",
}


def refusal(error: Exception, model: str) -> Refusal:
    """The answer for what LiteLLM raised, as much in the provider's words as may be told."""
    status = getattr(error, "status_code", None)
    status = status if isinstance(status, int) and 400 <= status <= 599 else 500
    if status in (401, 403):
        return upstream_authentication(model)
    told = next(filter(None, map(_provider_error, _chain(error))), {})
    code = CODES_BY_CLASS.get(type(error).__name__) or CODES.get(status, "upstream_failed")
    kind = TYPES.get(status, REQUEST if status < 500 else SERVER)
    return Refusal(
        status=STATUSES.get(status, status),
        code=str(told.get("code") or code),
        message=_sentence(str(told.get("message") or error), model),
        param=_text(told.get("param") or getattr(error, "param", None)),
        kind=str(told.get("type") or kind),
    )


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """LiteLLM raises one exception while handling another; the innermost knows the provider's."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _provider_error(error: BaseException) -> Mapping[str, Any] | None:
    """OpenAI's error object, from the parsed body or from a message that is one as JSON."""
    body = getattr(error, "body", None)
    if not isinstance(body, Mapping):
        try:
            body = json.loads(str(getattr(error, "message", "")))
        except ValueError:
            return None
    inner = body.get("error", body) if isinstance(body, Mapping) else None
    return inner if isinstance(inner, Mapping) and "message" in inner else None


def _sentence(message: str, model: str) -> str:
    cause = AFTERWORDS.sub("", PREAMBLE.sub("", message))
    cause = SECRETS.sub("[hidden]", cause).strip()[:LONGEST]
    return cause or f"The provider of model `{model}` failed without saying why. Try again."


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def completion(dumped: dict[str, Any], model: str) -> dict[str, Any]:
    """A whole answer or a chunk: the caller's name for the model, and OpenAI's mandatory nulls."""
    dumped["model"] = model
    for choice in dumped.get("choices") or ():
        choice.setdefault("finish_reason", None)
        choice.setdefault("logprobs", None)
        if "message" in choice:
            choice["message"].setdefault("content", None)
            choice["message"].setdefault("refusal", None)
    return dumped
