"""What may be said in a request about API tokens."""

from typing import Any

import pytest
from pydantic import ValidationError

from identity.payload import LAST_MOMENT, CreateToken, CreateTokenFor, ListTokens, UpdateToken
from tests.support.sources import ROOT

UUID = "0b0c7f6e-5d0a-4f6c-9d42-3f8a1c2b4d5e"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 101},
        {"name": "a\nb"},
        {"name": " a"},
        {"name": " "},
        {"name": "\u202ea"},
        {"name": None},
        {"tokenExpiration": -1},
        {"tokenExpiration": LAST_MOMENT + 1},
        {"tokenExpiration": 1.5},
        {"tokenExpiration": True},
        {"tokenExpiration": "1900000000"},
        {"groups": "readers"},
        {"groups": [""]},
        {"groups": ["x" * 257]},
        {"groups": ["g"] * 101},
        {"models": []},
        {"models": [""]},
        {"models": ["m"] * 101},
        {"models": "m"},
        {"username": "ada"},
        {"isSystemToken": True},
    ],
    ids=str,
)
def test_a_token_that_is_asked_for_in_a_wrong_way_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        CreateToken.model_validate({"name": "n"} | wrong)
    assert [error["loc"][0] for error in refused.value.errors()] == list(wrong)


@pytest.mark.parametrize(
    ("example", "payload"), [("create_token", CreateToken), ("create_token_for", CreateTokenFor)]
)
def test_the_examples_are_what_may_be_sent(example: str, payload: type[CreateToken]) -> None:
    text = (ROOT / f"events/http/{example}.json").read_text("utf-8")
    assert payload.model_validate_json(text).name


def test_never_is_said_and_not_left_out() -> None:
    assert not CreateToken.model_validate({"name": "n"}).says_when
    assert CreateToken.model_validate({"name": "n", "tokenExpiration": None}).says_when


@pytest.mark.parametrize(
    "wrong", [{}, {"name": None}, {"groups": []}, {"models": ["m"]}, {"name": "n", "token": "t"}]
)
def test_a_change_changes_a_name_or_an_end_and_nothing_else(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        UpdateToken.model_validate(wrong)


@pytest.mark.parametrize(
    "right", [{"name": "n"}, {"tokenExpiration": None}, {"tokenExpiration": 0}]
)
def test_a_change_of_either_is_enough(right: dict[str, Any]) -> None:
    assert UpdateToken.model_validate(right)


@pytest.mark.parametrize(
    "wrong",
    [
        {"limit": "0"},
        {"limit": "101"},
        {"limit": "x"},
        {"nextToken": ""},
        {"nextToken": UUID},
        {"nextToken": f"-1.{UUID}"},
        {"nextToken": f"1.{UUID}x"},
        {"nextToken": f"٣.{UUID}"},
        {"username": ""},
        {"user": "ada"},
    ],
    ids=str,
)
def test_a_listing_that_is_asked_for_in_a_wrong_way_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        ListTokens.model_validate(wrong)


def test_a_listing_takes_what_a_query_string_holds() -> None:
    wish = ListTokens.model_validate({"limit": "7", "nextToken": f"1.{UUID}", "username": "ada"})
    assert (wish.limit, wish.next_token, wish.username) == (7, f"1.{UUID}", "ada")
