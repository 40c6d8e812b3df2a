"""The days' figures as items of a table. Pure.

An item lies under the name that is asked for most (`user#ada`). The index `all` has every item of a
kind (`user`), the index `other` lies under the other name of a pair (`user of model#m`). All are in
the order of days, so that every question is one query.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any

from usage.booking import Row
from usage.question import Part, Question

type Item = dict[str, Any]

NAMES = ("user", "token", "group", "model")
# By the kind of a row, the name that it lies under in the index `other`.
OTHER = {"user": "model", "token": "user", "group": "model"}
TOTAL = "total"
PARTITIONS = {"days": "pk", "all": "kind", "other": "other"}
EXPIRES = "expires"
# Sorts behind every day's items, as it follows the `#` after a day.
AFTER = "$"


def texts(**values: str) -> Item:
    return {name: {"S": text} for name, text in values.items()}


def key(row: Row) -> Item:
    kind = _kind(row)
    model = f"#{row.names['model']}" if kind in OTHER else ""
    partition = f"{kind}#{row.names[kind]}" if kind else TOTAL
    return texts(pk=partition, sk=f"{row.day}{model}")


def addition(row: Row, retention: timedelta) -> Item:
    """The parameters of an update that adds the row's figures to whatever is there."""
    said = {name: {"S": text} for name, text in _said(row)}
    until = datetime.combine(row.day, datetime.min.time(), UTC) + retention
    said[EXPIRES] = {"N": str(int(until.timestamp()))}
    added = {name: {"N": str(count)} for name, count in row.figures.items() if count}
    return {
        "Key": key(row),
        "UpdateExpression": f"SET {', '.join(f'#{name} = :{name}' for name in said)} "
        f"ADD {', '.join(f'#{name} :{name}' for name in added)}",
        # Many of the names are words of DynamoDB's own.
        "ExpressionAttributeNames": {f"#{name}": name for name in chain(said, added)},
        "ExpressionAttributeValues": {f":{name}": value for name, value in (said | added).items()},
    }


def query(question: Question, part: Part) -> Item:
    """The parameters of the query that reads a part for the question's days."""
    if part.index == "all":
        partition = part.kind
    elif part.index == "other":
        partition = _other(part.kind, question.filters[part.key])
    else:
        partition = f"{part.kind}#{question.filters[part.key]}" if part.key else TOTAL
    days = texts(**{":from": str(question.first), ":to": f"{question.last}{AFTER}"})
    return {
        **({} if part.index == "days" else {"IndexName": part.index}),
        "KeyConditionExpression": "#partition = :partition AND sk BETWEEN :from AND :to",
        "ExpressionAttributeNames": {"#partition": PARTITIONS[part.index]},
        "ExpressionAttributeValues": {":partition": {"S": partition}, **days},
    }


def row(item: Mapping[str, Mapping[str, str]]) -> Row:
    names = {name: item[name]["S"] for name in NAMES if name in item}
    counts = {name: int(value["N"]) for name, value in item.items() if "N" in value}
    counts.pop(EXPIRES, None)
    return Row(date.fromisoformat(item["sk"]["S"][:10]), names, Counter(counts))


def _kind(row: Row) -> str:
    return next((kind for kind in ("token", "group", "user", "model") if kind in row.names), "")


def _other(kind: str, name: str) -> str:
    return f"{kind} of {OTHER[kind]}#{name}"


def _said(row: Row) -> Iterator[tuple[str, str]]:
    yield from row.names.items()
    kind = _kind(row)
    if kind:
        yield "kind", kind
    if kind in OTHER:
        yield "other", _other(kind, row.names[OTHER[kind]])
