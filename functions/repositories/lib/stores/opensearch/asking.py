"""The searches that a question becomes."""

import re
from collections.abc import Collection, Sequence
from typing import Any

from stores.names import clean
from stores.opensearch.rows import allowed, direction
from stores.port import Place, Question, Shelf
from stores.vectors import fitting

type Query = dict[str, Any]

_UNREAD = {"excludes": ["vector", "facets"]}

# All copies, in the order of documents and of their states.
ALL_COPIES: Query = {
    "query": {"bool": {"filter": [{"term": {"kind": "copy"}}]}},
    "sort": [{"document_id": "asc"}, {"state": "asc"}],
}
# Lucene takes 1,024 clauses; a letter of a script without spaces may become one.
_MOST_CLAUSES = 900
_MOST_ROWS = 5_000


def searches(shelf: Shelf, question: Question, without: Collection[str]) -> dict[str, Query]:
    """The searches of the question's mode, by `vector` and `text`, without rows of some states.

    One that could find nothing is left out.
    """
    filters: list[Query] = [{"term": {"kind": "chunk"}}, *allowed(question.where)]
    past = {"must_not": [{"terms": {"state": sorted(without)}}]} if without else {}
    among = {"bool": {"filter": filters} | past}
    near = _near(shelf, question, among) if question.mode != "text" else None
    said = _said(question, among) if question.mode != "vector" else None
    return {name: one for name, one in (("vector", near), ("text", said)) if one}


def copies_of(document_ids: Sequence[str]) -> Query:
    """The search for all known states of some documents."""
    among = {"terms": {"document_id": sorted(document_ids)}}
    both = {"bool": {"filter": [{"term": {"kind": "copy"}}, among]}}
    return {"size": _MOST_ROWS, "query": both}


def earlier(document_id: str, state: str) -> Query:
    """The search for the rows of a document that are of earlier states than this."""
    filters = [{"term": {"document_id": document_id}}, {"range": {"state": {"lt": state}}}]
    return {
        "_source": False,
        "query": {"bool": {"filter": filters}},
        "sort": [{"state": "asc"}, {"kind": "asc"}, {"ordinal": "asc"}],
    }


def rows_of(document_id: str, state: str, kind: str) -> Query:
    """What counts the rows of one state."""
    filters = {"document_id": document_id, "state": state, "kind": kind}
    return {"query": {"bool": {"filter": [{"term": {k: v}} for k, v in filters.items()]}}}


def around(places: Sequence[Place], reach: int) -> Query:
    """The search for the neighbours of some places, in all states of their documents."""
    ranges = [
        {
            "bool": {
                "filter": [
                    {"term": {"document_id": clean(one.document_id)}},
                    {
                        "range": {
                            "ordinal": {"gte": one.ordinal - reach, "lte": one.ordinal + reach}
                        }
                    },
                ]
            }
        }
        for one in places
    ]
    filters = [{"term": {"kind": "chunk"}}]
    query = {"bool": {"filter": filters, "should": ranges, "minimum_should_match": 1}}
    return {"size": _MOST_ROWS, "_source": _UNREAD, "query": query}


def _near(shelf: Shelf, question: Question, among: Query) -> Query | None:
    vector = direction(fitting(shelf, question.vector))
    if vector is None:
        return None
    # The filter is heeded while the index is walked, so that it costs no results.
    asked = {"vector": vector, "k": question.limit, "filter": among}
    return {"size": question.limit, "_source": _UNREAD, "query": {"knn": {"vector": asked}}}


def _said(question: Question, among: Query) -> Query | None:
    if not (words := _words(question.text)):
        return None
    match = {"match": {"words": {"query": words}}}
    both = {"bool": {"must": [match], "filter": [among]}}
    return {"size": question.limit, "_source": _UNREAD, "query": both}


def _words(text: str) -> str:
    kept, clauses = dict[str, None](), 0
    for word in re.findall(r"\w+", clean(text).lower()):
        clauses += 0 if word in kept else 1 if word.isascii() else len(word)
        if clauses > _MOST_CLAUSES:
            break
        kept[word] = None
    return " ".join(kept)
