"""When a shelf's vectors get an index."""

from stores.pgvector.schema import prefix, vector_type
from stores.pgvector.session import Run
from stores.port import Shelf

# As many numbers are compared one by one within 10 ms, and no index is as right as that.
NUMBERS_SCANNED = 4_000_000

_GROWN = """
select chunks >= cast(:enough as bigint) and to_regclass(:index) is null
from {shelf}_totals
"""


def build_when_grown(run: Run, shelf: Shelf, numbers: int = NUMBERS_SCANNED) -> None:
    """Build the index of `numbers` and more once, in a transaction, by whoever comes first.

    It takes seconds, since the shelf has just grown large enough. Readers go on meanwhile.
    """
    index = f"{prefix(shelf)}_nearest"
    enough = numbers // shelf.dimensions
    if not _grown(run, shelf, index, enough):
        return
    lock = "select pg_try_advisory_xact_lock(hashtextextended(:index, 0))"
    if run(lock, index=index) == [[True]] and _grown(run, shelf, index, enough):
        operators = vector_type(shelf).partition("(")[0] + "_cosine_ops"
        run("set local maintenance_work_mem = '256MB'")
        run(
            f"create index {index.removeprefix('lisa.')} on {prefix(shelf)}_vectors "
            f"using hnsw (vector {operators}) with (m = 16, ef_construction = 64)"
        )


def _grown(run: Run, shelf: Shelf, index: str, enough: int) -> bool:
    sql = _GROWN.format(shelf=prefix(shelf))
    return run(sql, enough=enough, index=index) == [[True]]
