"""The rules of the token table: what a row grants to whoever presents its token. Pure."""

import hashlib
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from identity.errors import Rejected

__all__ = [
    "Grant",
    "Rejected",
    "bearer",
    "credential",
    "digest",
    "grant",
    "looks_like_jwt",
    "lookup_keys",
]

MAX_CREDENTIAL = 16 * 1024
MAX_TABLE_KEY = 2048
KEY_HEADERS = ("api-key", "x-api-key")
VISIBLE = re.compile(rf"[!-~]{{1,{MAX_CREDENTIAL}}}")
BEARER = re.compile(rf"bearer +([!-~]{{1,{MAX_CREDENTIAL}}})", re.IGNORECASE)
HAND_MADE_NAME = "api-token"


@dataclass(frozen=True)
class Grant:
    """What an API token stands for."""

    username: str
    groups: tuple[str, ...]
    expires_at: float | None


def looks_like_jwt(token: str) -> bool:
    """Whether to judge it as a sign-in; everything else is an API token."""
    return token.startswith("ey") and token.count(".") == 2


def digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def lookup_keys(presented: str) -> tuple[str, str]:
    """Table keys in the order to try: the hash, then the plain string."""
    hashed = digest(presented)
    # A string that no table key can hold can only be a hashed row's token.
    return hashed, presented if len(presented) <= MAX_TABLE_KEY else hashed


def grant(item: Mapping[str, object], presented: str, now: float) -> Grant:
    """What `item` grants to `presented`; Rejected if it is not its token, expired or damaged."""
    hashed = _is_hashed_row(item, presented)
    expires_at = _expiration(item)
    if expires_at is not None and now >= expires_at:
        raise Rejected("token_expired")
    username = item.get("username") if hashed else HAND_MADE_NAME
    if not isinstance(username, str) or not username:
        raise Rejected("damaged_token_row")
    return Grant(username, _groups(item.get("groups")), expires_at)


def bearer(headers: Mapping[str, str]) -> str | None:
    """The request's one well-formed credential; None if there is none, two, or a bad one."""
    return credential(headers.items())


def credential(headers: Iterable[tuple[str, str]]) -> str | None:
    """As `bearer`, for header pairs, where a name may come twice."""
    found = [
        _value(name.lower(), text)
        for name, text in headers
        if name.lower() in ("authorization", *KEY_HEADERS)
    ]
    # Two different credentials would leave it to chance who the caller is.
    return found[0] if len(set(found)) == 1 else None


def _value(name: str, text: str) -> str | None:
    if name in KEY_HEADERS:
        return text if VISIBLE.fullmatch(text) else None
    match = BEARER.fullmatch(text)
    return match[1] if match else None


def _is_hashed_row(item: Mapping[str, object], presented: str) -> bool:
    """A hash read from the table must not work as a token, nor a plain row by its hash."""
    key, mark = item.get("token"), item.get("hashed")
    if key == digest(presented) and mark is True:
        return True
    if key == presented and (mark is None or mark is False):
        return False
    raise Rejected("unknown_token")


def _expiration(item: Mapping[str, object]) -> float | None:
    """Unix seconds; None means never. What cannot be read as a time has passed long ago."""
    if "tokenExpiration" not in item:
        return None
    value = item["tokenExpiration"]
    if isinstance(value, bool):
        return -math.inf
    try:
        seconds = float(str(value))
    except ValueError:
        return -math.inf
    return seconds if math.isfinite(seconds) else -math.inf


def _groups(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple | set | frozenset):
        return ()
    names = {name for name in value if isinstance(name, str) and name}
    return tuple(sorted(names))
