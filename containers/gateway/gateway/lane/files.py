"""A form's fields as LiteLLM wants them: files as it can send them on, numbers as numbers. Pure."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from gateway import bodies, errors
from gateway.bodies import Asked
from gateway.forms import Part
from gateway.operations import FORMS, TRANSCRIPTIONS

FILES = frozenset({"file", "image", "mask"})
# The same field may come many times, with or without PHP's brackets.
LISTS = frozenset({"image", "timestamp_granularities"})
NUMBERS: Mapping[str, Callable[[str], float]] = {
    "n": int,
    "output_compression": int,
    "temperature": float,
}


class Upload(BytesIO):
    """A file with the name that it was sent under, which tells LiteLLM its kind."""

    def __init__(self, name: str, content: bytes) -> None:
        super().__init__(content)
        self.name = name


def fields(operation: str, asked: Asked) -> Mapping[str, Any]:
    """What was asked, whether it came as JSON or as a form."""
    if asked.payload is not None:
        return asked.payload
    read: dict[str, Any] = {}
    for part in asked.fields:
        name = part.name.removesuffix("[]")
        value = _value(operation, name, part, asked.body)
        if name in LISTS:
            read.setdefault(name, []).append(value)
        else:
            read[name] = value
    return read


def check(operation: str, fields: Mapping[str, Any]) -> None:
    """Refuse (400) text where a file belongs: LiteLLM would take it for the path of one of ours."""
    if operation not in FORMS:
        return
    for name in FILES & fields.keys():
        given = fields[name] if isinstance(fields[name], list) else [fields[name]]
        if not all(isinstance(one, Upload | tuple) for one in given):
            raise errors.malformed_form(f"its field `{name}` is not a file")


def _value(operation: str, name: str, part: Part, body: bytes) -> Any:
    if name in FILES and part.filename is not None:
        content = body[part.start : part.end]
        if operation == TRANSCRIPTIONS:
            return (part.filename, content, part.content_type or "application/octet-stream")
        return Upload(part.filename, content)
    if name == "prompt":
        return bodies.text(part, body, longest=part.end)
    text = bodies.text(part, body)
    try:
        return NUMBERS[name](text) if name in NUMBERS else text
    except ValueError:
        raise errors.malformed_form(f"its field `{name}` is not a number") from None
