"""What the web application's source calls of the API, read from the calls of its typed client."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.sources import ROOT, tracked
from tests.support.templates import Json

SOURCE = ROOT / "frontend/src"
_TEXT = r'"[^"]+"|`[^`]+`'
_CALL = re.compile(rf"\bapi(?:\(\))?\.(GET|POST|PUT|DELETE)\(\s*({_TEXT}|\w+)")
_NAMED = re.compile(rf"\bconst (\w+) =\s*({_TEXT})")


@cache
def sources() -> tuple[str, ...]:
    """Return the texts of the application itself: no tests, and not the types made from the API."""
    files = (*tracked("frontend/src/*.ts"), *tracked("frontend/src/*.tsx"))
    return tuple(path.read_text("utf-8") for path in files if _is_its_own(path))


def _is_its_own(path: Path) -> bool:
    tests = {"test", "testing"} & {*path.relative_to(SOURCE).parts}
    told = path.name == "schema.d.ts" or path.stem == "testing"
    return not (tests or told or ".test." in path.name)


def calls() -> set[tuple[str, str]]:
    """Return method and path of every call, such as ("get", "/models/{modelId}")."""
    return {
        (call[1].lower(), _resolved(text, call.start(), call[2]))
        for text in sources()
        for call in _CALL.finditer(text)
    }


@cache
def words() -> frozenset[str]:
    """Return every name that the application's source has in it."""
    return frozenset(word for text in sources() for word in re.findall(r"\w+", text))


def _resolved(text: str, before: int, written: str) -> str:
    """Return a path as it is sent: constants are those that stand last before the call."""
    if written.startswith('"'):
        return written.strip('"')
    if written.startswith("`"):
        return re.sub(r"\$\{(\w+)\}", lambda one: _resolved(text, before, one[1]), written[1:-1])
    found = [one for one in _NAMED.finditer(text, 0, before) if one[1] == written]
    return _resolved(text, found[-1].start(), found[-1][2]) if found else written


def body_fields(document: Json, operation: Json) -> set[str]:
    """Return the names of all fields, at any depth, of what an operation takes."""
    schemas = document["components"]["schemas"]
    return set(_fields(schemas, operation.get("requestBody", {}), frozenset()))


def _fields(schemas: Json, part: Any, seen: frozenset[str]) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _fields(schemas, one, seen)
    elif isinstance(part, dict):
        yield from part.get("properties", {})
        name = part.get("$ref", "").rpartition("/")[2]
        if name and name not in seen:
            yield from _fields(schemas, schemas[name], seen | {name})
        yield from _fields(schemas, list(part.values()), seen)
