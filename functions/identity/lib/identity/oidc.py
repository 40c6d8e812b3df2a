"""Bearer tokens of an OpenID provider (Cognito, Keycloak and alike): signature, then claims.

Standard library and PyJWT only: the gateway's container imports this too.
"""

import json
import re
import time
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from typing import NoReturn

import jwt

from identity import claims as rules
from identity.errors import ProviderUnavailable, Rejected
from identity.jwks import Clock, Fetch, KeyStore

__all__ = ["Principal", "ProviderUnavailable", "Rejected", "Verifier"]

MAX_TOKEN = 16 * 1024
COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
# Cognito's key ids are base64 with / + =.
KEY_ID = re.compile(r"[A-Za-z0-9+/=_.:-]{1,256}")
# Keys or rules of the sender's own choice.
FORBIDDEN_HEADERS = frozenset({"crit", "b64", "jku", "jwk", "x5u"})


@dataclass(frozen=True)
class Principal:
    """A verified person or program."""

    subject: str
    username: str
    groups: tuple[str, ...]
    token_use: str
    exp: int


@dataclass(eq=False)
class Verifier:
    """Judges tokens of one issuer for one client. Safe to share between threads."""

    issuer: str
    client_id: str
    groups_claim: str
    _: KW_ONLY
    metadata_url: str = ""
    fetch: Fetch | None = None
    clock: Clock = time.time

    def __post_init__(self) -> None:
        if not self.issuer or not self.client_id:
            raise ValueError("OIDC_ISSUER and OIDC_CLIENT_ID must be set: nobody could sign in.")
        self._keys = KeyStore(self.issuer, self.metadata_url, self.fetch, self.clock)
        self._signatures = jwt.PyJWS()

    def verify(self, token: str) -> Principal:
        """The caller, or Rejected, or ProviderUnavailable. May fetch keys: at most 2 x 3 s."""
        header = self._header(token)
        claims = self._signed_claims(token, header)
        rules.check_issuer(claims, self.issuer)
        expires = rules.check_times(claims, self.clock())
        use = rules.token_use(claims, header.get("typ"))
        rules.check_client(claims, use, self.client_id)
        return Principal(
            subject=rules.subject(claims),
            username=rules.username(claims),
            groups=rules.groups(claims, self.groups_claim),
            token_use=use,
            exp=expires,
        )

    def warm(self) -> None:
        """Keep the keys young from a background thread, so that no request waits for them."""
        self._keys.warm()

    def _header(self, token: str) -> Mapping[str, object]:
        if len(token) > MAX_TOKEN or not COMPACT.fullmatch(token):
            raise Rejected("malformed")
        try:
            header = self._signatures.get_unverified_header(token)
        except jwt.PyJWTError:
            raise Rejected("malformed") from None
        if FORBIDDEN_HEADERS & header.keys():
            raise Rejected("bad_header")
        return header

    def _signed_claims(self, token: str, header: Mapping[str, object]) -> Mapping[str, object]:
        key_id = header.get("kid")
        if not isinstance(key_id, str) or not KEY_ID.fullmatch(key_id):
            raise Rejected("bad_key_id")
        key = self._keys.find(key_id)
        if key is None:
            raise Rejected("unknown_key")
        if header.get("alg") != key.algorithm_name:
            raise Rejected("bad_algorithm")
        try:
            payload = self._signatures.decode(token, key, algorithms=[key.algorithm_name])
        except jwt.PyJWTError:
            raise Rejected("bad_signature") from None
        return _json_object(payload)


def _json_object(payload: bytes) -> Mapping[str, object]:
    try:
        document = json.loads(payload, parse_constant=_no_such_number)
    except (ValueError, RecursionError):
        raise Rejected("bad_payload") from None
    if not isinstance(document, dict):
        raise Rejected("bad_payload")
    return document


def _no_such_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
