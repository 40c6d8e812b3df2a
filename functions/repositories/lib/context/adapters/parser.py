"""Files are parsed in a process of their own."""

from catalogue.base import Reason
from context.attachment import LARGEST
from documents.errors import DocumentRefused
from parsing import Limits, Unreadable
from parsing.apart import parse_apart
from passages.document import Document


class LocalParser:
    """The `Parser` port."""

    def parse(self, name: str, content: bytes, seconds: float) -> Document:
        try:
            return parse_apart(name, content, Limits(size=LARGEST, seconds=seconds))
        except Unreadable as why:
            reason = Reason(code=why.code, message=why.message, fix=why.fix)
            raise DocumentRefused(reason) from None
