"""What a row of the token table grants, and to whom."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from identity.errors import Rejected
from identity.tokens import Grant, digest, grant, lookup_keys, token_id

NOW = 1_800_000_000.0
tokens = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=200)


def refusal(item: dict[str, object], presented: str) -> str:
    with pytest.raises(Rejected) as reason:
        grant(item, presented, NOW)
    return reason.value.code


@given(tokens)
def test_a_hand_made_row_grants_an_ordinary_user(token: str) -> None:
    named = digest(digest(token))[:32]
    assert grant({"token": token}, token, NOW) == Grant("api-token", (), None, named)


@given(tokens)
def test_a_hashed_row_grants_its_user(token: str) -> None:
    row = {"token": digest(token), "hashed": True, "username": "ada", "groups": ["b", "a"]}
    named = digest(digest(token))[:32]
    assert grant(row, token, NOW) == Grant("ada", ("a", "b"), None, named)


@given(tokens)
def test_a_hash_read_from_the_table_is_no_token(token: str) -> None:
    stolen = digest(token)
    row = {"token": stolen, "hashed": True, "username": "ada"}
    assert refusal(row, stolen) == "unknown_token"


@given(tokens)
def test_a_hand_made_row_is_not_opened_by_what_hashes_to_it(token: str) -> None:
    assert refusal({"token": digest(token)}, token) == "unknown_token"


@given(tokens, tokens)
def test_a_row_grants_nothing_to_another_token(mine: str, other: str) -> None:
    if mine != other:
        assert refusal({"token": mine}, other) == "unknown_token"
        assert refusal({"token": digest(mine), "hashed": True}, other) == "unknown_token"


@pytest.mark.parametrize("mark", ["true", "True", 1, Decimal(1), "", 0, [], None, False])
def test_only_a_plain_true_marks_a_row_as_hashed(mark: object) -> None:
    row = {"token": digest("t"), "hashed": mark, "username": "ada"}
    assert refusal(row, "t") == "unknown_token"


@pytest.mark.parametrize("mark", ["false", "", 0, Decimal(0), 1, True, []])
def test_an_odd_mark_closes_a_hand_made_row(mark: object) -> None:
    assert refusal({"token": "t", "hashed": mark}, "t") == "unknown_token"


@pytest.mark.parametrize("username", [None, "", 7, ["ada"]])
def test_a_hashed_row_without_a_user_is_damaged(username: object) -> None:
    row = {"token": digest("t"), "hashed": True, "username": username}
    assert refusal(row, "t") == "damaged_token_row"


@pytest.mark.promise("tokens.expire")
@given(st.floats(min_value=-1e12, max_value=1e12), st.sampled_from([float, str, Decimal, int]))
def test_a_token_is_good_until_the_second_it_expires(when: float, written: type) -> None:
    row = {"token": "t", "tokenExpiration": written(when)}
    if float(written(when)) > NOW:
        assert grant(row, "t", NOW).expires_at == float(written(when))
    else:
        assert refusal(row, "t") == "token_expired"


@pytest.mark.parametrize(
    "value",
    [None, True, False, "", "soon", "2099-01-01", b"1", [], {}, math.nan, math.inf, "inf", "nan"],
)
def test_an_expiration_that_cannot_be_read_has_passed(value: object) -> None:
    assert refusal({"token": "t", "tokenExpiration": value}, "t") == "token_expired"


def test_the_year_2100_is_not_yet() -> None:
    row = {"token": "t", "tokenExpiration": Decimal("4102444800")}
    assert grant(row, "t", NOW).expires_at == 4_102_444_800.0


@pytest.mark.parametrize(
    "groups", [["b", "a", "a"], ("b", "a"), {"a", "b"}, ["a", "b", 7, "", None]]
)
def test_groups_come_as_a_list_or_a_set(groups: object) -> None:
    assert grant({"token": "t", "groups": groups}, "t", NOW).groups == ("a", "b")


@pytest.mark.parametrize("groups", ["admins", None, 7, {"admins": True}])
def test_groups_in_any_other_form_are_none(groups: object) -> None:
    assert grant({"token": "t", "groups": groups}, "t", NOW).groups == ()


def hashed(**more: object) -> dict[str, object]:
    return {"token": digest("t"), "hashed": True, "username": "ada"} | more


def test_a_token_of_the_api_goes_by_the_name_that_its_row_gives_it() -> None:
    named = "0b0c7f6e-5d0a-4f6c-9d42-3f8a1c2b4d5e"
    assert grant(hashed(tokenUUID=named), "t", NOW).token_id == named
    assert token_id(hashed(tokenUUID=named)) == named


@pytest.mark.parametrize("named", [None, "", 7, "token:ada", "x" * 36, "a" * 37])
def test_a_name_that_is_none_of_ours_is_replaced_by_one_that_tells_nothing(named: object) -> None:
    told = token_id(hashed(tokenUUID=named))
    assert told == token_id(hashed()) == token_id({"token": "t"})
    assert told not in ("t", digest("t")[:32])


def test_a_row_put_by_hand_cannot_take_the_name_of_another() -> None:
    named = "0b0c7f6e-5d0a-4f6c-9d42-3f8a1c2b4d5e"
    assert grant({"token": "t", "tokenUUID": named}, "t", NOW).token_id != named


@pytest.mark.parametrize("models", [["b", "a", "a"], ("b", "a"), {"a", "b"}])
def test_an_allow_list_comes_as_a_list_or_a_set(models: object) -> None:
    assert grant({"token": "t", "models": models}, "t", NOW).models == ("a", "b")
    assert grant(hashed(models=models), "t", NOW).models == ("a", "b")


@pytest.mark.parametrize("models", [None, "", "m", [], [""], ["m", 7], ["m", None], {"m": 1}, 0])
def test_a_damaged_allow_list_grants_nothing_rather_than_everything(models: object) -> None:
    assert refusal({"token": "t", "models": models}, "t") == "damaged_token_row"
    assert refusal(hashed(models=models), "t") == "damaged_token_row"


@pytest.mark.parametrize("key", [None, 7, b"t", ["t"]])
def test_a_key_that_is_no_text_opens_nothing(key: object) -> None:
    assert refusal({"token": key}, "t") == "unknown_token"


@given(tokens)
def test_the_hash_is_looked_up_before_the_plain_token(token: str) -> None:
    assert lookup_keys(token) == (digest(token), token)


def test_a_token_too_long_for_a_table_key_is_looked_up_by_its_hash_alone() -> None:
    assert lookup_keys("t" * 2049) == (digest("t" * 2049),) * 2


def test_the_digest_is_plain_sha256() -> None:
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
