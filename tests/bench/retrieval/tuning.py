"""Fit the coefficients of `retrieval.weighing` to questions of the tuning part, and print them.

    python3 -m local.toolchain --run dev python -m tests.bench.retrieval.tuning

Of each question's candidates one section is right. Its probability is the softmax of the fused
scores; the coefficients that make the right ones likeliest are found by gradient descent (the
listwise loss of Cao et al. 2007), held small by a penalty. Misspelt, frameless and framed variants
of the tuning questions take part, so that it is not the form of the two sets that is learnt.
"""

import argparse
from collections.abc import Sequence
from contextlib import closing
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from local.toolchain.places import cache_folder
from retrieval.coverage import coverage
from retrieval.fusion import by_vector, by_words
from retrieval.weighing import FEATURES, features
from stores.pgvector.store import PgVectorStore
from stores.port import Candidate
from tests.bench.database import connecting, running
from tests.bench.retrieval.manuals import manual_set
from tests.bench.retrieval.packages import manuals
from tests.bench.retrieval.sets import Query
from tests.bench.retrieval.shelf import BenchShelf
from tests.bench.retrieval.variants import variants
from tests.bench.retrieval.vectors import VectorCache

type Row = npt.NDArray[np.float64]

_STEPS, _RATE, _PENALTY = 600, 0.1, 0.001


class Example(NamedTuple):
    """A question's features, and of each candidate both scores and whether it is right."""

    features: Row
    near: Row
    said: Row
    right: npt.NDArray[np.bool_]


def example(query: Query, found: Sequence[Candidate]) -> Example | None:
    """Return None where no search found the right section: nothing can be learnt from that."""
    right = np.array([one.document_id == query.target for one in found], bool)
    if not right.any():
        return None
    covered = coverage(query.text, found)
    near, said = np.array(by_vector(found)), np.array(by_words(found, covered))
    return Example(np.array(features(query.text, found)), near, said, right)


def fitted(examples: Sequence[Example]) -> tuple[Row, float]:
    """Return the coefficients, and the loss of a question in the mean."""
    parameters = np.zeros(len(FEATURES) + 1)
    parameters[-1] = np.log(10.0)  # of the softmax's sharpness
    first, second = np.zeros_like(parameters), np.zeros_like(parameters)
    loss = 0.0
    for step in range(1, _STEPS + 1):
        loss, slope = _loss(parameters, examples)
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        corrected = np.sqrt(second / (1 - 0.999**step)) + 1e-8
        parameters -= _RATE * first / (1 - 0.9**step) / corrected
    return parameters[:-1], loss


def _loss(parameters: Row, examples: Sequence[Example]) -> tuple[float, Row]:
    coefficients, sharpness = parameters[:-1], np.exp(parameters[-1])
    total, slope = 0.0, np.zeros_like(parameters)
    for one in examples:
        weight = 1 / (1 + np.exp(-coefficients @ one.features))
        scores = weight * one.near + (1 - weight) * one.said
        shares = np.exp(sharpness * (scores - scores.max()))
        shares /= shares.sum()
        hit = shares[one.right].sum()
        total -= np.log(hit)
        pull = shares - np.where(one.right, shares, 0) / hit
        moved = sharpness * pull @ (one.near - one.said) * weight * (1 - weight)
        slope[:-1] += moved * one.features
        slope[-1] += sharpness * pull @ scores
    slope /= len(examples)
    slope[1:-1] += _PENALTY * coefficients[1:]
    return float(total / len(examples)), slope


def main() -> None:
    """Print what to put into `retrieval.weighing`."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.retrieval.tuning")
    parser.add_argument("--distractors", type=int, default=2000, help="sections beside the targets")
    cache = cache_folder() / "bench-retrieval"
    made = manual_set(manuals(cache)).smaller(parser.parse_args().distractors)
    vectors = VectorCache(cache / "vectors")
    with running() as server, closing(PgVectorStore(connecting(server))) as store:
        print(*report(BenchShelf(made, vectors, store), made.queries), sep="\n")


def report(shelf: BenchShelf, queries: Sequence[Query]) -> list[str]:
    """Return lines: the coefficients by name, and what they were fitted to."""
    chosen = [query for query in queries if query.tuning]
    chosen += [one for one in variants(chosen) if "German" not in one.kind]
    pairs = zip(chosen, shelf.candidates(chosen), strict=True)
    examples = [made for made in (example(*pair) for pair in pairs) if made]
    coefficients, loss = fitted(examples)
    lines = [f"{len(examples)} of {len(chosen)} questions, loss {loss:.4f}"]
    return lines + [
        f"{value:8.2f}  {name}" for name, value in zip(FEATURES, coefficients, strict=True)
    ]


if __name__ == "__main__":
    main()
