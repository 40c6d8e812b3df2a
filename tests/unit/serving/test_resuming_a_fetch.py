"""What an unfinished file remembers of itself."""

import zlib
from pathlib import Path

import pytest

from serving.bucket import Weight
from serving.fetch import PART_SIZE, parts_of
from serving.shelf import Draft, Shelf

WEIGHT = Weight("team/m1/a.bin", "a.bin", 8, "etag")
PARTS = (b"abcd", b"efgh")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = Shelf(tmp_path / "m1")
    with shelf.locked():
        return shelf


def draft(shelf: Shelf, weight: Weight = WEIGHT, part_size: int = 4) -> Draft:
    return shelf.draft(weight, part_size)


def bring(to: Draft, index: int) -> None:
    with to.path.open("r+b") as file:
        file.seek(index * 4)
        file.write(PARTS[index])
    to.arrived(index, zlib.crc32(PARTS[index]))


def arrived(found: Draft) -> list[int]:
    return [index for index in range(2) if found.has(index, index * 4, 4)]


def test_parts_cover_a_file_exactly() -> None:
    parts = parts_of(2 * PART_SIZE + 7)
    assert [part.size for part in parts] == [PART_SIZE, PART_SIZE, 7]
    assert parts[2].offset == 2 * PART_SIZE
    assert parts_of(0) == []


def test_a_part_that_arrived_is_not_missing(shelf: Shelf) -> None:
    bring(draft(shelf), 1)
    again = draft(shelf)
    assert arrived(again) == [1]
    assert again.missing([4, 4]) == 4


def test_a_part_whose_bytes_were_lost_is_missing(shelf: Shelf) -> None:
    bring(draft(shelf), 0)
    draft(shelf).path.write_bytes(b"aXcd")
    assert arrived(draft(shelf)) == []


@pytest.mark.parametrize("line", ["1 ", "1 abc", "x 00000000\n", "\xff\n"])
def test_a_line_that_was_cut_off_counts_for_nothing(shelf: Shelf, line: str) -> None:
    bring(draft(shelf), 0)
    with draft(shelf).path.with_suffix(".part.list").open("a", encoding="latin-1") as lines:
        lines.write(line)
    assert arrived(draft(shelf)) == [0]


@pytest.mark.parametrize(
    ("weight", "part_size"),
    [
        (Weight(WEIGHT.key, WEIGHT.name, 8, "another"), 4),
        (Weight(WEIGHT.key, WEIGHT.name, 9, "etag"), 4),
        (WEIGHT, 2),
    ],
)
def test_another_content_or_another_way_to_cut_begins_anew(
    shelf: Shelf, weight: Weight, part_size: int
) -> None:
    bring(draft(shelf), 0)
    assert arrived(draft(shelf, weight, part_size)) == []


def test_a_draft_whose_file_is_gone_begins_anew(shelf: Shelf) -> None:
    bring(draft(shelf), 0)
    draft(shelf).path.unlink()
    assert arrived(draft(shelf)) == []


def test_an_accepted_file_is_held_and_leaves_no_draft(shelf: Shelf) -> None:
    to = draft(shelf)
    for index in range(2):
        bring(to, index)
    assert not shelf.holds(WEIGHT)
    shelf.accept(WEIGHT)
    assert shelf.holds(WEIGHT)
    assert (shelf.folder / "a.bin").read_bytes() == b"abcdefgh"
    assert not to.path.exists()
