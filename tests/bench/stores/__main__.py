"""PGVector's questions at 100,000 chunks beside an exact scan: `python -m tests.bench.stores`.

Three times are told: what the client waits, what the server's process computes for it, and the
ratio of the first to the baseline's, which is the exact scan of the same vectors in the same run.
"""

import argparse
import time

from stores.pgvector.connecting import Connect
from stores.pgvector.indexing import Thresholds
from stores.pgvector.store import PgVectorStore
from stores.port import Filter, Mode, Question, Shelf
from tests.bench.database import connecting, running
from tests.bench.stores.corpus import DIMENSIONS, Asked, Corpus
from tests.bench.stores.timing import HEAD, Backend, Times, timed

SHELF = Shelf("bench", DIMENSIONS)
QUESTIONS = 200
NEAREST = 10
NO_INDEX = Thresholds(scanned=10**12)
_EXACT = """
select d.document_id, k.ordinal from (
  select id from lisa.bench_vectors order by vector <=> cast(:vector as vector) limit 10) v
join lisa.bench_chunks k using (id) join lisa.bench_documents d on d.id = k.document
"""


def main() -> None:
    """Index, ask, and print milliseconds and recall."""
    parser = argparse.ArgumentParser(prog="tests.bench.stores", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="20,000 chunks")
    corpus = Corpus(20_000 if parser.parse_args().quick else 100_000)
    with running() as server:
        connect = connecting(server)
        writing, building = indexed(connect, corpus)
        print(f"{corpus.chunks} chunks x {DIMENSIONS}, {QUESTIONS} questions of each kind")
        print(f"written in {writing:.0f} s one after the other, then an index in {building:.0f} s")
        server.run("vacuum analyze")
        report(connect, corpus)


def report(connect: Connect, corpus: Corpus) -> None:
    """Ask every kind of question and print the table."""
    asked, short = corpus.questions(QUESTIONS), corpus.questions(QUESTIONS, words=3)
    exact, truth = scanned(connect, asked)
    half: Filter = {"percent": list(range(50))}
    kinds: list[tuple[str, Mode, Filter, list[Asked]]] = [
        ("hybrid, 8 words", "hybrid", {}, asked),
        ("hybrid, 3 words", "hybrid", {}, short),
        ("vectors alone", "vector", {}, asked),
        ("text alone, 8 words", "text", {}, asked),
        ("hybrid, a filter that 1 % pass", "hybrid", {"percent": 7}, asked),
        ("hybrid, a filter that 50 % pass", "hybrid", half, asked),
    ]
    print(HEAD)
    print(exact.line(exact))
    for what, mode, where, questions in kinds:
        times, _ = found(connect, what, mode, where, questions)
        print(times.line(exact))
    _, near = found(connect, "", "vector", {}, asked)
    hits = sum(len(one & other) for one, other in zip(near, truth, strict=True))
    print(f"recall@{NEAREST} of the nearest vectors: {hits / NEAREST / QUESTIONS:.4f}")


def indexed(connect: Connect, corpus: Corpus) -> tuple[float, float]:
    """Seconds to write the whole corpus, and to build the index of its vectors."""
    store, seconds = PgVectorStore(connect, NO_INDEX), 0.0
    store.prepare(SHELF)
    for copy, chunks in corpus.documents():
        began = time.perf_counter()
        store.replace(SHELF, copy, chunks)
        seconds += time.perf_counter() - began
    store.close()
    store, began = PgVectorStore(connect), time.perf_counter()
    # The write that finds the shelf grown builds the index.
    store.replace(SHELF, copy, chunks)
    store.close()
    return seconds, time.perf_counter() - began


def scanned(connect: Connect, asked: list[Asked]) -> tuple[Times, list[set[tuple[str, int]]]]:
    """The baseline: every vector compared, and the ten nearest of each question."""
    connection = connect()
    connection.run("set enable_indexscan = off")
    exact = connection.prepare(_EXACT)
    truth = []

    def ask(one: Asked) -> None:
        rows = exact.run(vector=str(one.vector)) or []
        truth.append({(row[0], row[1]) for row in rows})

    times = timed("exact scan, vectors alone (baseline)", asked, ask, Backend(connection))
    connection.close()
    return times, truth[-len(asked) :]


def found(
    connect: Connect, what: str, mode: Mode, where: Filter, asked: list[Asked]
) -> tuple[Times, list[set[tuple[str, int]]]]:
    """The times of one kind of question, and the ten best vectors that it finds."""
    connection = connect()
    store, near = PgVectorStore(lambda: connection), list[set[tuple[str, int]]]()

    def ask(one: Asked) -> None:
        hits = store.find(SHELF, Question(mode, one.text, one.vector, where=where))
        best = [hit for hit in hits if (hit.vector_rank or NEAREST + 1) <= NEAREST]
        near.append({(hit.document_id, hit.chunk.ordinal) for hit in best})

    times = timed(what, asked, ask, Backend(connection))
    store.close()
    return times, near[-len(asked) :]


if __name__ == "__main__":
    main()
