"""What may be asked, by whom, and which part of the table answers it."""

from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from pydantic import ValidationError as Unreadable

from kernel.faults import ForbiddenError, ValidationError
from tests.support.usage_world import DAY
from usage.question import LONGEST_DAYS, Asked, Asker, Question, part

ADMIN = Asker("ada", "", admin=True)
BOB = Asker("bob", "", admin=False)
A_TOKEN = Asker("api-token", "t1", admin=False)


def asked(asker: Asker = ADMIN, **query: Any) -> Question:
    given = {"from" if name == "first" else name: value for name, value in query.items()}
    return Question.of(Asked.model_validate(given), asker, DAY)


def test_thirty_days_until_today_are_the_usual() -> None:
    question = asked()
    assert (question.first, question.last, question.by) == (date(2026, 10, 26), DAY, "day")


def test_a_range_may_be_said_by_either_end() -> None:
    assert asked(to="2026-11-10").first == date(2026, 10, 12)
    assert asked(first="2026-11-20").last == DAY
    assert asked(first="2026-12-20").last == date(2026, 12, 20)
    longest = asked(first=str(DAY - timedelta(days=LONGEST_DAYS - 1)))
    assert (longest.last - longest.first).days == LONGEST_DAYS - 1


@pytest.mark.parametrize(
    ("first", "last"), [("2026-11-02", "2026-11-01"), ("2025-10-20", "2026-11-24")]
)
def test_a_range_that_is_empty_or_too_long_is_refused(first: str, last: str) -> None:
    with pytest.raises(ValidationError) as refused:
        asked(first=first, to=last)
    assert refused.value.details[0]["field"] == "from"


@pytest.mark.parametrize(
    "query",
    [
        {"from": "yesterday"},
        {"to": "0001-01-01"},
        {"to": "9999-12-31"},
        {"by": "colour"},
        {"user": ""},
        {"user": "u" * 257},
        {"usr": "ada"},
    ],
)
def test_what_cannot_be_read_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(Unreadable):
        Asked.model_validate(query)


def test_an_administrator_asks_about_anybody() -> None:
    assert asked(ADMIN).filters == {}
    assert asked(ADMIN, user="bob", model="m").filters == {"user": "bob", "model": "m"}


def test_a_person_sees_what_is_theirs() -> None:
    assert asked(BOB).filters == {"user": "bob"}
    assert asked(BOB, user="bob", token="t9").filters == {"user": "bob", "token": "t9"}


def test_a_token_sees_what_it_used_itself() -> None:
    assert asked(A_TOKEN, by="model").filters == {"token": "t1"}


@pytest.mark.parametrize(("asker", "query"), [(BOB, {"user": "ada"}), (A_TOKEN, {"token": "t2"})])
def test_what_is_somebody_elses_is_forbidden(asker: Asker, query: dict[str, str]) -> None:
    with pytest.raises(ForbiddenError, match="your own usage only"):
        asked(asker, **query)


NAMES = ("user", "token", "group", "model")
EVERY_QUESTION = [
    (by, filters)
    for by in ("day", *NAMES)
    for count in range(len(NAMES) + 1)
    for filters in combinations(NAMES, count)
]


@pytest.mark.parametrize(("by", "filters"), EVERY_QUESTION)
def test_a_part_knows_all_that_a_question_names_or_the_question_is_refused(
    by: str, filters: tuple[str, ...]
) -> None:
    question = asked(ADMIN, by=by, **dict.fromkeys(filters, "x"))
    named = {*filters, by} - {"day"}
    if "group" in named and named & {"user", "token"}:
        with pytest.raises(ValidationError) as refused:
            part(question)
        assert refused.value.details[0]["message"].endswith(".")
        return
    found = part(question)
    assert named <= found.names
    assert not found.key or found.key in filters


@pytest.mark.parametrize(
    ("by", "filters", "index", "kind"),
    [
        ("day", (), "days", ""),
        ("user", (), "all", "user"),
        ("group", (), "all", "group"),
        ("day", ("user",), "days", "user"),
        ("model", ("user",), "days", "user"),
        ("token", ("user",), "other", "token"),
        ("day", ("user", "token"), "days", "token"),
        ("day", ("model",), "days", "model"),
        ("user", ("model",), "other", "user"),
        ("group", ("model",), "other", "group"),
        ("token", ("model",), "all", "token"),
    ],
)
def test_a_question_reads_the_narrowest_part(
    by: str, filters: tuple[str, ...], index: str, kind: str
) -> None:
    found = part(asked(ADMIN, by=by, **dict.fromkeys(filters, "x")))
    assert (found.index, found.kind) == (index, kind)
