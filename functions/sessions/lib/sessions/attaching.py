"""Use cases of pictures beside messages: storing them first, and removing them last."""

from itertools import batched
from typing import Any, cast

from sessions.content import PicturePart
from sessions.payload import AttachImage
from sessions.picture import Album
from sessions.ports import Pictures, Sessions
from sessions.session import Remains
from sessions.views import AttachedView
from sessions.writing import creatable

# What is read of a session at a time, when it goes.
_BATCH = 20


def attach(album: Album, wish: AttachImage) -> AttachedView:
    """Store the pictures that a message carries; return it with where they are instead.

    What else it says comes back as it was sent.
    """
    creatable(album.session_id)
    told = wish.message.model_dump(mode="json", exclude_unset=True)
    if isinstance(wish.message, PicturePart):
        (told,) = _stored(album, [told])
    elif isinstance(told["content"], list):
        told["content"] = _stored(album, told["content"])
    return cast("AttachedView", told)


def _stored(album: Album, parts: list[dict[str, Any]]) -> Any:
    for part in parts:
        address = part.get("image_url")
        if address and "picture" not in address:
            address["picture"] = album.add(address["url"])
    return album.shown(parts)


def sweep(sessions: Sessions, pictures: Pictures, gone: Remains) -> None:
    """Remove all that a session had which is gone. Safe to repeat: rows, which name it, go last."""
    album = Album(pictures, gone.owner, gone.session_id)
    for some in batched(sessions.messages(gone), _BATCH):
        album.remove([one.document["content"] for one in some])
    sessions.sweep(gone.contents)
