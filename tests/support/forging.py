"""Tokens that a thief of a token, or of the provider's key, would make out of a real one."""

import hmac
import json
from base64 import urlsafe_b64decode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from tests.support.issuer import changed, segment, signed

type Json = dict[str, Any]
type Alter = Callable[[Json, Json], None]


@dataclass(frozen=True)
class Forger:
    """A real token, and the provider's own key: what is forged with it is validly signed."""

    token: str
    key: Any

    @classmethod
    def of(cls, token: str, state: Path) -> "Forger":
        """`state` is the folder of the product that runs here, and so of its provider."""
        claims = part(token, 1)
        pool = claims["iss"].rsplit("/", 1)[-1]
        pem = next(state.rglob(f"{pool}-{claims['token_use']}.pem"))
        return cls(token, load_pem_private_key(pem.read_bytes(), password=None))

    @property
    def header(self) -> Json:
        return part(self.token, 0)

    @property
    def claims(self) -> Json:
        return part(self.token, 1)

    def minted(self, claims: object = None, /, **header: object) -> str:
        """Signed as the provider does, with fields of the header changed by name."""
        said = self.claims if claims is None else claims
        return signed(changed(self.header, header), said, "RS256", self.key)

    def claiming(self, **claims: object) -> str:
        return self.minted(changed(self.claims, claims))

    def signed_by(self, thief: Any, **header: object) -> str:
        return signed(changed(self.header, header), self.claims, "RS256", thief)

    def with_algorithm(self, algorithm: str) -> str:
        """Another algorithm of the same key, right in itself."""
        return signed(self.header | {"alg": algorithm}, self.claims, algorithm, self.key)

    def with_secret(self) -> str:
        """HS256, where the secret is the public key that everybody may read."""
        public = self.key.public_key()
        pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        head = f"{segment(self.header | {'alg': 'HS256'})}.{segment(self.claims)}"
        return f"{head}.{segment(hmac.digest(pem, head.encode(), 'sha256'))}"

    def unsigned(self, algorithm: object, signature: str) -> str:
        head = segment(changed(self.header, {"alg": algorithm}))
        return f"{head}.{segment(self.claims)}.{signature or 'eA'}"

    def richer(self, **claims: object) -> str:
        """The real signature under claims that were never signed."""
        header, _, signature = self.token.split(".")
        return f"{header}.{segment(self.claims | claims)}.{signature}"


def part(token: str, place: int) -> Json:
    text = token.split(".")[place]
    found: Json = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return found
