"""Who sees what: every kind of caller before every kind of repository and collection."""

from itertools import product
from typing import Any

import pytest

from catalogue.collection import Collection
from catalogue.repository import Repository
from kernel.faults import Fault
from kernel.http import Caller
from repositories.access import (
    all_collections_for,
    collection_for,
    collections_for,
    opened,
    repositories_for,
    repository_for,
)
from repositories.errors import (
    CollectionBusyError,
    CollectionNotFoundError,
    RepositoryBusyError,
    RepositoryNotFoundError,
)
from tests.support.repository_world import AT, InMemoryRows, a_collection, a_repository, place

ADMIN = Caller("sub-ada", "ada", ("administrators",), admin=True, signed_in=True)
MEMBER = Caller("sub-bob", "bob", ("hr", "readers"), admin=False, signed_in=True)
STRANGER = Caller("sub-eve", "eve", ("law",), admin=False, signed_in=True)
KEEPER = Caller("sub-cora", "cora", ("hr",), admin=False, signed_in=True, curator=True)
NOBODYS = Caller("sub-joe", "joe", (), admin=False, signed_in=False)
CALLERS = (ADMIN, KEEPER, MEMBER, STRANGER, NOBODYS)
# Of a repository; of a collection, None inherits.
REPOSITORY_GROUPS: tuple[list[str], ...] = ([], ["hr"], ["hr", "law"])
COLLECTION_GROUPS: tuple[list[str] | None, ...] = (None, [], ["hr"], ["law"])
REPOSITORY_STATUS = (
    "CREATE_COMPLETE", "CREATE_IN_PROGRESS", "CREATE_FAILED", "DELETE_IN_PROGRESS", "DELETE_FAILED",
)  # fmt: skip
COLLECTION_STATUS = ("ACTIVE", "DELETE_IN_PROGRESS", "DELETE_FAILED")
CASES = list(
    product(CALLERS, REPOSITORY_GROUPS, REPOSITORY_STATUS, COLLECTION_GROUPS, COLLECTION_STATUS)
)


def stocked(*found: Repository | Collection) -> InMemoryRows:
    rows = InMemoryRows()
    for row in found:
        rows.add(row)
    return rows


def in_groups(caller: Caller, groups: list[str]) -> bool:
    return not groups or bool(set(groups) & set(caller.groups))


def refusal(work: Any) -> type[Fault] | None:
    try:
        work()
    except Fault as fault:
        return type(fault)
    return None


def expected(case: tuple[Any, ...]) -> tuple[bool, bool]:
    """Whether the repository is there for the caller, and whether the collection is."""
    caller, groups, status, own, own_status = case
    if caller.admin:
        return True, True
    repository = status == "CREATE_COMPLETE" and in_groups(caller, groups)
    mine = in_groups(caller, groups if own is None else own)
    return repository, repository and mine and (own_status == "ACTIVE" or caller.curator)


def world_of(case: tuple[Any, ...]) -> tuple[InMemoryRows, Repository, Collection]:
    _, groups, status, own, own_status = case
    repository = a_repository(allowed_groups=groups, status=status)
    collection = a_collection(1, allowed_groups=own, status=own_status)
    return stocked(repository, collection), repository, collection


def test_a_repository_is_there_for_those_who_may_see_it() -> None:
    for case in CASES:
        rows, repository, _ = world_of(case)
        there, _ = expected(case)
        listed = [*repositories_for(rows, case[0], AT)]
        found = refusal(lambda rows=rows, case=case: repository_for(rows, case[0], "hr-docs", AT))
        assert listed == ([repository] if there else []), case
        assert found is (None if there else RepositoryNotFoundError), case


def test_a_collection_is_there_for_those_who_may_see_both() -> None:
    for case in CASES:
        rows, repository, collection = world_of(case)
        _, there = expected(case)
        wanted = [collection] if there else []
        assert collections_for(rows, case[0], repository) == wanted, case
        assert all_collections_for(rows, case[0], AT)[0] == wanted, case
        found = refusal(
            lambda rows=rows, case=case, of=repository: collection_for(rows, case[0], of, place(1))
        )
        assert found is (None if there else CollectionNotFoundError), case


def test_documents_are_worked_with_where_both_are_seen_and_ready() -> None:
    for case in CASES:
        rows, _, _ = world_of(case)
        caller, _, status, _, own_status = case
        repository_there, there = expected(case)
        wanted: type[Fault] | None = None
        if not repository_there:
            wanted = RepositoryNotFoundError
        elif status != "CREATE_COMPLETE":
            wanted = RepositoryBusyError
        elif not there:
            wanted = CollectionNotFoundError
        elif own_status != "ACTIVE":
            wanted = CollectionBusyError
        found = refusal(
            lambda rows=rows, caller=caller: opened(rows, caller, "hr-docs", place(1), AT)
        )
        assert found is wanted, case


def test_a_collection_is_reached_only_through_its_own_repository() -> None:
    law = a_repository("law", allowed_groups=["law"])
    rows = stocked(a_repository(), law, a_collection(1, "law"))
    for caller in CALLERS:
        with pytest.raises(CollectionNotFoundError):
            opened(rows, caller, "hr-docs", place(1), AT)


def test_without_a_name_the_default_collection_is_meant() -> None:
    rows = stocked(a_repository(), a_collection(0), a_collection(1))
    assert opened(rows, MEMBER, "hr-docs", None, AT)[1] == a_collection(0)


@pytest.mark.parametrize("strange", ["", "x", "hr#docs", "A" * 3000, "../hr-docs", "hr docs"])
def test_what_can_be_no_id_is_not_there(strange: str) -> None:
    rows = stocked(a_repository(), a_collection(0))
    with pytest.raises(RepositoryNotFoundError):
        repository_for(rows, ADMIN, strange, AT)
    with pytest.raises(CollectionNotFoundError):
        collection_for(rows, ADMIN, a_repository(), strange)
