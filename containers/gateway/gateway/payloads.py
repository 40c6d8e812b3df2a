"""JSON in and out, as everything that serves speaks it."""

import json
from typing import Any

import orjson

from gateway.errors import not_an_object


def json_object(body: bytes) -> dict[str, Any]:
    try:
        payload = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise not_an_object() from None
    if not isinstance(payload, dict):
        raise not_an_object()
    return payload


def dump(payload: object) -> bytes:
    try:
        return orjson.dumps(payload)
    except TypeError:
        # Integers beyond 64 bits and lone surrogates are JSON too.
        return json.dumps(payload).encode()
