"""What a search body means, on a list of rows."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.support.in_memory_store import bm25

type Row = Mapping[str, Any]
type Scores = dict[int, float]


class BadQuery(Exception):
    """A body that OpenSearch would refuse, or that this double does not know."""


def search(rows: Sequence[tuple[str, Row]], body: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a search over rows with their ids."""
    documents = [row for _, row in rows]
    scores = matched(documents, body.get("query", {"match_all": {}}))
    fields = [next(iter(one.items())) for one in body.get("sort", ())]
    found = sorted(scores, key=lambda at: (-scores[at], at))
    if fields:
        found = sorted(scores, key=lambda at: _keys(documents[at], fields))
        if after := body.get("search_after"):
            found = [at for at in found if _values(documents[at], fields) > after]
    size = body.get("size", 10)
    if size > 10_000:
        raise BadQuery("Result window is too large")
    hits = []
    for at in found[:size]:
        hit: dict[str, Any] = {"_id": rows[at][0], "_score": None if fields else scores[at]}
        if (kept := _source(documents[at], body.get("_source", True))) is not None:
            hit["_source"] = kept
        hits.append(hit | ({"sort": _values(documents[at], fields)} if fields else {}))
    return {"status": 200, "hits": {"total": {"value": len(scores)}, "hits": hits}}


def matched(rows: Sequence[Row], query: Mapping[str, Any]) -> Scores:
    """The score of each row that a query finds, by its place."""
    ((kind, asked),) = query.items()
    if kind not in _QUERIES:
        raise BadQuery(f"unknown query [{kind}]")
    return _QUERIES[kind](rows, asked)


def _all(rows: Sequence[Row], _: Mapping[str, Any]) -> Scores:
    return dict.fromkeys(range(len(rows)), 1.0)


def _term(rows: Sequence[Row], asked: Mapping[str, Any]) -> Scores:
    ((name, value),) = asked.items()
    return _terms(rows, {name: [value]})


def _terms(rows: Sequence[Row], asked: Mapping[str, Any]) -> Scores:
    ((name, values),) = asked.items()
    return {at: 1.0 for at, row in enumerate(rows) if set(_list(row.get(name))) & set(values)}


def _range(rows: Sequence[Row], asked: Mapping[str, Any]) -> Scores:
    ((name, limits),) = asked.items()
    return {
        at: 1.0
        for at, row in enumerate(rows)
        if name in row and all(_LIMITS[sign](row[name], limit) for sign, limit in limits.items())
    }


def _match(rows: Sequence[Row], asked: Mapping[str, Any]) -> Scores:
    ((name, how),) = asked.items()
    if len(how["query"].split()) > 1024:
        raise BadQuery("maxClauseCount is set to 1024")
    # BM25 counts the rows that have the field; `words` is a copy of three others.
    having = [at for at, row in enumerate(rows) if "text" in row]
    if name != "words":
        raise BadQuery(f"field [{name}] is not indexed")
    scores = bm25(how["query"], [_words(rows[at]) for at in having])
    return {at: score for at, score in zip(having, scores, strict=True) if score > 0}


def _knn(rows: Sequence[Row], asked: Mapping[str, Any]) -> Scores:
    ((name, how),) = asked.items()
    allowed = matched(rows, how["filter"]) if "filter" in how else _all(rows, {})
    pairs = [(at, math.dist(rows[at][name], how["vector"])) for at in allowed if name in rows[at]]
    nearest = sorted(pairs, key=lambda pair: pair[1])[: how["k"]]
    return {at: 1 / (1 + distance**2) for at, distance in nearest}


def _bool(rows: Sequence[Row], asked: Mapping[str, Any]) -> Scores:
    if unknown := asked.keys() - {"must", "must_not", "filter", "should", "minimum_should_match"}:
        raise BadQuery(f"unknown parts of bool: {unknown}")
    scores: Scores = dict.fromkeys(range(len(rows)), 0.0)
    for query in asked.get("must", ()):
        found = matched(rows, query)
        scores = {at: scores[at] + found[at] for at in scores.keys() & found.keys()}
    for query in asked.get("filter", ()):
        found = matched(rows, query)
        scores = {at: scores[at] for at in scores.keys() & found.keys()}
    for query in asked.get("must_not", ()):
        found = matched(rows, query)
        scores = {at: scores[at] for at in scores.keys() - found.keys()}
    if "should" in asked:
        either = {at for query in asked["should"] for at in matched(rows, query)}
        scores = {at: score for at, score in scores.items() if at in either}
    return scores


def _words(row: Row) -> str:
    return " ".join([*_list(row.get("title")), *_list(row.get("headings")), row["text"]])


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _values(row: Row, fields: Sequence[tuple[str, str]]) -> list[Any]:
    # What has not the field comes last: so does the largest number.
    return [row.get(name, 2**63 - 1) for name, _ in fields]


def _keys(row: Row, fields: Sequence[tuple[str, str]]) -> list[Any]:
    if any(order != "asc" for _, order in fields):
        raise BadQuery("only ascending orders are known here")
    return _values(row, fields)


def _source(row: Row, wanted: bool | Mapping[str, Any]) -> dict[str, Any] | None:
    if isinstance(wanted, bool):
        return dict(row) if wanted else None
    return {name: value for name, value in row.items() if name not in wanted["excludes"]}


_QUERIES: dict[str, Callable[[Sequence[Row], Mapping[str, Any]], Scores]] = {
    "match_all": _all,
    "term": _term,
    "terms": _terms,
    "range": _range,
    "match": _match,
    "knn": _knn,
    "bool": _bool,
}
_LIMITS: dict[str, Callable[[Any, Any], bool]] = {
    "lt": lambda one, other: one < other,
    "gte": lambda one, other: one >= other,
    "lte": lambda one, other: one <= other,
}
