"""A hit: a candidate that made it into the answer, and the passage that people read."""

from dataclasses import dataclass

from passages.chunk import Chunk
from stores.port import Candidate, Place


@dataclass(frozen=True, slots=True)
class Hit:
    """A candidate at its place in one answer.

    `rank` counts from 1. `score` is 0 to 1 and falls with the rank; it compares hits of one
    answer, not of two. `fused` is what the searches together said, `rerank` what a model did.
    `passage` is the candidate's chunk, or with neighbours the text of the chunks `ordinals`,
    first and last.
    """

    rank: int
    score: float
    fused: float
    candidate: Candidate
    passage: Chunk
    ordinals: tuple[int, int]
    rerank: float | None = None

    @property
    def similarity(self) -> float | None:
        """The cosine of question and chunk, None where the vectors did not find it."""
        return self.candidate.similarity

    @property
    def bm25(self) -> float | None:
        """The score of the words, at least 0, None where they did not find it."""
        return self.candidate.bm25

    @property
    def place(self) -> Place:
        """Where the chunk stands that was found."""
        return Place(self.candidate.document_id, self.candidate.chunk.ordinal)
