"""Pictures that lie beside their messages: what is one, whose it is, and where. Pure.

A message names its picture by an id that we gave out. The key is made of the owner, the session and
that id, so whoever names what is not theirs names what is not there.
"""

import binascii
import hashlib
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kernel.ids import new_id
from sessions.errors import unfit
from sessions.ports import Pictures
from sessions.session import Session

type Document = dict[str, Any]

# As base64 in JSON it must fit the 6 MB that a Lambda is given.
LARGEST = 3_500_000
# Each is asked for before it is stored, one after the other.
MOST_AT_ONCE = 50
_HEADS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF87a": "gif", b"GIF89a": "gif"}


@dataclass(frozen=True)
class Album:
    """The pictures of one owner's session."""

    pictures: Pictures
    owner: str
    session_id: str

    @classmethod
    def of(cls, pictures: Pictures, session: Session) -> "Album":
        return cls(pictures, session.owner, session.session_id)

    def add(self, address: str) -> str:
        """Store the picture of a data: address, and return its id. It stays if a message comes.

        Raise ValidationError if it is none, or none that every browser shows.
        """
        content = _content(address)
        kind = kind_of(content)
        if kind is None:
            raise unfit("message", "A picture is no PNG, JPEG, GIF or WebP.")
        picture_id = f"{new_id()}.{kind}"
        self.pictures.put(self._key(picture_id), content, f"image/{kind}")
        return picture_id

    def require(self, contents: Sequence[Any]) -> None:
        """Raise ValidationError unless all pictures that these contents name are there."""
        ids = set(picture_ids(contents))
        if len(ids) > MOST_AT_ONCE:
            raise unfit("messages", f"More than {MOST_AT_ONCE} stored pictures at once.")
        for one in ids:
            if not self.pictures.has(self._key(one)):
                raise unfit("messages", f"This session has no picture {one}: store it first.")

    def keep(self, contents: Sequence[Any]) -> None:
        """Keep what these contents name for as long as the session. Safe to repeat."""
        for one in set(picture_ids(contents)):
            self.pictures.keep(self._key(one))

    def remove(self, contents: Sequence[Any]) -> None:
        """Remove what these contents name. Safe to repeat."""
        ids = sorted(set(picture_ids(contents)))
        if ids:
            self.pictures.remove([self._key(one) for one in ids])

    def shown(self, content: Any) -> Any:
        """Return a content in which each stored picture has an address that can be read now."""
        if isinstance(content, str):
            return content
        return [self._part_shown(part) for part in content]

    def _part_shown(self, part: Document) -> Document:
        picture_id = _id_in(part)
        if picture_id is None:
            return part
        url = self.pictures.address(self._key(picture_id))
        return part | {"image_url": {**part["image_url"], "url": url}}

    def _key(self, picture_id: str) -> str:
        # What the identity provider calls people is no one's business who sees a bucket's listing.
        owner = hashlib.sha256(self.owner.encode()).hexdigest()[:32]
        return f"pictures/{owner}/{self.session_id}/{picture_id}"


def kind_of(content: bytes) -> str | None:
    """Return what kind of picture something is by its first bytes, None if it is none."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return next((kind for head, kind in _HEADS.items() if content.startswith(head)), None)


def picture_ids(contents: Sequence[Any]) -> Iterator[str]:
    """Yield the ids of stored pictures in contents, each a text or a list of parts."""
    for content in contents:
        for part in content if isinstance(content, list) else ():
            if found := _id_in(part):
                yield found


def _id_in(part: Mapping[str, Any]) -> str | None:
    found: str | None = (part.get("image_url") or {}).get("picture")
    return found


def _content(address: str) -> bytes:
    try:
        content = b64decode(address.partition(",")[2], validate=True)
    except binascii.Error:
        raise unfit("message", "A picture is not base64.") from None
    if len(content) > LARGEST:
        raise unfit("message", f"A picture has {len(content):,} bytes; {LARGEST:,} is the most.")
    return content
