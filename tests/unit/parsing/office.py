"""Documents of Word, PowerPoint and Excel, made in memory, and what can be done to them."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import docx
import openpyxl
import pptx
from pptx.util import Inches

ROWS = (("name", "size"), ("a | b", "1"), ("c", "2"))


def word() -> bytes:
    document = docx.Document()
    document.core_properties.title = ""
    document.add_heading("The manual", 0)
    document.add_heading("First part", 1)
    document.add_paragraph("Before the table.")
    table = document.add_table(0, 2)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("One", style="List Bullet")
    document.add_paragraph("Two", style="List Bullet")
    document.add_heading("A detail", 2)
    document.add_paragraph("After it.")
    return saved(document.save)


def excel() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("Sizes", 0)
    sheet.append(["A note on top"])
    sheet.append([])
    for row in ROWS:
        sheet.append(row)
    sheet["F3"] = 4.0
    return saved(workbook.save)


def powerpoint() -> bytes:
    presentation = pptx.Presentation()
    for number in (1, 2):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = f"Slide {number}"
        slide.placeholders[1].text = "First\nSecond"
        place = (Inches(1), Inches(6), Inches(4), Inches(1))
        table = slide.shapes.add_table(3, 2, *place).table
        for row, texts in enumerate(ROWS):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        slide.notes_slide.notes_text_frame.text = "Speak slowly."
    return saved(presentation.save)


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def parts(archive: bytes) -> dict[str, bytes]:
    """Return what is packed into an archive."""
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(entries: Mapping[str, bytes] | Sequence[tuple[str, bytes]]) -> bytes:
    """Return an archive of these entries."""
    stream = io.BytesIO()
    pairs = entries.items() if isinstance(entries, Mapping) else entries
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pairs:
            archive.writestr(name, content)
    return stream.getvalue()


def changed(archive: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return an archive of which one part was changed."""
    entries = parts(archive)
    return packed({**entries, name: change(entries[name])})
