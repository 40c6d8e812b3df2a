"""How far a stack is on its way, or why it will not get there. Pure."""

import re
from datetime import datetime, timedelta

from pydantic import BaseModel

from catalogue.base import Reason
from infrastructure.errors import RepositoryRefused
from stacks.state import Failure, Found, pause

# A database takes five to twenty minutes; one that takes longer than this comes no more.
PATIENCE = timedelta(minutes=90)
_AGAIN = "Then send the request again."
# What CloudFormation says, and what that means for whoever reads it.
_KNOWN = (
    (
        re.compile(r"service-linked role"),
        "ServiceRoleMissing",
        "Make OpenSearch's role once in this account, by aws iam create-service-linked-role, as"
        f" containers/repository/README.md says. {_AGAIN}",
    ),
    (
        re.compile(r"not authorized|AccessDenied|UnauthorizedOperation"),
        "PermissionDenied",
        f"Allow the role of the repositories' stacks what is named. {_AGAIN}",
    ),
    (
        re.compile(r"LimitExceeded|QuotaExceeded|[Qq]uota|Cannot create more"),
        "QuotaExceeded",
        f"Ask AWS for a higher quota, or remove a database that is not used. {_AGAIN}",
    ),
    (
        re.compile(r"[Aa]lready exists|AlreadyExists"),
        "NameTaken",
        "Remove what bears that name, or choose another repositoryId.",
    ),
    (
        re.compile(r"InvalidInstance|[Ii]nstance (class|type)|InsufficientDBInstanceCapacity"),
        "NoSuchInstance",
        f"Choose an instanceClass, or dataNodeInstanceType, that this region offers. {_AGAIN}",
    ),
)
_GONE = Reason(
    code="StackGone",
    message="The stack of the repository's database was removed by somebody else.",
    fix="Send the request again.",
)
_LATE = Reason(
    code="DatabaseTimedOut",
    message=f"The database did not stand after {PATIENCE.seconds // 60} minutes.",
    fix="Look at the events of RDS in this account, then send the request again.",
)
_LEFTOVER = Reason(
    code="StackLeftOver",
    message="A stack from an earlier try stood in the way of this one.",
    fix="It has been removed: send the request again.",
)


class Asked(BaseModel):
    """A stack that CloudFormation was asked for: the digest of its shape, and when."""

    digest: str
    since: datetime


class Watched(BaseModel):
    """What a look at a stack found: where the database answers, once it is `ready`.

    `secret` names the one with its password, if it has one. `wait_seconds` until the next look is
    worth it.
    """

    ready: bool
    endpoint: str | None
    secret: str | None
    wait_seconds: int


class Removal(BaseModel):
    """Whether a stack is gone; seconds until the next look is worth it."""

    gone: bool
    wait_seconds: int


def watched(asked: Asked, found: Found | None, at: datetime) -> Watched:
    """Return how far the stack is, or raise RepositoryRefused if it will never be there."""
    if found is None:
        raise RepositoryRefused(_GONE)
    if found.failed or found.leaving:
        raise RepositoryRefused(why(found.trouble))
    if found.digest != asked.digest:
        raise RepositoryRefused(_LEFTOVER)
    age = at - asked.since
    if found.moving and age > PATIENCE:
        raise RepositoryRefused(_LATE)
    if found.moving:
        return Watched(ready=False, endpoint=None, secret=None, wait_seconds=pause(age))
    return Watched(
        ready=True,
        endpoint=found.outputs["Endpoint"],
        secret=_secret_named(found.outputs.get("SecretArn")),
        wait_seconds=pause(age),
    )


def _secret_named(arn: str | None) -> str | None:
    """Return the name in a secret's ARN, to which Secrets Manager adds a dash and six letters."""
    return arn and arn.rpartition(":")[2][:-7]


def still_there(found: Found | None) -> bool:
    """Return whether a stack that is to go is not yet leaving, or raise RepositoryRefused."""
    if found is None or (found.leaving and found.moving):
        return False
    if found.leaving:
        reason = why(found.trouble)
        fix = "Remove the cause that is named, then delete the repository once more."
        raise RepositoryRefused(
            reason.model_copy(update={"code": "StackNotDeleted", "fix": fix}),
        )
    return True


def why(trouble: tuple[Failure, ...]) -> Reason:
    """Return the first failure of a stack as a reason for people."""
    if not trouble:
        return Reason(
            code="StackFailed",
            message="CloudFormation could not make the database, and does not say why.",
            fix=f"Look at the events of the repository's stack in CloudFormation. {_AGAIN}",
        )
    first = trouble[0]
    said = " ".join(first.reason.split())[:500]
    code, fix = next(
        ((code, fix) for pattern, code, fix in _KNOWN if pattern.search(said)),
        ("StackFailed", f"Mend what CloudFormation names. {_AGAIN}"),
    )
    message = f"{first.logical_id} ({first.resource_type}) failed: {said}"
    return Reason(code=code, message=message, fix=fix)
