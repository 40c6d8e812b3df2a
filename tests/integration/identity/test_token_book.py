"""One suite for the table of API tokens, in DynamoDB and in memory."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from identity.adapters.token_book import DynamoTokenBook
from identity.api_token import ApiToken
from identity.faults import TokenChangedError, TokenNotFoundError
from identity.ports import TokenBook
from identity.tokens import digest
from tests.support.in_memory_tokens import InMemoryTokenBook
from tests.support.templates import Json

TABLE = "test-LISAApiTokenTable"
type Put = Callable[[Json], None]


@pytest.fixture(params=["in memory", "DynamoDB"])
def kept(request: pytest.FixtureRequest) -> tuple[TokenBook, Put]:
    """The book, and how an owner puts a row by hand."""
    if request.param == "in memory":
        book = InMemoryTokenBook()
        return book, book.put
    dynamodb = request.getfixturevalue("dynamodb")

    def put(row: Json) -> None:
        kinds = {str: "S", int: "N"}
        item = {name: {kinds[type(value)]: str(value)} for name, value in row.items()}
        dynamodb.put_item(TableName=TABLE, Item=item)

    return DynamoTokenBook(TABLE), put


@pytest.fixture
def book(kept: tuple[TokenBook, Put]) -> TokenBook:
    return kept[0]


def token(name: str = "one", username: str = "ada", **changes: Any) -> ApiToken:
    usual = ApiToken(
        key=digest(name),
        token_id=f"{digest(name)[:36]}",
        name=name,
        username=username,
        groups=("readers", "ümlaut"),
        models=("m1",),
        expires_at=1_900_000_000,
        created_at=1_800_000_000,
        created_by="root",
    )
    return replace(usual, **changes)


@pytest.mark.parametrize(
    "changes", [{}, {"expires_at": None}, {"models": None}, {"groups": ()}, {"system": True}]
)
def test_a_token_is_read_as_it_was_stored(book: TokenBook, changes: Json) -> None:
    one = token(**changes)
    book.add(one)
    assert book.fresh(one) == one
    assert list(book.all()) == list(book.of("ada")) == [one]


def test_a_user_has_the_own_tokens_the_newest_first(book: TokenBook) -> None:
    for number in range(3):
        book.add(token(f"n{number}", created_at=1_800_000_000 + number))
    book.add(token("another's", "bob"))
    assert [one.name for one in book.of("ada")] == ["n2", "n1", "n0"]
    assert [one.name for one in book.of("nobody")] == []
    assert len(list(book.all())) == 4


def test_rows_put_by_hand_are_nobodys(kept: tuple[TokenBook, Put]) -> None:
    book, put = kept
    put({"token": "bare"})
    put({"token": "claimed", "username": "ada", "createdDate": 1_800_000_000})
    assert list(book.of("ada")) == []
    assert sorted(one.key for one in book.all()) == ["bare", "claimed"]
    assert all(one.by_hand for one in book.all())


def test_a_changed_token_has_another_name_and_end_and_nothing_else(book: TokenBook) -> None:
    one = token()
    book.add(one)
    for end in (1, None, 1_900_000_001):
        was = book.fresh(one)
        book.replace(was, replace(was, name=f"until {end}", expires_at=end, groups=("admins",)))
        assert book.fresh(one) == replace(one, name=f"until {end}", expires_at=end)


def test_who_knows_an_old_end_changes_nothing(book: TokenBook) -> None:
    old = token()
    book.add(old)
    book.replace(old, replace(old, expires_at=1))
    for was in (old, replace(old, expires_at=None)):
        with pytest.raises(TokenChangedError):
            book.replace(was, replace(old, expires_at=2_000_000_000))
    assert book.fresh(old).expires_at == 1


@pytest.mark.parametrize("end", [1_900_000_000, None])
def test_a_change_does_not_bring_a_revoked_token_back(book: TokenBook, end: int | None) -> None:
    one = token(expires_at=end)
    book.add(one)
    book.remove(one)
    with pytest.raises(TokenChangedError):
        book.replace(one, replace(one, name="back"))
    assert list(book.all()) == []


def test_a_row_put_by_hand_changes_however_its_end_is_written(kept: tuple[TokenBook, Put]) -> None:
    book, put = kept
    put({"token": "t", "tokenExpiration": "1900000000"})
    [was] = book.all()
    book.replace(was, replace(was, expires_at=5))
    assert book.fresh(was).expires_at == 5
    book.remove(was)
    with pytest.raises(TokenChangedError):
        book.replace(was, replace(was, expires_at=6))


def test_what_is_gone_is_not_found(book: TokenBook) -> None:
    book.add(token())
    book.remove(token())
    for ask in (book.fresh, book.remove):
        with pytest.raises(TokenNotFoundError):
            ask(token())
