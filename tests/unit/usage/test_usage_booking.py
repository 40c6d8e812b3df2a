"""A batch becomes what it adds to the days of those whom it concerns."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.support.usage_world import DAY, NOON, ONE_DAY, batch, record, told
from usage.booking import Row, concerned, rows
from usage.record import Batch, Record


def test_a_request_concerns_its_day_its_model_its_user_its_token_and_each_group() -> None:
    one = record(token="t1", groups=["a", "b", "a", ""])
    assert list(concerned(one)) == [
        {},
        {"model": "m1"},
        {"user": "ada", "model": "m1"},
        {"token": "t1", "model": "m1", "user": "ada"},
        {"group": "a", "model": "m1"},
        {"group": "b", "model": "m1"},
    ]


def test_a_request_after_a_sign_in_concerns_no_token() -> None:
    assert all("token" not in names for names in concerned(record()))


@pytest.mark.parametrize(
    ("model", "served", "counted"), [("m1", "m2", "m2"), ("m1", "", "m1"), ("", "", "unknown")]
)
def test_what_was_used_is_the_model_that_served(model: str, served: str, counted: str) -> None:
    assert {"model": counted} in list(concerned(record(model=model, served=served)))


def test_requests_of_the_same_add_up_and_days_stay_apart() -> None:
    added = rows(batch(record(), record(prompt=5), record(at=NOON - ONE_DAY)))
    totals = [row for row in added if not row.names]
    assert [(row.day, row.figures["requests"]) for row in totals] == [
        (date(2026, 11, 23), 1),
        (DAY, 2),
    ]
    assert totals[1].figures["prompt"] == 35


def test_a_day_ends_at_midnight_in_utc() -> None:
    midnight = NOON + ONE_DAY / 2
    days = {row.day for row in rows(batch(record(at=midnight - 0.001), record(at=midnight)))}
    assert days == {DAY, date(2026, 11, 25)}


people = st.sampled_from(["ada", "bob", "eve"])
some_records = st.lists(
    st.builds(
        lambda user, model, groups, at: record(
            user=user, served=model, groups=groups, at=NOON + at * ONE_DAY, token=user
        ),
        people,
        st.sampled_from(["m1", "m2"]),
        st.lists(st.sampled_from("abc")),
        st.integers(-2, 2),
    ),
    max_size=30,
)


@settings(deadline=None)
@given(records=some_records)
def test_every_request_is_in_every_total_once(records: list[Record]) -> None:
    added = rows(batch(*records))

    def requests(*names: str) -> int:
        return sum(row.figures["requests"] for row in added if row.names.keys() == set(names))

    for names in ((), ("model",), ("user", "model"), ("token", "model", "user")):
        assert requests(*names) == len(records)
    assert requests("group", "model") == sum(len(set(one.groups)) for one in records)


@settings(deadline=None)
@given(records=some_records)
def test_no_row_comes_twice_and_the_order_is_always_the_same(records: list[Record]) -> None:
    added = rows(batch(*records))
    places = [(row.day, tuple(row.names.items())) for row in added]
    assert places == sorted(set(places))
    assert rows(batch(*records)) == added


def test_a_row_without_figures_is_an_empty_one() -> None:
    assert Row(DAY, {}).figures == {}


@pytest.mark.parametrize(
    "broken",
    [
        {"at": -1},
        {"at": 1e12},
        {"at": float("nan")},
        {"user": "u" * 257},
        {"groups": ["g"] * 51},
        {"prompt": -1},
        {"prompt": 10**12},
        {"milliseconds": float("inf")},
        {"status": "ok"},
    ],
)
def test_a_record_beyond_its_bounds_is_not_read(broken: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Record.model_validate(told(**broken))


@pytest.mark.parametrize("name", ["", "A", "a#b", "a" * 101])
def test_a_batch_has_a_name_that_fits_a_key(name: str) -> None:
    with pytest.raises(ValidationError):
        Batch(batch=name, records=[])
