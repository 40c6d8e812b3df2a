"""Who the caller is: a token, or a sign-in that renews itself. Neither shows itself in a log."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Callable, Protocol

from lisapy.errors import SignInFailed, UnexpectedAnswer
from lisapy.steps import Reply, Send, Steps

if TYPE_CHECKING:
    from collections.abc import Mapping

_FORM = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
# Renewed a little early, so that it does not end on its way.
_MARGIN = 60


class Credential(Protocol):
    """What a request is sent with."""

    def bearer(self) -> Steps[str]:
        """Return the bearer token; empty for none."""

    def renew(self) -> Steps[bool]:
        """Renew it after it was refused, and return whether it did."""


class Anonymous:
    """Nobody."""

    def bearer(self) -> Steps[str]:
        """Return none."""
        return ""
        yield

    def renew(self) -> Steps[bool]:
        """Return that there is nothing to renew."""
        return False
        yield


@dataclass
class Token:
    """An API token, or a token of the identity provider that somebody else keeps fresh."""

    text: str = field(repr=False)

    def bearer(self) -> Steps[str]:
        """Return it."""
        return self.text
        yield

    def renew(self) -> Steps[bool]:
        """Return that nothing can renew it."""
        return False
        yield


@dataclass
class SignIn:
    """A person's sign-in at the identity provider, renewed when it ends.

    `expires_at` is in Unix seconds, `token_url` where it is renewed: OpenID Connect's token
    endpoint, or Cognito's own if `cognito`. `on_change` is told after each renewal, to store it.
    """

    bearer_token: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)
    expires_at: float = 0.0
    token_url: str = ""
    client_id: str = ""
    cognito: bool = False
    on_change: Callable[[SignIn], None] | None = field(default=None, repr=False, compare=False)
    clock: Callable[[], float] = field(default=time.time, repr=False, compare=False)

    def bearer(self) -> Steps[str]:
        """Return the token, renewed if it is about to end."""
        if self.expires_at and self.clock() > self.expires_at - _MARGIN:
            yield from self.renew()
        return self.bearer_token

    def renew(self) -> Steps[bool]:
        """Renew it with the refresh token, if there is one."""
        if not (self.refresh_token and self.token_url):
            return False
        reply: Reply = yield self._renewal()
        told = read(reply)
        if reply.status != 200:
            raise SignInFailed(f"The sign-in has ended ({reason(told)}): sign in again.")
        self.take(told.get("AuthenticationResult", told) if self.cognito else told)
        if self.on_change is not None:
            self.on_change(self)
        return True

    def take(self, told: Mapping[str, Any]) -> None:
        """Take over what the provider answered, as OpenID Connect or Cognito names it."""
        bearer = told.get("id_token") or told.get("IdToken") or told.get("access_token")
        if not bearer:
            raise UnexpectedAnswer("The identity provider's answer has no token.")
        self.bearer_token = bearer
        self.refresh_token = (
            told.get("refresh_token") or told.get("RefreshToken") or self.refresh_token
        )
        self.expires_at = self.clock() + float(
            told.get("expires_in") or told.get("ExpiresIn") or 300
        )

    def _renewal(self) -> Send:
        if self.cognito:
            parameters = {"REFRESH_TOKEN": self.refresh_token}
            return cognito_request(self.token_url, self.client_id, "REFRESH_TOKEN_AUTH", parameters)
        form = {
            "grant_type": "refresh_token",
            "refresh_token": self.refresh_token,
            "client_id": self.client_id,
        }
        return form_request(self.token_url, form)


def form_request(url: str, form: Mapping[str, str]) -> Send:
    """Return a request of OAuth's: a form."""
    return Send("POST", url, _FORM, form=form)


def cognito_request(url: str, client_id: str, flow: str, parameters: Mapping[str, str]) -> Send:
    """Return Cognito's own request for a sign-in, which needs neither a page nor a key of AWS."""
    body = {"AuthFlow": flow, "ClientId": client_id, "AuthParameters": parameters}
    headers = {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
    }
    return Send("POST", url, headers, json.dumps(body).encode())


def read(reply: Reply) -> dict[str, Any]:
    """Return what a provider answered; empty if it is no JSON object."""
    try:
        told = json.loads(reply.body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def reason(told: Mapping[str, Any]) -> str:
    """Return why a provider refused, in its own words."""
    words = (told.get(key) for key in ("error_description", "message", "error", "__type"))
    return str(next(filter(None, words), "no reason given"))
