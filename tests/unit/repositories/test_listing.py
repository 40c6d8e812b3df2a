"""Lists in pages: every item once, in the order that was asked for, whatever comes and goes."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.collection import Collection
from catalogue.listing import CollectionsQuery
from documents.errors import UnknownCursorError
from repositories.listing import Listed, collections_page
from tests.support.repository_world import AT, a_collection

NAMES = ("Default", "beta", "Alpha", "gamma", "alpha 2")
MANY = [
    a_collection(
        number, name=name, created_at=AT + timedelta(days=number), description="Of " + name
    )
    for number, name in enumerate(NAMES)
]


def page(found: list[Collection], of: str = "hr-docs", **asked: object) -> Listed[Collection]:
    return collections_page(found, CollectionsQuery.model_validate(asked), of)


def names(listed: Listed[Collection]) -> list[str]:
    return [one.name for one in listed.items]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["Default", "Alpha", "alpha 2", "beta", "gamma"]),
        ({"sortBy": "name"}, ["Alpha", "alpha 2", "beta", "Default", "gamma"]),
        ({"sortBy": "name", "sortOrder": "desc", "pageSize": "2"}, ["gamma", "Default"]),
        ({"sortBy": "createdAt"}, ["alpha 2", "gamma", "Alpha", "beta", "Default"]),
        ({"sortBy": "createdAt", "sortOrder": "asc", "pageSize": "1"}, ["Default"]),
        ({"filter": "ALPHA"}, ["Alpha", "alpha 2"]),
        ({"filter": "of beta"}, ["beta"]),
        ({"status": "DELETE_FAILED"}, []),
        ({"page": "2", "pageSize": "3"}, ["beta", "gamma"]),
        ({"page": "9"}, []),
    ],
)
def test_a_list_is_as_it_is_asked_for(asked: dict[str, str], expected: list[str]) -> None:
    assert names(page(MANY, **asked)) == expected


def test_a_page_says_where_it_is() -> None:
    first = page(MANY, pageSize="2")
    assert (first.total, first.page, first.pages, first.has_previous) == (5, 1, 3, False)
    last = page(MANY, pageSize="2", page="3")
    assert (last.page, last.after, last.has_previous) == (3, None, True)
    assert last.paging == {"lastEvaluatedKey": None, "hasNextPage": False, "hasPreviousPage": True}


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=250)


@given(
    st.lists(texts, max_size=12),
    st.integers(1, 5),
    st.sampled_from([None, "name", "createdAt", "updatedAt"]),
    st.sampled_from([None, "asc", "desc"]),
)
def test_pages_show_every_item_once(
    said: list[str], size: int, by: str | None, order: str | None
) -> None:
    every = [a_collection(number, name=name) for number, name in enumerate(said)]
    asked: dict[str, Any] = {"pageSize": size, "sortBy": by, "sortOrder": order}
    shown, after = list[Collection](), None
    for _ in range(len(every) + 1):
        listed = page(every, lastEvaluatedKey=after, **asked)
        shown, after = [*shown, *listed.items], listed.after
        if after is None:
            break
    assert sorted(one.collection_id for one in shown) == [one.collection_id for one in every]
    if by == "name":
        folded = [one.name.casefold()[:200] for one in shown]
        assert all(a >= b if order == "desc" else a <= b for a, b in pairwise(folded))


def test_what_goes_between_two_pages_hides_nothing_else() -> None:
    first = page(MANY, sortBy="name", pageSize="2")
    left = [one for one in MANY if one not in first.items]
    rest = page(left, sortBy="name", pageSize="9", lastEvaluatedKey=first.after)
    assert names(rest) == ["beta", "Default", "gamma"]


@pytest.mark.parametrize(
    "other",
    [{"of": "law"}, {"sortBy": "name"}, {"sortOrder": "desc"}, {"filter": "a"}],
    ids=str,
)
def test_a_cursor_of_another_list_is_refused(other: dict[str, str]) -> None:
    first = page(MANY, pageSize="1")
    with pytest.raises(UnknownCursorError):
        page(MANY, lastEvaluatedKey=first.after, **other)


@pytest.mark.parametrize(
    "forged", ["!", "é", "bnVsbA==", "W10=", "WzEsMiwzXQ==", "W1tbW1tbW1s=" * 90]
)
def test_a_cursor_that_nobody_gave_out_is_refused(forged: str) -> None:
    with pytest.raises(UnknownCursorError):
        page(MANY, lastEvaluatedKey=forged)
