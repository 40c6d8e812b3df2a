"""JSON Schemas in the words of a reference: what a field is, and what a shape has."""

import json
from collections.abc import Iterator
from typing import Any

type Json = dict[str, Any]

PREFIX = "#/components/schemas/"
# What is taken and what is given of one class: one shape for a reader.
SIDES = ("-Input", "-Output")
WORDS: dict[str, str] = {
    "integer": "whole number",
    "number": "number",
    "boolean": "true, false",
    "null": "null",
}
FORMATS = {"date-time": "moment (ISO 8601)", "password": "secret text"}


def name_of(reference: str) -> str:
    """Return how a reader calls the shape that a reference means."""
    name = reference.removeprefix(PREFIX)
    for side in SIDES:
        name = name.removesuffix(side)
    return name.rpartition("__")[2] if "__" in name else name


def anchor_of(reference: str) -> str:
    """Return the anchor of the shape that a reference means."""
    return name_of(reference).lower()


def kind(schema: Json) -> str:
    """Say what a value may be, in a few words, on one line of a table."""
    match schema:
        case {"$ref": reference}:
            return f"[{name_of(reference)}](#{anchor_of(reference)})"
        case {"const": value}:
            return f"`{json.dumps(value)}`"
        case {"enum": values}:
            return ", ".join(f"`{json.dumps(one)}`" for one in values)
        case {"anyOf": parts} | {"oneOf": parts}:
            return " or ".join(kind(part) for part in parts)
    return _plain(schema)


def _plain(schema: Json) -> str:
    match schema.get("type"):
        case "array":
            return f"list of {kind(schema.get('items', {}))}{_count(schema, 'Items')}"
        case "object":
            return _object(schema)
        case "string":
            return _text(schema)
        case "integer" | "number" as number:
            return WORDS[number] + _range(schema.get("minimum"), schema.get("maximum"))
        case str(other):
            return WORDS[other]
    return "anything"


def fields(schema: Json) -> Iterator[str]:
    """Yield a table of what an object has; what must be there is bold."""
    required = schema.get("required", [])
    yield "| field | what it is |"
    yield "|---|---|"
    for name, part in schema["properties"].items():
        title = f"**`{name}`**" if name in required else f"`{name}`"
        default = part.get("default")
        left_out = f"; {json.dumps(default)} if left out" if default not in (None, [], {}) else ""
        yield f"| {title} | {kind(part)}{left_out} |"


def _object(schema: Json) -> str:
    values = schema.get("additionalProperties")
    if isinstance(values, dict) and values:
        return f"object of {kind(values)} by name"
    return "object"


def _text(schema: Json) -> str:
    if "format" in schema:
        form = str(schema["format"])
        return FORMATS.get(form, f"text ({form})")
    # A pattern that only says that nothing is hidden in a text tells a reader nothing.
    pattern: str = schema.get("pattern", "")
    if pattern and len(pattern) <= 60:
        return "text like `" + pattern.replace("|", "\\|") + "`"
    return "text" + _count(schema, "Length")


def _count(schema: Json, what: str) -> str:
    unit = " characters" if what == "Length" else ""
    return _range(schema.get(f"min{what}"), schema.get(f"max{what}"), unit)


def _range(least: Any, most: Any, unit: str = "") -> str:
    if most is None:
        return f" ({least}{unit} at least)" if least else ""
    if least is None:
        return f" ({most}{unit} at most)"
    return f" ({least} to {most}{unit})"
