"""Which fields of a caller's request reach LiteLLM. Pure.

LiteLLM takes addresses, keys and credentials from the same keyword arguments, so everything that is
not listed here is dropped. Missing on purpose: `metadata` and `extra_*`, which steer LiteLLM
itself, and ids of what providers keep (`container`, `prompt`), which nobody here could judge.
"""

from collections.abc import Mapping
from typing import Any

from gateway import errors
from gateway.lane import files
from gateway.operations import (
    CHAT,
    COMPLETIONS,
    COUNT_TOKENS,
    EMBEDDINGS,
    IMAGE_EDITS,
    IMAGES,
    MESSAGES,
    MODERATIONS,
    RERANK,
    RESPONSES,
    SPEECH,
    TRANSCRIPTIONS,
)


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())


SAMPLING = names(
    """frequency_penalty logit_bias max_tokens n presence_penalty seed stop stream stream_options
    temperature top_k top_p user"""
)
PICTURES = names(
    "background n output_compression output_format prompt quality response_format size user"
)

ALLOWED: Mapping[str, frozenset[str]] = {
    CHAT: SAMPLING
    | names(
        """audio function_call functions logprobs max_completion_tokens messages modalities
        parallel_tool_calls prediction reasoning_effort response_format service_tier thinking
        tool_choice tools top_logprobs verbosity web_search_options"""
    ),
    COMPLETIONS: SAMPLING | names("best_of echo logprobs prompt suffix"),
    RESPONSES: names(
        """include input instructions max_output_tokens max_tool_calls parallel_tool_calls
        prompt_cache_key reasoning safety_identifier service_tier stream stream_options temperature
        text tool_choice tools top_logprobs top_p truncation user"""
    ),
    MESSAGES: names(
        """context_management max_tokens messages output_config output_format service_tier
        stop_sequences stream system temperature thinking tool_choice tools top_k top_p"""
    ),
    COUNT_TOKENS: names("messages system tools"),
    EMBEDDINGS: names("dimensions encoding_format input input_type user"),
    RERANK: names(
        """documents max_chunks_per_doc max_tokens_per_doc query rank_fields return_documents
        top_n"""
    ),
    IMAGES: PICTURES | names("moderation style"),
    IMAGE_EDITS: PICTURES | names("image input_fidelity mask"),
    SPEECH: names("input instructions response_format speed voice"),
    TRANSCRIPTIONS: names(
        "file language prompt response_format temperature timestamp_granularities"
    ),
    MODERATIONS: names("input"),
}

NEEDED: Mapping[str, tuple[str, ...]] = {
    CHAT: ("messages",),
    COMPLETIONS: ("prompt",),
    RESPONSES: ("input",),
    MESSAGES: ("messages", "max_tokens"),
    COUNT_TOKENS: ("messages",),
    EMBEDDINGS: ("input",),
    RERANK: ("query", "documents"),
    IMAGES: ("prompt",),
    IMAGE_EDITS: ("image", "prompt"),
    SPEECH: ("input",),
    TRANSCRIPTIONS: ("file",),
    MODERATIONS: ("input",),
}
# Nobody could ask for what is stored, so nothing is to be.
IMPLIED: Mapping[str, Mapping[str, Any]] = {RESPONSES: {"store": False}}


def arguments(operation: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """LiteLLM's keyword arguments for a request; a Refusal (400) where one is missing."""
    for name in NEEDED[operation]:
        if fields.get(name) is None:
            raise errors.missing(name)
    files.check(operation, fields)
    passed = {name: fields[name] for name in ALLOWED[operation] & fields.keys()}
    return {**passed, **IMPLIED.get(operation, {})}
