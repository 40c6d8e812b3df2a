"""A record as one line of JSON: what the gateway writes and the usage service reads. Pure.

The names are a contract between the two; a test compares both sides.
"""

from collections.abc import Collection
from typing import Any

from gateway.payloads import dump
from gateway.usage.record import Record

MOST_GROUPS = 50
LONGEST_NAME = 256


def line(record: Record) -> bytes:
    """The record, with its end of line; names and lists are cut to their bounds."""
    return dump(written(record)) + b"\n"


def written(record: Record) -> dict[str, Any]:
    tokens = record.tokens
    return {
        "id": record.request_id,
        "at": record.at,
        "user": name(record.user),
        "token": name(record.token_id),
        "groups": names(record.groups),
        "model": name(record.model),
        "served": name(record.served),
        "operation": record.operation,
        "status": record.status,
        "streamed": record.streamed,
        "milliseconds": record.milliseconds,
        "firstToken": record.first_token,
        "prompt": tokens.prompt,
        "completion": tokens.completion,
        "cached": tokens.cached,
    }


def name(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else text[:LONGEST_NAME]


def names(groups: Collection[str]) -> list[str]:
    if len(groups) <= MOST_GROUPS:
        return [name(group) for group in groups]
    # Always the same ones, or a total would depend on chance.
    return [name(group) for group in sorted(groups)[:MOST_GROUPS]]
