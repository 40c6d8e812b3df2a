"""From bytes to text, for files that do not say how they are written."""

import codecs

from parsing.errors import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 32_768
# Tabs, line ends, form feeds, and the escapes that colour logs.
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
# Bytes by chance have one in ten; a text into which a few NULs got has less than this.
_BINARY_SHARE = 0.02


def decode(content: bytes) -> str:
    """Return the text: by its mark, else as UTF-8, else as Windows-1252. Never fails.

    What can not be decoded becomes U+FFFD.
    """
    marked = encoding_by_mark(content)
    if marked:
        return content.decode(marked, "replace")
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    if damaged and damaged * 10 > sum(character > "\x7f" for character in text) - damaged:
        return content.decode("cp1252", "replace")
    return text


def encoding_by_mark(content: bytes) -> str:
    """Return the encoding that the byte order mark names, or nothing."""
    return next((name for mark, name in _MARKS if content.startswith(mark)), "")


def refuse_binary(content: bytes) -> None:
    """Raise Unreadable when these bytes are no text in any encoding that is read here."""
    if encoding_by_mark(content):
        return
    middle = max(0, len(content) // 2 - _SAMPLE // 2)
    sample = content[:_SAMPLE] + content[middle : middle + _SAMPLE] + content[-_SAMPLE:]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > _BINARY_SHARE * len(sample):
        raise Unreadable(
            "UnknownType",
            "The file is neither text nor of a known type.",
            "Upload PDF, Word, PowerPoint, Excel, HTML, Markdown, text, CSV, JSON, YAML or XML.",
        )
