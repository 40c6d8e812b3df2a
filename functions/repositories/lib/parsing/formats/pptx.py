"""PowerPoint presentations: each slide a page, its title a heading."""

from collections.abc import Iterable, Iterator

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape
from pptx.slide import Slide
from pptx.table import Table
from pptx.text.text import TextFrame

from parsing.archive import unpacked
from parsing.draft import Draft
from parsing.tables import markdown

_LEVEL = 2
# What stands on every slide alike.
_RUNNING = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
# What the library says of a presentation without properties.
_NO_TITLE = "PowerPoint Presentation"


def read(content: bytes, draft: Draft) -> None:
    """Add what each slide shows, from its top to its bottom, then its notes."""
    presentation = Presentation(unpacked(content, draft))
    title = presentation.core_properties.title or ""
    draft.title = "" if title == _NO_TITLE else title
    draft.count_pages(len(presentation.slides))
    for number, slide in enumerate(presentation.slides, 1):
        draft.on_time()
        _add(slide, number, draft)


def _add(slide: Slide, number: int, draft: Draft) -> None:
    title = slide.shapes.title
    if title is not None and title.text_frame.text.strip():
        text = " ".join(title.text_frame.text.split())
        draft.title = draft.title or text
        draft.add("heading", text, level=_LEVEL, page=number)
    for shape in _in_order(slide.shapes):
        if not _runs_along(shape) and (title is None or shape.shape_id != title.shape_id):
            _add_shape(shape, number, draft)
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if notes is not None and notes.text.strip():
        draft.add("paragraph", f"Notes: {notes.text}", page=number)


def _in_order(shapes: Iterable[BaseShape]) -> Iterator[BaseShape]:
    for shape in sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0)):
        if isinstance(shape, GroupShape):
            yield from _in_order(shape.shapes)
        else:
            yield shape


def _runs_along(shape: BaseShape) -> bool:
    return shape.is_placeholder and shape.placeholder_format.type in _RUNNING


def _add_shape(shape: BaseShape, number: int, draft: Draft) -> None:
    if isinstance(shape, GraphicFrame) and shape.has_table:
        draft.add("table", markdown(_rows(shape.table, draft)), page=number)
    elif shape.has_text_frame:
        frame: TextFrame = shape.text_frame  # type: ignore[attr-defined]
        lines = list(_lines(frame))
        draft.add("list" if len(lines) > 1 else "paragraph", "\n".join(lines), page=number)


def _rows(table: Table, draft: Draft) -> Iterator[list[str]]:
    for row in table.rows:
        cells = [cell.text for cell in row.cells]
        draft.count_cells(len(cells))
        yield cells


def _lines(frame: TextFrame) -> Iterator[str]:
    paragraphs = [paragraph for paragraph in frame.paragraphs if paragraph.text.strip()]
    for paragraph in paragraphs:
        mark = f"{'  ' * paragraph.level}- " if len(paragraphs) > 1 else ""
        yield mark + " ".join(paragraph.text.split())
