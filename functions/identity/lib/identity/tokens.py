"""The rules of the token table: what a row grants to whoever presents its token. Pure."""

import hashlib
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hmac import compare_digest

from identity.errors import Rejected

__all__ = [
    "Grant",
    "Rejected",
    "bearer",
    "credential",
    "digest",
    "expiration",
    "grant",
    "group_names",
    "looks_like_jwt",
    "lookup_keys",
    "model_names",
    "token_id",
]

MAX_CREDENTIAL = 16 * 1024
MAX_TABLE_KEY = 2048
KEY_HEADERS = ("api-key", "x-api-key")
VISIBLE = re.compile(rf"[!-~]{{1,{MAX_CREDENTIAL}}}")
BEARER = re.compile(rf"bearer +([!-~]{{1,{MAX_CREDENTIAL}}})", re.IGNORECASE)
TOKEN_ID = re.compile(r"[0-9a-f-]{32,36}")
HAND_MADE_NAME = "api-token"

type Row = Mapping[str, object]


@dataclass(frozen=True)
class Grant:
    """What an API token stands for.

    `token_id` names the token without telling it. `models` are the only ones that it may call;
    empty means all that its groups may.
    """

    username: str
    groups: tuple[str, ...]
    expires_at: float | None
    token_id: str
    models: tuple[str, ...] = ()


def looks_like_jwt(token: str) -> bool:
    """Whether to judge it as a sign-in; everything else is an API token."""
    return token.startswith("ey") and token.count(".") == 2


def digest(token: str) -> str:
    return hashlib.sha256(_bytes(token)).hexdigest()


def lookup_keys(presented: str) -> tuple[str, str]:
    """Table keys in the order to try: the hash, then the plain string."""
    hashed = digest(presented)
    # A string that no table key can hold can only be a hashed row's token.
    return hashed, presented if len(presented) <= MAX_TABLE_KEY else hashed


def grant(item: Row, presented: str, now: float) -> Grant:
    """What `item` grants to `presented`; Rejected if it is not its token, expired or damaged."""
    hashed = _is_hashed_row(item, presented)
    expires_at = expiration(item)
    if expires_at is not None and now >= expires_at:
        raise Rejected("token_expired")
    username = item.get("username") if hashed else HAND_MADE_NAME
    if not isinstance(username, str) or not username:
        raise Rejected("damaged_token_row")
    groups, models = group_names(item), model_names(item)
    return Grant(username, groups, expires_at, token_id(item), models)


def token_id(item: Row) -> str:
    """A row's public name, from which neither its token nor its table key can be told."""
    key, hashed, named = str(item["token"]), item.get("hashed") is True, item.get("tokenUUID")
    if hashed and isinstance(named, str) and TOKEN_ID.fullmatch(named):
        return named
    # The key of a hashed row is a digest already; whoever reads the one must not have the other.
    return digest(key if hashed else digest(key))[:32]


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


def _is_hashed_row(item: Row, presented: str) -> bool:
    """A hash read from the table must not work as a token, nor a plain row by its hash."""
    key, mark = item.get("token"), item.get("hashed")
    if mark is True and _same(key, digest(presented)):
        return True
    if (mark is None or mark is False) and _same(key, presented):
        return False
    raise Rejected("unknown_token")


def _same(key: object, secret: str) -> bool:
    """Whether they are equal, in a time that does not tell how much of them is."""
    return isinstance(key, str) and compare_digest(_bytes(key), _bytes(secret))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def expiration(item: Row) -> float | None:
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


def group_names(item: Row) -> tuple[str, ...]:
    """The groups of a row; what cannot be read as a group is none, which only takes rights away."""
    value = item.get("groups")
    if not isinstance(value, list | tuple | set | frozenset):
        return ()
    names = {name for name in value if isinstance(name, str) and name}
    return tuple(sorted(names))


def model_names(item: Row) -> tuple[str, ...]:
    """The allow-list of a row; empty if there is none, Rejected if it cannot be read.

    An allow-list only takes rights away, so one that is empty or damaged must not count as none.
    """
    if "models" not in item:
        return ()
    value = item["models"]
    if not isinstance(value, list | tuple | set | frozenset) or not value:
        raise Rejected("damaged_token_row")
    if not all(isinstance(name, str) and name for name in value):
        raise Rejected("damaged_token_row")
    return tuple(sorted(set(value)))
