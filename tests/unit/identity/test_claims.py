"""A signed token counts only for the right issuer, client, time and use. All signed validly."""

from collections.abc import Callable

import pytest

from identity.oidc import Principal, Verifier
from tests.support.issuer import ABSENT, CLIENT, NOW, Issuer

type Refusal = Callable[[str], str]
type Verifying = Callable[[Issuer, str], Verifier]

NO_INSTANT: list[object] = ["1", None, [], {}, True, -1, 10**30, 10**400]


@pytest.mark.promise("sign-in.cognito")
@pytest.mark.parametrize("use", ["id", "access"])
def test_cognito_tokens_name_the_caller(issuer: Issuer, verifier: Verifier, use: str) -> None:
    groups = ("readers", "lisa-admins")
    expected = Principal("sub-ada", "ada", groups, use, int(NOW) + 300)
    assert verifier.verify(issuer.token(use)) == expected


@pytest.mark.promise("sign-in.groups-path", "sign-in.keycloak")
@pytest.mark.parametrize("use", ["id", "access"])
def test_keycloak_tokens_name_the_caller(verifying: Verifying, use: str) -> None:
    keycloak = Issuer(shape="keycloak")
    verifier = verifying(keycloak, "realm_access.roles")
    expected = Principal("sub-ada", "ada", ("readers", "admins"), use, int(NOW) + 300)
    assert verifier.verify(keycloak.token(use)) == expected


def test_expiry_allows_for_clocks_that_differ(
    issuer: Issuer, verifier: Verifier, refusal: Refusal
) -> None:
    token = issuer.token(exp=int(NOW) + 60)
    issuer.clock.now = NOW + 89
    assert verifier.verify(token).exp == int(NOW) + 60
    issuer.clock.now = NOW + 90
    assert refusal(token) == "expired"


@pytest.mark.parametrize("name", ["iat", "nbf"])
def test_a_token_from_the_future_is_refused(issuer: Issuer, refusal: Refusal, name: str) -> None:
    assert refusal(issuer.token(**{name: int(NOW) + 31})) == "not_yet_valid"


@pytest.mark.parametrize("name", ["iat", "exp", "nbf"])
@pytest.mark.parametrize("value", NO_INSTANT)
def test_what_is_no_time_is_refused(
    issuer: Issuer, refusal: Refusal, name: str, value: object
) -> None:
    assert refusal(issuer.token(**{name: value})) == "bad_times"


@pytest.mark.parametrize("number", [b"1e400", b"-1e400", b"1e999999"])
def test_a_number_beyond_numbers_is_no_time(
    issuer: Issuer, refusal: Refusal, number: bytes
) -> None:
    assert refusal(issuer.mint(b'{"iss":"https://idp.test/pool","iat":1,"exp":%s}' % number)) == (
        "bad_times"
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"exp": ABSENT}, "bad_times"),
        ({"iat": ABSENT}, "bad_times"),
        ({"sub": ABSENT}, "bad_subject"),
        ({"sub": ""}, "bad_subject"),
        ({"sub": ["sub-ada"]}, "bad_subject"),
        ({"sub": "sub\nada"}, "bad_subject"),
        ({"iat": int(NOW) - 86_400, "exp": int(NOW) + 60}, "bad_lifetime"),
        ({"exp": int(NOW) + 10**9}, "bad_lifetime"),
        ({"iat": int(NOW), "exp": int(NOW) - 10}, "bad_lifetime"),
    ],
)
def test_a_token_needs_times_a_short_life_and_a_subject(
    issuer: Issuer, refusal: Refusal, changes: dict[str, object], code: str
) -> None:
    assert refusal(issuer.token(**changes)) == code


@pytest.mark.parametrize(
    "other",
    [
        "https://evil.test/pool",
        "https://idp.test/pool/",
        "https://idp.test/poo",
        "https://IDP.test/pool",
        ["https://idp.test/pool"],
        None,
        ABSENT,
    ],
)
def test_the_issuer_must_match_to_the_letter(
    issuer: Issuer, refusal: Refusal, other: object
) -> None:
    assert refusal(issuer.token(iss=other)) == "bad_issuer"


@pytest.mark.parametrize("audience", ["other", "", [], ["other"], 7, {CLIENT: 1}, None, ABSENT])
def test_an_id_token_for_somebody_else_is_refused(
    issuer: Issuer, refusal: Refusal, audience: object
) -> None:
    assert refusal(issuer.token("id", aud=audience)) == "bad_audience"


def test_an_id_token_may_name_several_audiences(issuer: Issuer, verifier: Verifier) -> None:
    token = issuer.token("id", aud=["other", CLIENT], azp=CLIENT)
    assert verifier.verify(token).username == "ada"


@pytest.mark.parametrize("name", ["azp", "client_id"])
@pytest.mark.parametrize("use", ["id", "access"])
@pytest.mark.parametrize("client", ["other", "", None, [CLIENT]])
def test_a_token_made_for_another_client_is_refused(
    issuer: Issuer, refusal: Refusal, name: str, use: str, client: object
) -> None:
    assert refusal(issuer.token(use, **{name: client})) == "bad_audience"


def test_an_access_token_must_name_its_client(issuer: Issuer, refusal: Refusal) -> None:
    assert refusal(issuer.token("access", client_id=ABSENT, aud=CLIENT)) == "bad_audience"


@pytest.mark.parametrize("use", ["refresh", "", None, ["access"], "ACCESS"])
def test_cognito_tokens_of_another_use_are_refused(
    issuer: Issuer, refusal: Refusal, use: object
) -> None:
    assert refusal(issuer.token(token_use=use)) == "wrong_token_use"


@pytest.mark.parametrize("kind", ["Refresh", "Offline", "Logout", "bearer", None, ["Bearer"]])
def test_keycloak_tokens_of_another_use_are_refused(
    issuer: Issuer, refusal: Refusal, kind: object
) -> None:
    assert refusal(issuer.token(token_use=ABSENT, typ=kind)) == "wrong_token_use"


def test_a_logout_token_is_no_sign_in(issuer: Issuer, refusal: Refusal) -> None:
    claims = issuer.claims("id")
    assert refusal(issuer.mint(claims | {"events": {}})) == "wrong_token_use"
    assert refusal(issuer.mint(claims, typ="logout+jwt")) == "wrong_token_use"


def test_a_plain_provider_tells_the_use_by_the_header(issuer: Issuer, verifier: Verifier) -> None:
    access = issuer.claims("access", token_use=ABSENT)
    identity = issuer.claims("id", token_use=ABSENT)
    assert verifier.verify(issuer.mint(access, typ="at+jwt")).token_use == "access"
    assert verifier.verify(issuer.mint(access)).token_use == "access"
    assert verifier.verify(issuer.mint(identity)).token_use == "id"


@pytest.mark.parametrize(
    "value", ["xlisa-adminsx", "lisa-admins", {"lisa-admins": 1}, [["lisa-admins"]], [7], None, 1]
)
def test_groups_that_are_no_list_of_texts_are_no_groups(
    issuer: Issuer, verifier: Verifier, value: object
) -> None:
    assert verifier.verify(issuer.token(**{"cognito:groups": value})).groups == ()


def test_a_missing_groups_claim_means_no_groups(verifying: Verifying) -> None:
    issuer = Issuer()
    for path in ("realm_access.roles", "nowhere", "", "sub.deeper"):
        assert verifying(issuer, path).verify(issuer.token()).groups == ()


@pytest.mark.promise("sign-in.groups-path")
def test_a_claim_whose_name_has_dots_wins_over_the_path(verifying: Verifying) -> None:
    issuer = Issuer()
    token = issuer.token(**{"a.b": ["exact"], "a": {"b": ["nested"]}})
    assert verifying(issuer, "a.b").verify(token).groups == ("exact",)


def test_a_name_that_could_forge_a_log_line_is_not_used(issuer: Issuer, verifier: Verifier) -> None:
    assert verifier.verify(issuer.token(username="ada\nallow root")).username == "sub-ada"
    assert verifier.verify(issuer.token(username="a" * 5000)).username == "sub-ada"
