"""Sections of manuals in reStructuredText, HTML and AsciiDoc: a heading and what is below it."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_UNDERLINE = re.compile(r"""([=\-~^"*#+`.:])\1{2,}\s*$""")
_LONE_UNDERLINE = re.compile(r"""^([=\-~^"*#+])\1{2,}[ ]*$""", re.M)
_ROLE = re.compile(r":[a-zA-Z:+-]+:`[~!]?([^`<]*?)(?:\s*<[^`>]*>)?`")
_DIRECTIVE = re.compile(
    r"^ *\.\. (?!note|warning|versionadded|versionchanged)[^\n]*\n?(?: +:\w[^\n]*\n?)*", re.M
)
_INDEX = re.compile(r"^( *)\.\. index::(.*\n(?:\1 +\S.*\n|[ ]*\n(?=\1 +\S))*)", re.M)
_ENTRY = re.compile(r"(?:pair|single|triple): *!?(.*)")
_BLOCK_END = re.compile(r"</(?:p|div|li|h\d|tr|pre|dt|dd)>", re.I)
_UNREAD = re.compile(r"<(script|style|head)\b.*?</\1>", re.I | re.S)
_TAG = re.compile(r"<[^>]+>")
_HEADING = re.compile(r"<h[1-3]\b[^>]*>(.*?)</h[1-3]>", re.I | re.S)
_NUMBER = re.compile(r"^(?:Chapter|Appendix)?\s*[\d.]+\s*")
_TITLE = re.compile(r"<title>(.*?)</title>", re.I | re.S)


@dataclass(frozen=True)
class Part:
    """A heading with what is below it, up to the next one; `body` still has its markup."""

    heading: str
    body: str


def underlined(text: str) -> list[Part]:
    """Return the parts of reStructuredText or AsciiDoc, whose headings are underlined."""
    lines = text.split("\n")
    heads = [at for at in range(len(lines) - 1) if _is_heading(lines[at], lines[at + 1])]
    return [
        Part(lines[at].strip(), "\n".join(lines[at + 2 : end]))
        for at, end in pairwise([*heads, len(lines)])
    ]


def _is_heading(line: str, below: str) -> bool:
    wide = len(below.strip()) >= len(line.rstrip()) - 1
    return (
        bool(line.strip())
        and not line.startswith((" ", ".."))
        and not _UNDERLINE.match(line)
        and bool(_UNDERLINE.match(below))
        and wide
    )


def plain_rst(text: str) -> str:
    """Return what people read of it."""
    text = _ROLE.sub(r"\1", _INDEX.sub("", _LONE_UNDERLINE.sub("", text)))
    text = _DIRECTIVE.sub("", text.replace("``", "")).replace("**", "")
    return squeezed(text)


def index_entries(body: str) -> Iterator[tuple[str, bool]]:
    """Yield each term of the index, and whether nothing but directives follows it in this part."""
    for found in _INDEX.finditer(body + "\n"):
        last = not plain_rst((body + "\n")[found.end() :])
        for line in found[2].split("\n"):
            entry = _ENTRY.match(line.strip())
            if entry:
                yield " ".join(entry[1].replace(";", " ").split()), last


def plain_html(text: str) -> str:
    """Return what people read of it, a line for each block."""
    text = _BLOCK_END.sub("\n", _UNREAD.sub("", text))
    return squeezed(html.unescape(_TAG.sub("", text)))


def html_title(text: str) -> str:
    """Return the page's title, without the number of its chapter."""
    found = _TITLE.search(text)
    return _NUMBER.sub("", plain_html(found[1])) if found else ""


def html_parts(text: str) -> list[Part]:
    """Return the parts below the first three levels of headings, these without their numbers."""
    found = _HEADING.split(text)
    return [
        Part(_NUMBER.sub("", plain_html(heading)), body)
        for heading, body in zip(found[1::2], found[2::2], strict=True)
    ]


def squeezed(text: str) -> str:
    """Return it without runs of blanks and empty lines."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t\xa0]+", " ", text)).strip()
