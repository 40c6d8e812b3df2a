"""A document while it is read: blocks come in, limits are kept, text is made fit to be stored."""

import re
import time
from pathlib import PurePosixPath

from parsing.errors import Unreadable
from parsing.limits import Limits
from passages.document import Block, BlockKind, Document

# What PostgreSQL refuses (NUL, halves of surrogate pairs), and what is no text: colours of a
# terminal, other control characters, byte order marks, soft hyphens, and code points that stand
# for nothing.
_NO_TEXT = re.compile(
    "\x1b\\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\xad\ud800-\udfff\ufeff\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\f\x85\u2028\u2029]")
_WORD = re.compile(r"[^\W\d_]+")
_LONG_WORD = 20
# Of PDFs: well read, English has one in 20,000 and German one in 100; glued, it is one in ten.
_GLUED_SHARE = 0.05
_FEW_WORDS = 50
# What Windows-1252 has beyond ASCII. Western languages have one in ten, Cyrillic or Japanese text
# that is read as theirs nearly nothing else.
_WESTERN = re.compile("[\xa0-\xff\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122\ufffd]")
_WESTERN_SHARE = 0.3
_SAMPLE = 100_000


def clean(text: str) -> str:
    """Return text with line ends of one kind, and without what no text has."""
    return _NO_TEXT.sub("", _LINE_ENDS.sub("\n", text))


class Draft:
    """What a reader fills; every addition is checked against the limits."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = PurePosixPath(name.replace("\\", "/")).name
        self.limits = limits
        self.title = ""
        self.pages: int | None = None
        self._blocks: list[Block] = []
        self._warnings: list[str] = []
        self._characters = 0
        self._cells = 0
        self._gathered = 0
        self._ends = time.monotonic() + limits.seconds

    def add(self, kind: BlockKind, text: str, *, level: int = 0, page: int | None = None) -> None:
        """Append a block; one without text is none."""
        self.on_time()
        written = "\n".join(map(str.rstrip, clean(text).split("\n"))).strip("\n")
        written = written if kind == "code" else written.strip()
        if not written.strip():
            return
        self._characters += len(written)
        self.refuse_longer(self._characters)
        self._blocks.append(Block(kind, written, level if kind == "heading" else 0, page))

    def refuse_longer(self, characters: int) -> None:
        """Raise Unreadable when there are more characters than a document may have."""
        if characters > self.limits.characters:
            raise Unreadable(
                "TooMuchText",
                f"The document has more than {self.limits.characters:,} characters of text.",
                "Divide it into several files.",
            )

    def gathered(self, line: str) -> str:
        """Return a line that is to become part of a block, if there may be as much of these.

        A name that is repeated in each of its values makes a large text of a small file.
        """
        self._gathered += len(line)
        self.refuse_longer(self._gathered)
        return line

    def on_time(self) -> None:
        """Raise Unreadable when reading takes too long."""
        if time.monotonic() > self._ends:
            raise Unreadable(
                "TookTooLong",
                f"Reading took longer than {self.limits.seconds:g} seconds.",
                "Divide the file, or save it in a simpler format such as text.",
            )

    def count_cells(self, number: int) -> None:
        """Add to the cells and values read so far."""
        self._cells += number
        if self._cells > self.limits.cells:
            raise Unreadable(
                "TooManyParts",
                f"The file has more than {self.limits.cells:,} cells or values.",
                "Divide it into several files.",
            )

    def count_pages(self, number: int) -> None:
        """Set the number of pages."""
        self.pages = number
        if number > self.limits.pages:
            raise Unreadable(
                "TooManyPages",
                f"The document has {number:,} pages; {self.limits.pages:,} are allowed.",
                "Divide it into several files.",
            )

    def warn(self, warning: str) -> None:
        """Say what could not be read, though the rest could."""
        if warning not in self._warnings:
            self._warnings.append(warning)

    @property
    def empty(self) -> bool:
        """Whether no text came so far."""
        return not self._blocks

    def finish(self, media_type: str) -> Document:
        """Return the document."""
        if self.empty:
            raise Unreadable(
                "Empty",
                " ".join(["The file has no text.", *self._warnings]),
                "Upload a file that has some, or leave it out.",
            )
        self._look_for_glued_words()
        self._look_for_other_encodings()
        return Document(
            title=" ".join(clean(self.title).split())[:300] or PurePosixPath(self.name).stem,
            media_type=media_type,
            blocks=tuple(self._blocks),
            pages=self.pages,
            warnings=tuple(self._warnings),
        )

    def _look_for_glued_words(self) -> None:
        prose = (block.text for block in self._blocks if block.kind != "code")
        words = [word for text in prose for word in _WORD.findall(text) if word.isascii()]
        long = sum(len(word) > _LONG_WORD for word in words)
        if len(words) >= _FEW_WORDS and long > _GLUED_SHARE * len(words):
            self.warn(
                f"{long} of {len(words)} words are longer than {_LONG_WORD} letters: the file may"
                " store its text without spaces. Searching for words may not find them."
            )

    def _look_for_other_encodings(self) -> None:
        text = "".join(block.text[:_SAMPLE] for block in self._blocks[:_FEW_WORDS])
        if len(_WESTERN.findall(text)) > _WESTERN_SHARE * len("".join(text.split())):
            self.warn(
                "Most of the text looks as if it was read in the wrong encoding: save the file as"
                " UTF-8, and upload that."
            )
