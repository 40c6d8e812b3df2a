"""The answer: its rows in an order that people expect, and a total of exactly these."""

from typing import Any

from tests.support.usage_world import DAY, NOON, ONE_DAY, batch, record
from usage.booking import Row, rows
from usage.question import Asked, Asker, Question
from usage.record import Record
from usage.report import MOST_ROWS, report


def answer(found: list[Row], **query: str) -> dict[str, Any]:
    asker = Asker("ada", "", admin=True)
    return dict(report(Question.of(Asked.model_validate(query), asker, DAY), found))


def of(*records: Record, names: set[str]) -> list[Row]:
    return [row for row in rows(batch(*records)) if row.names.keys() == names]


def test_days_come_in_their_order() -> None:
    found = of(record(), record(at=NOON - ONE_DAY), record(at=NOON - 2 * ONE_DAY), names=set())
    shown = answer(found[::-1])
    assert [row["day"] for row in shown["rows"]] == ["2026-11-22", "2026-11-23", "2026-11-24"]
    assert shown["total"]["requests"] == 3


def test_who_used_most_comes_first() -> None:
    records = [record(user="ada"), record(user="bob", prompt=5000), record(user="eve", prompt=100)]
    shown = answer(of(*records, names={"user", "model"}), by="user")
    assert [row["user"] for row in shown["rows"]] == ["bob", "eve", "ada"]


def test_the_days_and_models_of_one_user_are_one_row() -> None:
    records = [record(), record(at=NOON - ONE_DAY), record(served="m2")]
    (row,) = answer(of(*records, names={"user", "model"}), by="user")["rows"]
    assert (row["user"], row["requests"]) == ("ada", 3)


def test_what_was_not_asked_for_is_in_no_sum() -> None:
    records = [record(), record(served="m2"), record(served="m2")]
    shown = answer(of(*records, names={"user", "model"}), user="ada", model="m2")
    assert shown["filters"] == {"user": "ada", "model": "m2"}
    assert (shown["total"]["requests"], shown["rows"][0]["requests"]) == (2, 2)


def test_nothing_used_is_an_answer_too() -> None:
    shown = answer([])
    assert (shown["rows"], shown["omitted"], shown["total"]["requests"]) == ([], 0, 0)
    assert (shown["from"], shown["to"], shown["by"]) == ("2026-10-26", "2026-11-24", "day")


def test_rows_that_are_too_many_are_counted_and_in_the_total() -> None:
    records = [record(user=f"u{number}", prompt=number) for number in range(MOST_ROWS + 5)]
    shown = answer(of(*records, names={"user", "model"}), by="user")
    assert (len(shown["rows"]), shown["omitted"]) == (MOST_ROWS, 5)
    assert shown["total"]["requests"] == MOST_ROWS + 5
    assert shown["rows"][0]["user"] == f"u{MOST_ROWS + 4}"
