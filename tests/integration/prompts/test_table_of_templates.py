"""The table of templates: one suite for DynamoDB and for memory."""

from datetime import timedelta
from typing import Any

import pytest

from kernel.items import plain
from prompts.adapters.dynamo import BATCH, DynamoTemplates
from prompts.ports import LostRaceError, Templates
from tests.integration.prompts.conftest import TABLE
from tests.support.prompts_world import NOON, InMemoryTemplates, a_template, wish

LATER = NOON + timedelta(days=1)


@pytest.fixture(params=["memory", "dynamo"])
def templates(request: pytest.FixtureRequest) -> Templates:
    if request.param == "memory":
        return InMemoryTemplates()
    request.getfixturevalue("aws")
    return DynamoTemplates(TABLE)


def test_a_template_is_read_as_it_was_added(templates: Templates) -> None:
    one = a_template("bob", 0, "group:readers", "lisa:public")
    templates.add(one)
    assert templates.get(one.id) == one
    assert templates.get("another") is None


def test_the_last_revision_is_the_one_that_is_there(templates: Templates) -> None:
    first = a_template("bob", 0, "group:readers")
    templates.add(first)
    second = first.next(wish("Sailor"), LATER)
    templates.replace(first, second)
    assert templates.get(first.id) == second
    assert list(templates.own("sub-bob", None)) == [second]
    assert list(templates.shared(None)) == []


def test_of_two_changes_of_one_revision_the_second_is_refused(templates: Templates) -> None:
    first = a_template("bob")
    templates.add(first)
    second = first.next(wish("Sailor"), LATER)
    templates.replace(first, second)
    with pytest.raises(LostRaceError):
        templates.replace(first, first.next(wish("Soldier"), LATER))
    with pytest.raises(LostRaceError):
        templates.remove(first, LATER)
    assert templates.get(first.id) == second


def test_what_is_removed_is_neither_there_nor_listed(templates: Templates) -> None:
    one = a_template("bob", 0, "lisa:public")
    templates.add(one)
    templates.remove(one, LATER)
    assert templates.get(one.id) is None
    assert [*templates.own("sub-bob", None), *templates.shared(None)] == []
    with pytest.raises(LostRaceError):
        templates.replace(one, one.next(wish("Sailor"), LATER))


def test_lists_begin_with_the_latest_and_go_on_after_a_place(templates: Templates) -> None:
    mine = [a_template("bob", number) for number in range(BATCH + 5)]
    others = [a_template("eve", number, "group:x") for number in range(3)]
    for one in [*mine, *others]:
        templates.add(one)
    assert list(templates.own("sub-bob", None)) == mine[::-1]
    assert list(templates.own("sub-bob", mine[2].place)) == [mine[1], mine[0]]
    assert list(templates.shared(others[1].place)) == [others[0]]


def test_earlier_revisions_are_kept_for_ninety_days(aws: Any) -> None:
    templates, first = DynamoTemplates(TABLE), a_template("bob")
    templates.add(first)
    second = first.next(wish("Sailor"), LATER)
    templates.replace(first, second)
    templates.remove(second, LATER)
    kept = [plain(item) for item in aws.scan(TableName=TABLE)["Items"]]
    until = int((LATER + timedelta(days=90)).timestamp())
    found = [(one["title"], one["revision"], one["expires"]) for one in kept]
    assert sorted(found) == [("Sailor", 2, until), ("bob 0", 1, until)]
