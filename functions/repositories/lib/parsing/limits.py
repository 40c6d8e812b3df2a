"""How much a file may ask for, so that a hostile one costs no more than a large one."""

from dataclasses import dataclass

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may be at most.

    `size` and `unpacked` are bytes: of the file, and of all that is packed into it. `ratio` is how
    many times larger the unpacked may be, once it is no longer small. `characters` are those of the
    text, `cells` those of tables and the values of data, `elements` those, with their attributes,
    of one part of a document that is held in memory as a tree. `depth` counts what lies in one
    another. `seconds` is what reading may take; it is looked at between pages and blocks, and by
    `parse_apart` in between, too. `memory` is what `parse_apart` gives the reading process, in
    bytes; whoever calls it needs room for the file and its document besides.
    """

    size: int = 50 * _MEGABYTE
    unpacked: int = 200 * _MEGABYTE
    ratio: int = 200
    pages: int = 5_000
    characters: int = 20_000_000
    cells: int = 2_000_000
    elements: int = 1_500_000
    depth: int = 100
    seconds: float = 180.0
    memory: int = 2_300 * _MEGABYTE
