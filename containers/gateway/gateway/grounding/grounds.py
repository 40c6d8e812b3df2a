"""What an answer rests on: the passages of a repository, by their numbers in the prompt. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

type Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a document, without its text: that is in the prompt.

    `source` is where the document came from; `pages` are its first and last page, from 1;
    `score` is 0 to 1 within one search.
    """

    number: int
    document_id: str
    title: str
    source: str
    headings: tuple[str, ...]
    pages: tuple[int, ...] | None
    score: float


@dataclass(frozen=True, slots=True)
class Grounds:
    """The passages of one request, numbered from 1, and the repository that they are from."""

    repository: str
    passages: tuple[Passage, ...]


def grounds_of(repository: str, reply: Json) -> Grounds:
    """The grounds that a search's reply tells. Raises KeyError, TypeError, ValueError."""
    return Grounds(repository, tuple(_passage(one) for one in reply["passages"]))


def _passage(told: Json) -> Passage:
    pages = told["pages"]
    return Passage(
        number=int(told["number"]),
        document_id=str(told["documentId"]),
        title=str(told["title"]),
        source=str(told["source"]),
        headings=tuple(str(one) for one in told["headings"]),
        pages=None if pages is None else tuple(int(page) for page in pages),
        score=float(told["score"]),
    )
