"""How often the right passage is found, and how early, in each way of searching.

python3 -m local.toolchain demo dev postgres
python3 -m local.toolchain --run dev python -m tests.bench.retrieval

The first set has the questions of four FAQs and the index of Python's manual, over seven Debian
doc packages (28 MB, fetched with apt-get, not installed); the second has the docstrings of the
running Python, and runs anywhere. Both are read, cut, indexed in PostgreSQL and searched as a new
collection's documents are; only the model is MiniLM in numpy. Questions are split by their hashes:
parameters were chosen with 40 % of those of the first set, and what is reported are the others.
Vectors are kept: the first run takes minutes, or an hour with all 8,335 sections. It ends with 1
when the default setting is worse than one of its parts by more than noise on a kind, or not better
than both on all together.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from local.toolchain.places import cache_folder
from stores.pgvector.store import PgVectorStore
from stores.port import VectorStore
from tests.bench.database import connecting, running
from tests.bench.retrieval.docstrings import docstring_set
from tests.bench.retrieval.evaluation import Asked, asked, promises, short_table, table
from tests.bench.retrieval.manuals import manual_set
from tests.bench.retrieval.packages import NoManuals, manuals, versions
from tests.bench.retrieval.sets import Query, RetrievalSet
from tests.bench.retrieval.shelf import BenchShelf
from tests.bench.retrieval.variants import variants
from tests.bench.retrieval.vectors import VectorCache

_SETS = ("manuals", "docstrings")
_EVERY = 1_000_000


def main() -> int:
    """Print both sets' tables; 1 when a promise is missed."""
    wanted = arguments()
    cache = cache_folder() / "bench-retrieval"
    vectors = VectorCache(cache / "vectors")
    distractors = _EVERY if wanted.full else wanted.distractors
    missed = False
    with running() as server, closing(PgVectorStore(connecting(server))) as store:
        if "manuals" in wanted.only:
            missed = manuals_report(cache, vectors, store, distractors)
        if "docstrings" in wanted.only:
            docstrings_report(docstring_set().smaller(distractors), vectors, store)
    return int(missed)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.retrieval")
    parser.add_argument("--distractors", type=int, default=2000, help="sections beside the targets")
    parser.add_argument("--full", action="store_true", help="all sections of both sets")
    parser.add_argument("--only", choices=_SETS, nargs="+", default=_SETS)
    return parser.parse_args()


def manuals_report(cache: Path, vectors: VectorCache, store: VectorStore, distractors: int) -> bool:
    """Print the first set's tables and promises; return whether one is missed."""
    try:
        made = manual_set(manuals(cache)).smaller(distractors)
    except NoManuals as reason:
        print(f"The manuals are left out. {reason}")
        return False
    print("Manuals:", ", ".join(versions(cache)))
    shelf = BenchShelf(made, vectors, store, "manuals")
    print(f"\n{len(made.sections)} sections, {len(shelf)} chunks\n")
    tested = [query for query in made.queries if not query.tuning]
    found = ranked(shelf, tested)
    kept = list(promises(found))
    show([*table(found), "", *map(str, kept), ""])
    show([*short_table(ranked(shelf, list(variants(tested)))), ""])
    return not all(promise.kept for promise in kept)


def docstrings_report(made: RetrievalSet, vectors: VectorCache, store: VectorStore) -> None:
    """Print the second set's table: nothing was tuned on it, so all questions are asked."""
    shelf = BenchShelf(made, vectors, store, "docstrings")
    print(f"Docstrings of Python {sys.version.split()[0]}: {len(shelf)} chunks\n")
    found = ranked(shelf, made.queries)
    show([*table(found), "", *map(str, promises(found))])


def ranked(shelf: BenchShelf, queries: Sequence[Query]) -> list[Asked]:
    pairs = zip(queries, shelf.candidates(queries), strict=True)
    return [asked(query, candidates) for query, candidates in pairs]


def show(lines: Iterator[str] | Sequence[str]) -> None:
    print(*lines, sep="\n")


if __name__ == "__main__":
    sys.exit(main())
