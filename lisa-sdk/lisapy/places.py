"""Where the parts of an installation answer; its console tells them in `env.js`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from lisapy.errors import NotConfigured


@dataclass(frozen=True)
class Places:
    """Addresses: the admin API's with its stage, the gateway's with `/v2/serve`, the sign-in's."""

    api_url: str = ""
    serve_url: str = ""
    issuer: str = ""
    metadata_url: str = ""
    client_id: str = ""

    @property
    def metadata(self) -> str:
        """Where the identity provider describes itself."""
        return self.metadata_url or f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"

    @property
    def cognito(self) -> str:
        """Cognito's own address, in any partition: where its pool's tokens say they are from."""
        if "cognito-idp" not in self.issuer:
            raise NotConfigured(
                "Only Cognito takes a password without a page: use the device flow, or a token."
            )
        return origin(self.metadata) + "/"


def origin(url: str) -> str:
    """Return scheme and host of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def told(script: str) -> Places | None:
    """Return what a console's `env.js` tells; None if it is none."""
    try:
        env = json.loads(script.partition("=")[2].strip().rstrip(";"))
        gateway = f"{env['RESTAPI_URI'].rstrip('/')}/{env['RESTAPI_VERSION']}/serve"
        names = ("AUTHORITY", "METADATA_URL", "CLIENT_ID")
        return Places(env["API_BASE_URL"], gateway, *(env.get(name) or "" for name in names))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def gateway_at(url: str) -> Places:
    """Return the addresses where there is a gateway and nothing else."""
    whole = url.rstrip("/")
    return Places(serve_url=whole if whole.endswith("/serve") else f"{whole}/v2/serve")
