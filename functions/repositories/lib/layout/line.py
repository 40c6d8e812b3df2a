"""A line on a page, with how it looks: what a layout is read from."""

from dataclasses import dataclass

# Stands for the hyphen at the end of a line where it is joined with the next (as pdfium does).
HYPHEN = "\ufffe"


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a line that stands apart from the next by more than the space between words."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. Lengths are points; `top` and `bottom` are its first and last baseline.

    They differ where a hyphen joined two lines. `fixed`: in a font of fixed pitch all through.
    `cells` has the whole line where nothing stands apart.
    """

    text: str
    page: int
    size: float
    left: float
    right: float
    top: float
    bottom: float
    fixed: bool
    cells: tuple[Cell, ...]
