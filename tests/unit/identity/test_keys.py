"""The provider is asked rarely, may be away for a day, and is believed only about itself."""

from collections.abc import Callable

import pytest

from identity.jwks import MAX_BYTES
from identity.oidc import ProviderUnavailable, Rejected, Verifier
from tests.support.issuer import CLIENT, NOW, WELL_KNOWN, Clock, Issuer, rsa_pair, segment

type Verifying = Callable[[Issuer, str], Verifier]

ONE_REFRESH = 2  # the discovery document, then the keys


def test_nothing_is_fetched_before_it_is_needed(issuer: Issuer, verifier: Verifier) -> None:
    assert issuer.asked == []
    verifier.verify(issuer.token())
    assert issuer.asked == [issuer.url + WELL_KNOWN, issuer.url + "/jwks"]


def test_keys_are_reused_until_they_age(issuer: Issuer, verifier: Verifier) -> None:
    for _ in range(20):
        verifier.verify(issuer.token())
    assert len(issuer.asked) == ONE_REFRESH
    issuer.clock.now = NOW + 600
    verifier.verify(issuer.token())
    assert len(issuer.asked) == 2 * ONE_REFRESH


def test_a_thousand_invented_key_ids_cost_one_refresh(issuer: Issuer, verifier: Verifier) -> None:
    verifier.verify(issuer.token())
    issuer.clock.now = NOW + 31
    for number in range(1000):
        header = segment({"alg": "RS256", "kid": f"k{number}"})
        with pytest.raises(Rejected, match="unknown_key"):
            verifier.verify(f"{header}.{segment({})}.{segment(b'signature')}")
    assert len(issuer.asked) == 2 * ONE_REFRESH


def test_a_rotated_key_works_within_half_a_minute(issuer: Issuer, verifier: Verifier) -> None:
    verifier.verify(issuer.token())
    issuer.rotate()
    with pytest.raises(Rejected, match="unknown_key"):
        verifier.verify(issuer.token())
    issuer.clock.now = NOW + 30
    assert verifier.verify(issuer.token()).subject == "sub-ada"


def test_a_withdrawn_key_stops_working_at_the_next_refresh(
    issuer: Issuer, verifier: Verifier
) -> None:
    old = issuer.claims(exp=int(NOW) + 3600)
    token = issuer.mint(old)
    verifier.verify(token)
    issuer.rotate()
    issuer.clock.now = NOW + 600
    with pytest.raises(Rejected, match="unknown_key"):
        verifier.verify(token)


def test_known_keys_outlive_the_provider_by_a_day(issuer: Issuer, verifier: Verifier) -> None:
    verifier.verify(issuer.token())
    issuer.down = True
    issuer.clock.now = NOW + 86_399
    assert verifier.verify(issuer.token()).subject == "sub-ada"
    issuer.clock.now = NOW + 86_400
    with pytest.raises(ProviderUnavailable):
        verifier.verify(issuer.token())


def test_an_unknown_key_is_not_judged_while_the_provider_is_away(
    issuer: Issuer, verifier: Verifier
) -> None:
    verifier.verify(issuer.token())
    issuer.rotate()
    issuer.down = True
    issuer.clock.now = NOW + 601
    with pytest.raises(ProviderUnavailable, match="provider is down"):
        verifier.verify(issuer.token())


def test_a_provider_that_was_never_there_is_asked_again_soon(
    issuer: Issuer, verifier: Verifier
) -> None:
    issuer.down = True
    for _ in range(10):
        with pytest.raises(ProviderUnavailable):
            verifier.verify(issuer.token())
    assert len(issuer.asked) == 1
    issuer.down = False
    issuer.clock.now = NOW + 5
    assert verifier.verify(issuer.token()).subject == "sub-ada"


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.test/pool"},
        {"issuer": None},
        {"jwks_uri": "http://idp.test/pool/jwks"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": 7},
    ],
)
def test_a_discovery_document_that_misleads_is_refused(
    issuer: Issuer, verifier: Verifier, metadata: dict[str, object]
) -> None:
    issuer.metadata = metadata
    with pytest.raises(ProviderUnavailable):
        verifier.verify(issuer.token())
    assert issuer.asked == [issuer.url + WELL_KNOWN]


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 9000, b" " * 300_000])
def test_an_answer_that_is_no_document_counts_as_absence(body: bytes) -> None:
    verifier = Verifier(
        "https://idp.test/pool", CLIENT, "groups", fetch=lambda _: body, clock=Clock()
    )
    with pytest.raises(ProviderUnavailable):
        verifier.verify(Issuer().token())
    assert len(body) < MAX_BYTES + 50_000


def test_only_the_first_keys_of_an_endless_set_are_read(issuer: Issuer, verifier: Verifier) -> None:
    issuer.planted = [rsa_pair("many").jwk(kid=f"k{number}") for number in range(32)]
    with pytest.raises(Rejected, match="unknown_key"):
        verifier.verify(issuer.token())


def test_a_discovery_document_may_lie_elsewhere(issuer: Issuer) -> None:
    here = Issuer(url="http://127.0.0.1:4/pool")
    here.metadata = {"issuer": issuer.url}
    verifier = Verifier(
        issuer.url,
        CLIENT,
        "cognito:groups",
        metadata_url=here.url + WELL_KNOWN,
        fetch=here.fetch,
        clock=issuer.clock,
    )
    assert verifier.verify(issuer.token()).subject == "sub-ada"


def test_warming_renews_keys_at_half_their_life(issuer: Issuer, verifier: Verifier) -> None:
    verifier.warm()
    issuer.clock.now = NOW + 299
    verifier.warm()
    assert len(issuer.asked) == ONE_REFRESH
    issuer.clock.now = NOW + 300
    verifier.warm()
    assert len(issuer.asked) == 2 * ONE_REFRESH


def test_warming_survives_a_provider_that_is_away(issuer: Issuer, verifier: Verifier) -> None:
    issuer.down = True
    verifier.warm()
    assert len(issuer.asked) == 1


def test_a_clock_set_back_only_means_an_early_refresh(issuer: Issuer, verifier: Verifier) -> None:
    verifier.verify(issuer.token())
    issuer.clock.now = NOW - 3600
    assert verifier.verify(issuer.token()).subject == "sub-ada"
    assert len(issuer.asked) == 2 * ONE_REFRESH


@pytest.mark.parametrize(("issuer_url", "client"), [("", CLIENT), ("https://idp.test", "")])
def test_an_incomplete_configuration_admits_nobody(issuer_url: str, client: str) -> None:
    with pytest.raises(ValueError, match="OIDC_ISSUER and OIDC_CLIENT_ID"):
        Verifier(issuer_url, client, "groups")
