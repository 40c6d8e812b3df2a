"""A document that has been read: its blocks in reading order, with headings and pages."""

from dataclasses import dataclass
from typing import Literal

type BlockKind = Literal["heading", "paragraph", "list", "table", "code"]

# What lies between two blocks where a document is one text; spans count it.
BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece that reads as one: a heading, a paragraph, a list, a table, a piece of code.

    `level` is a heading's, from 1; `page` counts pages or slides from 1, and is None where a
    format has none. The text of a table is Markdown's, its first row the heads.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file after reading: what it says, without what it looks like.

    `pages` is None where a format has none. `warnings` are for people: what could not be read,
    though the rest could.
    """

    title: str
    media_type: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    warnings: tuple[str, ...] = ()

    def text(self) -> str:
        """The whole text; the spans of chunks count its characters."""
        return BETWEEN.join(block.text for block in self.blocks)
