"""What a file is, by its content; its name decides only between types that look alike."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from parsing.archive import main_part
from parsing.encoding import decode, refuse_binary
from parsing.errors import Unreadable

_OFFICE_2003 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PDF = re.compile(rb"%PDF-\d")
_PDF_STARTS_WITHIN = 1024
_COMMENT = re.compile(r"\s*<!--.*?-->", re.S)
_HTML = re.compile(r"\s*<(!doctype\s+html|html)\b", re.I)
_XML = re.compile(r"\s*<(\?xml\s|!DOCTYPE\s+(?!html))", re.I)
_JSON = re.compile(r'\s*(\{\s*"|\[\s*[\[{"\d])')
_XHTML = re.compile(r"<html\b", re.I)
_BEGINNING = 4096


@dataclass(frozen=True, slots=True)
class Form:
    """A type of files: the module of `parsing.formats` that reads it, and its media type."""

    reader: str
    media_type: str


_OF = "application/vnd.openxmlformats-officedocument."
PDF = Form("pdf", "application/pdf")
HTML = Form("html", "text/html")
XML = Form("xml", "application/xml")
JSON = Form("json", "application/json")
TEXT = Form("text", "text/plain")
CODE = Form("code", "text/plain")
_IN_ZIP = {
    "word": Form("docx", f"{_OF}wordprocessingml.document"),
    "ppt": Form("pptx", f"{_OF}presentationml.presentation"),
    "xl": Form("xlsx", f"{_OF}spreadsheetml.sheet"),
}
_BY_SUFFIX = {
    **dict.fromkeys((".md", ".markdown", ".mdx"), Form("md", "text/markdown")),
    **dict.fromkeys((".rst", ".rest"), Form("rst", "text/x-rst")),
    **dict.fromkeys((".csv", ".tsv"), Form("csv", "text/csv")),
    **dict.fromkeys((".yaml", ".yml"), Form("yaml", "application/yaml")),
    **dict.fromkeys((".jsonl", ".ndjson"), Form("json", "application/jsonl")),
    **dict.fromkeys((".html", ".htm", ".xhtml"), HTML),
    ".xml": XML,
    ".json": JSON,
    ".log": CODE,
}
_SOURCE = frozenset({
    ".py", ".pyi", ".js", ".mjs", ".cjs", ".ts", ".tsx", ".jsx", ".java", ".kt", ".kts", ".scala",
    ".go", ".rs", ".c", ".h", ".cc", ".cpp", ".hpp", ".cs", ".rb", ".php", ".swift", ".m", ".r",
    ".jl", ".lua", ".pl", ".pm", ".sh", ".bash", ".zsh", ".fish", ".ps1", ".bat", ".sql", ".css",
    ".scss", ".less", ".vue", ".svelte", ".tf", ".hcl", ".toml", ".ini", ".cfg", ".conf",
    ".properties", ".env", ".proto", ".graphql", ".gradle", ".cmake", ".mk", ".diff", ".patch",
    ".ex", ".exs", ".erl", ".hs", ".clj", ".dart", ".vb", ".asm", ".s", ".f90", ".tex", ".bib",
})  # fmt: skip
_SOURCE_NAMES = frozenset({"makefile", "dockerfile", "jenkinsfile", "vagrantfile", "rakefile"})


def sniff(name: str, content: bytes) -> Form:
    """Return what to read the file as, or raise Unreadable with why it cannot be read."""
    if not content.strip(b"\0 \t\r\n"):
        raise Unreadable("Empty", "The file is empty.", "Upload a file that has a content.")
    if _PDF.search(content, 0, _PDF_STARTS_WITHIN):
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    if content.startswith(_OFFICE_2003):
        raise _old_office(content)
    refuse_binary(content)
    return _text(PurePosixPath(name.lower()), decode(content[:_BEGINNING]))


def _zipped(content: bytes) -> Form:
    form = _IN_ZIP.get(main_part(content))
    if form is None:
        raise Unreadable(
            "UnknownType",
            "The file is an archive, but no document of Word, PowerPoint or Excel.",
            "Unpack it and upload the files that are in it.",
        )
    return form


def _old_office(content: bytes) -> Unreadable:
    if _ENCRYPTED in content:
        return Unreadable(
            "Encrypted",
            "The document is protected by a password.",
            "Remove the password in the program that it comes from, and upload it again.",
        )
    return Unreadable(
        "OldOffice",
        "The file is of a format from before Office 2007 (.doc, .xls, .ppt, .msg).",
        "Save it as .docx, .xlsx, .pptx or .pdf, and upload that.",
    )


def _text(name: PurePosixPath, beginning: str) -> Form:
    while comment := _COMMENT.match(beginning):
        beginning = beginning[comment.end() :]
    if _HTML.match(beginning):
        return HTML
    if _XML.match(beginning):
        return HTML if _XHTML.search(beginning) else XML
    if name.suffix in _BY_SUFFIX:
        return _BY_SUFFIX[name.suffix]
    if name.suffix in _SOURCE or name.name in _SOURCE_NAMES or beginning.startswith("#!"):
        return CODE
    return JSON if _JSON.match(beginning) else TEXT
