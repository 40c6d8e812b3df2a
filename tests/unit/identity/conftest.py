"""A provider and a verifier that trusts it, on one clock."""

from collections.abc import Callable

import pytest

from identity.oidc import Rejected, Verifier
from tests.support.issuer import CLIENT, Issuer

type Verifying = Callable[[Issuer, str], Verifier]


@pytest.fixture
def verifying() -> Verifying:
    """Make a verifier that trusts an issuer and reads groups from a claim."""

    def make(issuer: Issuer, groups_claim: str = "cognito:groups") -> Verifier:
        return Verifier(issuer.url, CLIENT, groups_claim, fetch=issuer.fetch, clock=issuer.clock)

    return make


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
def verifier(issuer: Issuer, verifying: Verifying) -> Verifier:
    return verifying(issuer, "cognito:groups")


@pytest.fixture
def refusal(verifier: Verifier) -> Callable[[str], str]:
    """Why the verifier refuses a token."""

    def refuse(token: str) -> str:
        with pytest.raises(Rejected) as reason:
            verifier.verify(token)
        return reason.value.code

    return refuse
