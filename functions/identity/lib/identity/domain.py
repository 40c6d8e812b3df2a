"""Who a caller is to the rest of the product, and how the door says so. Pure."""

import json
from dataclasses import dataclass
from typing import Literal, Self

from identity.oidc import Principal
from identity.tokens import Grant

type AuthType = Literal["jwt", "token"]
type Policy = dict[str, object]

# API Gateway takes an authorizer's answer up to a limit; a person may be in hundreds of groups.
MAX_GROUPS_BYTES = 4096
NEVER = 0


@dataclass(frozen=True)
class Identity:
    """A caller, known by a sign-in or by an API token.

    `confined` is one whose token is for certain models and for nothing else.
    """

    subject: str
    username: str
    groups: tuple[str, ...]
    admin: bool
    expires_at: int
    auth_type: AuthType
    confined: bool = False

    @classmethod
    def signed_in(cls, who: Principal, admin_group: str) -> Self:
        admin = is_admin(who.groups, admin_group)
        return cls(who.subject, who.username, who.groups, admin, who.exp, "jwt")

    @classmethod
    def by_token(cls, grant: Grant, admin_group: str) -> Self:
        subject = f"token:{grant.token_id}"
        expires_at = NEVER if grant.expires_at is None else int(grant.expires_at)
        confined = bool(grant.models)
        admin = is_admin(grant.groups, admin_group) and not confined
        return cls(subject, grant.username, grant.groups, admin, expires_at, "token", confined)

    def context(self) -> dict[str, str]:
        """What handlers read: flat texts, because API Gateway passes nothing else."""
        return {
            "sub": self.subject,
            "username": self.username,
            "groups": _fitting_json(self.groups, MAX_GROUPS_BYTES),
            "admin": "true" if self.admin else "false",
            "exp": str(self.expires_at),
            "authType": self.auth_type,
        }


def is_admin(groups: tuple[str, ...], admin_group: str) -> bool:
    """An empty admin group means that nobody is admin."""
    return admin_group != "" and admin_group in groups


def admission(identity: Identity, method_arn: str) -> Policy:
    """Admit to every route of this API and stage, or to none: the answer is cached for all of them.

    Naming the one route asked for would refuse the caller's next route until the cache ends.
    What a caller may do on a route is the handler's to decide, from the context.
    """
    parts = method_arn.split("/", 2)
    if len(parts) != 3 or not all(parts):
        raise ValueError("the method ARN names no stage and route")
    api, stage, _ = parts
    statement = {
        "Action": "execute-api:Invoke",
        "Effect": "Deny" if identity.confined else "Allow",
        "Resource": f"{api}/{stage}/*",
    }
    return {
        "principalId": identity.subject,
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        "context": identity.context(),
    }


def _fitting_json(groups: tuple[str, ...], limit: int) -> str:
    """The groups as JSON, without those that do not fit: a lost group only takes rights away."""
    kept: list[str] = []
    size = len("[]")
    for group in groups:
        size += len(json.dumps(group)) + len(", ")
        if size > limit:
            break
        kept.append(group)
    return json.dumps(kept)
