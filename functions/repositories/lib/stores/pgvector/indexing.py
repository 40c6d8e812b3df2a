"""When a shelf's vectors get an index."""

from dataclasses import dataclass

from stores.pgvector.schema import prefix, vector_type
from stores.pgvector.session import Run
from stores.port import Shelf


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How many numbers of vectors are compared one by one, since no index is as right as that.

    `scanned` is the size that a shelf has no index up to: 10 ms. `compared` is what a filter may
    leave of a larger one: 50 ms.
    """

    scanned: int = 4_000_000
    compared: int = 20_000_000


_GROWN = """
select chunks >= cast(:enough as bigint) and to_regclass(:index) is null
from {shelf}_totals
"""


def build_when_grown(run: Run, shelf: Shelf, scanned: int) -> None:
    """Build the index of `scanned` and more numbers once, in a transaction, by whoever comes first.

    It takes seconds, since the shelf has just grown large enough. Readers go on meanwhile.
    """
    index = f"{prefix(shelf)}_nearest"
    enough = scanned // shelf.dimensions
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
