"""Files are parsed in a process of their own, and cut in this one."""

from catalogue.base import Reason
from catalogue.collection import ChunkingStrategy
from chunking import Strategy, cut
from chunking.tokens import estimate
from documents.errors import DocumentRefused
from ingestion.ports import Reading
from parsing import Unreadable
from parsing.apart import parse_apart


class LocalReader:
    """The `Reader` port. Tokens are estimated: nobody has every embedding model's vocabulary."""

    def read(self, name: str, content: bytes, chunking: ChunkingStrategy) -> Reading:
        try:
            document = parse_apart(name, content)
        except Unreadable as why:
            reason = Reason(code=why.code, message=why.message, fix=why.fix)
            raise DocumentRefused(reason) from None
        strategy = Strategy(chunking.kind, chunking.size, chunking.overlap)
        return Reading(
            title=document.title,
            media_type=document.media_type,
            pages=document.pages,
            chunks=cut(document, strategy, estimate),
            warnings=document.warnings,
        )
