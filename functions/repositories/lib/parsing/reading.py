"""The door: bytes in, a document out, or a reason that people understand."""

import warnings
from importlib import import_module
from typing import Protocol, cast

from parsing.draft import Draft
from parsing.errors import Unreadable
from parsing.limits import Limits
from parsing.sniffing import sniff
from passages.document import Document

_USUAL = Limits()


class Reader(Protocol):
    """A module of `parsing.formats`."""

    def read(self, content: bytes, draft: Draft) -> None:
        """Add what the file says to the draft, or raise anything."""


def parse(name: str, content: bytes, limits: Limits = _USUAL) -> Document:
    """Read a file. Its content decides what it is; the name, only between what looks alike.

    Raise Unreadable with the reason, whatever is wrong with the file. A library that is missing
    here is no fault of the file: ImportError.
    """
    if len(content) > limits.size:
        raise Unreadable(
            "TooLarge",
            f"The file has {len(content):,} bytes; {limits.size:,} are allowed.",
            "Divide it into several files.",
        )
    draft = Draft(name, limits)
    form = sniff(draft.name, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            cast("Reader", import_module(f"parsing.formats.{form.reader}")).read(content, draft)
    except (Unreadable, ImportError):
        raise
    except Exception as error:  # noqa: BLE001  (the readers of formats raise whatever they like)
        raise _broken(error, form.media_type) from None
    return draft.finish(form.media_type)


def _broken(error: Exception, media_type: str) -> Unreadable:
    # Only the name of what was raised: its message may hold the document's text.
    if isinstance(error, RecursionError | MemoryError):
        return Unreadable(
            "TooDeep",
            "Its parts lie in one another too deep, or are too many, to be read.",
            "Save it anew in a simpler form.",
        )
    return Unreadable(
        "Broken",
        f"The file is damaged or incomplete: read as {media_type}, it ended in"
        f" {type(error).__name__}.",
        "Open it in the program that it comes from, save it anew, and upload that.",
    )
