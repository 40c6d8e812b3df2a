"""Which model a body asks for, and the same body for a server that knows it by another name. Pure.

A body is a JSON object or, where files are sent along, a form.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway import errors, forms
from gateway.forms import Part
from gateway.operations import FORMS, RESPONSES
from gateway.payloads import dump, json_object

# Ids of things that only the provider keeps: nobody here could say whose they are.
STORED = ("previous_response_id", "conversation", "background")
ESCAPED_LETTER = b"\\u00"
LONGEST_VALUE = 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """A request's body, read once. `payload` is None exactly when it is a form, made of `fields`.

    `written` is the name of the model in the body; where the path names one, `model` is that.
    """

    model: str
    written: str
    stream: bool
    body: bytes
    payload: Mapping[str, Any] | None
    fields: tuple[Part, ...] = ()

    def body_for(self, name: str) -> bytes:
        """The very bytes of the caller, but for the name where an upstream has another."""
        if name == self.written:
            return self.body
        if self.payload is not None:
            return dump({**self.payload, "model": name})
        return _form_for(name, self.body, self.fields)


def read(operation: str, content_type: bytes, body: bytes, model: str = "") -> Asked:
    """What a body asks for; `model` is the path's, which wins. A Refusal (400) says what is amiss.

    Costs what orjson costs, and for forms a search for the boundary; files are not copied.
    """
    if operation in FORMS and forms.is_form(content_type):
        return _form(content_type, body, model)
    payload = json_object(body)
    body = _unmistakable(payload, body)
    written = payload.get("model")
    if not isinstance(written, str):
        written = ""
    if not model and not written:
        raise errors.no_model()
    if operation == RESPONSES:
        _stateless(payload)
    return Asked(model or written, written, bool(payload.get("stream")), body, payload)


def _unmistakable(payload: dict[str, Any], body: bytes) -> bytes:
    """The body, such that no server can read another model in it than we did.

    Some take the first of two fields of a name, or one that is written `Model`; the rights of the
    caller were looked up for the one that we read. Mostly, these are the very bytes.
    """
    others = [name for name in payload if name != "model" and name.lower() == "model"]
    for name in others:
        del payload[name]
    # A second one may hide behind escapes, which letters do not need.
    if others or body.count(b'"model"') > 1 or ESCAPED_LETTER in body:
        return dump(payload)
    return body


def text(part: Part, body: bytes, longest: int = LONGEST_VALUE) -> str:
    """The value of a field that is no file, of so many bytes at most."""
    if part.filename is not None or part.end - part.start > longest:
        raise errors.malformed_form(f"its field `{part.name}` is a file or too long")
    try:
        return body[part.start : part.end].decode()
    except UnicodeDecodeError:
        raise errors.malformed_form(f"its field `{part.name}` is not UTF-8") from None


def _stateless(payload: Mapping[str, Any]) -> None:
    for field in STORED:
        if payload.get(field):
            raise errors.not_stored(field)


def _form(content_type: bytes, body: bytes, model: str) -> Asked:
    fields = tuple(forms.parts(content_type, body))
    written, stream = _once("model", fields, body), _once("stream", fields, body)
    if not model and not written:
        raise errors.no_model()
    return Asked(model or written, written, stream.lower() in ("true", "1"), body, None, fields)


def _once(name: str, fields: tuple[Part, ...], body: bytes) -> str:
    found = [part for part in fields if part.name == name]
    if len(found) > 1:
        raise errors.malformed_form(f"its field `{name}` is there more than once")
    return text(found[0], body) if found else ""


def _form_for(name: str, body: bytes, fields: tuple[Part, ...]) -> bytes:
    for part in fields:
        if part.name == "model":
            return b"".join((body[: part.start], name.encode(), body[part.end :]))
    # Only the path named the model: the field becomes the first. A body begins with its delimiter.
    delimiter = body[: body.index(b"\r\n")]
    head = b'\r\nContent-Disposition: form-data; name="model"\r\n\r\n'
    return b"".join((delimiter, head, name.encode(), b"\r\n", body))
