"""The tables of shelves, and how they come to be."""

from collections.abc import Sequence

from stores.errors import ShelfDiffersError, StoreError
from stores.names import checked
from stores.pgvector.session import Run
from stores.port import Shelf

# The most numbers of a vector that an index takes: 32 bits each, or 16.
_LONGEST_VECTOR, _LONGEST_HALF_VECTOR = 2000, 4000
# Whoever prepares waits for whoever prepares; an arbitrary number that nothing else locks.
_LOCK = 7_415_226_093
# Iterative scans, without which a filter loses results.
_OLDEST_VECTOR = (0, 8)

# Each is run once in each database, in this order; a released one is never changed.
SCHEMA: tuple[str, ...] = (
    """
    create table lisa.shelves (
      name text primary key,
      dimensions int not null,
      language text not null,
      version int not null)
    """,
)

# The same for each shelf. `{shelf}` begins the names of its tables, `{vector}` is their type.
#
# documents: one row for each document that was ever here; `chunks` is null where it was removed.
# chunks:    what is read; `words` and `counts` are its part of `postings`, to take them out again.
# vectors:   apart and never moved out of line, so that a scan of all reads nothing else.
# postings:  `impact` is nearly a word's part of BM25, so that its best chunks come first.
# words:     in how many chunks a word is. totals: how many chunks, and how many words in all.
SHELF: tuple[str, ...] = (
    """
    create table {shelf}_documents (
      id int generated always as identity primary key,
      document_id text collate "C" not null unique,
      generation bigint not null,
      title text not null,
      source text not null,
      metadata jsonb not null,
      chunks int);
    create index on {shelf}_documents using gin (metadata jsonb_path_ops);
    create table {shelf}_chunks (
      id int generated always as identity primary key,
      document int not null,
      ordinal int not null,
      first_page int, last_page int,
      span_begin int not null, span_end int not null,
      tokens int not null,
      length int not null,
      body text not null,
      headings jsonb not null,
      words text[] collate "C" not null,
      counts smallint[] not null);
    create index on {shelf}_chunks (document, ordinal);
    create table {shelf}_vectors (
      id int primary key,
      document int not null,
      vector {vector} not null);
    alter table {shelf}_vectors alter column vector set storage plain;
    create index on {shelf}_vectors (document);
    create table {shelf}_postings (
      word text collate "C" not null,
      impact smallint not null,
      chunk int not null,
      document int not null,
      primary key (word, impact, chunk) include (document));
    create table {shelf}_words (
      word text collate "C" primary key,
      chunks int not null) with (fillfactor = 70);
    create table {shelf}_totals (chunks int not null, words bigint not null);
    insert into {shelf}_totals values (0, 0);
    """,
)

_TABLES = ("documents", "chunks", "vectors", "postings", "words", "totals")


def prefix(shelf: Shelf) -> str:
    """What the names of a shelf's tables begin with."""
    return f"lisa.{checked(shelf)}"


def vector_type(shelf: Shelf) -> str:
    """The column type of the shelf's vectors."""
    if not 0 < shelf.dimensions <= _LONGEST_HALF_VECTOR:
        raise StoreError(
            "too_many_dimensions",
            f"pgvector indexes vectors of up to {_LONGEST_HALF_VECTOR} numbers, "
            f"these have {shelf.dimensions}.",
            "Take an embedding model with shorter vectors.",
        )
    kind = "vector" if shelf.dimensions <= _LONGEST_VECTOR else "halfvec"
    return f"{kind}({shelf.dimensions})"


def prepare(run: Run, shelf: Shelf) -> None:
    """Bring the schema and one shelf to this version, inside of a transaction."""
    kind = vector_type(shelf)
    run("select pg_advisory_xact_lock(cast(:key as bigint))", key=_LOCK)
    _extension(run)
    _migrate(run, SCHEMA)
    rows = run(
        "select dimensions, language, version from lisa.shelves where name = :name",
        name=checked(shelf),
    )
    if rows and rows[0][:2] != [shelf.dimensions, shelf.language]:
        there = _described(rows[0][0], rows[0][1])
        raise ShelfDiffersError(shelf.name, there, _described(shelf.dimensions, shelf.language))
    _check_language(run, shelf)
    version = rows[0][2] if rows else 0
    for statements in SHELF[version:]:
        run(statements.format(shelf=prefix(shelf), vector=kind))
    run(
        """
        insert into lisa.shelves values
          (:name, cast(:dimensions as int), :language, cast(:version as int))
        on conflict (name) do update set version = greatest(shelves.version, excluded.version)
        """,
        name=shelf.name,
        dimensions=shelf.dimensions,
        language=shelf.language,
        version=len(SHELF),
    )


def drop(run: Run, shelf: Shelf) -> None:
    """Remove the tables of a shelf, inside of a transaction."""
    names = ", ".join(f"{prefix(shelf)}_{table}" for table in _TABLES)
    if run("select 1 from pg_tables where schemaname = 'lisa' and tablename = 'shelves'"):
        run(f"drop table if exists {names}")
        run("delete from lisa.shelves where name = :name", name=shelf.name)


def _migrate(run: Run, migrations: Sequence[str]) -> None:
    run("create schema if not exists lisa")
    run("create table if not exists lisa.version (migrations int not null)")
    rows = run("select migrations from lisa.version")
    done = rows[0][0] if rows else 0
    for statements in migrations[done:]:
        run(statements)
    if not rows:
        run("insert into lisa.version values (0)")
    # Functions of a later version may run beside this one, and theirs are not to be done again.
    latest = "update lisa.version set migrations = greatest(migrations, cast(:done as int))"
    run(latest, done=len(migrations))


def _extension(run: Run) -> None:
    installed = "select extversion from pg_extension where extname = 'vector'"
    if not (rows := run(installed)):
        if not run("select 1 from pg_available_extensions where name = 'vector'"):
            raise _without_extension("The server has no extension `vector`.")
        run("create extension vector")
        rows = run(installed)
    version = str(rows[0][0])
    if tuple(int(part) for part in version.split(".")[:2]) < _OLDEST_VECTOR:
        raise StoreError(
            "extension_old",
            f"The extension `vector` of the database is {version}; 0.8 is needed.",
            "Update PostgreSQL's minor version, then run `alter extension vector update`.",
        )


def _check_language(run: Run, shelf: Shelf) -> None:
    known = [row[0] for row in run("select cfgname from pg_ts_config order by 1")]
    if shelf.language not in known:
        raise StoreError(
            "language_unknown",
            f"The database cannot search text in {shelf.language!r}.",
            f"Take one of {', '.join(known)}; `simple` is for every other language.",
        )


def _without_extension(message: str) -> StoreError:
    return StoreError(
        "extension_missing",
        message,
        "Take a server with pgvector (RDS and Aurora have it from PostgreSQL 13 on).",
    )


def _described(dimensions: object, language: object) -> str:
    return f"vectors of {dimensions} numbers and {language} text"
