"""What must be true of a shelf's tables after everything: counted anew from its chunks."""

from stores.port import Shelf
from tests.support.postgres import Postgres

_CHECKS = {
    "totals": """
        select t.chunks, t.words, count(k.id), coalesce(sum(k.length), 0)
        from {s}_totals t left join {s}_chunks k on true group by t.chunks, t.words
        having (t.chunks, t.words) <> (count(k.id), coalesce(sum(k.length), 0))""",
    "words": """
        select * from (select unnest(words) as word, 1 as n from {s}_chunks) k
        full join (select word, chunks from {s}_words where chunks <> 0) w using (word)
        group by word, chunks having count(n) <> coalesce(chunks, 0)""",
    "postings": """
        select * from (select id as chunk, document, unnest(words) as word from {s}_chunks) k
        full join {s}_postings p using (chunk, document, word)
        where k.word is null or p.impact is null""",
    "vectors": """
        select * from {s}_chunks k full join {s}_vectors v using (id, document)
        where k.body is null or v.vector is null""",
    "documents": """
        select d.id from {s}_documents d left join {s}_chunks k on k.document = d.id
        group by d.id, d.chunks having count(k.id) <> coalesce(d.chunks, 0)""",
    "owners": """
        select * from {s}_chunks k
        where not exists (select from {s}_documents d where d.id = k.document)""",
}


def violations(server: Postgres, shelf: Shelf) -> dict[str, list[list[object]]]:
    """By name of the rule, the rows that break it."""
    checks = {name: sql.format(s=f"lisa.{shelf.name}") for name, sql in _CHECKS.items()}
    sql_rows = {
        name: server.run(sql.replace("select *", "select 1")) for name, sql in checks.items()
    }
    return {name: rows for name, rows in sql_rows.items() if rows}
