"""A test OpenID provider: tokens in Cognito's and Keycloak's shapes, and hostile ones.

Unit tests hand `Issuer.fetch` to the verifier; `served` puts the same issuer on 127.0.0.1.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Literal

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

type Json = dict[str, Any]
type Shape = Literal["cognito", "keycloak"]

CLIENT = "lisa-client"
NOW = 1_800_000_000.0
LIFETIME = 300
WELL_KNOWN = "/.well-known/openid-configuration"


class ABSENT:
    """Marks a claim that a test takes out."""


@dataclass
class Clock:
    """Time that a test moves by hand."""

    now: float = NOW

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class KeyPair:
    """A signing key; `algorithm` is what its JWK states."""

    kid: str
    algorithm: str
    private: Any

    def jwk(self, **changes: object) -> Json:
        method = jwt.PyJWS().get_algorithm_by_name(self.algorithm)
        public: Json = dict(method.to_jwk(self.private.public_key(), as_dict=True))
        public.pop("key_ops", None)
        return changed(public | {"kid": self.kid, "alg": self.algorithm, "use": "sig"}, changes)


# Making a key takes a tenth of a second: each name is made once a run.
@cache
def rsa_pair(kid: str, bits: int = 2048, algorithm: str = "RS256") -> KeyPair:
    return KeyPair(kid, algorithm, rsa.generate_private_key(65537, bits))


@cache
def ec_pair(kid: str) -> KeyPair:
    return KeyPair(kid, "ES256", ec.generate_private_key(ec.SECP256R1()))


def changed(document: Json, changes: Json) -> Json:
    """The document with changes put in, and what is ABSENT left out."""
    return {name: value for name, value in (document | changes).items() if value is not ABSENT}


def segment(part: object) -> str:
    """One part of a compact token: bytes as they are, everything else as JSON."""
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed(header: object, payload: object, algorithm: str, key: object) -> str:
    """A token signed as told, whatever its header claims."""
    method = jwt.PyJWS().get_algorithm_by_name(algorithm)
    head = f"{segment(header)}.{segment(payload)}"
    return f"{head}.{segment(method.sign(head.encode(), key))}"


@dataclass
class Issuer:
    """A provider whose every answer a test can bend."""

    shape: Shape = "cognito"
    url: str = "https://idp.test/pool"
    clock: Clock = field(default_factory=Clock)
    keys: list[KeyPair] = field(default_factory=lambda: [rsa_pair("first/+=")])
    planted: list[Json] = field(default_factory=list)
    metadata: Json = field(default_factory=dict)
    down: bool = False
    asked: list[str] = field(default_factory=list)

    def claims(self, use: str = "access", /, **changes: object) -> Json:
        now = int(self.clock())
        times = {"iat": now, "auth_time": now, "exp": now + LIFETIME}
        shaped = self._cognito(use) if self.shape == "cognito" else self._keycloak(use)
        return changed({"iss": self.url, "sub": "sub-ada"} | times | shaped, changes)

    def token(self, use: str = "access", /, **changes: object) -> str:
        """A token signed by the newest key, with claims changed by name."""
        return self.mint(self.claims(use, **changes))

    def mint(self, payload: object, **header: object) -> str:
        """Any payload, validly signed by the newest key; header fields changed by name."""
        pair = self.keys[-1]
        usual = {"alg": pair.algorithm, "typ": "JWT", "kid": pair.kid}
        return signed(changed(usual, header), payload, pair.algorithm, pair.private)

    def rotate(self, kid: str = "second") -> None:
        self.keys = [rsa_pair(kid)]

    def fetch(self, url: str) -> bytes:
        self.asked.append(url)
        if self.down:
            raise ConnectionError("the provider is down")
        return json.dumps(self.documents()[url]).encode()

    def documents(self) -> dict[str, Json]:
        discovery = {"issuer": self.url, "jwks_uri": f"{self.url}/jwks"} | self.metadata
        keys = [*self.planted, *(pair.jwk() for pair in self.keys)]
        return {self.url + WELL_KNOWN: discovery, f"{self.url}/jwks": {"keys": keys}}

    def _cognito(self, use: str) -> Json:
        common = {"token_use": use, "cognito:groups": ["readers", "lisa-admins"]}
        if use == "id":
            return common | {"aud": CLIENT, "cognito:username": "ada"}
        return common | {"client_id": CLIENT, "username": "ada", "scope": "openid"}

    def _keycloak(self, use: str) -> Json:
        kind, audience = ("ID", CLIENT) if use == "id" else ("Bearer", "account")
        person = {"preferred_username": "ada", "realm_access": {"roles": ["readers", "admins"]}}
        return {"typ": kind, "aud": audience, "azp": CLIENT} | person


@contextmanager
def served(issuer: Issuer) -> Iterator[Issuer]:
    """Put the issuer on a free port of this machine and give it that address."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked.append(self.path)
            document = issuer.documents().get(issuer.url.removesuffix("/pool") + self.path)
            self.send_response(503 if issuer.down else 200 if document else 302)
            self.send_header("Location", issuer.url + WELL_KNOWN)
            self.end_headers()
            self.wfile.write(json.dumps(document).encode())

        def log_message(self, *_: object) -> None:
            """Keep the test output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    issuer.url = f"http://127.0.0.1:{server.server_port}/pool"
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
