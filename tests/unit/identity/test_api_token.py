"""A row of the token table, as people see it."""

from decimal import Decimal
from typing import Any

import pytest

from identity.api_token import ApiToken, page
from identity.payload import ListTokens
from identity.tokens import digest, token_id

NOW = 1_800_000_000.0
ROW: dict[str, Any] = {
    "token": digest("t"),
    "hashed": True,
    "tokenUUID": "0b0c7f6e-5d0a-4f6c-9d42-3f8a1c2b4d5e",
    "name": "notebook",
    "username": "ada",
    "groups": ["readers"],
    "createdDate": 1_700_000_000,
    "createdBy": "root",
    "isSystemToken": True,
    "tokenExpiration": 1_900_000_000,
    "models": ["m1"],
}


def test_a_row_is_written_as_it_was_read() -> None:
    assert ApiToken.of(ROW).row() == ROW


@pytest.mark.parametrize("absent", ["models", "tokenExpiration"])
def test_what_a_token_does_not_have_its_row_does_not_have(absent: str) -> None:
    row = {name: value for name, value in ROW.items() if name != absent}
    assert ApiToken.of(row).row() == row
    assert ApiToken.of(row).view(NOW).get(absent, "there") is None


def test_people_see_every_field_of_lisas_own_api_and_no_key() -> None:
    shown = {name: value for name, value in ROW.items() if name not in ("token", "hashed")}
    assert ApiToken.of(ROW).view(NOW) == shown | {"isExpired": False, "isLegacy": False}


def test_a_bare_row_put_by_hand_is_shown_without_its_token() -> None:
    view = ApiToken.of({"token": "t"}).view(NOW)
    assert view["tokenUUID"] == token_id({"token": "t"}) != digest("t")[:32]
    assert (view["username"], view["isLegacy"], view["isExpired"]) == ("api-token", True, False)
    assert (view["tokenExpiration"], view["createdDate"]) == (None, 0)
    assert "t" not in [value for value in view.values() if isinstance(value, str)]


@pytest.mark.parametrize(
    ("end", "shown", "expired"),
    [
        (Decimal("1900000000"), 1_900_000_000, False),
        ("1900000000.9", 1_900_000_000, False),
        (1, 1, True),
        (int(NOW), int(NOW), True),
        ("soon", 0, True),
        (None, 0, True),
        (True, 0, True),
    ],
)
def test_an_end_is_shown_as_it_counts(end: object, shown: int, expired: bool) -> None:
    view = ApiToken.of({"token": "t", "tokenExpiration": end}).view(NOW)
    assert (view["tokenExpiration"], view["isExpired"]) == (shown, expired)


@pytest.mark.parametrize("models", [[], "m", None, [7]])
def test_a_damaged_allow_list_is_shown_as_one_that_lets_nothing_through(models: object) -> None:
    assert ApiToken.of(ROW | {"models": models}).view(NOW)["models"] == []


@pytest.mark.parametrize("created", [-5, 10**30, "soon", None, Decimal("1.5")])
def test_a_page_can_be_turned_at_a_row_with_any_date(created: object) -> None:
    tokens = [ApiToken.of(ROW | {"createdDate": created, "token": str(n)}) for n in range(2)]
    _, mark = page(tokens, 1, None)
    assert ListTokens.model_validate({"nextToken": mark})


@pytest.mark.parametrize("odd", [7, None, ["x"], {"a": 1}, True, "soon"])
@pytest.mark.parametrize("field", ["name", "username", "groups", "createdDate", "createdBy"])
def test_a_row_that_somebody_spoiled_can_still_be_seen(field: str, odd: object) -> None:
    token = ApiToken.of(ROW | {field: odd})
    assert token.token_id == ROW["tokenUUID"]
    assert token.view(NOW)["tokenUUID"] == ROW["tokenUUID"]
    assert token.place
