"""The door of the REST API: from a request's headers to an admission or a refusal."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from identity.domain import Identity, Policy, Roles, admission
from identity.errors import ProviderUnavailable, Rejected, Unauthorized
from identity.oidc import Verifier
from identity.ports import Tokens
from identity.tokens import credential, grant, looks_like_jwt, lookup_keys

type Event = Mapping[str, Any]

# Standard logging, not Powertools: with it and PyJWT together the start-up budget would break.
log = logging.getLogger(__name__)
log.setLevel(logging.INFO)


class Door:
    """Judges credentials. `tokens` is called only for API tokens: sign-ins need no table."""

    def __init__(
        self,
        verifier: Callable[[], Verifier],
        tokens: Callable[[], Tokens],
        roles: Roles,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._verifier = verifier
        self._tokens = tokens
        self._roles = roles
        self._clock = clock

    def admit(self, event: Event) -> Policy:
        """Answer API Gateway: an admission, Unauthorized (401), or any other error (500)."""
        try:
            identity = self.identify(credential(_headers(event)))
        except Rejected as reason:
            log.info("deny %s", reason.code)
            raise Unauthorized from None
        except ProviderUnavailable as trouble:
            log.error("cannot judge: %s", trouble)
            raise
        log.info("deny confined" if identity.confined else f"allow {identity.auth_type}")
        return admission(identity, event["methodArn"])

    def identify(self, presented: str | None) -> Identity:
        if presented is None:
            raise Rejected("no_credential")
        if looks_like_jwt(presented):
            return Identity.signed_in(self._verifier().verify(presented), self._roles)
        return self._redeem(presented)

    def _redeem(self, token: str) -> Identity:
        for key in dict.fromkeys(lookup_keys(token)):
            row = self._tokens().get(key)
            if row is not None:
                return Identity.by_token(grant(row, token, self._clock()), self._roles)
        raise Rejected("unknown_token")


def _headers(event: Event) -> Iterator[tuple[str, str]]:
    """Every value of every header: the plain mapping alone hides all but the last."""
    for name, values in (event.get("multiValueHeaders") or {}).items():
        yield from ((name, value) for value in values)
    yield from (event.get("headers") or {}).items()
