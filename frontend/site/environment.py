"""`env.js`: where the parts of this installation answer, by upstream's names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class SignIn:
    """The identity provider, as the page needs to know it."""

    issuer: str
    client_id: str
    # Where discovery lies, if not below the issuer.
    metadata_url: str = ""
    # Cognito's way to sign out, which is none of OpenID Connect's.
    logout_url: str = ""
    # What is asked for besides openid, profile and email.
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Groups:
    """Which claim has a person's groups, and which of them mean more."""

    claim: str
    admin: str
    curator: str


@dataclass(frozen=True)
class Addresses:
    """The gateway's origin, empty where there is none, and the admin API with its stage."""

    gateway: str
    api: str


def env_js(sign_in: SignIn, groups: Groups, addresses: Addresses, parts: Sequence[str]) -> str:
    """The script that sets `window.env`. Nothing in a value can end it early.

    The page shows nothing of a part that is not among those that are installed.
    """
    told = {
        "AUTHORITY": sign_in.issuer,
        "METADATA_URL": sign_in.metadata_url,
        "CLIENT_ID": sign_in.client_id,
        "LOGOUT_URL": sign_in.logout_url,
        "JWT_GROUPS_PROP": groups.claim,
        "ADMIN_GROUP": groups.admin,
        "RAG_ADMIN_GROUP": groups.curator,
        "CUSTOM_SCOPES": list(sign_in.scopes),
        "RESTAPI_URI": addresses.gateway,
        "RESTAPI_VERSION": "v2",
        "API_BASE_URL": addresses.api,
        "PARTS": list(parts),
    }
    # The page's schema knows what may be missing, and nothing that is empty.
    optional = ("METADATA_URL", "LOGOUT_URL")
    kept = {name: value for name, value in told.items() if value or name not in optional}
    return f"window.env = {_inside_html(json.dumps(kept, indent=2))};\n"


def _inside_html(text: str) -> str:
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
