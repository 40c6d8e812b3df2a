"""`stores.port.VectorStore` on PostgreSQL."""

from collections.abc import Callable, Iterator, Sequence

from stores.errors import ShelfMissingError
from stores.pgvector import asking, indexing, schema, writing
from stores.pgvector.connecting import Connect, Row
from stores.pgvector.indexing import Thresholds
from stores.pgvector.rows import candidate
from stores.pgvector.session import MissingTableError, Run, Session
from stores.port import Candidate, Copy, Embedded, Place, Question, Shelf

_USUAL = Thresholds()
_PAGE = 500
_COPIES = """
select document_id, generation, title, source, metadata, chunks from {shelf}_documents
where chunks is not null and document_id > :after order by document_id limit {page}
"""


class PgVectorStore:
    """One connection, opened when it is needed; several processes may write at the same time.

    `connect` opens a connection, see `connecting.connector`. Failures are of `stores.errors`.
    """

    def __init__(self, connect: Connect, thresholds: Thresholds = _USUAL) -> None:
        self._session, self._thresholds = Session(connect), thresholds

    def prepare(self, shelf: Shelf) -> None:
        """Make the extension, the schema and the shelf; ShelfDiffersError for another one."""
        self._session.write(lambda run: schema.prepare(run, shelf))
        # A type that came with the extension is found by connections that are newer than it.
        self._session.close()

    def drop(self, shelf: Shelf) -> None:
        """Remove the shelf's tables."""
        self._session.write(lambda run: schema.drop(run, shelf))

    def replace(self, shelf: Shelf, copy: Copy, chunks: Sequence[Embedded]) -> None:
        """One transaction for the document. The shelf gets its index when it has grown enough."""
        self._write(shelf, lambda run: writing.replace(run, shelf, copy, chunks))
        self._write(
            shelf, lambda run: indexing.build_when_grown(run, shelf, self._thresholds.scanned)
        )

    def remove(self, shelf: Shelf, document_id: str, generation: int) -> None:
        """One transaction; a row with the generation stays."""
        self._write(shelf, lambda run: writing.remove(run, shelf, document_id, generation))

    def find(self, shelf: Shelf, question: Question) -> list[Candidate]:
        """One statement, whatever the mode."""
        sql, parameters = asking.find(shelf, question, self._thresholds.compared)
        return [candidate(row) for row in self._read(shelf, sql, parameters)]

    def around(self, shelf: Shelf, places: Sequence[Place], reach: int) -> list[Candidate]:
        """In the order of documents and ordinals."""
        sql, parameters = asking.around(shelf, places, reach)
        return [candidate(row) for row in self._read(shelf, sql, parameters)]

    def copies(self, shelf: Shelf) -> Iterator[tuple[Copy, int]]:
        """In the order of their ids, read in pages."""
        sql, after = _COPIES.format(shelf=schema.prefix(shelf), page=_PAGE), ""
        while rows := self._read(shelf, sql, {"after": after}):
            for document_id, generation, title, source, metadata, chunks in rows:
                after = document_id
                yield Copy(document_id, generation, title, source, metadata), chunks

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def _read(self, shelf: Shelf, sql: str, parameters: dict[str, object]) -> list[Row]:
        try:
            return self._session.read(sql, **parameters)
        except MissingTableError as error:
            raise ShelfMissingError(shelf.name) from error

    def _write(self, shelf: Shelf, work: Callable[[Run], None]) -> None:
        try:
            self._session.write(work)
        except MissingTableError as error:
            raise ShelfMissingError(shelf.name) from error
