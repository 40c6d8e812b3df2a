"""What LiteLLM raises, as a refusal that tells neither address nor key. Pure."""

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
LONGEST_WORD = 200
HIDDEN = "[hidden]"
# Shorter ones would hide words of the message; a project's name is no secret.
SHORTEST_SECRET = 8
# What a retry-after may be: seconds, or a date of HTTP.
WHEN = re.compile(r"[\w :,.+-]{1,40}", re.ASCII)
# A provider that failed is not this server failing; a provider's timeout is a gateway's.
STATUSES = {500: 502, 408: 504}
TYPES = {429: "rate_limit_error"}
CODES = {400: "invalid_request", 404: "model_not_found", 408: "timeout", 429: "rate_limit_exceeded"}
CODES_BY_CLASS = {
    "ContextWindowExceededError": "context_length_exceeded",
    "ContentPolicyViolationError": "content_policy_violation",
}


def refusal(error: Exception, model: str, key: str | None = None) -> Refusal:
    """The answer for what LiteLLM raised, as much in the provider's words as may be told.

    `key` is the one that was used: some providers tell back what they were sent.
    """
    status = getattr(error, "status_code", None)
    status = status if isinstance(status, int) and 400 <= status <= 599 else 500
    if status in (401, 403):
        return upstream_authentication(model)
    told = next(filter(None, map(_provider_error, _chain(error))), {})
    code = CODES_BY_CLASS.get(type(error).__name__) or CODES.get(status, "upstream_failed")
    kind = TYPES.get(status, REQUEST if status < 500 else SERVER)
    secrets = _secrets(key)
    return Refusal(
        status=STATUSES.get(status, status),
        code=_word(told.get("code"), secrets) or code,
        message=_sentence(str(told.get("message") or error), model, secrets),
        param=_word(told.get("param") or getattr(error, "param", None), secrets),
        kind=_word(told.get("type"), secrets) or kind,
        retry_after=_retry_after(error),
    )


def _secrets(key: str | None) -> list[str]:
    """The key, and the parts of one that is a document."""
    try:
        document = json.loads(key or "")
    except ValueError:
        document = None
    parts = document.values() if isinstance(document, dict) else ()
    found = [key or "", *(part for part in parts if isinstance(part, str))]
    return sorted((one for one in found if len(one) >= SHORTEST_SECRET), key=len, reverse=True)


def _retry_after(error: BaseException) -> str:
    for one in _chain(error):
        response = getattr(one, "response", None)
        said = str(getattr(response, "headers", {}).get("retry-after", ""))
        if WHEN.fullmatch(said):
            return said
    return ""


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


def _sentence(message: str, model: str, secrets: list[str]) -> str:
    cause = AFTERWORDS.sub("", PREAMBLE.sub("", message))
    cause = _scrubbed(cause, secrets).strip()[:LONGEST]
    return cause or f"The provider of model `{model}` failed without saying why. Try again."


def _word(value: object, secrets: list[str]) -> str | None:
    return None if value is None else _scrubbed(str(value), secrets)[:LONGEST_WORD]


def _scrubbed(text: str, secrets: list[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    return SECRETS.sub(HIDDEN, text)
