"""Files are parsed in a process of their own, and cut in this one."""

from catalogue.base import Reason
from chunking import Strategy, cut, fitted
from documents.errors import DocumentRefused
from ingestion.ports import Cutting, Reading
from parsing import Unreadable
from parsing.apart import parse_apart


class LocalReader:
    """The `Reader` port.

    Tokens are estimated, as nobody has every model's vocabulary, and the estimate is fitted to
    what the embedding model counts in a sample of the document.
    """

    def read(self, name: str, content: bytes, cutting: Cutting) -> Reading:
        try:
            document = parse_apart(name, content)
        except Unreadable as why:
            reason = Reason(code=why.code, message=why.message, fix=why.fix)
            raise DocumentRefused(reason) from None
        wanted = cutting.strategy
        strategy = Strategy(wanted.kind, wanted.size, wanted.overlap)
        return Reading(
            title=document.title,
            media_type=document.media_type,
            pages=document.pages,
            chunks=cut(document, strategy, fitted(document.text(), cutting.weigh)),
            warnings=document.warnings,
        )
