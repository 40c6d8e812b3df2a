"""The one statement that a question becomes."""

import json
from collections.abc import Sequence

from stores.names import clean, searchable
from stores.pgvector.filters import condition, parameters
from stores.pgvector.schema import prefix, vector_type
from stores.port import Place, Question, Shelf
from stores.vectors import fitting, vector_text

# More words than a question has; of a pasted page, the rarest say what it is about.
_MOST_WORDS = 32
_LONGEST_TEXT = 10_000
# How many postings a question may read. The rarest words come first and have all of theirs read,
# of the others at least the fewest: the postings of a word come in the order of their impact.
_MOST_POSTINGS, _FEWEST_POSTINGS = 24_000, 2_000
# The scores of twice `limit` chunks and these are completed with all words of the question.
_DRAWN = 50

_COLUMNS = """
  d.document_id, d.title, d.source, d.metadata,
  k.ordinal, k.body, k.headings, k.first_page, k.last_page, k.span_begin, k.span_end, k.tokens
"""

_ALLOWED = """
allowed as materialized (
  select d.id, d.chunks from {shelf}_documents d where d.chunks > 0 and {condition}),
amount as materialized (select coalesce(sum(chunks), 0) as chunks from allowed),
"""

_NEAR = """
near as (
  select id as chunk, vector <=> cast(:vector as {vector}) as distance from {shelf}_vectors
  order by vector <=> cast(:vector as {vector}) limit cast(:limit as int)),
"""

# Of many the index finds enough: `coalesce` keeps the planner from a join, which has no order.
# Few, or those of many that are so far from the question that the walk through the index ended
# before them, are compared one by one: by `0 +` the planner cannot take the index there.
_NEAR_ALLOWED = """
walked as materialized (
  select v.id as chunk, v.vector <=> cast(:vector as {vector}) as distance from {shelf}_vectors v
  where (select chunks from amount) > cast(:few as bigint)
    and coalesce(v.document in (select id from allowed), false)
  order by v.vector <=> cast(:vector as {vector}) limit cast(:limit as int)),
missing as materialized (
  select (select count(*) from walked) < least(chunks, cast(:limit as int)) as more from amount),
near as (
  select chunk, distance from walked where not (select more from missing)
  union all
  (select v.id, 0 + (v.vector <=> cast(:vector as {vector})) as distance
   from allowed a join {shelf}_vectors v on v.document = a.id
   where (select more from missing)
   order by distance limit cast(:limit as int))),
"""

_BY_VECTOR = """
by_vector as (
  select chunk, 1 - distance as similarity, row_number() over (order by distance, chunk) as rank
  from near)
"""

_ASKED = """
asked as materialized (
  select w.word, cast(t.words as float8) / nullif(t.chunks, 0) as average,
    ln(1 + (t.chunks - w.chunks + cast(0.5 as float8)) / (w.chunks + 0.5)) as idf,
    greatest({fewest_postings}, {most_postings} + w.chunks
      - sum(w.chunks) over (order by w.chunks, w.word)) as readable
  from unnest(tsvector_to_array(to_tsvector(cast(:language as regconfig), :text))) as q(word)
  join {shelf}_words w on w.word = q.word and w.chunks > 0
  cross join {shelf}_totals t
  order by w.chunks, w.word limit {most_words}),
"""

_DRAWN_FROM_ALL = """
drawn as (
  select p.chunk, sum(a.idf * p.impact) as promise
  from asked a cross join lateral (
    select chunk, impact from {shelf}_postings where word = a.word order by impact desc
    limit a.readable) p
  group by p.chunk order by promise desc, p.chunk limit {drawn} + 2 * cast(:limit as int)),
"""

_DRAWN_FROM_ALLOWED = """
drawn as (
  select p.chunk, sum(a.idf * p.impact) as promise
  from asked a join {shelf}_postings p on p.word = a.word
  where coalesce(p.document in (select id from allowed), false)
  group by p.chunk order by promise desc, p.chunk limit {drawn} + 2 * cast(:limit as int)),
"""

_BY_TEXT = """
scored as (
  select k.id as chunk,
    sum(a.idf * c.n * 2.2 / (c.n + 1.2 * (0.25 + 0.75 * k.length / a.average))) as bm25
  from drawn join {shelf}_chunks k on k.id = drawn.chunk cross join asked a
  cross join lateral (
    select cast(k.counts[array_position(k.words, a.word)] as float8) as n offset 0) c
  where c.n is not null group by k.id),
by_text as (
  select chunk, bm25, row_number() over (order by bm25 desc, chunk) as rank from scored
  order by bm25 desc, chunk limit cast(:limit as int))
"""

_NOBODY = {
    "text": "by_vector as (select 0 as chunk, 0.0 as similarity, 0 as rank where false)",
    "vector": "by_text as (select 0 as chunk, 0.0 as bm25, 0 as rank where false)",
}

_FOUND = """
select {columns}, v.similarity, v.rank, t.bm25, t.rank
from by_vector v full join by_text t on t.chunk = v.chunk
join {shelf}_chunks k on k.id = coalesce(v.chunk, t.chunk)
join {shelf}_documents d on d.id = k.document
order by least(v.rank, t.rank), v.rank, k.id
"""

_AROUND = """
select distinct on (d.document_id, k.ordinal) {columns}, null, null, null, null
from jsonb_to_recordset(cast(:places as jsonb)) as p(document text, ordinal int)
join {shelf}_documents d on d.document_id = p.document
join {shelf}_chunks k on k.document = d.id
  and k.ordinal between p.ordinal - cast(:reach as int) and p.ordinal + cast(:reach as int)
order by d.document_id, k.ordinal
"""


def find(shelf: Shelf, question: Question, compared: int) -> tuple[str, dict[str, object]]:
    """The statement for a question, and its parameters; see `indexing.Thresholds`."""
    filtered = bool(question.where)
    parts = [_ALLOWED] if filtered else []
    given: dict[str, object] = {"limit": question.limit, **parameters(question.where)}
    if question.mode != "text":
        parts += [_NEAR_ALLOWED if filtered else _NEAR, _BY_VECTOR]
        given["vector"] = vector_text(fitting(shelf, question.vector))
        given |= {"few": compared // shelf.dimensions} if filtered else {}
    else:
        parts.append(_NOBODY["text"])
    parts.append(",")
    if question.mode != "vector":
        parts += [_ASKED, _DRAWN_FROM_ALLOWED if filtered else _DRAWN_FROM_ALL, _BY_TEXT]
        given |= {"language": shelf.language, "text": searchable(question.text[:_LONGEST_TEXT])}
    else:
        parts.append(_NOBODY["vector"])
    return _filled("with " + "".join(parts) + _FOUND, shelf, condition(question.where)), given


def around(shelf: Shelf, places: Sequence[Place], reach: int) -> tuple[str, dict[str, object]]:
    """The statement for the neighbours of some places, and its parameters."""
    wanted = [{"document": clean(one.document_id), "ordinal": one.ordinal} for one in places]
    return _filled(_AROUND, shelf), {"places": json.dumps(wanted), "reach": reach}


def _filled(sql: str, shelf: Shelf, filtered: str = "true") -> str:
    return sql.format(
        shelf=prefix(shelf),
        vector=vector_type(shelf),
        columns=_COLUMNS,
        condition=filtered,
        most_words=_MOST_WORDS,
        most_postings=_MOST_POSTINGS,
        fewest_postings=_FEWEST_POSTINGS,
        drawn=_DRAWN,
    )
