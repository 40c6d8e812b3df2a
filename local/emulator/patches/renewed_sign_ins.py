"""Tokens that a refresh token brings are of the same sign-in: its time, and the person's groups.

Symptom: renewed at `/oauth2/token`, an ID token has no `cognito:groups`, so that administrators are
none any more, and another `auth_time`, for which OpenID Connect's clients refuse it
(oidc-client-ts: `auth_time in id_token does not match original auth_time`). AWS keeps both.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any
from urllib.parse import parse_qs

from ministack.services import cognito

_signed_in_at: ContextVar[int | None] = ContextVar("signed_in_at", default=None)
_answer, _token, _signed = cognito._oauth2_token, cognito._fake_token, cognito._signed_jwt


def apply() -> None:
    """Replace what answers a refresh, what makes a token, and what signs it."""
    cognito._oauth2_token = _answered
    cognito._fake_token = _made
    cognito._signed_jwt = _signed_of_then


def _answered(
    data: Any, query_params: Any, raw_body: bytes = b"", headers: dict[str, str] | None = None
) -> Any:
    form = parse_qs(raw_body.decode("utf-8", errors="replace"))
    refresh = form.get("refresh_token", [""])[0]
    # A refresh token is made at the sign-in, and only then.
    before = _signed_in_at.set(cognito._token_claims(refresh).get("iat"))
    try:
        return _answer(data, query_params, raw_body, headers)
    finally:
        _signed_in_at.reset(before)


def _made(sub: str, pool_id: str, *rest: Any, **named: Any) -> str:
    if _signed_in_at.get() is not None and named.get("username"):
        pool = cognito._get_pool_unscoped(pool_id) or {}
        person = pool.get("_users", {}).get(named["username"], {})
        named.setdefault("groups", person.get("_groups", []))
    return str(_token(sub, pool_id, *rest, **named))


def _signed_of_then(claims: dict[str, Any], *rest: Any) -> str:
    then = _signed_in_at.get()
    if then is not None and "auth_time" in claims:
        claims["auth_time"] = then
    return str(_signed(claims, *rest))
