"""The lines of a PDF's pages, with how they look."""

import ctypes
import math
import re
from collections.abc import Callable, Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from layout.line import Cell, Line

_FIXED_PITCH = 1
_FIXED_NAMES = (b"mono", b"courier", b"consol", b"menlo", b"typewriter", b"inconsolata", b"cmtt")
_NAME_LENGTH = 64
_SPACES = re.compile(r" +")
# Words that are this many times a letter's size apart stand in two cells.
_APART = 1.0

type _Point = tuple[float, float]
# From where a point is on the page to where it is seen, by the quarters the page is turned.
_SEEN: tuple[Callable[[float, float], _Point], ...] = (
    lambda x, y: (x, y),
    lambda x, y: (y, -x),
    lambda x, y: (-x, -y),
    lambda x, y: (-y, x),
)


def lines(page: pdfium.PdfPage, number: int) -> Iterator[Line]:
    """Yield the lines of a page in the order of its content, without empty ones."""
    text_page = page.get_textpage()
    seen = _SEEN[page.get_rotation() // 90 % len(_SEEN)]
    try:
        at = 0
        for text in text_page.get_text_range().split("\r\n"):
            begun = len(text) - len(text.lstrip())
            end = len(text.rstrip())
            if end > begun:
                yield _Probe(text_page, seen, at + begun, text[begun:end]).line(number)
            at += len(text) + 2
    finally:
        text_page.close()


class _Probe:
    """Looks at the first, the middle and the last character of a line, and at its spaces."""

    def __init__(
        self,
        text_page: pdfium.PdfTextPage,
        seen: Callable[[float, float], _Point],
        first: int,
        text: str,
    ) -> None:
        self._page = text_page
        self._seen = seen
        self._first = first
        self._text = text
        self._box = [ctypes.c_double() for _ in range(4)]
        # Not a space: pdfium makes some, of no size, where letters stand apart.
        middle = len(text) - len(text[len(text) // 2 :].lstrip())
        self._places = [self._character(at) for at in (0, middle, len(text) - 1)]

    def line(self, number: int) -> Line:
        first, middle, last = self._places
        left, top = self._origin(first)
        _, bottom = self._origin(last)
        size = self._size(middle)
        fixed = all(map(self._is_fixed, self._places))
        whole = Cell(self._text, self._sides(0)[0], self._sides(len(self._text) - 1)[1])
        return Line(
            text=self._text,
            page=number,
            size=size,
            left=left,
            right=whole.right,
            top=top,
            bottom=bottom,
            fixed=fixed,
            # In code, what stands apart is indented or aligned.
            cells=(whole,) if fixed else tuple(self._cells(whole, size)),
        )

    def _cells(self, whole: Cell, size: float) -> Iterator[Cell]:
        begun, left = 0, whole.left
        for space in _SPACES.finditer(self._text):
            _, before = self._sides(space.start() - 1)
            after, _ = self._sides(space.end())
            if after - before > _APART * size:
                yield Cell(self._text[begun : space.start()], left, before)
                begun, left = space.end(), after
        yield Cell(self._text[begun:], left, whole.right)

    def _character(self, at: int) -> int:
        return int(raw.FPDFText_GetCharIndexFromTextIndex(self._page, self._first + at))

    def _sides(self, at: int) -> tuple[float, float]:
        """Return where a character of the line begins and ends."""
        raw.FPDFText_GetCharBox(self._page, self._character(at), *self._box)
        left, right, bottom, top = (side.value for side in self._box)
        one, other = self._seen(left, bottom)[0], self._seen(right, top)[0]
        return min(one, other), max(one, other)

    def _size(self, at: int) -> float:
        """Return how large a character is shown: programs make it so by the font or by a matrix."""
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._page, at, matrix)
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        return round(float(raw.FPDFText_GetFontSize(self._page, at)) * scale, 1)

    def _origin(self, at: int) -> _Point:
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self._page, at, x, y)
        return self._seen(x.value, y.value)

    def _is_fixed(self, at: int) -> bool:
        name, flags = ctypes.create_string_buffer(_NAME_LENGTH), ctypes.c_int()
        raw.FPDFText_GetFontInfo(self._page, at, name, _NAME_LENGTH, flags)
        return bool(flags.value & _FIXED_PITCH) or any(
            part in name.value.lower() for part in _FIXED_NAMES
        )
