"""One suite for the figures of days, in DynamoDB and in memory."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from botocore.stub import Stubber
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel.observability import client
from tests.integration.usage.conftest import TABLE
from tests.support.usage_world import DAY, NOON, ONE_DAY, InMemoryLedger, batch, record
from usage.adapters.dynamo import MOST_ROWS, TRIES, DynamoLedger
from usage.booking import rows
from usage.errors import Busy, TooMuchUsageError
from usage.ports import Ledger
from usage.question import Asked, Asker, Question, part
from usage.record import Record

slept: list[float] = []


def dynamo() -> DynamoLedger:
    slept.clear()
    return DynamoLedger(
        TABLE, 400, clock=lambda: datetime(2026, 11, 24, tzinfo=UTC), sleep=slept.append
    )


@pytest.fixture(params=["in memory", "DynamoDB"])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    if request.param == "in memory":
        return InMemoryLedger()
    request.getfixturevalue("aws")
    return dynamo()


def add(ledger: Ledger, *records: Record, name: str = "b1-0") -> None:
    one = batch(*records, name=name)
    ledger.add(one.batch, rows(one))


def read(ledger: Ledger, **asked: str) -> Mapping[tuple[str, ...], int]:
    """How many requests were found, by day and the names of the rows."""
    asker = Asker("ada", "", admin=True)
    question = Question.of(Asked.model_validate(asked), asker, DAY)
    found: Counter[tuple[str, ...]] = Counter()
    for row in ledger.read(question, part(question)):
        found[str(row.day), *(row.names[name] for name in sorted(row.names))] += row.figures[
            "requests"
        ]
    return found


def test_figures_are_read_as_they_were_added(ledger: Ledger) -> None:
    one = batch(record(token="t1", groups=["g1"], firstToken=55.0))
    ledger.add(one.batch, rows(one))
    for by in ("day", "model", "user", "token", "group"):
        question = Question.of(Asked(by=by), Asker("ada", "", admin=True), DAY)
        (found,) = ledger.read(question, part(question))
        assert found in [type(row)(row.day, row.names, +row.figures) for row in rows(one)], by


def test_a_batch_is_added_once_however_often_it_comes(ledger: Ledger) -> None:
    for _ in range(3):
        add(ledger, record(), record(), name="b1-0")
    add(ledger, record(), name="b1-60000")
    assert read(ledger) == {("2026-11-24",): 3}


def test_a_batch_of_many_rows_is_added_once_too(ledger: Ledger) -> None:
    records = [record(user=f"u{number}", token=f"t{number}") for number in range(60)]
    for _ in range(2):
        add(ledger, *records)
    assert read(ledger) == {("2026-11-24",): 60}
    users = read(ledger, by="user")
    assert (len(users), set(users.values())) == (60, {1})


def test_only_the_days_that_are_asked_for_are_read(ledger: Ledger) -> None:
    add(ledger, *(record(at=NOON - days * ONE_DAY) for days in range(5)))
    some = {"from": "2026-11-21", "to": "2026-11-22"}
    assert read(ledger, **some) == {("2026-11-21",): 1, ("2026-11-22",): 1}
    for by in ("model", "user"):
        assert sum(read(ledger, by=by, **some).values()) == 2
    assert sum(read(ledger, user="ada", **some).values()) == 2


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"user": "ada"}, {("m1", "ada"): 1, ("m2", "ada"): 1}),
        ({"by": "user", "model": "m2"}, {("m2", "ada"): 1, ("m2", "bob"): 1}),
        ({"by": "user"}, {("m1", "ada"): 1, ("m2", "ada"): 1, ("m2", "bob"): 1}),
        ({"model": "m2"}, {("m2",): 2}),
        ({"by": "model"}, {("m1",): 1, ("m2",): 2}),
        ({"token": "t1"}, {("m1", "t1", "ada"): 1}),
        ({"by": "token", "user": "ada"}, {("m1", "t1", "ada"): 1, ("m2", "t2", "ada"): 1}),
        ({"group": "g"}, {("g", "m1"): 1, ("g", "m2"): 2}),
        ({"by": "group", "model": "m1"}, {("g", "m1"): 1}),
    ],
)
def test_a_part_has_the_rows_of_its_key(
    ledger: Ledger, asked: dict[str, str], found: dict[tuple[str, ...], int]
) -> None:
    add(
        ledger,
        record(token="t1", groups=["g"]),
        record(token="t2", groups=["g"], served="m2"),
        record(user="bob", token="t3", groups=["g"], served="m2"),
    )
    assert read(ledger, **asked) == {
        ("2026-11-24", *names): count for names, count in found.items()
    }


odd = st.text(st.sampled_from("#$~ é%"), min_size=1, max_size=4)


@settings(
    max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(users=st.lists(odd, min_size=1, max_size=4, unique=True))
def test_no_name_is_taken_for_another(aws: Any, users: list[str]) -> None:
    ledger = dynamo()
    day = timedelta(days=next(days))
    at = NOON - day.total_seconds()
    one = batch(*(record(user=user, served=user, at=at) for user in users), name=f"b-{day.days}")
    ledger.add(one.batch, rows(one))
    asked = {"from": str(DAY - day), "to": str(DAY - day)}
    for user in users:
        assert sum(read(ledger, user=user, **asked).values()) == 1
        assert sum(read(ledger, by="user", model=user, **asked).values()) == 1


days = iter(range(10_000))


def test_the_days_figures_and_the_marks_go_by_themselves(aws: Any) -> None:
    add(dynamo(), record())
    items = aws.scan(TableName=TABLE)["Items"]
    expires = {item["pk"]["S"]: int(item["expires"]["N"]) for item in items}
    assert len(expires) == len(items) == 4
    kept = datetime.fromtimestamp(expires["total"], UTC).date() - DAY
    marked = datetime.fromtimestamp(expires["batch#b1-0#0"], UTC).date() - DAY
    assert (kept.days, marked.days) == (400, 30)


def cancelled(stub: Stubber, *codes: str) -> None:
    reasons = [{"Code": code} for code in codes]
    stub.add_client_error(
        "transact_write_items",
        "TransactionCanceledException",
        modeled_fields={"CancellationReasons": reasons},
    )


def test_who_meets_another_at_a_row_tries_again_a_little_later(aws: Any) -> None:
    with Stubber(client("dynamodb")) as stub:
        cancelled(stub, "None", "TransactionConflict")
        cancelled(stub, "ThrottlingError", "None")
        stub.add_response("transact_write_items", {})
        add(dynamo(), record())
        stub.assert_no_pending_responses()
    assert len(slept) == 2
    assert all(0 < pause < 0.2 for pause in slept)


def test_who_meets_others_all_the_time_gives_the_batch_back(aws: Any) -> None:
    with Stubber(client("dynamodb")) as stub:
        for _ in range(TRIES):
            cancelled(stub, "None", "TransactionConflict")
        with pytest.raises(Busy):
            add(dynamo(), record())
    assert sum(slept) < 15


def test_a_batch_that_another_has_just_added_is_done(aws: Any) -> None:
    with Stubber(client("dynamodb")) as stub:
        cancelled(stub, "TransactionConflict", "None")
        cancelled(stub, "ConditionalCheckFailed", "None")
        add(dynamo(), record())
        stub.assert_no_pending_responses()


def test_any_other_trouble_is_not_hidden(aws: Any) -> None:
    with Stubber(client("dynamodb")) as stub:
        cancelled(stub, "None", "ValidationError")
        with pytest.raises(client("dynamodb").exceptions.TransactionCanceledException):
            add(dynamo(), record())
        stub.add_client_error("transact_write_items", "AccessDeniedException")
        with pytest.raises(client("dynamodb").exceptions.ClientError, match="AccessDenied"):
            add(dynamo(), record(), name="b2-0")


def test_what_takes_too_long_to_read_is_refused_with_a_way_out(aws: Any) -> None:
    item = {"pk": {"S": "total"}, "sk": {"S": "2026-11-24"}, "requests": {"N": "1"}}
    page = {"Items": [item] * (MOST_ROWS + 1)}
    with Stubber(client("dynamodb")) as stub:
        stub.add_response("query", page)
        with pytest.raises(TooMuchUsageError, match="fewer days"):
            read(dynamo())


def test_a_day_is_read_from_whatever_order_it_has(aws: Any) -> None:
    add(dynamo(), record(served="#"), record(served="~~~"), record(served="\U0010ffff"))
    assert len(read(dynamo(), by="model", **{"from": "2026-11-24"})) == 3
    assert read(dynamo(), by="model", to="2026-11-23") == {}
    assert date(2026, 11, 24) == DAY
