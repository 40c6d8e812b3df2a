"""Which passages an answer cites, and where: OpenAI's annotations. Pure."""

import re
from collections.abc import Iterator
from typing import Any

from gateway.grounding.grounds import Grounds, Passage

# [1] and [1, 2]; models write both.
CITATION = re.compile(r"\[(\d{1,3}(?:\s?[,;]\s?\d{1,3}){0,20})\]")
NUMBER = re.compile(r"\d+")
# There, a number in brackets is an index.
CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.S)

type Span = tuple[int, int]


def annotations(text: str, grounds: Grounds) -> list[dict[str, Any]]:
    """What an answer cites in the order of its text, then the passages that it does not cite.

    The latter are not `cited`, and their place is the text's end.
    """
    by_number = {passage.number: passage for passage in grounds.passages}
    cited = [(number, span) for number, span in citations(text) if number in by_number]
    seen = {number for number, _ in cited}
    rest = [number for number in by_number if number not in seen]
    end = len(text), len(text)
    return [
        *(_annotation(grounds.repository, by_number[one], span, True) for one, span in cited),
        *(_annotation(grounds.repository, by_number[one], end, False) for one in rest),
    ]


def citations(text: str) -> Iterator[tuple[int, Span]]:
    """Each number that is cited with the place of its brackets, in characters."""
    prose = CODE.sub(lambda code: " " * len(code[0]), text)
    for found in CITATION.finditer(prose):
        for number in NUMBER.findall(found[1]):
            yield int(number), found.span()


def _annotation(repository: str, passage: Passage, span: Span, cited: bool) -> dict[str, Any]:
    return {
        "type": "url_citation",
        "url_citation": {
            "title": passage.title or passage.source,
            "url": passage.source,
            "start_index": span[0],
            "end_index": span[1],
        },
        "cited": cited,
        "number": passage.number,
        "document_id": passage.document_id,
        "repository": repository,
        "headings": list(passage.headings),
        "pages": None if passage.pages is None else list(passage.pages),
        "score": passage.score,
    }
