"""The parts of a multipart/form-data body (RFC 7578), found without copying them. Pure.

Strict, so that no server after us can read another model's name than the one that was checked:
nothing before the first delimiter, no delimiter with anything but a line's end behind it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gateway.errors import malformed_form

MOST_PARTS = 64
LONGEST_HEAD = 8 * 1024
FORM = b"multipart/form-data"
# RFC 2046, section 5.1.1.
BOUNDARY = re.compile(r"[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]", re.ASCII)
DISPOSITION = re.compile(rb"content-disposition *: *form-data *(;.*)", re.IGNORECASE)
PARAMETER = re.compile(
    rb' *; *([a-z*]+)=(?:"((?:[^"\\\r\n]|\\["\\])*)"|([^\s";]+)) *', re.IGNORECASE
)
# Nothing that one server would decode and another would not.
NAME = re.compile(r"[\w.\[\]-]{1,64}", re.ASCII)
CONTENT_TYPE = re.compile(rb"content-type *: *([!-~][ -~]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One field; its value is `body[start:end]`. `filename` is None unless it is a file."""

    name: str
    filename: str | None
    content_type: str
    start: int
    end: int


def is_form(content_type: bytes) -> bool:
    return content_type[: len(FORM)].lower() == FORM


def boundary(content_type: bytes) -> bytes:
    given = _parameters(content_type[len(FORM) :].strip()).get("boundary", "")
    if not BOUNDARY.fullmatch(given):
        raise malformed_form("its boundary is missing or not valid")
    return given.encode()


def parts(content_type: bytes, body: bytes) -> list[Part]:
    """All parts in order; a Refusal (400) for a body that is cut off or ambiguous."""
    found: list[Part] = []
    for start, end in _spans(b"--" + boundary(content_type), body):
        if len(found) == MOST_PARTS:
            raise malformed_form(f"it has more than {MOST_PARTS} fields")
        found.append(_part(body, start, end))
    return found


def _spans(delimiter: bytes, body: bytes) -> Iterator[tuple[int, int]]:
    """Where each part, head and value, begins and ends."""
    if not body.startswith(delimiter):
        raise malformed_form("it does not begin with its boundary")
    start, inner = len(delimiter), b"\r\n" + delimiter
    while not body.startswith(b"--", start):
        if not body.startswith(b"\r\n", start):
            raise malformed_form("its boundary occurs inside a field")
        end = body.find(inner, start)
        if end < 0:
            raise malformed_form("its end is missing")
        yield start + 2, max(end, start + 2)
        start = end + len(inner)
    if body[start + 2 :].strip():
        raise malformed_form("something follows its end")


def _part(body: bytes, start: int, end: int) -> Part:
    head_end = body.find(b"\r\n\r\n", start, min(end, start + LONGEST_HEAD))
    if head_end < 0:
        raise malformed_form("a field has no head, or one that is too long")
    lines = body[start:head_end].split(b"\r\n")
    named = [line for line in lines if line[:19].lower() == b"content-disposition"]
    match = DISPOSITION.fullmatch(named[0]) if len(named) == 1 else None
    given = _parameters(match[1]) if match else {}
    if not NAME.fullmatch(given.get("name", "")) or "name*" in given:
        raise malformed_form("a field has no name, or a strange one")
    kind = next((match[1] for line in lines if (match := CONTENT_TYPE.fullmatch(line))), b"")
    filename = given.get("filename", given.get("filename*"))
    return Part(given["name"], filename, kind.decode(), head_end + 4, end)


def _parameters(text: bytes) -> dict[str, str]:
    given: dict[str, str] = {}
    position = 0
    while position < len(text):
        match = PARAMETER.match(text, position)
        name = match[1].lower().decode() if match else ""
        if match is None or name in given:
            raise malformed_form("its boundary or the head of a field cannot be read")
        value = re.sub(rb"\\(.)", rb"\1", match[2]) if match[2] is not None else match[3]
        given[name] = value.decode("utf-8", "replace")
        position = match.end()
    return given
