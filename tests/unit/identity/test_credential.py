"""One credential is read from a request: exactly one, exactly as written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from identity.tokens import bearer, credential

tokens = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=200)


@given(tokens, st.sampled_from(["Authorization", "authorization", "AUTHORIZATION"]))
def test_a_bearer_token_is_taken_as_it_stands(token: str, name: str) -> None:
    assert bearer({name: f"Bearer {token}", "accept": "*/*"}) == token


@given(tokens, st.sampled_from(["Api-Key", "api-key", "x-api-key", "X-API-KEY"]))
def test_a_key_header_is_taken_as_it_stands(token: str, name: str) -> None:
    assert bearer({name: token}) == token


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "Bearer  "])
def test_the_scheme_has_no_case(scheme: str) -> None:
    assert bearer({"authorization": f"{scheme} t"}) == "t"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "t",
        "Bearer",
        "Bearer ",
        "Bearert",
        "Basic dDp0",
        "Bearer a b",
        " Bearer t",
        "Bearer t ",
        "Bearer t\n",
        "Bearer t\r\nX: y",
        "Bearer\tt",
        "Bearer té",
        "Bearer a, Bearer b",
        "Bearer " + "t" * 16_385,
    ],
)
def test_any_other_authorization_is_no_credential(text: str) -> None:
    assert bearer({"authorization": text}) is None


@pytest.mark.parametrize("text", ["", " ", "a b", "t\n", "té", "t" * 16_385])
def test_any_other_key_is_no_credential(text: str) -> None:
    assert bearer({"api-key": text}) is None


def test_no_header_means_no_credential() -> None:
    assert bearer({}) is None
    assert bearer({"x-authorization": "Bearer t", "cookie": "t"}) is None


@given(tokens, tokens)
def test_two_credentials_count_only_when_they_agree(one: str, two: str) -> None:
    found = bearer({"authorization": f"Bearer {one}", "api-key": two})
    assert found == (one if one == two else None)


def test_a_bad_credential_beside_a_good_one_spoils_both() -> None:
    assert bearer({"authorization": "Basic dDp0", "api-key": "t"}) is None


def test_a_header_sent_twice_must_say_the_same() -> None:
    once = ("authorization", "Bearer a")
    assert credential([once, once]) == "a"
    assert credential([once, ("Authorization", "Bearer b")]) is None
