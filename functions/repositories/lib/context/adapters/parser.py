"""Files are parsed in this process."""

import parsing
from catalogue.base import Reason
from context.attachment import LARGEST
from documents.errors import DocumentRefused
from passages.document import Document


class LocalParser:
    """The `Parser` port."""

    def parse(self, name: str, content: bytes, seconds: float) -> Document:
        try:
            return parsing.parse(name, content, parsing.Limits(size=LARGEST, seconds=seconds))
        except parsing.Unreadable as why:
            reason = Reason(code=why.code, message=why.message, fix=why.fix)
            raise DocumentRefused(reason) from None
