"""What a validly signed token says, and whether it says it to us. Pure rules."""

from collections.abc import Mapping
from typing import NoReturn

from identity.errors import Rejected

type Claims = Mapping[str, object]

LEEWAY = 30
MAX_LIFETIME = 86_400
MAX_GROUPS = 500
MAX_NAME = 256
# Far enough for every honest clock, and small enough to calculate with.
LATEST_INSTANT = 2**40
USE_OF_TYPE = {"ID": "id", "Bearer": "access"}
NAME_CLAIMS = ("cognito:username", "username", "preferred_username", "sub")


def check_issuer(claims: Claims, issuer: str) -> None:
    if claims.get("iss") != issuer:
        _reject("bad_issuer")


def check_times(claims: Claims, now: float) -> int:
    """The expiry, if the token is good now. A far expiry is refused: it is no session."""
    issued, expires = _instant(claims, "iat"), _instant(claims, "exp")
    if now >= expires + LEEWAY:
        _reject("expired")
    if issued > now + LEEWAY:
        _reject("not_yet_valid")
    if "nbf" in claims and _instant(claims, "nbf") > now + LEEWAY:
        _reject("not_yet_valid")
    if not 0 < expires - issued <= MAX_LIFETIME + LEEWAY:
        _reject("bad_lifetime")
    return int(expires)


def token_use(claims: Claims, header_type: object) -> str:
    """`id` or `access`. Refresh, logout and other tokens are signed too, but are no pass."""
    if "events" in claims or str(header_type or "JWT").lower() not in (
        "jwt",
        "at+jwt",
        "application/at+jwt",
    ):
        _reject("wrong_token_use")
    if "token_use" in claims:
        use = claims["token_use"]
    elif "typ" in claims:
        use = USE_OF_TYPE.get(str(claims["typ"]))
    else:
        plain = header_type is None or str(header_type).lower() == "jwt"
        use = "id" if plain and "client_id" not in claims else "access"
    if use not in ("id", "access"):
        _reject("wrong_token_use")
    return str(use)


def check_client(claims: Claims, use: str, client_id: str) -> None:
    """An id token names us as audience; an access token (often without one) names us as client."""
    named = [claims[name] for name in ("azp", "client_id") if name in claims]
    if any(name != client_id for name in named):
        _reject("bad_audience")
    if use == "access" and not named:
        _reject("bad_audience")
    if use == "id" and client_id not in _audiences(claims):
        _reject("bad_audience")


def subject(claims: Claims) -> str:
    value = claims.get("sub")
    if not isinstance(value, str) or not _is_name(value):
        _reject("bad_subject")
    return value


def username(claims: Claims) -> str:
    names = (claims.get(claim) for claim in NAME_CLAIMS)
    return next(name for name in names if isinstance(name, str) and _is_name(name))


def groups(claims: Claims, path: str) -> tuple[str, ...]:
    """A text is never a list of groups, or `admin` would be found inside `notadmin`."""
    found = dig(claims, path)
    if not isinstance(found, list):
        return ()
    names = (name for name in found if isinstance(name, str) and _is_name(name))
    return tuple(dict.fromkeys(names))[:MAX_GROUPS]


def dig(claims: Claims, path: str) -> object:
    """`cognito:groups` as it stands, or `realm_access.roles` step by step; None if absent."""
    if path in claims:
        return claims[path]
    here: object = claims
    for step in path.split("."):
        if not isinstance(here, Mapping) or step not in here:
            return None
        here = here[step]
    return here


def _audiences(claims: Claims) -> list[object]:
    audience = claims.get("aud")
    return audience if isinstance(audience, list) else [audience]


def _instant(claims: Claims, name: str) -> float:
    value = claims.get(name)
    # NaN and infinity fail the comparison; True is a number to Python, but not to us.
    if isinstance(value, bool) or not isinstance(value, int | float):
        _reject("bad_times")
    if not 0 <= value <= LATEST_INSTANT:
        _reject("bad_times")
    return value


def _is_name(value: str) -> bool:
    return 0 < len(value) <= MAX_NAME and value.isprintable()


def _reject(code: str) -> NoReturn:
    raise Rejected(code)
