"""PDF, by pdfium. It is not safe in two threads at once: one process reads one file at a time."""

import re
from collections.abc import Iterator
from itertools import islice

import pypdfium2 as pdfium
from pypdfium2 import raw

from layout.headings import Entry, levels
from layout.line import Line
from layout.paragraphs import BULLET, Paragraph, body_size, paragraphs, without_running
from parsing.draft import Draft
from parsing.errors import Unreadable
from parsing.formats.pdf_lines import lines
from parsing.tables import markdown

_OUTLINE_ENTRIES = 10_000
_OUTLINE_DEPTH = 8
# What programs write into a title when nobody does.
_NO_TITLE = re.compile(
    r"^(untitled|microsoft word|slide 1|document\d*)\b|\.(docx?|tex|dvi|indd)$", re.IGNORECASE
)


def read(content: bytes, draft: Draft) -> None:
    """Add headings, paragraphs, lists and code of each page, without what runs along the pages."""
    document = _opened(content)
    try:
        draft.count_pages(len(document))
        all_lines = list(_lines(document, draft))
        outline = list(islice(_outline(document), _OUTLINE_ENTRIES))
        title = document.get_metadata_dict().get("Title", "").strip()
    finally:
        document.close()
    _refuse_pictures(all_lines, draft)
    _add(without_running(all_lines), outline, draft)
    if title and not _NO_TITLE.search(title):
        draft.title = title


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if error.err_code not in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise
        raise Unreadable(
            "Encrypted",
            "The PDF is protected by a password.",
            "Save it without a password, and upload that.",
        ) from None


def _lines(document: pdfium.PdfDocument, draft: Draft) -> Iterator[Line]:
    characters = 0
    for index in range(len(document)):
        draft.on_time()
        try:
            page = document[index]
        except pdfium.PdfiumError:
            draft.warn(f"Page {index + 1} is damaged and was left out.")
            continue
        try:
            for line in lines(page, index + 1):
                characters += len(line.text)
                draft.refuse_longer(characters)
                yield line
        finally:
            page.close()


def _outline(document: pdfium.PdfDocument) -> Iterator[Entry]:
    for mark in document.get_toc(max_depth=_OUTLINE_DEPTH):
        target = mark.get_dest()
        page = target.get_index() if target else None
        if page is not None:
            yield Entry(mark.get_title(), page + 1, mark.level + 1)


def _refuse_pictures(found: list[Line], draft: Draft) -> None:
    written = {line.page for line in found}
    if not written:
        raise Unreadable(
            "NoText",
            "The PDF has no text: it may be a scan, whose pages are pictures.",
            "Run it through a program for text recognition (OCR), and upload what that makes.",
        )
    without = (draft.pages or 0) - len(written)
    if without > len(written):
        draft.warn(f"{without} of {draft.pages} pages have no text: they may be scans.")


def _add(found: list[Line], outline: list[Entry], draft: Draft) -> None:
    parts = list(paragraphs(found))
    body = body_size(found)
    headings = levels(parts, outline, body)
    draft.title = _largest(parts, body)
    items: list[str] = []
    for place, part in enumerate(parts):
        is_item = place not in headings and not part.fixed and BULLET.match(part.text)
        if items and (not is_item or part.page != parts[place - 1].page):
            draft.add("list", "\n".join(items), page=parts[place - 1].page)
            items = []
        if is_item:
            items.append(part.text)
        else:
            _add_part(part, headings.get(place), draft)
    if items:
        draft.add("list", "\n".join(items), page=parts[-1].page)


def _add_part(part: Paragraph, level: int | None, draft: Draft) -> None:
    if part.rows:
        draft.count_cells(len(part.rows) * len(part.rows[0]))
        draft.add("table", markdown(part.rows), page=part.page)
    elif level is None:
        draft.add("code" if part.fixed else "paragraph", part.text, page=part.page)
    else:
        draft.add("heading", part.text, level=level, page=part.page)


def _largest(parts: list[Paragraph], body: float) -> str:
    """Return what is written largest on the first page, if it is larger than most of the text."""
    first = [part for part in parts if part.page == 1 and part.text]
    size = max((part.size for part in first), default=0.0)
    return " ".join(part.text for part in first if part.size == size) if size > body else ""
