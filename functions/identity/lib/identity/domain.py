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
class Roles:
    """Whose members administer all, and whose only what repositories hold. Empty means nobody's."""

    admin: str
    curator: str = ""

    def is_admin(self, groups: tuple[str, ...]) -> bool:
        return self.admin != "" and self.admin in groups

    def is_curator(self, groups: tuple[str, ...]) -> bool:
        return self.curator != "" and self.curator in groups


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
    curator: bool = False

    @classmethod
    def signed_in(cls, who: Principal, roles: Roles) -> Self:
        return cls(
            subject=who.subject,
            username=who.username,
            groups=who.groups,
            admin=roles.is_admin(who.groups),
            expires_at=who.exp,
            auth_type="jwt",
            curator=roles.is_curator(who.groups),
        )

    @classmethod
    def by_token(cls, grant: Grant, roles: Roles) -> Self:
        confined = bool(grant.models)
        return cls(
            subject=f"token:{grant.token_id}",
            username=grant.username,
            groups=grant.groups,
            admin=roles.is_admin(grant.groups) and not confined,
            expires_at=NEVER if grant.expires_at is None else int(grant.expires_at),
            auth_type="token",
            confined=confined,
            curator=roles.is_curator(grant.groups) and not confined,
        )

    def context(self) -> dict[str, str]:
        """What handlers read: flat texts, because API Gateway passes nothing else."""
        return {
            "sub": self.subject,
            "username": self.username,
            "groups": _fitting_json(self.groups, MAX_GROUPS_BYTES),
            "admin": "true" if self.admin else "false",
            "curator": "true" if self.curator else "false",
            "exp": str(self.expires_at),
            "authType": self.auth_type,
        }


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
