"""Values come back from DynamoDB as they were, and a refused write says why."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from kernel.items import CONDITION, CONFLICT, plain, refusals, typed

NUMBERS = st.integers(-(10**15), 10**15) | st.floats(0.001, 1e6).map(lambda one: round(one, 3))
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=10), VALUES, max_size=4))
def test_values_come_back_as_they_were(values: dict[str, Any]) -> None:
    assert plain(typed(values)) == values


def test_a_float_is_kept_as_it_is_written() -> None:
    assert typed({"share": 0.1, "shares": [0.7]}) == {
        "share": {"N": "0.1"},
        "shares": {"L": [{"N": "0.7"}]},
    }


def test_a_whole_number_comes_back_as_one() -> None:
    [number] = plain({"size": {"N": "4096"}}).values()
    assert type(number) is int


def refused(code: str, *reasons: str) -> ClientError:
    """What DynamoDB says, with the reasons of a transaction if there are any."""
    told: Any = {"Error": {"Code": code, "Message": ""}}
    if reasons:
        told["CancellationReasons"] = [{"Code": one} for one in reasons]
    return ClientError(told, "TransactWriteItems")


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (refused("ConditionalCheckFailedException"), [CONDITION]),
        (refused("TransactionConflictException"), [CONFLICT]),
        (refused("TransactionCanceledException", "None", CONDITION), ["None", CONDITION]),
        (refused("TransactionCanceledException", "ThrottlingError"), ["ThrottlingError"]),
        (refused("ProvisionedThroughputExceededException"), []),
    ],
)
def test_a_refused_write_says_why(error: ClientError, found: list[str]) -> None:
    assert refusals(error) == found
