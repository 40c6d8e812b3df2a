"""The statements that change a shelf, inside of a transaction."""

import json
from collections.abc import Iterator, Sequence

from stores.metadata import plain
from stores.names import clean, searchable
from stores.pgvector.schema import prefix, vector_type
from stores.pgvector.session import Run
from stores.port import Copy, Embedded, Shelf, StaleCopyError
from stores.vectors import fitting, vector_text

# A batch is one statement: a few megabytes of JSON, some seconds with an index.
_BATCH = 200
# PostgreSQL takes a megabyte of words for one text. What a chunk has beyond is read, but not found.
_LONGEST_INDEXED = 200_000

# Holds the document's row until the end: two writers of one document come one after the other.
_CLAIM = """
insert into {shelf}_documents as d (document_id, generation, title, source, metadata, chunks)
values (:document_id, cast(:generation as bigint), :title, :source, cast(:metadata as jsonb),
  cast(:chunks as int))
on conflict (document_id) do update set generation = excluded.generation,
  title = excluded.title, source = excluded.source, metadata = excluded.metadata,
  chunks = excluded.chunks
where d.generation < excluded.generation
  or (d.generation = excluded.generation and (d.chunks is not null or excluded.chunks is null))
returning id
"""

_STATE = "select generation, chunks from {shelf}_documents where document_id = :document_id"

_LAST = "select coalesce(max(id), 0) from {shelf}_chunks where document = cast(:document as int)"

# `impact` is BM25's part of one word for a text of ordinary length, in ten-thousandths.
_ADD = """
with given as (
  select * from jsonb_to_recordset(cast(:chunks as jsonb)) as g(
    ordinal int, first_page int, last_page int, span_begin int, span_end int, tokens int,
    body text, headings jsonb, indexed text, vector text)),
added as (
  insert into {shelf}_chunks (document, ordinal, first_page, last_page, span_begin, span_end,
    tokens, body, headings, length, words, counts)
  select cast(:document as int), g.ordinal, g.first_page, g.last_page, g.span_begin, g.span_end,
    g.tokens, g.body, g.headings, w.length, w.words, w.counts
  from given g cross join lateral (
    select coalesce(sum(cardinality(positions)), 0) as length,
      coalesce(array_agg(lexeme), '{{}}') as words,
      coalesce(array_agg(cast(cardinality(positions) as smallint)), '{{}}') as counts
    from unnest(to_tsvector(cast(:language as regconfig), g.indexed))) w
  returning id, ordinal, length, words, counts),
pointed as (
  insert into {shelf}_vectors (id, document, vector)
  select a.id, cast(:document as int), cast(g.vector as {vector})
  from added a join given g using (ordinal))
insert into {shelf}_postings (word, impact, chunk, document)
select w.word, round(10000 * w.n / (w.n + 1.2 * (0.25 + 0.75 * a.length / 100.0))), a.id,
  cast(:document as int)
from added a cross join lateral unnest(a.words, a.counts) as w(word, n)
"""

_TAKE = """
with gone as (
  delete from {shelf}_chunks
  where document = cast(:document as int) and id <= cast(:last as int)
  returning id, length, words, counts),
unpointed as (delete from {shelf}_vectors v using gone where v.id = gone.id),
unposted as (
  delete from {shelf}_postings p using gone cross join lateral unnest(words, counts) as w(word, n)
  where p.chunk = gone.id and p.word = w.word
    and p.impact = round(10000 * w.n / (w.n + 1.2 * (0.25 + 0.75 * gone.length / 100.0)))),
"""

# Writers of one shelf wait for each other only here, before the last statement.
_QUEUE = "select 1 from {shelf}_totals for update"

_SETTLE = """
arrived as (
  select length, words from {shelf}_chunks
  where document = cast(:document as int) and id > cast(:last as int)),
changed as (
  select word, sum(n) as n from (
    select unnest(words) as word, 1 as n from arrived
    union all select unnest(words), -1 from gone) c
  group by word having sum(n) <> 0),
counted as (
  insert into {shelf}_words as w (word, chunks) select word, n from changed order by word
  on conflict (word) do update set chunks = w.chunks + excluded.chunks)
update {shelf}_totals set
  chunks = chunks + (select count(*) from arrived) - (select count(*) from gone),
  words = words + (select coalesce(sum(length), 0) from arrived)
    - (select coalesce(sum(length), 0) from gone)
"""


def replace(run: Run, shelf: Shelf, copy: Copy, chunks: Sequence[Embedded]) -> None:
    """Put a copy in the place of what is there; StaleCopyError when that is later."""
    names = {"shelf": prefix(shelf), "vector": vector_type(shelf)}
    rows = run(
        _CLAIM.format(**names),
        document_id=clean(copy.document_id),
        generation=copy.generation,
        title=clean(copy.title),
        source=clean(copy.source),
        metadata=json.dumps(plain(copy.metadata)),
        chunks=len(chunks),
    )
    if not rows:
        raise StaleCopyError(copy.document_id)
    document = rows[0][0]
    last = run(_LAST.format(**names), document=document)[0][0]
    for batch in _batches(shelf, copy, chunks):
        run(_ADD.format(**names), document=document, language=shelf.language, chunks=batch)
    _settle(run, names, document, last)


def remove(run: Run, shelf: Shelf, document_id: str, generation: int) -> None:
    """Leave only the generation of a document; StaleCopyError when a later one is there."""
    names = {"shelf": prefix(shelf)}
    document_id = clean(document_id)
    row = {"document_id": document_id, "generation": generation, "title": "", "source": ""}
    rows = run(_CLAIM.format(**names), **row, metadata="{}", chunks=None)
    if not rows:
        held = run(_STATE.format(**names), document_id=document_id)
        if held and held[0][1] is None:
            return
        raise StaleCopyError(document_id)
    document = rows[0][0]
    last = run(_LAST.format(**names), document=document)[0][0]
    _settle(run, names, document, last)


def _settle(run: Run, names: dict[str, str], document: object, last: object) -> None:
    run(_QUEUE.format(**names))
    run((_TAKE + _SETTLE).format(**names), document=document, last=last)


def _batches(shelf: Shelf, copy: Copy, chunks: Sequence[Embedded]) -> Iterator[str]:
    for begin in range(0, len(chunks), _BATCH):
        batch = chunks[begin : begin + _BATCH]
        yield json.dumps([_row(shelf, copy, one) for one in batch])


def _row(shelf: Shelf, copy: Copy, one: Embedded) -> dict[str, object]:
    chunk = one.chunk
    first, last = chunk.pages or (None, None)
    body, headings = clean(chunk.text), [clean(part) for part in chunk.headings]
    return {
        "ordinal": chunk.ordinal,
        "first_page": first,
        "last_page": last,
        "span_begin": chunk.span[0],
        "span_end": chunk.span[1],
        "tokens": chunk.tokens,
        "body": body,
        "headings": headings,
        "indexed": searchable("\n".join((copy.title, *headings, body))[:_LONGEST_INDEXED]),
        "vector": vector_text(fitting(shelf, one.vector)),
    }
