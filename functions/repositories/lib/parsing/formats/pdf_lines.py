"""The lines of a PDF's pages, with how they look."""

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from layout.line import Line

_FIXED_PITCH = 1
_FIXED_NAMES = (b"mono", b"courier", b"consol", b"menlo", b"typewriter", b"inconsolata", b"cmtt")
_NAME_LENGTH = 64


def lines(page: pdfium.PdfPage, number: int) -> Iterator[Line]:
    """Yield the lines of a page in the order of its content, without empty ones."""
    text_page = page.get_textpage()
    try:
        at = 0
        for text in text_page.get_text_range().split("\r\n"):
            begun = len(text) - len(text.lstrip())
            end = len(text.rstrip())
            if end > begun:
                probe = _Probe(text_page, at + begun, at + end - 1)
                yield probe.line(text[begun:end], number)
            at += len(text) + 2
    finally:
        text_page.close()


class _Probe:
    """Looks at the first, the middle and the last character of a line."""

    def __init__(self, text_page: pdfium.PdfTextPage, first: int, last: int) -> None:
        self._page = text_page
        places = (first, (first + last) // 2, last)
        self._places = [raw.FPDFText_GetCharIndexFromTextIndex(text_page, at) for at in places]

    def line(self, text: str, number: int) -> Line:
        first, middle, last = self._places
        left, top = self._origin(first)
        _, bottom = self._origin(last)
        return Line(
            text=text,
            page=number,
            size=round(raw.FPDFText_GetFontSize(self._page, middle), 1),
            left=left,
            right=self._right(last),
            top=top,
            bottom=bottom,
            fixed=all(map(self._is_fixed, self._places)),
        )

    def _origin(self, at: int) -> tuple[float, float]:
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self._page, at, x, y)
        return x.value, y.value

    def _right(self, at: int) -> float:
        box = [ctypes.c_double() for _ in range(4)]
        raw.FPDFText_GetCharBox(self._page, at, *box)
        return box[1].value

    def _is_fixed(self, at: int) -> bool:
        name, flags = ctypes.create_string_buffer(_NAME_LENGTH), ctypes.c_int()
        raw.FPDFText_GetFontInfo(self._page, at, name, _NAME_LENGTH, flags)
        return bool(flags.value & _FIXED_PITCH) or any(
            part in name.value.lower() for part in _FIXED_NAMES
        )
