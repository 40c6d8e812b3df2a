"""How a person signs in: with a password at Cognito, or with a code on another device."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Callable

from lisapy.credentials import SignIn, cognito_request, form_request, read, reason
from lisapy.errors import NotConfigured, SignInFailed, UnexpectedAnswer
from lisapy.places import Places, gateway_at, origin, told
from lisapy.steps import C_co, Group, Pause, Reply, Send, Steps, call

if TYPE_CHECKING:
    from collections.abc import Mapping

_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_NOT_YET = ("authorization_pending", "slow_down")


@dataclass(frozen=True)
class DeviceCode:
    """What a person does: open `url`, enter `code` there. `direct_url` has the code in it."""

    url: str
    code: str
    direct_url: str
    seconds: float


class Auth(Group[C_co]):
    """Finds an installation, and signs a person in; from then on the client is that person."""

    @call
    def find(self, url: str) -> Steps[Places]:
        """Take the addresses that the console at `url` tells; without one it is a gateway's."""
        if "://" not in url:
            raise NotConfigured(f"{url!r} is no address: it begins with https:// or http://.")
        reply: Reply = yield Send("GET", f"{origin(url)}/env.js")
        found = told(reply.body.decode("utf-8", "replace")) if reply.status == 200 else None
        places = found or replace(gateway_at(url), api_url=self._exchange.places.api_url)
        named = (places.api_url, places.serve_url, places.metadata_url)
        if url.startswith("https:") and any(one.startswith("http:") for one in named):
            raise UnexpectedAnswer(f"{url} names addresses without TLS: they would show the token.")
        self._exchange.places = places
        return places

    @call
    def password(self, username: str, password: str) -> Steps[SignIn]:
        """Sign in at Cognito with a password."""
        places = self._exchange.places
        parameters = {"USERNAME": username, "PASSWORD": password}
        url = places.cognito
        answer: Reply = yield cognito_request(
            url, places.client_id, "USER_PASSWORD_AUTH", parameters
        )
        found = read(answer)
        if answer.status != 200:
            raise SignInFailed(f"Nobody was signed in: {reason(found)}")
        if "ChallengeName" in found:
            raise SignInFailed(
                f"The provider asks for more than a password ({found['ChallengeName']}): "
                "sign in on the console once, or use an API token."
            )
        return self._take(url, found["AuthenticationResult"], cognito=True)

    @call
    def device(self, show: Callable[[DeviceCode], None], scope: str = "openid") -> Steps[SignIn]:
        """Sign in with a code that a person enters elsewhere; `show` tells them, once."""
        known = yield from self._metadata()
        client = {"client_id": self._exchange.places.client_id}
        endpoint = known["device_authorization_endpoint"]
        begun: Reply = yield form_request(endpoint, {**client, "scope": scope})
        given = read(begun)
        if begun.status != 200 or "device_code" not in given:
            raise SignInFailed(f"The provider gave no code: {reason(given)}")
        shown = _shown(given)
        show(shown)
        form = {**client, "grant_type": _GRANT, "device_code": given["device_code"]}
        token_url = known["token_endpoint"]
        interval = float(given.get("interval", 5))
        tokens = yield from _approved(token_url, form, interval, shown.seconds)
        return self._take(token_url, tokens, cognito=False)

    def _metadata(self) -> Steps[Mapping[str, Any]]:
        reply: Reply = yield Send("GET", self._exchange.places.metadata)
        known = read(reply)
        if reply.status != 200 or "token_endpoint" not in known:
            raise UnexpectedAnswer(
                f"{self._exchange.places.metadata} does not describe an identity provider."
            )
        if "device_authorization_endpoint" not in known:
            raise SignInFailed(
                "This identity provider has no device flow: sign in with a password or a token."
            )
        return known

    def _take(self, url: str, tokens: Mapping[str, Any], cognito: bool) -> SignIn:
        found = SignIn("", token_url=url, client_id=self._exchange.places.client_id)
        signed_in = replace(found, cognito=cognito)
        signed_in.take(tokens)
        self._exchange.credential = signed_in
        return signed_in


def _shown(given: Mapping[str, Any]) -> DeviceCode:
    url = str(given.get("verification_uri", ""))
    direct = str(given.get("verification_uri_complete", url))
    return DeviceCode(url, str(given.get("user_code")), direct, float(given.get("expires_in", 600)))


def _approved(
    url: str, form: Mapping[str, str], interval: float, seconds: float
) -> Steps[Mapping[str, Any]]:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        yield Pause(interval)
        reply: Reply = yield form_request(url, form)
        told_us = read(reply)
        if reply.status == 200:
            return told_us
        if told_us.get("error") not in _NOT_YET:
            break
        interval += 5 if told_us["error"] == "slow_down" else 0
    else:
        raise SignInFailed("The code has ended before anybody entered it: begin again.")
    raise SignInFailed(f"Nobody was signed in: {reason(told_us)}")
