"""What can be asked of a model: by its type, and of which servers directly. Pure."""

from collections.abc import Mapping
from itertools import chain

CHAT, COMPLETIONS, RESPONSES = "chat/completions", "completions", "responses"
MESSAGES, COUNT_TOKENS = "messages", "messages/count_tokens"
EMBEDDINGS, RERANK, MODERATIONS = "embeddings", "rerank", "moderations"
IMAGES, IMAGE_EDITS = "images/generations", "images/edits"
SPEECH, TRANSCRIPTIONS, TRANSLATIONS = "audio/speech", "audio/transcriptions", "audio/translations"

# What a model of each type can do, the usual first: refusals show it in this order.
BY_TYPE: Mapping[str, tuple[str, ...]] = {
    "textgen": (CHAT, COMPLETIONS, RESPONSES, MESSAGES, COUNT_TOKENS),
    "embedding": (EMBEDDINGS,),
    "rerank": (RERANK,),
    "imagegen": (IMAGES, IMAGE_EDITS),
    "speech": (SPEECH,),
    "transcription": (TRANSCRIPTIONS, TRANSLATIONS),
    "moderation": (MODERATIONS,),
}
OPERATIONS = frozenset(chain.from_iterable(BY_TYPE.values()))

# Anthropic's; all others are OpenAI's or, like rerank, answer errors as OpenAI does.
ANTHROPIC = frozenset({MESSAGES, COUNT_TOKENS})
# Those whose answer a model that does not stream cannot stream.
STREAMED = frozenset({CHAT, COMPLETIONS, RESPONSES, MESSAGES})
# Those that carry files: their bodies are forms, as a rule.
FORMS = frozenset({IMAGE_EDITS, TRANSCRIPTIONS, TRANSLATIONS})

# Which operations a server does itself, by the provider that its model is registered with. Servers
# behind an `openai/` base rarely know Anthropic's operations, and LiteLLM does; it cannot rerank
# with them, and many can. vLLM (0.11 and later) and llama.cpp's server answer all of their kind.
SPOKEN: Mapping[str, frozenset[str]] = {
    "openai": OPERATIONS - ANTHROPIC,
    "hosted_vllm": OPERATIONS,
}
# What LiteLLM has no function for, so that only a server that is asked directly can do it.
NOT_LITELLMS = frozenset({TRANSLATIONS})
# Our own servers are all registered as `hosted_vllm/`, and this one speaks less.
SPOKEN_BY_SERVER: Mapping[str, frozenset[str]] = {"tgi": frozenset({CHAT, COMPLETIONS})}
