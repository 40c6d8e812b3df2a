"""LiteLLM's operations, each called with one model's own parameters and key.

Its Router is not used: which model is asked, how often, and which one next is the edge's to say,
for both lanes. So nothing here has to be kept in step with the snapshot, and a rotated key counts
from the next call on.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from typing import Any, Protocol

import litellm
from litellm.llms.anthropic.pass_through.adapters.handler import (
    LiteLLMMessagesToCompletionTransformationHandler as Translation,
)

from gateway import errors, operations
from gateway.lane.deployment import deployment
from gateway.snapshot import Route
from gateway.unavailable import Unavailable

litellm.drop_params = True
litellm.telemetry = False
litellm.suppress_debug_info = True
# Every provider with a chat has it; few have OpenAI's newer way, LiteLLM's choice for `openai/`.
litellm.use_chat_completions_url_for_anthropic_messages = True
# Their messages carry prompts, keys and upstream addresses; the edge logs every request.
for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy"):
    logging.getLogger(name).setLevel(logging.CRITICAL + 1)

# Its client is not httpx, and follows redirects to wherever they lead.
ASTRAY = frozenset({"aiohttp_openai"})

type Operation = Callable[..., Awaitable[Any]]


async def messages(**told: Any) -> Any:
    """Anthropic's messages; whole answers of providers of its kind come untranslated.

    Their streams do not: LiteLLM's iterator for these needs its proxy server, which is not
    installed. So streams go through chat for every provider, which keeps tools and thinking.
    """
    if told.get("stream"):
        return await Translation.async_anthropic_messages_handler(**told)
    return await litellm.anthropic_messages(**told)


async def count_tokens(
    model: str, messages: list[Any], api_key: str | None = None, **told: Any
) -> dict[str, Any]:
    """As the provider counts where LiteLLM can ask it, else as LiteLLM estimates."""
    passed = {name: told[name] for name in ("api_base", "system", "tools") if told.get(name)}
    counted = await litellm.acount_tokens(model, messages, api_key=api_key, **passed)
    estimated = counted.tokenizer_type == "local_tokenizer"
    return {"input_tokens": counted.total_tokens} | ({"estimated": True} if estimated else {})


OPERATIONS: Mapping[str, Operation] = {
    operations.CHAT: litellm.acompletion,
    operations.COMPLETIONS: litellm.atext_completion,
    operations.RESPONSES: litellm.aresponses,
    operations.MESSAGES: messages,
    operations.COUNT_TOKENS: count_tokens,
    operations.EMBEDDINGS: litellm.aembedding,
    operations.RERANK: litellm.arerank,
    operations.IMAGES: litellm.aimage_generation,
    operations.IMAGE_EDITS: litellm.aimage_edit,
    operations.SPEECH: litellm.aspeech,
    operations.TRANSCRIPTIONS: litellm.atranscription,
    operations.MODERATIONS: litellm.amoderation,
}


class Keys(Protocol):
    async def of(self, route: Route) -> str | None:
        """The key of a model's provider, None if it needs none. Raises Unavailable."""


class Models:
    def __init__(self, keys: Keys, silence: float) -> None:
        self._keys = keys
        self._silence = silence

    async def key(self, route: Route) -> str | None:
        """The key to call with now; a Refusal (503) while it cannot be read."""
        try:
            return await self._keys.of(route)
        except Unavailable:
            raise errors.key_unavailable(route.model_id) from None

    async def call(
        self, operation: str, route: Route, key: str | None, arguments: Mapping[str, Any]
    ) -> Any:
        """LiteLLM's answer, or whatever it raises; a Refusal for what it cannot even be asked."""
        if not understood(route.litellm_model):
            raise errors.unknown_provider(route.model_id)
        told = deployment(route, key, self._silence, bool(arguments.get("stream")))
        return await OPERATIONS[operation](**{**told, **arguments})


@lru_cache(maxsize=2000)
def understood(litellm_model: str) -> bool:
    """Whether LiteLLM knows the provider that this name begins with."""
    try:
        provider = litellm.get_llm_provider(litellm_model)[1]
    except litellm.BadRequestError:
        return False
    if provider in ASTRAY:
        return False
    if litellm_model not in litellm.model_cost:
        # Of models that it has never heard of LiteLLM believes that they cannot stream responses.
        known = {"litellm_provider": provider, "supports_native_streaming": True}
        litellm.register_model({litellm_model: known})
    return True
