"""Who may make which API token, and what becomes of its secret."""

import re
from typing import Any

import pytest

from identity.api_token import ApiToken
from identity.faults import TooManyTokensError
from identity.issuing import DAY, MOST_LIVE, Issued, issue, issue_for
from identity.payload import CreateToken, CreateTokenFor
from identity.tokens import Grant, digest, grant
from kernel.faults import ForbiddenError, ValidationError
from kernel.http import Caller
from tests.support.in_memory_tokens import InMemoryTokenBook

NOW = 1_800_000_000.5
ADMINS, LIBRARIANS = "admins", "librarians"
BOB = Caller("sub-bob", "bob", ("readers", "writers"), admin=False, signed_in=True)
ADA = Caller("sub-ada", "ada", ("readers", ADMINS), admin=True, signed_in=True)


@pytest.fixture
def book() -> InMemoryTokenBook:
    return InMemoryTokenBook()


def made(book: InMemoryTokenBook, caller: Caller = BOB, **wish: Any) -> Issued:
    command = CreateToken.model_validate({"name": "notebook"} | wish)
    return issue(book, command, caller, NOW, (ADMINS, LIBRARIANS))


def made_for(book: InMemoryTokenBook, username: str, **wish: Any) -> ApiToken:
    command = CreateTokenFor.model_validate({"name": "report"} | wish)
    return issue_for(book, command, username, ADA, NOW).token


def granted(book: InMemoryTokenBook, issued: Issued) -> Grant:
    """What the gateway lets the secret do, from the row that was stored."""
    [row] = (token.row() for token in book.all() if token.key == digest(issued.secret))
    return grant(row, issued.secret, NOW)


def test_a_token_is_its_makers_with_the_makers_groups_for_ninety_days(
    book: InMemoryTokenBook,
) -> None:
    issued = made(book)
    ends, groups = int(NOW) + 90 * DAY, ("readers", "writers")
    assert granted(book, issued) == Grant("bob", groups, ends, issued.token.token_id)


def test_a_secret_is_shown_once_and_kept_nowhere(book: InMemoryTokenBook) -> None:
    issued = made(book)
    assert issued.view(NOW)["token"] == issued.secret
    [kept] = book.all()
    told = (kept.row(), kept.view(NOW), repr(kept), repr(issued))
    assert not any(issued.secret in str(one) for one in told)
    assert digest(issued.secret) not in str(kept.view(NOW)) + repr(issued)


def test_scanners_know_a_secret_of_ours_and_no_two_are_alike(book: InMemoryTokenBook) -> None:
    secrets = {made(book).secret for _ in range(20)}
    assert len(secrets) == 20
    assert all(re.fullmatch(r"lisa_[0-9A-Za-z]{43}", secret) for secret in secrets)


def test_a_token_may_have_fewer_groups_and_models_than_its_maker(book: InMemoryTokenBook) -> None:
    issued = made(book, groups=["readers"], models=["m2", "m1", "m1"])
    assert granted(book, issued).groups == ("readers",)
    assert granted(book, issued).models == ("m1", "m2")
    assert granted(book, made(book, groups=[])).groups == ()


@pytest.mark.parametrize("groups", [[ADMINS], ["readers", ADMINS], ["Readers"]])
def test_nobody_gives_groups_that_are_not_theirs(book: InMemoryTokenBook, groups: Any) -> None:
    with pytest.raises(ForbiddenError, match="no member of"):
        made(book, groups=groups)
    assert list(book.all()) == []


def test_a_role_is_given_only_when_it_is_asked_for(book: InMemoryTokenBook) -> None:
    assert made(book, ADA).token.groups == ("readers",)
    cora = Caller("sub-cora", "cora", ("readers", LIBRARIANS), admin=False, signed_in=True)
    assert made(book, cora).token.groups == ("readers",)
    assert made(book, cora, groups=[LIBRARIANS]).token.groups == (LIBRARIANS,)
    assert made(book, ADA, groups=[ADMINS, "of others"]).token.groups == (ADMINS, "of others")


def test_a_token_makes_no_tokens(book: InMemoryTokenBook) -> None:
    held = Caller("token:1", "ada", (ADMINS,), admin=True, signed_in=False)
    for_bob = CreateTokenFor(name="n")
    with pytest.raises(ForbiddenError, match="Sign in"):
        made(book, held)
    with pytest.raises(ForbiddenError, match="Sign in"):
        issue_for(book, for_bob, "bob", held, NOW)


@pytest.mark.parametrize("ends", [0, int(NOW) - 1, int(NOW)])
@pytest.mark.parametrize("caller", [BOB, ADA])
def test_a_token_does_not_begin_after_its_end(
    book: InMemoryTokenBook, caller: Caller, ends: int
) -> None:
    with pytest.raises(ValidationError) as refused:
        made(book, caller, tokenExpiration=ends)
    assert refused.value.details[0]["field"] == "tokenExpiration"


@pytest.mark.parametrize("ends", [None, int(NOW) + 365 * DAY + 1])
def test_only_administrators_make_tokens_for_more_than_a_year(
    book: InMemoryTokenBook, ends: int | None
) -> None:
    with pytest.raises(ForbiddenError, match="365 days at most"):
        made(book, tokenExpiration=ends)
    assert made(book, ADA, tokenExpiration=ends).token.expires_at == ends
    assert made_for(book, "bob", tokenExpiration=ends).expires_at == ends


def test_a_year_is_not_too_long(book: InMemoryTokenBook) -> None:
    ends = int(NOW) + 365 * DAY
    assert made(book, tokenExpiration=ends).token.expires_at == ends


def test_an_administrator_makes_tokens_for_others_with_any_groups(book: InMemoryTokenBook) -> None:
    token = made_for(book, "bob", groups=["anything"], isSystemToken=True)
    assert (token.username, token.created_by) == ("bob", "ada")
    assert (token.groups, token.system) == (("anything",), True)
    assert made_for(book, "bob").groups == ()


@pytest.mark.parametrize("username", ["", "x" * 257, "a\nb", "a\u0000", "\u202ebob"])
def test_a_token_belongs_to_a_name_that_people_can_read(
    book: InMemoryTokenBook, username: str
) -> None:
    with pytest.raises(ValidationError):
        made_for(book, username)


def test_one_has_so_many_tokens_and_no_more_until_some_are_gone(book: InMemoryTokenBook) -> None:
    tokens = [made(book).token for _ in range(MOST_LIVE)]
    with pytest.raises(TooManyTokensError, match="50 tokens"):
        made(book)
    with pytest.raises(TooManyTokensError):
        made_for(book, "bob")
    assert made_for(book, "carol")
    book.remove(tokens[0])
    assert made(book)


def test_expired_tokens_do_not_count_until_they_are_a_heap(book: InMemoryTokenBook) -> None:
    for number in range(499):
        expired = made_for(InMemoryTokenBook(), "bob").row() | {"token": str(number)}
        book.put(expired | {"tokenExpiration": 1})
    assert made(book)
    with pytest.raises(TooManyTokensError, match="500 tokens"):
        made(book)
