"""The identity provider's signing keys: found by discovery, kept warm, and only strong ones."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt

from identity.errors import ProviderUnavailable

type Fetch = Callable[[str], bytes]
type Clock = Callable[[], float]

MAX_BYTES = 256 * 1024
MAX_KEYS = 32
RSA_BITS = range(2048, 8192 + 1)
RSA_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
EC_ALGORITHM_OF_CURVE = {"P-256": "ES256", "P-384": "ES384", "P-521": "ES512"}
PUBLIC_PARTS = ("kty", "n", "e", "crv", "x", "y")


@dataclass(frozen=True)
class Patience:
    """How long keys are good, and how often the provider may be asked (seconds)."""

    fresh: float = 600
    stale: float = 86_400
    cooldown: float = 30
    first_cooldown: float = 5
    timeout: float = 3


class _NoRedirect(HTTPRedirectHandler):
    """A redirect could lead to another host or to plain HTTP: it counts as a failure."""

    def redirect_request(self, *_: object) -> None:
        return None


_opener = build_opener(_NoRedirect())


def over_http(timeout: float) -> Fetch:
    """A fetch by the standard library, capped in time and size."""

    def fetch(url: str) -> bytes:
        # The key store admits only HTTP addresses.
        request = Request(url, headers={"accept": "application/json"})  # noqa: S310
        with _opener.open(request, timeout=timeout) as response:
            body: bytes = response.read(MAX_BYTES + 1)
        return body

    return fetch


class KeyStore:
    """Keys by id. Reads are lock-free; one caller at a time goes to the provider."""

    def __init__(
        self,
        issuer: str,
        metadata_url: str,
        fetch: Fetch | None,
        clock: Clock,
        patience: Patience = Patience(),  # noqa: B008 - frozen
    ) -> None:
        self._issuer = issuer
        self._metadata_url = (
            metadata_url or issuer.rstrip("/") + "/.well-known/openid-configuration"
        )
        self._fetch = fetch or over_http(patience.timeout)
        self._clock = clock
        self._patience = patience
        self._lock = threading.Lock()
        self._keys: Mapping[str, jwt.PyJWK] = {}
        self._fetched_at: float | None = None
        self._tried_at: float | None = None
        self._trouble = "not asked yet"

    def find(self, key_id: str) -> jwt.PyJWK | None:
        """The key, or None when the provider certainly has no such key."""
        key = self._keys.get(key_id)
        if key is not None and self._younger_than(self._patience.fresh):
            return key
        # A known key can be served while somebody else is renewing; an unknown one must wait.
        self._renew(after=self._cooldown(), wait=key is None)
        if not self._younger_than(self._patience.stale):
            raise ProviderUnavailable(f"no signing keys from {self._metadata_url}: {self._trouble}")
        key = self._keys.get(key_id)
        if key is None and not self._younger_than(self._patience.fresh):
            raise ProviderUnavailable(f"unknown key and stale key set: {self._trouble}")
        return key

    def warm(self) -> None:
        """Renew keys before they age; for a background thread. Never raises."""
        if not self._younger_than(self._patience.fresh / 2):
            self._renew(after=self._cooldown(), wait=False)

    def _cooldown(self) -> float:
        never = self._fetched_at is None
        return self._patience.first_cooldown if never else self._patience.cooldown

    def _younger_than(self, seconds: float) -> bool:
        return self._elapsed_less(self._fetched_at, seconds)

    def _elapsed_less(self, since: float | None, seconds: float) -> bool:
        # A clock that was set back gives a negative age: treat it as old.
        return since is not None and 0 <= self._clock() - since < seconds

    def _renew(self, after: float, wait: bool) -> None:
        if not self._lock.acquire(blocking=wait):
            return
        try:
            if not self._elapsed_less(self._tried_at, after):
                self._ask_provider()
        finally:
            self._lock.release()

    def _ask_provider(self) -> None:
        self._tried_at = self._clock()
        try:
            keys = self._download()
        except (OSError, HTTPException, ValueError, RecursionError) as trouble:
            self._trouble = f"{type(trouble).__name__}: {trouble}"
            return
        self._keys, self._fetched_at = keys, self._clock()

    def _download(self) -> Mapping[str, jwt.PyJWK]:
        metadata = self._json(self._metadata_url)
        if metadata.get("issuer") != self._issuer:
            raise ValueError(f"the discovery document does not name the issuer {self._issuer}")
        address = metadata.get("jwks_uri")
        if not isinstance(address, str) or _scheme(address) != _scheme(self._metadata_url):
            raise ValueError("the discovery document has no usable jwks_uri")
        keys = usable_keys(self._json(address))
        if not keys:
            raise ValueError("the provider publishes no usable signing key")
        return keys

    def _json(self, url: str) -> dict[str, object]:
        if _scheme(url) not in ("https", "http"):
            raise ValueError(f"not an HTTP address: {url}")
        body = self._fetch(url)
        if len(body) > MAX_BYTES:
            raise ValueError(f"more than {MAX_BYTES} bytes from {url}")
        document = json.loads(body)
        if not isinstance(document, dict):
            raise ValueError(f"not a JSON object: {url}")
        return document


def _scheme(url: str) -> str:
    return urlsplit(url).scheme


def usable_keys(key_set: Mapping[str, object]) -> Mapping[str, jwt.PyJWK]:
    """The strong, asymmetric signing keys of a key set, each bound to one algorithm."""
    published = key_set.get("keys")
    if not isinstance(published, list):
        return {}
    keys: dict[str, jwt.PyJWK] = {}
    for entry in published[:MAX_KEYS]:
        key = _signing_key(entry) if isinstance(entry, dict) else None
        if key is not None:
            keys.setdefault(entry["kid"], key)
    return keys


def _signing_key(entry: dict[str, object]) -> jwt.PyJWK | None:
    algorithm = _algorithm(entry)
    if algorithm is None or entry.get("use", "sig") != "sig" or not _is_text(entry.get("kid")):
        return None
    # Only public parts: a provider that leaks private ones must not change what we build.
    public = {part: entry[part] for part in PUBLIC_PARTS if part in entry}
    if not all(_is_text(value) for value in public.values()):
        return None
    try:
        key = jwt.PyJWK(public, algorithm=algorithm)
    except (jwt.PyJWTError, ValueError):
        return None
    weak = entry["kty"] == "RSA" and key.key.key_size not in RSA_BITS
    return None if weak else key


def _algorithm(entry: Mapping[str, object]) -> str | None:
    """One algorithm a key: its own `alg`, else the usual one of its type; never a symmetric one."""
    kind, stated = entry.get("kty"), entry.get("alg")
    if kind == "RSA":
        return stated if stated in RSA_ALGORITHMS else "RS256" if stated is None else None
    if kind == "EC":
        implied = EC_ALGORITHM_OF_CURVE.get(str(entry.get("crv")))
        return implied if stated in (None, implied) else None
    return None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 4096
