"""Zip files that may lie: nothing is unpacked beyond the limits, whatever the directory says."""

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from parsing.errors import Unreadable
from parsing.markup import examine

if TYPE_CHECKING:
    from parsing.draft import Draft

_TYPES = "[Content_Types].xml"
_PORTION = 65_536
_TYPES_AT_MOST = 1_000_000
# Below this nothing is a bomb, however well it is packed.
_SMALL = 10_000_000
_PARTS = 20_000
# Read as streams, row by row, so that only their depth counts.
_STREAMED = "xl/worksheets/"
# What `zipfile` raises for an archive that is damaged or packed as it does not know.
_DAMAGED = (
    *(KeyError, NotImplementedError, RuntimeError, ValueError, OSError, EOFError),
    *(zipfile.BadZipFile, zlib.error),
)
_MAINS = {
    b"wordprocessingml.document.main": "word",
    b"presentationml.presentation.main": "ppt",
    b"spreadsheetml.sheet.main": "xl",
}


def main_part(content: bytes) -> str:
    """Return which Office program's document this is: `word`, `ppt`, `xl`, or nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(_TYPES) as part:
            types = part.read(_TYPES_AT_MOST)
    except _DAMAGED:
        return _by_names(content)
    return next((name for kind, name in _MAINS.items() if kind in types), "")


def _by_names(content: bytes) -> str:
    # A truncated file has lost its directory, and is still to be called what it was.
    return next((name for name in ("word", "ppt", "xl") if f"{name}/".encode() in content), "")


def unpacked(content: bytes, draft: "Draft") -> io.BytesIO:
    """Return the same archive with every part stored as it is, and with no XML that is unsafe.

    Libraries read that copy: what they unpack from it is as large as what they are given.
    """
    copy = io.BytesIO()
    left = _allowance(content, draft)
    with (
        zipfile.ZipFile(io.BytesIO(content)) as archive,
        zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as stored,
    ):
        _refuse_by_directory(archive.infolist(), left)
        for entry in {entry.filename: entry for entry in archive.infolist()}.values():
            draft.on_time()
            if _wanted(entry.filename):
                part = _read(archive, entry, left)
                left -= len(part)
                _examine(entry.filename, part, draft)
                stored.writestr(entry.filename, part)
    copy.seek(0)
    return copy


def _allowance(content: bytes, draft: "Draft") -> int:
    return min(draft.limits.unpacked, max(_SMALL, len(content) * draft.limits.ratio))


def _wanted(name: str) -> bool:
    # Pictures, films and fonts have no text; without their bytes documents open all the same.
    return not name.endswith("/")


def _refuse_by_directory(entries: list[zipfile.ZipInfo], allowed: int) -> None:
    if len(entries) > _PARTS or sum(entry.file_size for entry in entries) > allowed:
        raise _bomb(allowed)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(
            "Encrypted",
            "The file is an encrypted archive.",
            "Remove the password, and upload it again.",
        )


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    portions: list[bytes] = []
    with archive.open(entry) as part:
        # In portions: asked for everything, zipfile unpacks all before it looks at the size.
        while portion := part.read(_PORTION):
            portions.append(portion)
            left -= len(portion)
            if left < 0:
                raise _bomb(left)
    return b"".join(portions)


def _bomb(allowed: int) -> Unreadable:
    return Unreadable(
        "TooLarge",
        f"Unpacked, the file would have more than the {allowed:,} bytes that are allowed.",
        "Divide it into several files, or leave out its pictures.",
    )


def _examine(name: str, part: bytes, draft: "Draft") -> None:
    if name.endswith((".xml", ".rels", ".vml")):
        streamed = name.startswith(_STREAMED)
        examine(part, draft.limits, draft.limits.unpacked if streamed else draft.limits.elements)
