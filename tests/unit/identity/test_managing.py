"""Who sees, changes and revokes which API token."""

from typing import Any

import pytest

from identity.api_token import ApiToken
from identity.faults import TokenNotFoundError
from identity.issuing import DAY, issue_for
from identity.managing import amended, found, keep, listed, revoke
from identity.payload import CreateTokenFor, ListTokens, UpdateToken
from kernel.faults import ForbiddenError
from kernel.http import Caller
from tests.support.in_memory_tokens import InMemoryRegistry, InMemoryTokenBook

NOW = 1_800_000_000.0
SOON = int(NOW) + 10 * DAY
BOB = Caller("sub-bob", "bob", ("readers",), admin=False, signed_in=True)
ADA = Caller("sub-ada", "ada", ("admins",), admin=True, signed_in=True)
BY_HAND: dict[str, Any] = {"token": "a-secret", "tokenExpiration": "1900000000"}


@pytest.fixture
def book() -> InMemoryTokenBook:
    return InMemoryTokenBook()


def token(book: InMemoryTokenBook, username: str = "bob", at: float = NOW, **wish: Any) -> ApiToken:
    usual = {"name": "n", "groups": ["readers"], "tokenExpiration": SOON}
    command = CreateTokenFor.model_validate(usual | wish)
    return issue_for(book, command, username, ADA, at).token


def names(book: InMemoryTokenBook, caller: Caller, **query: Any) -> list[str]:
    tokens = listed(book, ListTokens.model_validate(query), caller, NOW)["tokens"]
    return [token["name"] for token in tokens]


def moved(was: ApiToken, until: int | None, caller: Caller = BOB, now: float = NOW) -> int | None:
    wish = UpdateToken(token_expiration=until)
    return amended(was, wish, caller, now).expires_at


def test_a_user_sees_the_own_tokens_and_an_administrator_all(book: InMemoryTokenBook) -> None:
    token(book, "bob", at=NOW - 2, name="bob's")
    token(book, "carol", at=NOW - 1, name="carol's")
    book.put(BY_HAND | {"name": "by hand", "username": "bob"})
    assert names(book, BOB) == names(book, BOB, username="bob") == ["bob's"]
    assert names(book, ADA) == ["carol's", "bob's", "by hand"]
    assert names(book, ADA, username="bob") == ["bob's"]
    with pytest.raises(ForbiddenError, match="tokens of others"):
        names(book, BOB, username="carol")


def test_a_listing_comes_in_pages_that_miss_and_repeat_nothing(book: InMemoryTokenBook) -> None:
    for number in range(7):
        token(book, at=NOW + number // 2, name=f"n{number}")
    pages: list[Any] = []
    mark = None
    while not pages or mark:
        wish = ListTokens.model_validate({"limit": 3} | ({"nextToken": mark} if mark else {}))
        reply = listed(book, wish, BOB, NOW)
        pages, mark = [*pages, [token["name"] for token in reply["tokens"]]], reply["nextToken"]
    assert list(map(len, pages)) == [3, 3, 1]
    assert sorted(sum(pages, [])) == [f"n{number}" for number in range(7)]
    assert pages[0][0] == "n6"


def test_a_page_can_be_turned_though_its_last_token_was_revoked(book: InMemoryTokenBook) -> None:
    for number in range(3):
        token(book, at=NOW + number, name=f"n{number}")
    reply = listed(book, ListTokens(limit=1), BOB, NOW)
    assert ListTokens.model_validate({"nextToken": reply["nextToken"]})
    book.remove(found(book, reply["tokens"][0]["tokenUUID"], BOB))
    assert names(book, BOB, nextToken=reply["nextToken"]) == ["n1", "n0"]


def test_a_token_of_somebody_else_does_not_exist(book: InMemoryTokenBook) -> None:
    carols = token(book, "carol")
    assert found(book, carols.token_id, ADA) == carols
    for caller, name in ((BOB, carols.token_id), (ADA, "unknown"), (BOB, carols.key)):
        with pytest.raises(TokenNotFoundError):
            found(book, name, caller)


def test_a_row_put_by_hand_is_the_administrators(book: InMemoryTokenBook) -> None:
    book.put(BY_HAND | {"username": "bob"})
    [view] = listed(book, ListTokens(), ADA, NOW)["tokens"]
    assert "a-secret" not in str(view)
    assert (view["isLegacy"], view["username"]) == (True, "api-token")
    by_hand = found(book, view["tokenUUID"], ADA)
    for caller in (BOB, Caller("s", "api-token", (), admin=False, signed_in=True)):
        with pytest.raises(TokenNotFoundError):
            found(book, view["tokenUUID"], caller)
    keep(
        book,
        InMemoryRegistry(),
        by_hand,
        amended(by_hand, UpdateToken(token_expiration=0), ADA, NOW),
    )
    assert found(book, view["tokenUUID"], ADA).expired(NOW)


@pytest.mark.parametrize("caller", [BOB, ADA])
def test_tokens_are_managed_by_people_who_signed_in(
    book: InMemoryTokenBook, caller: Caller
) -> None:
    held = Caller("token:1", caller.username, caller.groups, caller.admin, signed_in=False)
    with pytest.raises(ForbiddenError, match="Sign in"):
        found(book, token(book, caller.username).token_id, held)
    with pytest.raises(ForbiddenError, match="Sign in"):
        listed(book, ListTokens(), held, NOW)


def test_a_change_is_stored_and_told_at_once(book: InMemoryTokenBook) -> None:
    registry, was = InMemoryRegistry(), token(book)
    now = amended(was, UpdateToken(name="new", token_expiration=1), BOB, NOW)
    keep(book, registry, was, now)
    assert (book.fresh(was).name, book.fresh(was).expires_at, registry.tokens) == ("new", 1, 1)
    assert amended(was, UpdateToken(name="new"), BOB, NOW).expires_at == SOON


def test_a_revoked_token_is_gone_and_told_at_once(book: InMemoryTokenBook) -> None:
    registry, one = InMemoryRegistry(), token(book)
    revoke(book, registry, one)
    assert (list(book.all()), registry.tokens) == ([], 1)
    with pytest.raises(TokenNotFoundError):
        revoke(book, registry, one)
    assert registry.tokens == 1


@pytest.mark.parametrize("until", [0, int(NOW), SOON - 1, SOON, SOON + 1, int(NOW) + 365 * DAY])
def test_an_owner_moves_the_end_within_a_year(book: InMemoryTokenBook, until: int) -> None:
    assert moved(token(book), until) == until


@pytest.mark.parametrize("until", [None, int(NOW) + 365 * DAY + 1])
def test_only_an_administrator_moves_the_end_further(
    book: InMemoryTokenBook, until: int | None
) -> None:
    with pytest.raises(ForbiddenError, match="365 days"):
        moved(token(book), until)
    assert moved(token(book), until, ADA) == until


def test_an_owner_may_give_an_endless_token_an_end(book: InMemoryTokenBook) -> None:
    assert moved(token(book, tokenExpiration=None), SOON) == SOON


def test_what_has_expired_comes_back_by_an_administrator_only(book: InMemoryTokenBook) -> None:
    was, later = token(book), SOON + 1
    assert moved(was, later, ADA, now=SOON) == later
    with pytest.raises(ForbiddenError, match="for good"):
        moved(was, later, BOB, now=SOON)


def test_a_token_with_groups_that_its_owner_lost_gets_no_more_time(
    book: InMemoryTokenBook,
) -> None:
    was = token(book, groups=["readers", "writers"])
    with pytest.raises(ForbiddenError, match="no member of writers"):
        moved(was, SOON + 1)
    assert moved(was, SOON - 1) == SOON - 1
